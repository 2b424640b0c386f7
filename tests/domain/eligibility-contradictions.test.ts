import { describe, expect, test } from 'vitest'
import { type Beside, contradictions, type World } from '../../src/domain/eligibility-contradictions.ts'
import type { EligibilityRule, RouteKind, RuleOf } from '../../src/domain/eligibility-rules.ts'
import { WARDS } from '../../src/domain/place.ts'

const WORLD: World = {
  wards: new Set(WARDS.map(({ code }) => code)),
  localities: new Set(['East', 'West']),
  organisations: new Map([
    ['change-grow-live', 'referral_partner'],
    ['hill-school', 'school'],
  ]),
  localityOf: new Map([['E05015493', 'West']]),
}
const LOADED: World = { ...WORLD, districts: new Set(['SO14', 'SO15']), lsoas: new Set(['E01017140']) }

const area = (more: Partial<RuleOf<'area'>>): EligibilityRule => ({
  rule: 'area',
  districts: [],
  wards: [],
  name: 'here',
  ...more,
})
const route = (kinds: RouteKind[], more: Partial<RuleOf<'route'>> = {}): EligibilityRule => ({
  rule: 'route',
  kinds,
  organisations: [],
  originalOnly: false,
  says: `Route of ${kinds.join(' ') || 'nobody'}`,
  ...more,
})
const gender = (one: 'man' | 'woman' | 'not_stated', refuses = true): EligibilityRule => ({
  rule: 'gender_focus',
  gender: one,
  refuses,
})
const beside = (...rules: EligibilityRule[]): Beside[] => [{ whose: 'Community Roots', rules }]
const BEVOIS = 'E05015493'
const SHIRLEY = 'E05015502'

type Case = [situation: string, rules: EligibilityRule[], words: RegExp, beside?: Beside[], world?: World]

const IMPOSSIBLE: Case[] = [
  ['an age span upside down', [{ rule: 'age', min: 65, max: 18 }], /^Nobody is 65 or over and 18 or under/],
  ['an age rule that says nothing', [{ rule: 'age' }], /from which age/],
  [
    'two spans that do not meet',
    [
      { rule: 'age', min: 18 },
      { rule: 'age', max: 16 },
    ],
    /^For people aged 16 or under, yet for adults: nobody is 18 or over and 16 or under$/,
  ],
  [
    'a group for under 18 in a project for 65 and over',
    [{ rule: 'age', max: 17 }],
    /yet Community Roots is for people aged 65 or over: nobody is 65/,
    beside({ rule: 'age', min: 65 }),
  ],
  ['no place at all', [area({})], /^Choose at least one ward/],
  ['an unknown ward', [area({ wards: [BEVOIS, 'E05099999'] })], /^There is no ward “E05099999”$/],
  ['an unknown part of the city', [area({ localities: ['North Pole'] })], /no part of the city “North Pole”/],
  ['what is no district', [area({ districts: ['SO14 3AB'] })], /“SO14 3AB” is no postcode district/],
  [
    'a district that the loaded postcodes do not have',
    [area({ districts: ['ZZ1'] })],
    /no postcode district “ZZ1”/,
    [],
    LOADED,
  ],
  ['what is no neighbourhood', [area({ lsoas: ['Bevois 003A'] })], /no neighbourhood code/],
  ['a neighbourhood that is not loaded', [area({ lsoas: ['E01000001'] })], /no neighbourhood “E01000001”/, [], LOADED],
  [
    'two areas by ward',
    [area({ wards: [BEVOIS] }), area({ wards: [SHIRLEY], name: 'there' })],
    /^For people living in there, yet for people living in here: nobody lives in both$/,
  ],
  [
    'two areas by district',
    [area({ districts: ['SO14'] })],
    /nobody lives in both/,
    beside(area({ districts: ['SO15', 'SO16'] })),
  ],
  [
    'two parts of the city',
    [area({ localities: ['East'] })],
    /nobody lives in both/,
    beside(area({ localities: ['West'] })),
  ],
  [
    'a ward of another part of the city',
    [area({ wards: [BEVOIS] })],
    /nobody lives in both/,
    beside(area({ localities: ['East'] })),
  ],
  ['nobody may refer', [route([])], /^Nobody could refer/],
  ['an unknown organisation', [route(['self'], { organisations: ['nowhere'] })], /no organisation “nowhere”/],
  [
    'by invitation, and only by oneself',
    [route(['self'], { invitedTo: 'it' })],
    /by invitation, yet people can only come by themselves/,
  ],
  [
    'a project to come to by oneself, and a group by invitation',
    [route(['mental_health_team'], { originalOnly: true, invitedTo: 'it' })],
    /yet Community Roots is .*only come by themselves, and nobody could invite them/,
    beside(route(['self'])),
  ],
  [
    'the same the other way round',
    [route(['self'])],
    /only come by themselves/,
    beside(route([], { invitedTo: 'it' })),
  ],
  [
    'two routes without a common way',
    [route(['school'], { originalOnly: true })],
    /no referral could come by both/,
    beside(route(['gp_practice'], { originalOnly: true })),
  ],
  [
    'an organisation that the project does not take',
    [route([], { organisations: ['change-grow-live'], originalOnly: true })],
    /no referral could come/,
    beside(route(['school'])),
  ],
  ['men only and women only', [gender('man'), gender('woman')], /nobody describes themselves as a woman and a man/],
  ['for people who did not state a gender', [gender('not_stated')], /Choose a gender/],
  [
    'for a diagnosis, and not for it',
    [
      { rule: 'diagnosis', anyOf: ['ADHD'], name: 'ADHD' },
      { rule: 'exclusion', who: 'have ADHD', diagnoses: ['adhd'] },
    ],
    /everybody it is for is left out/,
  ],
  [
    'the same the other way round',
    [
      { rule: 'exclusion', who: 'have ADHD', diagnoses: ['adhd'] },
      { rule: 'diagnosis', anyOf: ['adhd'], name: 'ADHD' },
    ],
    /left out/,
  ],
  [
    'yes and no to one question',
    [
      { rule: 'ask', question: 'Dogs?', wants: 'yes' },
      { rule: 'ask', question: 'dogs?', wants: 'no' },
    ],
    /cannot want yes and no/,
  ],
]

const POSSIBLE: [string, EligibilityRule[], Beside[]?, World?][] = [
  ['no rules', []],
  ['an age of one year', [{ rule: 'age', min: 18, max: 18 }]],
  ['65 and over beside adults', [{ rule: 'age', min: 65 }], beside({ rule: 'age', min: 18 })],
  ['areas that share a ward', [area({ wards: [BEVOIS, SHIRLEY] })], beside(area({ wards: [SHIRLEY] }))],
  ['areas in different measures: nobody can tell', [area({ wards: [BEVOIS] })], beside(area({ districts: ['SO19'] }))],
  ['a ward in its part of the city', [area({ wards: [BEVOIS] })], beside(area({ localities: ['West'] }))],
  ['a ward whose part is not known', [area({ wards: [SHIRLEY] })], beside(area({ localities: ['East'] }))],
  ['districts before postcodes are loaded', [area({ districts: ['SO30'] })]],
  ['districts and neighbourhoods that are loaded', [area({ districts: ['SO15'], lsoas: ['E01017140'] })], [], LOADED],
  [
    'by oneself beside teams that take over',
    [route(['self', 'school'])],
    beside(route(['school', 'self'], { originalOnly: true })),
  ],
  [
    'through a navigator both are met',
    [route(['navigation_service'])],
    beside(route(['gp_practice'], { originalOnly: true })),
  ],
  ['a school of that name beside schools', [route([], { organisations: ['hill-school'] })], beside(route(['school']))],
  [
    'teams and by invitation',
    [route(['mental_health_team'], { invitedTo: 'it', originalOnly: true })],
    beside(route(['self', 'mental_health_team'])),
  ],
  ['mostly men beside women only', [gender('man', false), gender('woman')]],
  [
    'for two diagnoses, not for one of them',
    [
      { rule: 'diagnosis', anyOf: ['adhd', 'ptsd'], name: 'either' },
      { rule: 'exclusion', who: 'have ADHD', diagnoses: ['adhd'] },
    ],
  ],
  [
    'two questions',
    [
      { rule: 'ask', question: 'Dogs?', wants: 'yes' },
      { rule: 'ask', question: 'Cats?', wants: 'no' },
    ],
  ],
]

describe('what nobody could ever meet', () => {
  test.each(IMPOSSIBLE)('%s', (_, rules, words, others = [], world = WORLD) => {
    const found = contradictions(rules, world, others)
    expect(found).toHaveLength(1)
    expect(found[0]?.text).toMatch(words)
    expect(found[0]?.index).toBe(rules.length - 1)
  })

  test('everything that is wrong is said at once, each with its rule', () => {
    const rules: EligibilityRule[] = [
      { rule: 'age', min: 9, max: 8 },
      area({ wards: ['x'], districts: ['y'] }),
      route([]),
    ]
    expect(contradictions(rules, WORLD).map(({ index, rule }) => [index, rule])).toEqual([
      [0, 'age'],
      [1, 'area'],
      [1, 'area'],
      [2, 'route'],
    ])
  })
})

describe('what somebody could meet', () => {
  test.each(POSSIBLE)('%s', (_, rules, others = [], world = WORLD) => {
    expect(contradictions(rules, world, others)).toEqual([])
  })
})
