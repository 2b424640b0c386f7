import { describe, expect, test } from 'vitest'
import type { EligibilityRule, RouteKind, RuleOf } from '../../src/domain/eligibility-rules.ts'
import { REFERRING_KINDS, routeSays, rulesSentence } from '../../src/domain/eligibility-words.ts'

const NAMES: Record<string, string> = { 'change-grow-live': 'Change Grow Live', probation: 'the Probation Service' }
const nameOf = (slug: string) => NAMES[slug] ?? slug

function route(kinds: RouteKind[], more: Partial<RuleOf<'route'>> = {}): RuleOf<'route'> {
  return { rule: 'route', kinds, organisations: [], originalOnly: false, says: 'As we say', ...more }
}
const ADULTS: EligibilityRule = { rule: 'age', min: 18 }
const CITY: EligibilityRule = { rule: 'area', name: 'Southampton', districts: ['SO14'], wards: [] }

describe('all rules in one sentence', () => {
  test.each<[string, EligibilityRule[]]>([
    ['Everybody.', []],
    ['Adults.', [ADULTS]],
    ['Adults living in Southampton.', [ADULTS, CITY]],
    [
      'Adults living in Southampton, recovering from depression, referred by Change Grow Live, GP practices or navigators, or by themselves.',
      [
        CITY,
        { rule: 'recovering_from', name: 'depression', anyOf: ['depression'] },
        ADULTS,
        route(['self', 'gp_practice', 'navigation_service'], { organisations: ['change-grow-live'] }),
      ],
    ],
    ['Everybody, referred by anyone or by themselves.', [route(REFERRING_KINDS)]],
    ['People aged 11 to 25, referred by schools.', [{ rule: 'age', min: 11, max: 25 }, route(['school'])]],
    [
      'People aged 12 to 18.',
      [
        { rule: 'age', max: 18 },
        { rule: 'age', min: 12 },
      ],
    ],
    ['People aged 16.', [{ rule: 'age', min: 16, max: 16 }]],
    ['Women aged 18 or over.', [ADULTS, { rule: 'gender_focus', gender: 'woman', refuses: true }]],
    [
      'Men who need help with low mood, referred first by mental health teams.',
      [
        { rule: 'gender_focus', gender: 'man', refuses: true },
        { rule: 'need', anyOf: ['low_mood'] },
        route(['mental_health_team'], { originalOnly: true }),
      ],
    ],
    [
      'People who need help with loneliness or isolation. Mostly men, others welcome.',
      [
        { rule: 'gender_focus', gender: 'man', refuses: false },
        { rule: 'need', anyOf: ['loneliness'] },
      ],
    ],
    [
      'People with severe and enduring mental health needs, by invitation only. Not for people who are in hospital.',
      [
        { rule: 'exclusion', who: 'are in hospital' },
        { rule: 'severe_mental_illness' },
        route([], { invitedTo: 'Quiet circle' }),
      ],
    ],
    [
      'People aged 65 or over who had a fall or are at risk of one, who can get there, referred by themselves. Asked first: Do you walk?',
      [
        { rule: 'fall_or_at_risk' },
        { rule: 'travel' },
        { rule: 'age', min: 65 },
        route(['self']),
        { rule: 'ask', question: 'Do you walk?', wants: 'yes' },
      ],
    ],
    ['People with ADHD.', [{ rule: 'diagnosis', anyOf: ['adhd'], name: 'ADHD' }]],
  ])('%s', (sentence, rules) => {
    expect(rulesSentence(rules, nameOf)).toBe(sentence)
  })
})

describe('who may refer, in words', () => {
  test.each<[string, RuleOf<'route'>]>([
    ['Anyone can refer, and you can refer yourself', route(REFERRING_KINDS)],
    ['You can refer yourself', route(['self'])],
    ['Schools can refer', route(['school'])],
    [
      'Change Grow Live and navigators can refer, and you can refer yourself',
      route(['self', 'navigation_service'], { organisations: ['change-grow-live'] }),
    ],
    [
      'Only GP practices and mental health teams can refer',
      route(['gp_practice', 'mental_health_team'], { originalOnly: true }),
    ],
    ['Only GP practices can refer, or you are invited', route(['gp_practice'], { originalOnly: true, invitedTo: 'X' })],
    ['By invitation only', route([], { invitedTo: 'X' })],
  ])('%s', (says, rule) => {
    expect(routeSays(rule, nameOf)).toBe(says)
  })
})
