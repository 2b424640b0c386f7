import { asc, eq, inArray } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { changePerson } from '../../../src/actions/people/change-person.ts'
import { closeReferral } from '../../../src/actions/referrals/close-referral.ts'
import { listHistory, openReferral } from '../../../src/actions/referrals/open-referral.ts'
import { recognisePerson } from '../../../src/actions/referrals/recognise-person.ts'
import { reopenReferral } from '../../../src/actions/referrals/reopen-referral.ts'
import { submitReferral } from '../../../src/actions/referrals/submit-referral.ts'
import { tellPeopleApart } from '../../../src/actions/referrals/tell-apart.ts'
import { undoReferral } from '../../../src/actions/referrals/undo-referral.ts'
import type { ReferralView } from '../../../src/actions/referrals/view.ts'
import { events, people } from '../../../src/store/schema.ts'
import { givenIn } from '../../support/given.ts'
import { expectRefusal } from '../../support/no-trace.ts'
import { aRequest, smallCity } from '../../support/small-city.ts'

/** Referrals of people called by letters, whose names and postcodes have nothing in common. */
async function aCity(...letters: string[]) {
  const city = await smallCity()
  const { context, db, navigator } = city
  const referrals: ReferralView[] = []
  for (const letter of letters) referrals.push(await submitReferral(context, city.practice, aRequest(called(letter))))
  /** Whom each of them was recognised as, by letter. */
  async function judged(): Promise<Record<string, string | null>> {
    const ids = referrals.map(({ person }) => person.id)
    const rows = await db.read.select().from(people).where(inArray(people.id, ids)).orderBy(asc(people.id))
    const letterOf = (id: string | null) => (id === null ? null : (letters[ids.indexOf(id)] ?? id))
    return Object.fromEntries(rows.map(({ id, mergedIntoId }) => [letterOf(id), letterOf(mergedIntoId)]))
  }
  const [a, b, c, d] = referrals.map(({ id }) => id)
  const same = (id = '', as = '') => recognisePerson(context, navigator, id, { as })
  const apart = (id = '') => tellPeopleApart(context, navigator, id)
  const alsoKnown = async (id = '') =>
    (await openReferral(context, navigator, id)).samePerson.map(
      (other) => letters[referrals.findIndex(({ id: one }) => one === other.id)],
    )
  return { ...city, referrals, a: a ?? '', b: b ?? '', c: c ?? '', d: d ?? '', judged, same, apart, alsoKnown }
}

const called = (letter: string) => ({ fullName: `Person ${letter}`, dateOfBirth: `19${letter.charCodeAt(0)}-01-01` })

describe('recognised as the same person', () => {
  it('is on the history of both, moves neither, and restores exactly', async () => {
    const { context, navigator, practice, a, b, judged, same, apart, alsoKnown } = await aCity('A', 'B')
    const before = await judged()
    const { status, samePerson, version } = await same(b, a)
    expect({ status, samePerson, version }).toMatchObject({ status: 'submitted', samePerson: [{ id: a }], version: 1 })
    expect(await judged()).toEqual({ A: null, B: 'A' })
    expect(await alsoKnown(a)).toEqual(['B'])
    await apart(b)
    expect(await judged()).toEqual(before)
    for (const [id, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const history = (await listHistory(context, navigator, id)).slice(1)
      expect(history).toMatchObject([
        { type: 'person.merged', detail: { as: other } },
        { type: 'person.unmerged', detail: { as: other } },
      ])
      // Whoever referred is not told that the person is known from elsewhere.
      expect((await listHistory(context, practice, id)).map(({ type }) => type)).toEqual(['referral.submitted'])
    }
  })

  it('goes along a chain, and each link is taken back alone', async () => {
    const { a, b, c, d, judged, same, apart, alsoKnown } = await aCity('A', 'B', 'C', 'D')
    await same(b, a)
    await same(c, b)
    expect(await judged()).toEqual({ A: null, B: 'A', C: 'B', D: null })
    expect((await alsoKnown(c)).sort()).toEqual(['A', 'B'])
    // What C was recognised as before comes along: nobody is dropped.
    await same(c, d)
    expect(await judged()).toEqual({ A: 'D', B: 'A', C: 'B', D: null })
    await apart(c)
    expect(await judged()).toEqual({ A: null, B: 'A', C: 'B', D: null })
    await apart(b)
    expect(await judged()).toEqual({ A: null, B: null, C: 'B', D: null })
    await apart(c)
    expect(await judged()).toEqual({ A: null, B: null, C: null, D: null })
  })

  it('refuses itself, what is one already by whatever way round, and circles', async () => {
    const { db, a, b, c, same, apart } = await aCity('A', 'B', 'C')
    await expectRefusal(db, 'invalid-input', () => same(a, a))
    await expectRefusal(db, 'invalid-input', () => same(a, 'no-such-referral'))
    await expectRefusal(db, 'wrong-status', () => apart(a))
    await same(b, a)
    await same(c, b)
    for (const [one, other] of [
      [b, a],
      [a, b],
      [a, c],
      [c, a],
    ] as const)
      await expectRefusal(db, 'wrong-status', () => same(one, other))
    await expectRefusal(db, 'wrong-status', () => apart(a))
  })

  it('by two navigators at once happens once', async () => {
    const { a, b, judged, same } = await aCity('A', 'B')
    const outcomes = await Promise.allSettled([same(a, b), same(b, a), same(a, b)])
    const refused = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []))
    expect(refused).toHaveLength(2)
    for (const code of refused) expect(['wrong-status', 'changed-meanwhile']).toContain(code)
    expect(Object.values(await judged()).filter(Boolean)).toHaveLength(1)
  })

  it('in a ring of three at once leaves no circle', async () => {
    const { a, b, c, judged, same, alsoKnown } = await aCity('A', 'B', 'C')
    await Promise.allSettled([same(a, b), same(b, c), same(c, a)])
    expect(Object.values(await judged()).filter(Boolean)).toHaveLength(2)
    expect((await alsoKnown(a)).sort()).toEqual(['B', 'C'])
  })

  it('is for navigators of the service that received both', async () => {
    const { context, db, practice, a, b } = await aCity('A', 'B')
    const given = givenIn(context)
    const stranger = await given.user(
      'navigator',
      await given.organisation('navigation_service', { isDefaultService: false }),
    )
    await expectRefusal(db, 'not-allowed', () => recognisePerson(context, practice, b, { as: a }))
    await expectRefusal(db, 'not-found', () => recognisePerson(context, stranger, b, { as: a }))
    await expectRefusal(db, 'not-allowed', () => tellPeopleApart(context, practice, b))
  })
})

describe('closed as a duplicate', () => {
  const asDuplicateOf = (duplicateOf: string) => ({ outcome: 'duplicate' as const, duplicateOf, summary: 'Known.' })

  it('recognises the person, and reopening tells them apart', async () => {
    const { context, navigator, a, b, judged } = await aCity('A', 'B')
    await closeReferral(context, navigator, b, asDuplicateOf(a))
    expect(await judged()).toEqual({ A: null, B: 'A' })
    await reopenReferral(context, navigator, b, { reason: 'Two people' })
    expect(await judged()).toEqual({ A: null, B: null })
    // Taking the reopening back is to be where one was.
    await undoReferral(context, navigator, b)
    expect(await judged()).toEqual({ A: null, B: 'A' })
    await reopenReferral(context, navigator, b, { reason: 'Two people' })
    expect(await judged()).toEqual({ A: null, B: null })
  })

  it('keeps what was judged before it, through undo and through reopening', async () => {
    const { context, navigator, a, b, c, judged, same } = await aCity('A', 'B', 'C')
    await same(c, b)
    const before = await judged()
    await closeReferral(context, navigator, c, asDuplicateOf(a))
    expect(await judged()).toEqual({ A: null, B: 'A', C: 'B' })
    await undoReferral(context, navigator, c)
    expect(await judged()).toEqual(before)
    await closeReferral(context, navigator, c, asDuplicateOf(a))
    await reopenReferral(context, navigator, c, { reason: 'Not the same' })
    expect(await judged()).toEqual(before)
  })

  it('is undone although a phone number was corrected since, and the number stays', async () => {
    const { context, db, navigator, a, b, judged, referrals } = await aCity('A', 'B')
    await closeReferral(context, navigator, b, asDuplicateOf(a))
    const id = referrals[1]?.person.id ?? ''
    await changePerson(context, navigator, id, 2, { phone: '023 8000 0000' })
    await undoReferral(context, navigator, b)
    expect(await judged()).toEqual({ A: null, B: null })
    const [row] = await db.read.select().from(people).where(eq(people.id, id))
    expect(row?.phone).toBe('023 8000 0000')
  })

  it('is undone after they were told apart by hand, and told apart they stay', async () => {
    const { context, navigator, a, b, judged, apart, same } = await aCity('A', 'B')
    await closeReferral(context, navigator, b, asDuplicateOf(a))
    await apart(b)
    await same(b, a)
    await undoReferral(context, navigator, b)
    // Judged anew since, by hand: that judgement stands.
    expect(await judged()).toEqual({ A: null, B: 'A' })
  })
})

describe('messages', () => {
  it('that were stopped for one row stop for all, and only as long as they are one person', async () => {
    const { context, db, navigator, a, b, referrals, same, apart } = await aCity('A', 'B')
    const stopped = async () =>
      (await db.read.select().from(people).orderBy(asc(people.id))).map(({ messagesStopped }) => messagesStopped)
    await changePerson(context, navigator, referrals[0]?.person.id ?? '', 1, { messages: 'do_not_contact' })
    await same(b, a)
    expect(await stopped()).toEqual(['do_not_contact', 'do_not_contact'])
    await apart(b)
    expect(await stopped()).toEqual(['do_not_contact', null])
  })
})

it('every version of a person has one event at most', async () => {
  const { a, b, referrals, same, apart, db } = await aCity('A', 'B')
  await same(b, a)
  await apart(b)
  for (const { person } of referrals) {
    const told = db.read.select().from(events).where(eq(events.subjectId, person.id)).orderBy(events.subjectVersion)
    const versions = (await told).map(({ subjectVersion }) => subjectVersion)
    expect(versions).toEqual([2, 3])
  }
})
