import { describe, expect, test } from 'vitest'
import { assess, EligibilityRule, ruleSentence, type Verdict } from '../../src/domain/eligibility.ts'
import { ADULT, CASES, FACTS, MOSTLY_MEN, nobody, SEVERE, said } from './eligibility-cases.ts'

describe('one rule', () => {
  test.each(CASES.map(([situation, rule, ...rest]) => [rule.rule, situation, rule, ...rest] as const))(
    '%s: %s',
    (_, _situation, rule, facts, verdict, text) => {
      const judged = assess({ ...FACTS, ...facts }, [rule])
      expect(judged.verdict).toBe(verdict)
      const question = verdict === 'ask' ? { question: expect.stringMatching(/^[A-Z].*\?$/) } : {}
      expect(judged.reasons).toEqual([{ rule: rule.rule, verdict, text: expect.stringMatching(text), ...question }])
    },
  )

  test('every kind of rule is tried here in every way it can answer', () => {
    const tried = new Set(CASES.map(([, rule, , verdict]) => `${rule.rule}: ${verdict}`))
    // Age is always known; needs are required.
    const cannotAsk = ['age', 'need']
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

describe('an answer that a question asked for', () => {
  // Asking, and writing down what was said, always ends the asking.
  test.each(CASES.filter(([, , , verdict]) => verdict === 'ask'))('%s', (_, rule, facts) => {
    const [reason] = assess({ ...FACTS, ...facts }, [rule]).reasons
    const verdicts = [true, false].map(
      (answer) => assess({ ...FACTS, ...facts, ...said(reason?.question ?? '', answer) }, [rule]).verdict,
    )
    expect(verdicts.sort()).toEqual(['eligible', 'not_eligible'])
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
    ['an age of nobody', { rule: 'age', max: 300 }],
    ['a question without a question mark', { rule: 'ask', question: 'Dogs', wants: 'yes' }],
    ['whom it is not for, without a word', { rule: 'exclusion', who: ' ' }],
  ])('are refused: %s', (_, rule) => {
    expect(EligibilityRule.safeParse(rule).success).toBe(false)
  })

  test('from before localities and invitations judge as they did', () => {
    const stored: EligibilityRule[] = [
      JSON.parse('{"rule":"area","name":"Bevois","districts":["SO14"],"wards":["E05015493"]}'),
      JSON.parse('{"rule":"route","kinds":["self"],"organisations":[],"originalOnly":false,"says":"You yourself"}'),
    ]
    expect(stored.map((rule) => EligibilityRule.parse(rule))).toEqual(stored)
    const { verdict, reasons } = assess(
      { ...FACTS, sender: nobody, origin: { kind: 'self', organisation: null } },
      stored,
    )
    expect([verdict, ...reasons.map(({ text }) => text)]).toEqual([
      'eligible',
      'For people living in Bevois',
      'You yourself',
    ])
  })

  test('a thousand people are judged by twelve rules in a blink', () => {
    const rules = CASES.slice(0, 12).map(([, rule]) => rule)
    const start = performance.now()
    for (let count = 0; count < 1000; count++) assess(FACTS, rules)
    expect(performance.now() - start).toBeLessThan(1000)
  })

  test('every rule has a sentence for the page', () => {
    for (const [, rule] of CASES) expect(ruleSentence(rule)).toMatch(/^[A-Z].*[^.]$/)
    expect(ruleSentence({ rule: 'age' })).toBe('For any age')
    expect(ruleSentence({ rule: 'age', min: 65 })).toBe('For people aged 65 or over')
  })
})
