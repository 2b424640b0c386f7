import {
  adviser,
  anyone,
  fits,
  from,
  GP,
  NOT_FROM,
  neighbourhood,
  PROBATION,
  pick,
  SCHOOL,
  SELF,
  type Seed,
  TEAM,
  WAYS,
} from './somebody.ts'

/** Projects of the city's two documents, as their providers would fill in the forms. */
export const SEEDS_TWO: Seed[] = [
  {
    name: 'Community falls prevention',
    needs: ['falls'],
    rules: [
      ['age', { min: '65' }],
      ['fall_or_at_risk', {}],
      ['route', { kinds: ['self', 'gp_practice', 'health_service', 'mental_health_team', 'navigation_service'] }],
    ],
    groups: [{ name: 'Strength and balance', places: 14 }],
    sentence:
      'People aged 65 or over who had a fall or are at risk of one, referred by GP practices, mental health teams, other health services or navigators, or by themselves.',
    people: [
      ...fits(
        'Strength and balance',
        { age: 66, fallOrAtRisk: true },
        pick('a practice', 'themselves', 'a navigator', 'the hospital'),
      ),
      [
        '64',
        'Strength and balance',
        { age: 64, fallOrAtRisk: true },
        /^For people aged 65 or over: this person is 64$/,
      ],
      [
        'steady',
        'Strength and balance',
        { age: 80, fallOrAtRisk: false },
        /^For people who had a fall or are at risk of one: this person is not$/,
      ],
      ['a school', 'Strength and balance', { age: 80, fallOrAtRisk: true, ...SCHOOL }, NOT_FROM('a school')],
    ],
  },
  {
    name: 'SO14 Active',
    needs: ['physical_activity'],
    rules: [['area', { districts: 'SO14' }], anyone],
    groups: [
      { name: 'Walking football' },
      { name: 'Women’s fitness', rules: [['gender_focus', { gender: 'woman', refuses: 'no' }]] },
    ],
    sentence: 'People living in SO14, referred by anyone or by themselves.',
    people: [
      ...fits('Walking football', { postcode: 'SO14 0DP' }, WAYS),
      ['fits, a man where it is mostly women', 'Women’s fitness', { postcode: 'SO14 0DP', gender: 'man' }],
      ['SO15', 'Walking football', {}, /^For people living in SO14: this person lives in SO15$/],
    ],
  },
  {
    name: 'Saints By Your Side',
    needs: ['low_mood'],
    rules: [
      ['gender_focus', { gender: 'man', refuses: 'yes' }],
      ['need', { anyOf: ['low_mood', 'anxiety'] }],
      ['route', { kinds: ['mental_health_team', 'navigation_service'], otherOrganisations: 'the provider' }],
    ],
    groups: [{ name: 'Autumn programme', places: 16 }],
    sentence:
      'Men who need help with low mood, anxiety or worry, referred by The Provider, mental health teams or navigators.',
    people: [
      ...fits('Autumn programme', { gender: 'man', needs: ['low_mood'] }, [
        ...pick('a navigator', 'a mental health team'),
        ['the charity', from('provider', 'the-provider')],
      ]),
      ['a woman', 'Autumn programme', { gender: 'woman', needs: ['low_mood'] }, /^For men: this person is a woman$/],
      ['another need', 'Autumn programme', { gender: 'man', needs: ['food'] }, /other things$/],
      [
        'by himself',
        'Autumn programme',
        { gender: 'man', needs: ['low_mood'], ...SELF },
        NOT_FROM('the person themselves'),
      ],
    ],
  },
  {
    name: 'Mayfield Nurseries',
    needs: ['low_mood', 'anxiety'],
    rules: [
      ['need', { anyOf: ['low_mood', 'anxiety'] }],
      ['route', { kinds: ['mental_health_team', 'navigation_service'] }],
      ['travel', {}],
    ],
    groups: [{ name: 'Monday growing', places: 10 }],
    sentence:
      'People who can get there, who need help with low mood, anxiety or worry, referred by mental health teams or navigators.',
    people: [
      ...fits('Monday growing', { needs: ['anxiety'], canTravel: true }, pick('a navigator', 'a mental health team')),
      ['cannot get there', 'Monday growing', { needs: ['anxiety'], canTravel: false }, /: this person cannot$/],
      ['another need', 'Monday growing', { needs: ['food'], canTravel: true }, /other things$/],
      ['a practice', 'Monday growing', { needs: ['anxiety'], canTravel: true, ...GP }, NOT_FROM('a GP practice')],
    ],
  },
  {
    name: 'Enhanced Primary Care Mental Health team',
    needs: ['low_mood', 'anxiety'],
    rules: [
      ['age', { min: '18' }],
      ['need', { anyOf: ['low_mood', 'anxiety'] }],
      ['route', { kinds: ['gp_practice', 'navigation_service'] }],
      ['exclusion', { who: 'are in crisis now' }],
    ],
    groups: [{ name: 'Brief intervention', places: 30 }],
    sentence:
      'Adults who need help with low mood, anxiety or worry, referred by GP practices or navigators. Not for people who are in crisis now.',
    people: [
      ...fits(
        'Brief intervention',
        {
          needs: ['low_mood'],
          answers: [{ question: 'Is the person one of those who are in crisis now?', answer: false }],
        },
        pick('a practice', 'a navigator'),
      ),
      [
        'in crisis',
        'Brief intervention',
        {
          needs: ['low_mood'],
          answers: [{ question: 'Is the person one of those who are in crisis now?', answer: true }],
        },
        /^Not for people who are in crisis now: this person is one of them$/,
      ],
      ['16', 'Brief intervention', { age: 16, needs: ['low_mood'] }, /this person is 16$/],
      ['another need', 'Brief intervention', { needs: ['food'] }, /other things$/],
      ['a school', 'Brief intervention', { needs: ['low_mood'], ...SCHOOL }, NOT_FROM('a school')],
    ],
  },
  {
    name: 'Peer recovery groups',
    needs: ['low_mood'],
    rules: [
      ['recovering_from', { name: 'mental illness', codes: 'mental_illness, depression, psychosis' }],
      ['route', { kinds: ['mental_health_team', 'navigation_service'] }],
    ],
    groups: [{ name: 'Central recovery group', places: 8 }],
    sentence: 'People recovering from mental illness, referred by mental health teams or navigators.',
    people: [
      ...fits('Central recovery group', { recoveringFrom: ['psychosis'] }, pick('a navigator', 'a mental health team')),
      [
        'fits, asked',
        'Central recovery group',
        { ...TEAM, answers: [{ question: 'Is the person recovering from mental illness?', answer: true }] },
      ],
      [
        'something else',
        'Central recovery group',
        { recoveringFrom: ['alcohol'] },
        /mental illness: this person is not$/,
      ],
      [
        'by themselves',
        'Central recovery group',
        { recoveringFrom: ['depression'], ...SELF },
        NOT_FROM('the person themselves'),
      ],
    ],
  },
  {
    name: 'Memory cafés',
    needs: ['memory_dementia'],
    rules: [['need', { anyOf: ['memory_dementia', 'carer_support'] }], anyone],
    groups: [{ name: 'Memory café, Shirley' }],
    sentence: 'People who need help with memory or dementia, support for carers, referred by anyone or by themselves.',
    people: [
      ...fits('Memory café, Shirley', { age: 81, needs: ['memory_dementia'] }, WAYS),
      ['fits, a carer', 'Memory café, Shirley', { needs: ['carer_support'] }],
      ['another need', 'Memory café, Shirley', { needs: ['housing'] }, /other things$/],
    ],
  },
  ...(
    [
      ['No Limits counselling', '', '18', 'People aged 18 or under'],
      ['Kooth', '11', '25', 'People aged 11 to 25'],
    ] as const
  ).map(
    ([name, min, max, who]): Seed => ({
      name,
      needs: ['young_person'],
      rules: [
        ['age', { min, max }],
        ['route', { kinds: ['self', 'school', 'gp_practice'] }],
      ],
      groups: [{ name: 'Counselling', places: 18 }],
      sentence: `${who}, referred by GP practices or schools, or by themselves.`,
      people: [
        ...fits('Counselling', { age: 12 }, pick('themselves', 'a school', 'a practice')),
        ['fits at the upper end', 'Counselling', { age: Number(max), ...SCHOOL }],
        [
          'too old',
          'Counselling',
          { age: Number(max) + 1, ...SELF },
          new RegExp(`: this person is ${Number(max) + 1}$`),
        ],
        ['probation', 'Counselling', { age: 15, ...PROBATION }, NOT_FROM('probation')],
      ],
    }),
  ),
  {
    name: 'Amparo',
    needs: ['bereavement'],
    rules: [['need', { anyOf: ['bereavement'] }], anyone],
    groups: [{ name: 'Support after suicide' }],
    sentence: 'People who need help with bereavement, referred by anyone or by themselves.',
    people: [
      ...fits('Support after suicide', { needs: ['bereavement'] }, WAYS),
      ['another need', 'Support after suicide', { needs: ['food'] }, /other things$/],
    ],
  },
  {
    name: 'The Lighthouse',
    needs: ['safety_abuse'],
    isOpenAccess: true,
    rules: [anyone],
    groups: [{ name: 'Shirley' }],
    sentence: 'Everybody, referred by anyone or by themselves.',
    people: fits('Shirley', {}, WAYS),
  },
  adviser('Employment support', 'work_skills', 'work, volunteering or skills'),
  adviser('Community transport', 'transport', 'getting about'),
  adviser('Carers support', 'carer_support', 'support for carers'),
  adviser('Housing advice', 'housing', 'housing'),
  adviser('Debt advice', 'money_debt', 'money or debt'),
  adviser('Benefits advice', 'benefits', 'benefits'),
  neighbourhood('SO18 network'),
  neighbourhood('Energise Me Millbrook'),
  neighbourhood('St Mary’s pilot'),
  neighbourhood('Girls in the park'),
  {
    name: 'Champions and peer researchers',
    needs: ['work_skills'],
    rules: [
      ['route', { kinds: ['self', 'navigation_service'] }],
      ['ask', { question: 'Does the person want to give their time?', wants: 'yes' }],
    ],
    groups: [{ name: 'Champions', places: 50 }],
    sentence:
      'Everybody, referred by navigators, or by themselves. Asked first: Does the person want to give their time?',
    people: [
      ...fits(
        'Champions',
        { answers: [{ question: 'Does the person want to give their time?', answer: true }] },
        pick('themselves', 'a navigator'),
      ),
      [
        'would rather not',
        'Champions',
        { ...SELF, answers: [{ question: 'Does the person want to give their time?', answer: false }] },
        /this person’s answer is no$/,
      ],
      [
        'a school',
        'Champions',
        { ...SCHOOL, answers: [{ question: 'Does the person want to give their time?', answer: true }] },
        NOT_FROM('a school'),
      ],
    ],
  },
]
