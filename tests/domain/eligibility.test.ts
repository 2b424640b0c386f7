import { describe, expect, test } from 'vitest'
import {
  assess,
  type EligibilityFacts,
  EligibilityRule,
  ruleSentence,
  type Verdict,
} from '../../src/domain/eligibility.ts'

const FACTS: EligibilityFacts = {
  age: 40,
  postcode: 'SO14 0DP',
  wardCode: null,
  needs: ['loneliness'],
  gender: null,
  origin: { kind: 'gp_practice', organisation: 'st-marys-surgery' },
  sender: { kind: 'navigation_service', organisation: 'so-linked' },
}

type Case = [situation: string, rule: EligibilityRule, facts: Partial<EligibilityFacts>, verdict: Verdict, text: RegExp]

const ADULT: EligibilityRule = { rule: 'age', min: 18 }
const TEENS: EligibilityRule = { rule: 'age', min: 11, max: 25 }
const SO14: EligibilityRule = { rule: 'area', districts: ['SO14'], wards: [], name: 'SO14' }
const BEVOIS: EligibilityRule = { rule: 'area', districts: ['SO14', 'SO17'], wards: ['E05015493'], name: 'Bevois' }
const WARD_ONLY: EligibilityRule = { rule: 'area', districts: [], wards: ['E05015493'], name: 'Bevois' }
const CLINICAL: EligibilityRule = {
  rule: 'route',
  kinds: ['gp_practice', 'mental_health_team'],
  organisations: ['solent-mind'],
  originalOnly: true,
  says: 'Only GP practices and community mental health teams can refer',
}
const PARTNERS: EligibilityRule = {
  rule: 'route',
  kinds: ['self', 'navigation_service'],
  organisations: ['change-grow-live'],
  originalOnly: false,
  says: 'Change Grow Live, navigators, and you yourself',
}
const LONELY: EligibilityRule = { rule: 'need', anyOf: ['loneliness', 'bereavement'] }
const ADHD: EligibilityRule = { rule: 'diagnosis', anyOf: ['adhd'], name: 'ADHD' }
const SEVERE: EligibilityRule = { rule: 'severe_mental_illness' }
const RECOVERY: EligibilityRule = { rule: 'recovering_from', anyOf: ['alcohol', 'depression'], name: 'addiction' }
const FALL: EligibilityRule = { rule: 'fall_or_at_risk' }
const MOSTLY_MEN: EligibilityRule = { rule: 'gender_focus', gender: 'man', refuses: false }
const WOMEN_ONLY: EligibilityRule = { rule: 'gender_focus', gender: 'woman', refuses: true }

const nobody = { kind: 'provider', organisation: 'other' } as const

const CASES: Case[] = [
  ['18 today', ADULT, { age: 18 }, 'eligible', /^For adults$/],
  ['17', ADULT, { age: 17 }, 'not_eligible', /^For adults: this person is 17$/],
  ['at the lower end', TEENS, { age: 11 }, 'eligible', /^For people aged 11 to 25$/],
  ['at the upper end', TEENS, { age: 25 }, 'eligible', /11 to 25/],
  ['above it', TEENS, { age: 26 }, 'not_eligible', /this person is 26/],
  ['a baby where there is no lower end', { rule: 'age', max: 18 }, { age: 0 }, 'eligible', /aged 18 or under/],
  ['lives in the district', SO14, {}, 'eligible', /^For people living in SO14$/],
  ['lives in another', SO14, { postcode: 'SO19 1AA' }, 'not_eligible', /this person lives in SO19/],
  ['lives in one that begins alike', SO14, { postcode: 'SO1 4AB' }, 'not_eligible', /lives in SO1$/],
  ['no postcode known', SO14, { postcode: null }, 'ask', /Ask: Where does the person live\?/],
  ['lives in the ward', BEVOIS, { wardCode: 'E05015493', postcode: 'SO19 1AA' }, 'eligible', /Bevois/],
  ['the ward decides, not the district', BEVOIS, { wardCode: 'E05015502' }, 'not_eligible', /lives in Shirley/],
  ['no ward known: the district stands in', BEVOIS, {}, 'eligible', /Bevois/],
  ['only wards named, none known', WARD_ONLY, {}, 'ask', /Where does the person live/],
  ['a practice referred', CLINICAL, {}, 'eligible', /^Only GP practices/],
  ['the navigator passes it on: the first referrer counts', CLINICAL, { sender: nobody }, 'eligible', /Only GP/],
  [
    'only the sender would be allowed',
    CLINICAL,
    { origin: { kind: 'self', organisation: null }, sender: FACTS.origin },
    'not_eligible',
    /does not fit/,
  ],
  [
    'invited by the provider',
    CLINICAL,
    { origin: { kind: 'provider', organisation: 'solent-mind' } },
    'eligible',
    /Only/,
  ],
  ['through a navigator', PARTNERS, {}, 'eligible', /Change Grow Live/],
  ['by themselves', PARTNERS, { origin: { kind: 'self', organisation: null }, sender: nobody }, 'eligible', /you/],
  [
    'by the named partner',
    PARTNERS,
    { origin: { kind: 'referral_partner', organisation: 'change-grow-live' }, sender: nobody },
    'eligible',
    /Change/,
  ],
  [
    'by another partner',
    PARTNERS,
    { origin: { kind: 'referral_partner', organisation: 'another' }, sender: nobody },
    'not_eligible',
    /does not fit/,
  ],
  ['one of the needs', LONELY, { needs: ['housing', 'bereavement'] }, 'eligible', /loneliness or isolation, bereave/],
  ['none of them', LONELY, { needs: ['housing'] }, 'not_eligible', /does not fit/],
  ['has the diagnosis', ADHD, { diagnoses: ['ptsd', 'adhd'] }, 'eligible', /^For people with ADHD$/],
  ['has another', ADHD, { diagnoses: ['ptsd'] }, 'not_eligible', /does not fit/],
  ['is known to have none', ADHD, { diagnoses: [] }, 'not_eligible', /does not fit/],
  ['nobody said', ADHD, {}, 'ask', /Ask: Does the person have one of these diagnoses\?/],
  ['yes', SEVERE, { severeMentalIllness: true }, 'eligible', /severe and enduring/],
  ['no', SEVERE, { severeMentalIllness: false }, 'not_eligible', /does not fit/],
  ['nobody said', SEVERE, {}, 'ask', /Ask: /],
  ['from one of them', RECOVERY, { recoveringFrom: ['depression'] }, 'eligible', /recovering from addiction/],
  ['from something else', RECOVERY, { recoveringFrom: ['a broken leg'] }, 'not_eligible', /does not fit/],
  ['nobody said', RECOVERY, {}, 'ask', /Ask: /],
  ['had a fall', FALL, { fallOrAtRisk: true }, 'eligible', /had a fall/],
  ['did not', FALL, { fallOrAtRisk: false }, 'not_eligible', /does not fit/],
  ['nobody said', FALL, {}, 'ask', /Ask: Has the person had a fall/],
  [
    'a woman: it informs, it does not refuse',
    MOSTLY_MEN,
    { gender: 'woman' },
    'eligible',
    /^Mostly men, others welcome$/,
  ],
  ['a man', MOSTLY_MEN, { gender: 'man' }, 'eligible', /Mostly men/],
  ['not known: nothing to ask where nothing hangs on it', MOSTLY_MEN, {}, 'eligible', /Mostly men/],
  ['a woman, where the rules refuse', WOMEN_ONLY, { gender: 'woman' }, 'eligible', /^For women$/],
  ['a man, where the rules refuse', WOMEN_ONLY, { gender: 'man' }, 'not_eligible', /does not fit/],
  ['not known, where the rules refuse', WOMEN_ONLY, {}, 'ask', /Ask: How does the person describe their gender\?/],
  ['would rather not say: that is not known, not "no"', WOMEN_ONLY, { gender: 'not_stated' }, 'ask', /Ask: /],
]

describe('one rule', () => {
  test.each(CASES.map(([situation, rule, ...rest]) => [rule.rule, situation, rule, ...rest] as const))(
    '%s: %s',
    (_, _situation, rule, facts, verdict, text) => {
      const judged = assess({ ...FACTS, ...facts }, [rule])
      expect(judged.verdict).toBe(verdict)
      expect(judged.reasons).toEqual([{ rule: rule.rule, verdict, text: expect.stringMatching(text) }])
    },
  )

  test('every kind of rule is tried here in every way it can answer', () => {
    const tried = new Set(CASES.map(([, rule, , verdict]) => `${rule.rule}: ${verdict}`))
    // Age and route are always known; needs are required.
    const cannotAsk = ['age', 'route', 'need']
    for (const option of EligibilityRule.options) {
      const kind = option.shape.rule.value
      for (const verdict of ['eligible', 'not_eligible', 'ask'])
        expect(tried.has(`${kind}: ${verdict}`)).toBe(verdict !== 'ask' || !cannotAsk.includes(kind))
    }
  })
})

describe('several rules', () => {
  const ask = SEVERE
  const no: EligibilityRule = { rule: 'age', min: 90 }
  const yes = ADULT

  test.each<[string, EligibilityRule[], Verdict]>([
    ['no rules at all', [], 'eligible'],
    ['all fit', [yes, yes], 'eligible'],
    ['one must be asked', [yes, ask], 'ask'],
    ['one fails, whatever must be asked', [ask, no, yes], 'not_eligible'],
    ['one fails, wherever it stands', [no, ask], 'not_eligible'],
  ])('%s', (_, rules, verdict) => {
    const judged = assess(FACTS, rules)
    expect(judged.verdict).toBe(verdict)
    expect(judged.reasons.map(({ rule }) => rule)).toEqual(rules.map(({ rule }) => rule))
  })
})

describe('rules as stored', () => {
  test('parse, with what was left out filled in', () => {
    expect(
      [
        { rule: 'gender_focus', gender: 'man' },
        { rule: 'route', says: 'Anyone' },
      ].map((rule) => EligibilityRule.parse(rule)),
    ).toEqual([MOSTLY_MEN, { rule: 'route', says: 'Anyone', kinds: [], organisations: [], originalOnly: false }])
  })

  test.each([
    ['an unknown rule', { rule: 'income', below: 20_000 }],
    ['an unknown key', { rule: 'age', min: 18, from: 18 }],
    ['a need off the list', { rule: 'need', anyOf: ['happiness'] }],
    ['a diagnosis rule that nobody can meet', { rule: 'diagnosis', anyOf: [], name: 'nothing' }],
    ['half an age', { rule: 'age', min: 17.5 }],
  ])('are refused: %s', (_, rule) => {
    expect(EligibilityRule.safeParse(rule).success).toBe(false)
  })

  test('every rule has a sentence for the page', () => {
    for (const [, rule] of CASES) expect(ruleSentence(rule)).toMatch(/^[A-Z].*[^.]$/)
    expect(ruleSentence({ rule: 'age' })).toBe('For any age')
    expect(ruleSentence({ rule: 'age', min: 65 })).toBe('For people aged 65 or over')
  })
})
