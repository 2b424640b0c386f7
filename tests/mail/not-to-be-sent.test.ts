import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { chaseProviders } from '../../src/actions/clocks/chase-providers.ts'
import { remindNavigators } from '../../src/actions/clocks/remind.ts'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { acceptPlacement } from '../../src/actions/placements/accept-placement.ts'
import { withdrawPlacement } from '../../src/actions/placements/withdraw-placement.ts'
import { assignReferral } from '../../src/actions/referrals/assign-referral.ts'
import { closeReferral } from '../../src/actions/referrals/close-referral.ts'
import { logContact } from '../../src/actions/referrals/log-contact.ts'
import { withdrawReferral } from '../../src/actions/referrals/withdraw-referral.ts'
import type { Notice } from '../../src/domain/notices.ts'
import { insertEvents } from '../../src/store/events.ts'
import { organisations, outbox, people, placements, referrals } from '../../src/store/schema.ts'
import { stages } from '../support/stages.ts'
import { oneMessage } from './one-message.ts'
import { mailServer, postTo } from './smtp.ts'

const SAFE = { email: 'maria@home.example', safeContact: { voicemail: false, text: false, email: true, post: false } }

/** One message to the service and one to the person, and a server that would take both. */
async function owedToBoth(person: Record<string, unknown> = {}) {
  const city = await oneMessage({ ...SAFE, ...person })
  const server = await mailServer()
  const deliver = () => deliverMessages(city.context, postTo(server.url))
  /** What became of the messages with this notice: "sent", or why not. */
  async function outcomesOf(notice: Notice) {
    const rows = await city.db.read.select().from(outbox).where(eq(outbox.notice, notice)).orderBy(outbox.id)
    // Nobody needs to be told another way of what was better not sent.
    expect(rows.every(({ failedAt }) => failedAt === null)).toBe(true)
    return rows.map(({ sentAt, endedAt, outcome }) => ((sentAt ?? endedAt) ? outcome : 'owed'))
  }
  const change = (row: Partial<typeof people.$inferSelect>, id = city.referral.person.id) =>
    city.db.write((tx) => tx.update(people).set(row).where(eq(people.id, id)))
  return { ...city, server, deliver, outcomesOf, change }
}

const young = (contactDirectly: boolean) => ({
  youngPerson: {
    parentalResponsibility: { name: 'Ann Okafor', relationship: 'mother' },
    decidesThemselves: true,
    judgedBy: 'Rita Referrer',
    contactDirectly,
  },
})

describe('a message to the person', () => {
  test.each([
    ['died', 'the person died'],
    ['do_not_contact', 'the person is not to be contacted'],
    ['restricted', 'the record is restricted'],
  ] as const)('is not sent once messages to them are stopped: %s', async (messagesStopped, why) => {
    const { change, deliver, outcomesOf } = await owedToBoth()
    await change({ messagesStopped })
    await deliver()
    expect(await outcomesOf('person-referral-received')).toEqual([why])
    expect(await outcomesOf('referral-to-triage')).toEqual(['sent'])
  })

  test('is not sent once messages are stopped on another of their rows', async () => {
    const city = await owedToBoth()
    const other = await stages(city).submitted({ fullName: 'Maria O.' })
    await city.change({ mergedIntoId: city.referral.person.id }, other.person.id)
    await city.change({ messagesStopped: 'died' }, other.person.id)
    await city.deliver()
    expect(await city.outcomesOf('person-referral-received')).toEqual(['the person died', 'the person died'])
  })

  test('is not sent once another of their referrals was closed because they died', async () => {
    const city = await owedToBoth()
    const { context, db, navigator, referral } = city
    const other = await stages(city).contacted(SAFE)
    await db.write((tx) => tx.update(referrals).set({ personId: referral.person.id }).where(eq(referrals.id, other.id)))
    await closeReferral(context, navigator, other.id, { outcome: 'closed_early', reason: 'died', summary: '-' })
    await city.deliver()
    expect(await city.outcomesOf('person-referral-received')).toEqual([
      'the person died',
      expect.not.stringContaining('sent'),
    ])
  })

  test('is not sent once the referral was withdrawn', async () => {
    const { context, navigator, referral, deliver, outcomesOf } = await owedToBoth()
    await withdrawReferral(context, navigator, referral.id, { reason: 'changed_mind' })
    await deliver()
    expect(await outcomesOf('person-referral-received')).toEqual(['the referral was withdrawn'])
  })

  // The clock stands at 23 November 2026.
  test.each([
    ['who is 15, and nothing was said', '2010-11-24', {}, 'under 16, and not to be written to directly'],
    ['who is 15, through a parent', '2010-11-24', young(false), 'under 16, and not to be written to directly'],
    ['who is 15, and may be written to', '2010-11-24', young(true), 'sent'],
    ['who is 16 today', '2010-11-23', {}, 'sent'],
    ['who is 16 today, whatever was said before', '2010-11-23', young(false), 'sent'],
  ])('%s', async (_, dateOfBirth, more, outcome) => {
    const { change, deliver, outcomesOf } = await owedToBoth()
    await change({ dateOfBirth, ...more })
    await deliver()
    expect(await outcomesOf('person-referral-received')).toEqual([outcome])
  })
})

describe('that a referral is closed', () => {
  test.each([
    ['is not told to the practice that the person keeps out of it', false, 'J82001', 'the person asked us not to tell'],
    ['is told to a practice that may know', true, 'J82001', 'sent'],
    ['is told to who referred, where that is another practice', false, 'J82002', 'sent'],
    ['is told to who referred, where no practice is known', false, null, 'sent'],
  ])('%s', async (_, tellPractice, practiceOdsCode, outcome) => {
    const { db, change, context, navigator, referral, deliver, outcomesOf } = await owedToBoth()
    await db.write((tx) =>
      tx.update(organisations).set({ odsCode: 'J82001' }).where(eq(organisations.id, 'st-marys-surgery')),
    )
    await change({ tellPractice, practiceOdsCode })
    await withdrawReferral(context, navigator, referral.id, { reason: 'changed_mind' })
    await deliver()
    expect(await outcomesOf('referral-closed')).toEqual([expect.stringContaining(outcome)])
  })

  test('is not told once it is open again', async () => {
    const { context, db, navigator, referral, deliver, outcomesOf } = await owedToBoth()
    await withdrawReferral(context, navigator, referral.id, { reason: 'changed_mind' })
    const reopened = {
      status: 'submitted',
      nextOwnerKind: 'navigator',
      nextOwnerId: 'so-linked',
      nextStep: 'triage',
      nextDueOn: '2026-11-25',
    } as const
    await db.write((tx) => tx.update(referrals).set(reopened).where(eq(referrals.id, referral.id)))
    await deliver()
    expect(await outcomesOf('referral-closed')).toEqual(['the referral is open again'])
  })
})

describe('what has moved on', () => {
  test('is not asked for any more: triage', async () => {
    const { context, lead, navigator, referral, deliver, outcomesOf, server } = await owedToBoth()
    await assignReferral(context, lead, referral.id, { navigatorId: navigator.userId })
    await deliver()
    expect(await outcomesOf('referral-to-triage')).toEqual(['the referral no longer waits in their queue'])
    expect(await outcomesOf('referral-assigned')).toEqual(['sent'])
    expect(server.received).toHaveLength(2)
  })

  test('is not told to a navigator who has it no longer', async () => {
    const { context, lead, navigator, referral, deliver, outcomesOf, server } = await owedToBoth()
    await assignReferral(context, lead, referral.id, { navigatorId: navigator.userId })
    await assignReferral(context, lead, referral.id, { navigatorId: lead.userId })
    await deliver()
    expect(await outcomesOf('referral-assigned')).toEqual(['the referral is no longer theirs'])
    expect(server.received.some(({ envelopeTo }) => envelopeTo[0]?.startsWith('navigator'))).toBe(false)
  })

  test('is not asked for any more: a decision that was made', async () => {
    const city = await owedToBoth()
    const { id } = await stages(city).sent()
    await acceptPlacement(city.context, city.worker, id)
    await city.deliver()
    expect(await city.outcomesOf('placement-to-decide')).toEqual(['no decision is awaited any more'])
    expect(await city.outcomesOf('placement-accepted')).toEqual(['sent'])
  })

  test('is not asked for any more: a decision on a placement that was withdrawn', async () => {
    const city = await owedToBoth()
    const { id } = await stages(city).sent()
    await withdrawPlacement(city.context, city.navigator, id, { reason: 'changed_mind' })
    await city.deliver()
    expect(await city.outcomesOf('placement-to-decide')).toEqual(['no decision is awaited any more'])
    expect(await city.outcomesOf('placement-withdrawn')).toEqual(['sent'])
  })

  test('is not asked for any more: what a project was reminded of, and did', async () => {
    const city = await owedToBoth()
    const { id } = await stages(city).sent()
    city.clock.set('2026-11-27T10:00:00Z')
    await chaseProviders(city.context, new AbortController().signal)
    await acceptPlacement(city.context, city.worker, id)
    await city.deliver()
    expect(await city.outcomesOf('placement-reminder')).toEqual(['the step is done'])
  })

  test('is not asked for any more: what a navigator was reminded of, and did', async () => {
    const city = await owedToBoth()
    const { id } = await stages(city).assigned()
    city.clock.set('2026-12-08T10:00:00Z')
    await remindNavigators(city.context, new AbortController().signal)
    await logContact(city.context, city.navigator, id, { outcome: 'spoke', channel: 'phone' })
    await city.deliver()
    expect((await city.outcomesOf('referral-reminder')).toSorted()).toEqual(['sent', 'the step is done'])
  })

  test('but happened is told', async () => {
    const city = await owedToBoth()
    await stages(city).started()
    await city.deliver()
    expect(await city.outcomesOf('placement-accepted')).toEqual(['sent'])
    expect(await city.outcomesOf('placement-started')).toEqual(['sent'])
  })

  test('by being taken back is not told', async () => {
    const city = await owedToBoth()
    const { context, db } = city
    const placement = await stages(city).accepted()
    const [owed] = await db.read.select().from(outbox).where(eq(outbox.notice, 'placement-accepted'))
    const [row] = await db.read.select().from(placements).where(eq(placements.id, placement.id))
    const undone = {
      id: context.newId(),
      type: 'placement.undone' as const,
      subjectKind: 'placement' as const,
      subjectId: placement.id,
      subjectVersion: (row?.version ?? 0) + 1,
      referralId: owed?.referralId ?? null,
      detail: {},
      actorKind: 'user' as const,
      at: context.now(),
      undoes: owed?.eventId ?? '',
    }
    await db.write((tx) => insertEvents(tx, [undone]))
    await city.deliver()
    expect(await city.outcomesOf('placement-accepted')).toEqual(['what it tells of was taken back'])
  })
})
