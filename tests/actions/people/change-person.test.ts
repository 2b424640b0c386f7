import { asc, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { changePerson } from '../../../src/actions/people/change-person.ts'
import { openPerson } from '../../../src/actions/people/open-person.ts'
import { recordFacts } from '../../../src/actions/people/record-facts.ts'
import { closeReferral } from '../../../src/actions/referrals/close-referral.ts'
import { listReferrals } from '../../../src/actions/referrals/list-referrals.ts'
import { listHistory, openReferral } from '../../../src/actions/referrals/open-referral.ts'
import { recognisePerson } from '../../../src/actions/referrals/recognise-person.ts'
import { submitReferral } from '../../../src/actions/referrals/submit-referral.ts'
import { undoReferral } from '../../../src/actions/referrals/undo-referral.ts'
import { PersonChange } from '../../../src/domain/person-change.ts'
import { auditRows, events, people } from '../../../src/store/schema.ts'
import { expectRefusal } from '../../support/no-trace.ts'
import { aRequest, smallCity } from '../../support/small-city.ts'

/** One referral, and a way to change its person from the version that stands. */
async function aCity(person: Record<string, unknown> = {}) {
  const city = await smallCity()
  const { context, db, navigator, practice } = city
  const referral = await submitReferral(context, practice, aRequest(person))
  const { id } = referral.person
  const row = async () => (await db.read.select().from(people).where(eq(people.id, id)))[0]
  const change = async (input: Record<string, unknown>) =>
    changePerson(context, navigator, id, (await row())?.version ?? 0, PersonChange.parse(input))
  return { ...city, referral, id, row, change }
}

describe('details corrected', () => {
  it('stand in history by name, never by value', async () => {
    const { context, db, navigator, practice, referral, id, change } = await aCity()
    const changed = await change({
      fullName: 'Zebedee Quillfeather',
      phone: '023 8099 9888',
      email: 'zeb@quill.example',
      address: { lines: ['Flat 2', '77 Tell Tale Terrace'], postcode: 'so15 7zz' },
      safeContact: { voicemail: false, text: true, email: false, post: true, note: 'Not after six' },
      preferredLanguage: 'Polish',
      interpreter: true,
      communicationNeeds: 'Large print',
      practiceOdsCode: 'not registered',
      tellPractice: false,
    })
    expect(changed).toMatchObject({
      version: 2,
      fullName: 'Zebedee Quillfeather',
      addressLines: ['Flat 2', '77 Tell Tale Terrace'],
      postcode: 'SO15 7ZZ',
      practiceOdsCode: 'not registered',
      tellPractice: false,
    })
    const [event] = await db.read.select().from(events).where(eq(events.type, 'person.changed'))
    expect(event).toMatchObject({ subjectKind: 'person', subjectId: id, subjectVersion: 2, referralId: referral.id })
    expect(event?.changes).toBeNull()
    expect(event?.detail).toEqual({
      fields: [
        'addressLines',
        'communicationNeeds',
        'email',
        'fullName',
        'interpreter',
        'phone',
        'postcode',
        'practiceOdsCode',
        'preferredLanguage',
        'safeContact',
        'tellPractice',
      ],
    })
    const kept = JSON.stringify([await db.read.select().from(events), await db.read.select().from(auditRows)])
    for (const value of ['Quill', '9888', 'Tell Tale', '7ZZ', 'Large print', 'Polish', 'not registered', 'six'])
      expect(kept).not.toContain(value)
    const history = await listHistory(context, navigator, referral.id)
    expect(history.at(-1)).toMatchObject({ type: 'person.changed', text: 'Details of the person corrected' })
    expect((await listHistory(context, practice, referral.id)).map(({ type }) => type)).toEqual(['referral.submitted'])
  })

  it.each([
    ['another postcode', { postcode: 'SO15 7ZZ' }],
    ['another address', { address: { lines: ['77 Tell Tale Terrace'], postcode: 'SO14 0YN' } }],
    ['no fixed address', { noFixedAddress: true }],
  ])('%s: what was asked of the home before is asked again', async (_, moved) => {
    const { context, navigator, referral, row, change } = await aCity()
    const dogs = { rule: 'ask' as const, question: 'Shed asks: Are you at ease with dogs?', of: 'shed', answer: true }
    const lives = { rule: 'area' as const, question: 'Does the person live, or mostly stay, in SO14?', answer: true }
    await recordFacts(context, navigator, referral.id, 1, [
      dogs,
      lives,
      { ...lives, question: 'In the area?', of: 'x' },
    ])
    await change({ phone: '07700 900999' })
    expect((await row())?.facts.answers).toHaveLength(3)
    await change(moved)
    expect((await row())?.facts).toEqual({ answers: [dogs] })
  })

  it('make somebody findable by the new name, and letters use no part of the old one', async () => {
    const { context, navigator, row, change } = await aCity({ givenName: 'Maria', familyName: 'Okafor' })
    await change({ fullName: 'Áine Ní Bhriain' })
    expect(await row()).toMatchObject({ searchName: 'aine ni bhriain', givenName: null, familyName: null })
    expect((await listReferrals(context, navigator, { search: 'aine' })).items).toHaveLength(1)
    expect((await listReferrals(context, navigator, { search: 'maria' })).items).toHaveLength(0)
  })

  it('say nothing where nothing changed', async () => {
    const { db, row, change } = await aCity()
    const before = await row()
    await change({ fullName: 'Maria Okafor', phone: '07700 900123', email: null })
    expect(await row()).toEqual(before)
    expect(await db.read.$count(events, eq(events.type, 'person.changed'))).toBe(0)
  })

  it('may be taken out; no fixed address clears the lines, and an address ends having none', async () => {
    const { row, change } = await aCity({ address: { lines: ['1 High Street'], postcode: 'SO14 0YN' } })
    await change({ noFixedAddress: true, phone: null })
    expect(await row()).toMatchObject({ addressLines: null, noFixedAddress: true, phone: null, postcode: 'SO14 0YN' })
    await change({ address: { lines: ['2 High Street'], postcode: 'SO14 0YN' } })
    expect(await row()).toMatchObject({ addressLines: ['2 High Street'], noFixedAddress: false })
    const both = PersonChange.safeParse({ noFixedAddress: true, address: { lines: ['x'], postcode: 'SO14 0YN' } })
    expect(both.success).toBe(false)
    expect(PersonChange.safeParse({}).success).toBe(false)
    expect(PersonChange.safeParse({ dateOfBirth: '1990-01-01' }).success).toBe(false)
  })

  it('are changed by one of two who read the same version', async () => {
    const { context, db, navigator, id } = await aCity()
    const phone = (number: string) => changePerson(context, navigator, id, 1, { phone: number })
    const outcomes = await Promise.allSettled([phone('023 8000 0001'), phone('023 8000 0002')])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expectRefusal(db, 'stale-version', () => phone('023 8000 0003'))
  })

  it('are for navigators of a service that has a referral of the person; looking is recorded', async () => {
    const { context, db, practice, otherPractice, worker, navigator, id } = await aCity()
    for (const who of [practice, otherPractice, worker]) {
      await expectRefusal(db, 'not-found', () => openPerson(context, who, id))
      await expectRefusal(db, 'not-found', () => changePerson(context, who, id, 1, { phone: null }))
    }
    await expectRefusal(db, 'not-found', () => openPerson(context, navigator, 'nobody'))
    expect(await openPerson(context, navigator, id)).toMatchObject({ id, version: 1, messages: 'allowed' })
    const rows = await db.read.select().from(auditRows).where(eq(auditRows.action, 'person.viewed'))
    expect(rows).toMatchObject([{ actorId: navigator.userId, subjectKind: 'person', subjectId: id }])
  })
})

describe('messages', () => {
  it('stop and are allowed again under every row of the same person', async () => {
    const { context, db, navigator, practice, referral, change } = await aCity()
    const other = await submitReferral(context, practice, aRequest())
    await recognisePerson(context, navigator, other.id, { as: referral.id })
    const stops = async () =>
      (await db.read.select().from(people).orderBy(asc(people.id))).map(({ messagesStopped }) => messagesStopped)
    expect(await change({ messages: 'restricted' })).toMatchObject({ messages: 'restricted' })
    expect(await stops()).toEqual(['restricted', 'restricted'])
    await change({ messages: 'restricted' })
    expect(await change({ messages: 'allowed' })).toMatchObject({ messages: 'allowed', messagesStoppedAt: null })
    expect(await stops()).toEqual([null, null])
    const history = (await listHistory(context, navigator, referral.id)).slice(2)
    expect(history).toMatchObject([
      { type: 'person.messages-stopped', detail: { why: 'restricted' } },
      { type: 'person.messages-resumed' },
    ])
  })

  it('are not allowed again after a death; a death taken back leaves what was said before', async () => {
    const { context, db, navigator, referral, row, change } = await aCity()
    await change({ messages: 'do_not_contact' })
    await closeReferral(context, navigator, referral.id, { outcome: 'closed_early', reason: 'died' })
    expect((await row())?.messagesStopped).toBe('died')
    await expectRefusal(db, 'wrong-status', () => change({ messages: 'allowed' }))
    await undoReferral(context, navigator, referral.id)
    expect((await row())?.messagesStopped).toBe('do_not_contact')
  })
})

describe('somebody under 16', () => {
  const youngPerson = {
    parentalResponsibility: { name: 'Ngozi Okafor', relationship: 'Mother', phone: '07700 900222' },
    decidesThemselves: false,
    judgedBy: 'Dr Patel',
    contactDirectly: false,
  }

  it('is not lost for what is not recorded yet: the navigator is told that it is missing', async () => {
    const { context, navigator, practice, referral, change } = await aCity({ dateOfBirth: '2012-05-01' })
    const seen = async () => (await openReferral(context, navigator, referral.id)).person
    expect(await seen()).toMatchObject({ age: 14, youngPerson: null, youngPersonMissing: true })
    await change({ youngPerson })
    expect(await seen()).toMatchObject({ youngPerson, youngPersonMissing: false })
    const referrers = (await openReferral(context, practice, referral.id)).person
    expect(referrers).toMatchObject({ youngPerson: null, youngPersonMissing: false })
  })

  it('and only somebody under 16', async () => {
    const { referral, context, navigator } = await aCity({ dateOfBirth: '2010-11-23' })
    const { person } = await openReferral(context, navigator, referral.id)
    expect(person).toMatchObject({ age: 16, youngPersonMissing: false })
  })
})
