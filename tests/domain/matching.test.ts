import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Match, rank } from '../../src/domain/matching.ts'

function match(groupId: string, of: Partial<Match> = {}): Match {
  return {
    projectId: `project of ${groupId}`,
    groupId,
    groupName: groupId,
    fit: { verdict: 'eligible', reasons: [] },
    meetsNeeds: ['loneliness'],
    isCrisis: false,
    intakeOpen: true,
    free: 3,
    isFull: false,
    waiting: 0,
    ...of,
  }
}

const UNFIT: Partial<Match> = { fit: { verdict: 'not_eligible', reasons: [] } }
const UNSURE: Partial<Match> = { fit: { verdict: 'ask', reasons: [] } }
const order = (matches: Match[], risk = false) => rank(matches, risk).map(({ groupId }) => groupId)

describe('the order of matches', () => {
  test.each<[string, Partial<Match>, Partial<Match>]>([
    ['who fits before who may fit', {}, UNSURE],
    ['who may fit before who does not', UNSURE, UNFIT],
    ['meeting a need before meeting none', {}, { meetsNeeds: [] }],
    ['more needs before fewer', { meetsNeeds: ['loneliness', 'falls'] }, {}],
    ['taking people before paused', {}, { intakeOpen: false }],
    ['room before full', {}, { isFull: true, free: 0 }],
    ['fewer waiting before more', { waiting: 1 }, { waiting: 2 }],
    ['fitting counts more than room', { isFull: true, free: 0 }, UNSURE],
    ['room counts more than one need more', {}, { isFull: true, meetsNeeds: ['loneliness', 'falls'] }],
    ['unknown room is not full', { free: null }, { isFull: true, free: 0 }],
  ])('%s', (_, better, worse) => {
    // The better one has the later name, so that only the rule can put it first.
    expect(order([match('a', worse), match('z', better)])).toEqual(['z', 'a'])
  })

  test('all else equal, by name, then by id: capital letters and accents change nothing from run to run', () => {
    const twins = [match('2', { groupName: 'Choir' }), match('1', { groupName: 'Choir' }), match('0')]
    expect(order(twins)).toEqual(['0', '1', '2'])
  })

  test('where risk of a crisis is disclosed, crisis support comes first, whatever else', () => {
    const crisis = match('z', { ...UNSURE, isCrisis: true, meetsNeeds: [], isFull: true, waiting: 9 })
    expect(order([match('a'), crisis], true)).toEqual(['z', 'a'])
    expect(order([match('a'), crisis], false)).toEqual(['a', 'z'])
  })
})

describe('for any set of matches', () => {
  const anyMatch = fc
    .record({
      groupId: fc.uuid(),
      groupName: fc.constantFrom('Choir', 'choir', 'Élan', 'Walk'),
      verdict: fc.constantFrom('eligible', 'ask', 'not_eligible'),
      needs: fc.integer({ min: 0, max: 3 }),
      isCrisis: fc.boolean(),
      intakeOpen: fc.boolean(),
      isFull: fc.boolean(),
      waiting: fc.integer({ min: 0, max: 3 }),
    })
    .map(({ groupId, verdict, needs, ...rest }) =>
      match(groupId, {
        ...rest,
        fit: { verdict: verdict as Match['fit']['verdict'], reasons: [] },
        meetsNeeds: ['loneliness', 'falls', 'housing'].slice(0, needs),
      }),
    )
  const matches = fc.uniqueArray(anyMatch, { selector: ({ groupId }) => groupId, maxLength: 12 })

  test('nothing is hidden, nothing is added, and what was given stays as it was', () => {
    fc.assert(
      fc.property(matches, fc.boolean(), (given, risk) => {
        const before = structuredClone(given)
        expect(
          rank(given, risk)
            .map(({ groupId }) => groupId)
            .sort(),
        ).toEqual(given.map(({ groupId }) => groupId).sort())
        expect(given).toEqual(before)
      }),
    )
  })

  test('the order depends on the facts, not on the order they came in', () => {
    const shuffled = matches.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
    )
    fc.assert(
      fc.property(shuffled, fc.boolean(), ([given, mixed], risk) => {
        expect(order(mixed, risk)).toEqual(order(given, risk))
      }),
    )
  })

  test('nobody who does not fit stands above somebody who does, crisis support aside', () => {
    fc.assert(
      fc.property(matches, (given) => {
        const verdicts = rank(given, false).map(({ fit }) => fit.verdict)
        expect(verdicts).toEqual([
          ...verdicts.filter((verdict) => verdict === 'eligible'),
          ...verdicts.filter((verdict) => verdict === 'ask'),
          ...verdicts.filter((verdict) => verdict === 'not_eligible'),
        ])
      }),
    )
  })
})
