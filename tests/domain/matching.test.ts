import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Match, rank, scoreOf } from '../../src/domain/matching.ts'

function match(groupId: string, of: Partial<Match> = {}): Match {
  return {
    projectId: `project of ${groupId}`,
    groupId,
    groupName: groupId,
    verdict: 'eligible',
    meetsNeeds: ['loneliness'],
    needsThere: 2,
    likes: [],
    distanceKm: 2,
    inLanguage: null,
    asksLanguage: false,
    access: [],
    unsaidAccess: [],
    whyNotNow: null,
    isStale: false,
    isCrisis: false,
    isTried: false,
    free: 3,
    isFull: false,
    waiting: 0,
    expectedWait: null,
    costPence: null,
    courseStartsOn: null,
    ...of,
  }
}

const TODAY = '2026-11-23'
const CALM = { crisis: null, homeIsKnown: true, today: TODAY }
const CRISIS = { ...CALM, crisis: 'risk' as const }
const UNFIT: Partial<Match> = { verdict: 'not_eligible' }
const UNSURE: Partial<Match> = { verdict: 'ask' }
const FULL: Partial<Match> = { isFull: true, free: 0 }
const SHUT: Partial<Match> = { whyNotNow: 'Not taking anyone new at the moment' }
const order = (matches: Match[], ranking = CALM as typeof CALM | typeof CRISIS) =>
  rank(matches, ranking).map(({ groupId }) => groupId)

describe('the order of matches', () => {
  // biome-ignore format: a table reads as a table
  test.each<[string, Partial<Match>, Partial<Match>]>([
    ['who fits before who may fit', {}, UNSURE],
    ['who may fit before who does not', UNSURE, UNFIT],
    ['meeting a need before meeting none', {}, { meetsNeeds: [] }],
    ['more needs before fewer', { meetsNeeds: ['loneliness', 'falls'] }, {}],
    ['who is there for little else before who is there for everything', { needsThere: 2 }, { needsThere: 5 }],
    ['one need more before who is there for nothing else', { meetsNeeds: ['loneliness', 'falls'], needsThere: 9 }, { needsThere: 1 }],
    ['who is there for little else before a walk of two kilometres less', { distanceKm: 4 }, { needsThere: 5 }],
    ['what they like before who is there for little else', { likes: ['gardening'], needsThere: 5 }, {}],
    ['taking people before paused', {}, SHUT],
    ['room before full', {}, FULL],
    ['unknown room is not full', { free: null }, FULL],
    ['full before paused: it has a waiting list', FULL, SHUT],
    ['checked before not checked for long', {}, { isStale: true }],
    ['what they like before what they need not like', { likes: ['gardening'] }, {}],
    ['near before far', { distanceKm: 1.4 }, { distanceKm: 3.4 }],
    ['near before who knows where', {}, { distanceKm: null }],
    ['who knows where before the other end of the county', { distanceKm: null }, { distanceKm: 9 }],
    ['in their language before in English', { inLanguage: 'pl' }, {}],
    ['English before English that needs an interpreter', {}, { asksLanguage: true }],
    ['step-free for whoever needs it', { access: ['step_free'] }, {}],
    ['not asking about steps before asking', {}, { unsaidAccess: ['step_free'] }],
    ['free before a cost nobody has said', { costPence: 0 }, {}],
    ['a cost nobody has said before three pounds', {}, { costPence: 300 }],
    ['three pounds before eight', { costPence: 300 }, { costPence: 800 }],
    ['known room before unknown', {}, { free: null }],
    ['fewer waiting before more', { waiting: 1 }, { waiting: 2 }],
    ['a short wait before a long one', { expectedWait: { low: 0, high: 14, n: 20 } }, { expectedWait: { low: 28, high: 56, n: 20 } }],
    ['a course next week before one in spring', { courseStartsOn: '2026-11-30' }, { courseStartsOn: '2027-03-01' }],
    ['not tried before what was tried', {}, { isTried: true }],
    ['not tried, and to be asked, before tried', UNSURE, { isTried: true }],
    ['not tried, and full, before tried', FULL, { isTried: true }],
    ['not tried, and stale, before tried', { isStale: true }, { isTried: true }],
    ['tried before meeting no need', { isTried: true }, { meetsNeeds: [] }],
    ['tried before whose rules say no', { isTried: true }, UNFIT],
    ['to be asked before meeting no need', UNSURE, { meetsNeeds: [] }],
    ['fitting counts more than room', FULL, UNSURE],
    ['room counts more than one need more', {}, { ...FULL, meetsNeeds: ['loneliness', 'falls'] }],
    ['room counts more than freshness', { isStale: true }, FULL],
    ['one need more counts more than eight kilometres', { meetsNeeds: ['loneliness', 'falls'], distanceKm: 9 }, { distanceKm: 1 }],
    ['a language counts more than a few kilometres', { inLanguage: 'pl', distanceKm: 6 }, {}],
  ])('%s', (_, better, worse) => {
    // The better one has the later name, so that only the rule can put it first.
    expect(order([match('a', worse), match('z', better)])).toEqual(['z', 'a'])
  })

  test('without a home no distance counts, not even an unknown one', () => {
    const ranking = { ...CALM, homeIsKnown: false }
    expect(scoreOf(match('a', { distanceKm: null }), ranking)).toBe(scoreOf(match('a', { distanceKm: 0 }), ranking))
  })

  test('all else equal, by name, then by id: capital letters and accents change nothing from run to run', () => {
    const twins = [match('2', { groupName: 'Choir' }), match('1', { groupName: 'Choir' }), match('0')]
    expect(order(twins)).toEqual(['0', '1', '2'])
  })

  test('where a crisis is known, crisis support comes first, whatever else', () => {
    const crisis = match('z', { ...UNSURE, ...FULL, isCrisis: true, meetsNeeds: [], waiting: 9, isStale: true })
    expect(order([match('a'), crisis], CRISIS)).toEqual(['z', 'a'])
    expect(order([match('a'), crisis])).toEqual(['a', 'z'])
  })

  test('crisis support leads in a crisis even where it was tried, below what was not', () => {
    const tried = match('y', { isCrisis: true, isTried: true })
    expect(order([match('a'), tried, match('z', { isCrisis: true })], CRISIS)).toEqual(['z', 'y', 'a'])
  })

  test('crisis support whose rules say no is no help now, and stands below', () => {
    expect(order([match('a'), match('z', { ...UNFIT, isCrisis: true })], CRISIS)).toEqual(['a', 'z'])
  })
})

describe('for any set of matches', () => {
  const anyMatch = fc
    .record({
      groupId: fc.option(fc.uuid(), { nil: null }),
      projectId: fc.uuid(),
      groupName: fc.constantFrom('Choir', 'choir', 'Élan', 'Walk'),
      verdict: fc.constantFrom('eligible', 'ask', 'not_eligible'),
      needs: fc.integer({ min: 0, max: 3 }),
      isCrisis: fc.boolean(),
      isStale: fc.boolean(),
      isTried: fc.boolean(),
      isFull: fc.boolean(),
      whyNotNow: fc.constantFrom(null, 'This course has ended'),
      waiting: fc.integer({ min: 0, max: 3 }),
      distanceKm: fc.option(fc.integer({ min: 0, max: 300 }).map((tenths) => tenths / 10)),
      costPence: fc.option(fc.integer({ min: 0, max: 2000 })),
      inLanguage: fc.constantFrom(null, 'pl'),
      likes: fc.constantFrom<string[]>([], ['gardening']),
    })
    .map(({ groupId, verdict, needs, ...rest }) =>
      match('', {
        ...rest,
        groupId,
        verdict: verdict as Match['verdict'],
        meetsNeeds: ['loneliness', 'falls', 'housing'].slice(0, needs),
        needsThere: 3,
      }),
    )
  const idOf = ({ groupId, projectId }: Match) => groupId ?? projectId
  const matches = fc.uniqueArray(anyMatch, { selector: idOf, maxLength: 12 })
  const ranking = fc.constantFrom(CALM, CRISIS)

  test('nothing is hidden, nothing is added, and what was given stays as it was', () => {
    fc.assert(
      fc.property(matches, ranking, (given, by) => {
        const before = structuredClone(given)
        expect(rank(given, by).map(idOf).sort()).toEqual(given.map(idOf).sort())
        expect(given).toEqual(before)
      }),
    )
  })

  test('the order depends on the facts, not on the order they came in', () => {
    const shuffled = matches.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
    )
    fc.assert(
      fc.property(shuffled, ranking, ([given, mixed], by) => {
        expect(rank(mixed, by).map(idOf)).toEqual(rank(given, by).map(idOf))
      }),
    )
  })

  test('nobody who does not fit stands above somebody who may, crisis support aside', () => {
    fc.assert(
      fc.property(matches, (given) => {
        const fits = rank(given, CALM).map(({ verdict }) => verdict !== 'not_eligible')
        expect(fits).toEqual([...fits.filter((one) => one), ...fits.filter((one) => !one)])
      }),
    )
  })

  test('among those that meet a need and were not tried, who fits stands before who has to be asked', () => {
    fc.assert(
      fc.property(matches, (given) => {
        const asks = rank(given, CALM)
          .filter(({ verdict, meetsNeeds, isTried }) => verdict !== 'not_eligible' && meetsNeeds.length > 0 && !isTried)
          .map(({ verdict }) => verdict === 'ask')
        expect(asks).toEqual([...asks.filter((one) => !one), ...asks.filter((one) => one)])
      }),
    )
  })
})
