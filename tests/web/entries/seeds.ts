import type { EligibilityFacts, RouteKind, RuleKind } from '../../../src/domain/eligibility.ts'

export type Fields = Record<string, string | string[]>
export type RuleForm = [kind: RuleKind, fields: Fields]
export type Facts = Partial<EligibilityFacts>

/** Somebody in a group: fits, or hears of exactly this rule in these words. */
export type Somebody = [situation: string, group: string, facts: Facts, fails?: RegExp]

export interface Seed {
  name: string
  needs: string[]
  isOpenAccess?: boolean
  rules: RuleForm[]
  groups: { name: string; places?: number; oneToOne?: boolean; rules?: RuleForm[] }[]
  sentence: string
  people: Somebody[]
}

/** Came this way and is sent this way: the direct route, without a navigator in between. */
function from(kind: RouteKind, organisation: string | null = null): Facts {
  return { origin: { kind, organisation }, sender: { kind, organisation } }
}

const GP = from('gp_practice', 'st-marys-surgery')
const SELF = from('self')
const NAVIGATOR = from('navigation_service', 'so-linked')
const HOSPITAL = from('health_service')
const TEAM = from('mental_health_team')
const SCHOOL = from('school')
const PROBATION = from('probation')
const CARE = from('social_care')
const CGL = from('referral_partner', 'change-grow-live')
const ST_JAMES = from('referral_partner', 'society-of-st-james')
const OTHER_PARTNER = from('referral_partner', 'another-partner')
const COMMISSIONER = from('commissioner')

const WAYS: [string, Facts][] = [
  ['a practice', GP],
  ['themselves', SELF],
  ['a navigator', NAVIGATOR],
  ['the hospital', HOSPITAL],
  ['a mental health team', TEAM],
  ['a school', SCHOOL],
  ['probation', PROBATION],
  ['social care', CARE],
  ['a partner', OTHER_PARTNER],
]
const ANYONE = [
  'self',
  'gp_practice',
  'mental_health_team',
  'health_service',
  'navigation_service',
  'provider',
  'referral_partner',
  'probation',
  'school',
  'social_care',
]
const anyone: RuleForm = ['route', { kinds: ANYONE }]

const fits = (group: string, facts: Facts, ways: [string, Facts][]): Somebody[] =>
  ways.map(([who, way]) => [`fits, from ${who}`, group, { ...facts, ...way }])
const pick = (...names: string[]) => WAYS.filter(([who]) => names.includes(who))
const NOT_FROM = (words: string) => new RegExp(`: this referral comes from ${words}$`)

const CITY = 'SO14, SO15, SO16, SO17, SO18, SO19'
const adviser = (name: string, need: string, words: string): Seed => ({
  name,
  needs: [need],
  rules: [
    ['need', { anyOf: [need] }],
    ['route', { kinds: ['navigation_service', 'mental_health_team'] }],
  ],
  groups: [{ name: 'Caseload', places: 20 }],
  sentence: `People who need help with ${words}, referred by mental health teams or navigators.`,
  people: [
    ...fits('Caseload', { needs: [need] }, pick('a navigator', 'a mental health team')),
    ['another need', 'Caseload', { needs: ['food'], ...NAVIGATOR }, /: this person needs help with other things$/],
    ['by themselves', 'Caseload', { needs: [need], ...SELF }, NOT_FROM('the person themselves')],
  ],
})
const neighbourhood = (name: string): Seed => ({
  name,
  needs: ['loneliness'],
  isOpenAccess: true,
  rules: [],
  groups: [{ name: 'Open to all' }],
  sentence: 'Everybody.',
  people: fits('Open to all', { needs: [], age: 3 }, WAYS),
})

/** Every project of the city's two documents, as its provider would fill in the forms. */
export const SEEDS: Seed[] = [
  {
    name: 'Community Roots',
    needs: ['low_mood', 'anxiety', 'recovery_substance'],
    rules: [
      ['age', { min: '18' }],
      ['area', { districts: CITY, areaName: 'Southampton' }],
      [
        'recovering_from',
        { name: 'depression, anxiety, alcohol or drugs', codes: 'depression, anxiety, alcohol, drugs' },
      ],
      [
        'route',
        {
          kinds: ['self', 'gp_practice', 'health_service', 'mental_health_team', 'navigation_service', 'probation'],
          organisations: ['change-grow-live', 'society-of-st-james'],
        },
      ],
    ],
    groups: [{ name: 'Tuesday allotment day', places: 12 }],
    sentence:
      'Adults living in Southampton, recovering from depression, anxiety, alcohol or drugs, referred by Change Grow Live, Society of St James, GP practices, mental health teams, other health services, navigators or probation, or by themselves.',
    people: [
      ...fits('Tuesday allotment day', { age: 34, recoveringFrom: ['Depression'] }, [
        ...pick('a practice', 'themselves', 'a navigator', 'the hospital', 'a mental health team', 'probation'),
        ['Change Grow Live', CGL],
        ['Society of St James', ST_JAMES],
      ]),
      ['17', 'Tuesday allotment day', { age: 17, recoveringFrom: ['alcohol'] }, /^For adults: this person is 17$/],
      [
        'Portsmouth',
        'Tuesday allotment day',
        { postcode: 'PO1 2AB', recoveringFrom: ['alcohol'] },
        /^For people living in Southampton: this person lives in PO1$/,
      ],
      [
        'a broken leg',
        'Tuesday allotment day',
        { recoveringFrom: ['broken leg'] },
        /^For people recovering from depression.*: this person is not$/,
      ],
      ['a school', 'Tuesday allotment day', { recoveringFrom: ['alcohol'], ...SCHOOL }, NOT_FROM('a school')],
      [
        'another partner',
        'Tuesday allotment day',
        { recoveringFrom: ['alcohol'], ...OTHER_PARTNER },
        NOT_FROM('a partner organisation'),
      ],
    ],
  },
  {
    name: 'Shirley Men’s Shed',
    needs: ['loneliness', 'low_mood'],
    rules: [
      ['gender_focus', { gender: 'man', refuses: 'no' }],
      ['need', { anyOf: ['loneliness', 'low_mood', 'anxiety'] }],
      anyone,
    ],
    groups: [{ name: 'Shed membership', places: 46 }],
    sentence:
      'People who need help with loneliness or isolation, low mood, anxiety or worry, referred by anyone or by themselves. Mostly men, others welcome.',
    people: [
      ...fits('Shed membership', { gender: 'man', needs: ['loneliness'] }, WAYS),
      ...fits('Shed membership', { gender: 'woman', needs: ['low_mood'] }, WAYS.slice(0, 2)),
      ['debt', 'Shed membership', { gender: 'man', needs: ['money_debt'] }, /needs help with other things$/],
      ['a commissioner', 'Shed membership', { needs: ['loneliness'], ...COMMISSIONER }, NOT_FROM('a commissioner')],
    ],
  },
  {
    name: 'Solent Mind peer groups',
    needs: ['low_mood', 'anxiety'],
    rules: [],
    groups: [
      { name: 'Walk and talk', places: 10, rules: [['need', { anyOf: ['low_mood', 'anxiety'] }], anyone] },
      ...(['ADHD', 'PTSD', 'Bipolar'] as const).map((name) => ({
        name: `${name} group`,
        places: 8,
        rules: [
          ['diagnosis', { name, codes: name.toLowerCase() }],
          ['route', { kinds: ['gp_practice', 'mental_health_team'], originalOnly: 'yes' }],
        ] as RuleForm[],
      })),
      {
        name: 'Quiet circle',
        places: 4,
        rules: [
          ['severe_mental_illness', {}],
          ['route', { kinds: ['gp_practice', 'mental_health_team'], originalOnly: 'yes', invited: 'yes' }],
        ],
      },
    ],
    sentence: 'Everybody.',
    people: [
      ...fits('Walk and talk', { needs: ['anxiety'] }, WAYS),
      ['housing', 'Walk and talk', { needs: ['housing'] }, /needs help with other things$/],
      ...(['ADHD', 'PTSD', 'Bipolar'] as const).flatMap((name): Somebody[] => [
        ...fits(`${name} group`, { diagnoses: [name.toLowerCase()] }, pick('a practice', 'a mental health team')),
        [
          'fits, from a practice through a navigator',
          `${name} group`,
          { diagnoses: [name], origin: { kind: 'gp_practice', organisation: null } },
        ],
        [
          'by themselves',
          `${name} group`,
          { diagnoses: [name], origin: { kind: 'self', organisation: null } },
          NOT_FROM('the person themselves'),
        ],
        [
          'another diagnosis',
          `${name} group`,
          { diagnoses: ['asthma'], ...GP },
          new RegExp(`^For people with ${name}: this person has not$`),
        ],
      ]),
      ...fits('Quiet circle', { severeMentalIllness: true }, pick('a practice', 'a mental health team')),
      [
        'fits, invited',
        'Quiet circle',
        {
          severeMentalIllness: true,
          ...SELF,
          answers: [{ question: 'Has the person been invited to Quiet circle?', answer: true }],
        },
      ],
      [
        'fits, from whoever invites',
        'Quiet circle',
        { severeMentalIllness: true, ...from('provider', 'the-provider') },
      ],
      [
        'not invited',
        'Quiet circle',
        {
          severeMentalIllness: true,
          ...SELF,
          answers: [{ question: 'Has the person been invited to Quiet circle?', answer: false }],
        },
        NOT_FROM('the person themselves'),
      ],
      [
        'other needs',
        'Quiet circle',
        { severeMentalIllness: false, ...GP },
        /^For people with severe and enduring mental health needs: this person has other needs$/,
      ],
    ],
  },
  {
    name: 'Communicare befriending',
    needs: ['loneliness'],
    rules: [['need', { anyOf: ['loneliness'] }], anyone],
    groups: [
      {
        name: 'Shirley patch group',
        places: 12,
        oneToOne: true,
        rules: [['area', { districts: 'so15', areaName: 'Shirley and Freemantle' }]],
      },
    ],
    sentence: 'People who need help with loneliness or isolation, referred by anyone or by themselves.',
    people: [
      ...fits('Shirley patch group', { needs: ['loneliness'] }, WAYS),
      ['not lonely', 'Shirley patch group', { needs: ['housing'] }, /other things$/],
      [
        'another patch',
        'Shirley patch group',
        { needs: ['loneliness'], postcode: 'SO19 9AA' },
        /^For people living in Shirley and Freemantle: this person lives in SO19$/,
      ],
    ],
  },
  {
    name: 'Family Hubs',
    needs: ['family_parenting'],
    rules: [
      ['need', { anyOf: ['family_parenting'] }],
      ['route', { kinds: ['self', 'gp_practice', 'health_service', 'navigation_service'] }],
    ],
    groups: [
      {
        name: 'Clovelly stay and play',
        rules: [['area', { wards: ['E05015493', 'E05015491', 'E05015504'], districts: 'SO14, SO17, SO16' }]],
      },
      { name: 'Calm parenting course', places: 12, rules: [['area', { districts: CITY, areaName: 'Southampton' }]] },
    ],
    sentence:
      'People who need help with family or parenting, referred by GP practices, other health services or navigators, or by themselves.',
    people: [
      ...fits(
        'Clovelly stay and play',
        { needs: ['family_parenting'], wardCode: 'E05015493' },
        pick('a practice', 'themselves', 'a navigator', 'the hospital'),
      ),
      [
        'another ward',
        'Clovelly stay and play',
        { needs: ['family_parenting'], wardCode: 'E05015502' },
        /^For people living in .*: this person lives in Shirley$/,
      ],
      ['another need', 'Calm parenting course', { needs: ['food'] }, /other things$/],
      ['probation', 'Calm parenting course', { needs: ['family_parenting'], ...PROBATION }, NOT_FROM('probation')],
      ['Winchester', 'Calm parenting course', { needs: ['family_parenting'], postcode: 'SO23 7AB' }, /lives in SO23$/],
    ],
  },
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
