import {
  anyone,
  CGL,
  CITY,
  COMMISSIONER,
  fits,
  from,
  GP,
  NOT_FROM,
  OTHER_PARTNER,
  PROBATION,
  pick,
  type RuleForm,
  SCHOOL,
  SELF,
  type Seed,
  type Somebody,
  ST_JAMES,
  WAYS,
} from './somebody.ts'

/** Projects of the city's two documents, as their providers would fill in the forms. */
export const SEEDS_ONE: Seed[] = [
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
]
