import { asc } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { signIn } from '../../src/actions/access/sign-in.ts'
import type { Context } from '../../src/actions/context.ts'
import { type DemoOptions, isCityEmpty, seedDemoCity } from '../../src/demo/city.ts'
import { isNhsNumber } from '../../src/domain/nhs-number.ts'
import { isOpenPlacement } from '../../src/domain/placement.ts'
import { TAKING_A_PLACE } from '../../src/domain/placement-moves.ts'
import { isOpenReferral } from '../../src/domain/referral.ts'
import {
  attendances,
  auditRows,
  contacts,
  events,
  goals,
  grants,
  groups,
  memberships,
  organisations,
  outbox,
  people,
  placements,
  projects,
  referrals,
  risks,
  users,
} from '../../src/store/schema.ts'
import { freshDatabase } from '../support/database.ts'

const AS_OF = '2026-11-25'
const PASSWORD = 'demo-city-password'
const TABLES = {
  organisations,
  users,
  memberships,
  projects,
  groups,
  people,
  referrals,
  placements,
  attendances,
  contacts,
  goals,
  risks,
  grants,
  events,
  auditRows,
  outbox,
}

async function emptyContext(): Promise<Context> {
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  return {
    db: await freshDatabase(),
    now: () => new Date(`${AS_OF}T09:30:00Z`),
    newId: () => 'only-the-past-makes-ids',
    randomBytes: () => new Uint8Array(32),
    auditKey: new Uint8Array(32).fill(7),
    log,
    requestId: null,
  }
}

async function seeded(options: Partial<DemoOptions> = {}): Promise<Context> {
  const context = await emptyContext()
  await seedDemoCity(context, { password: PASSWORD, referrals: 80, asOf: AS_OF, ...options })
  return context
}

/** Everything in the database but the password's hash, which is salted. */
async function everything({ db }: Context): Promise<Record<string, unknown[]>> {
  const rows = await Promise.all(
    Object.entries(TABLES).map(async ([name, table]) => [
      name,
      await db.read.select().from(table).orderBy(asc(table.id)),
    ]),
  )
  const all = Object.fromEntries(rows)
  return { ...all, users: all.users.map(({ id, email, name }: typeof users.$inferSelect) => ({ id, email, name })) }
}

describe('The demonstration city', () => {
  it('is played once into an empty database, and lets every printed address in', async () => {
    const context = await emptyContext()
    expect(await isCityEmpty(context)).toBe(true)
    const { signIns } = await seedDemoCity(context, { password: PASSWORD, referrals: 1, asOf: AS_OF })
    expect(await isCityEmpty(context)).toBe(false)
    expect(signIns.map(({ email }) => email)).toHaveLength(17)
    expect(signIns).toContainEqual({ email: 'lead@so-linked.example', role: 'triage_lead', organisation: 'so-linked' })
    expect(signIns).toContainEqual({ email: 'admin@trellis.example', role: 'system_admin', organisation: 'trellis' })
    let next = 0
    const today = { ...context, newId: () => `0199-${++next}` }
    for (const { email, role, organisation } of signIns) {
      const { user } = await signIn(today, { email, password: PASSWORD })
      expect(user.memberships).toMatchObject([{ organisation, role }])
    }
  })

  it('is the same for the same seed and day, and another for another seed', async () => {
    const [once, again, other] = [
      await seeded({ referrals: 9 }),
      await seeded({ referrals: 9 }),
      await seeded({ referrals: 9, seed: 2 }),
    ]
    const first = await everything(once)
    expect(await everything(again)).toEqual(first)
    expect((await everything(other)).people).not.toEqual(first.people)
  })

  it('of eighty referrals shows every state that the product can reach so far', { timeout: 120_000 }, async () => {
    const { db } = await seeded()
    const allReferrals = await db.read.select().from(referrals)
    const allPlacements = await db.read.select().from(placements)
    const states = new Set(allReferrals.map(({ status }) => status))
    for (const status of [
      'submitted',
      'assigned',
      'information_needed',
      'contacted',
      'active',
      'on_hold',
      'redirected',
      'transferred',
      'completed',
      'closed_early',
      'disengaged',
      'unreachable',
      'not_suitable',
      'duplicate',
      'withdrawn',
    ] as const)
      expect(states).toContain(status)
    const placed = new Set(allPlacements.map(({ status }) => status))
    for (const status of [
      'sent',
      'seen',
      'information_needed',
      'waitlisted',
      'paused',
      'did_not_start',
      'redirected',
      'recalled',
      'accepted',
      'booked',
      'started',
      'declined',
      'withdrawn',
      'completed',
      'left_early',
      'moved_on',
      'offered',
      'no_response',
      'returned',
    ] as const)
      expect(placed).toContain(status)
    expect(allReferrals.length).toBeGreaterThanOrEqual(80)

    for (const row of allReferrals) expect(row.nextDueOn !== null, row.status).toBe(isOpenReferral(row.status))
    for (const row of allPlacements) expect(row.nextDueOn !== null, row.status).toBe(isOpenPlacement(row.status))
    const owners = new Set<string | null>(
      (
        await Promise.all([users, organisations, people].map((table) => db.read.select({ id: table.id }).from(table)))
      ).flatMap((rows) => rows.map(({ id }) => id)),
    )
    for (const { nextOwnerId } of [...allReferrals, ...allPlacements])
      if (nextOwnerId) expect(owners).toContain(nextOwnerId)
    for (const rows of [allReferrals, allPlacements])
      expect(rows.filter(({ nextDueOn }) => nextDueOn && nextDueOn < AS_OF).length).toBeGreaterThan(0)

    const waiting = new Set(
      allPlacements.filter(({ status }) => status === 'sent').map((row) => row.providerOrganisationId),
    )
    const slugs = (await db.read.select().from(organisations)).filter(({ id }) => waiting.has(id))
    expect(slugs.map(({ slug }) => slug)).toEqual(
      expect.arrayContaining(['community-roots', 'shirley-mens-shed', 'solent-mind', 'communicare', 'family-hubs']),
    )
  })

  it('lets no group hold more people than places at any moment, and no state differ from its history', async () => {
    const { db } = await seeded({ seed: 3, referrals: 36 })
    const allGroups = new Map((await db.read.select().from(groups)).map((group) => [group.id, group]))
    const allPlacements = new Map((await db.read.select().from(placements)).map((row) => [row.id, row]))
    const allReferrals = new Map((await db.read.select().from(referrals)).map((row) => [row.id, row]))
    const history = await db.read.select().from(events).orderBy(asc(events.at), asc(events.id))
    const statusOf = new Map<string, string | null>()
    const taken = new Map<string, number>()
    const takes = (status: string | null | undefined) => (TAKING_A_PLACE as readonly string[]).includes(status ?? '')
    for (const { subjectKind, subjectId, fromStatus, toStatus } of history) {
      if (subjectKind !== 'referral' && subjectKind !== 'placement') continue
      expect(fromStatus).toBe(statusOf.get(subjectId) ?? 'new')
      statusOf.set(subjectId, toStatus)
      const group = allGroups.get(allPlacements.get(subjectId)?.groupId ?? '')
      if (!group) continue
      const now = (taken.get(group.id) ?? 0) + Number(takes(toStatus)) - Number(takes(fromStatus))
      taken.set(group.id, now)
      if (group.places !== null) expect(now, group.name).toBeLessThanOrEqual(group.places)
    }
    for (const { id, status } of [...allReferrals.values(), ...allPlacements.values()])
      expect(statusOf.get(id)).toBe(status)
    expect(history.every(({ at }) => at < new Date(`${AS_OF}T00:00:00Z`))).toBe(true)
  })

  it('invents people who cannot be anybody, and leaves only the last days’ mail to be sent', async () => {
    const { db } = await seeded({ seed: 4, referrals: 12 })
    for (const { nhsNumber, phone, email, postcode, wardCode } of await db.read.select().from(people)) {
      if (nhsNumber) expect(nhsNumber.startsWith('999') && isNhsNumber(nhsNumber)).toBe(true)
      if (phone) expect(phone).toMatch(/^07700 900\d{3}$/)
      if (email) expect(email).toMatch(/@people\.example$/)
      expect(postcode).toMatch(/^SO1[4-9] /)
      expect(wardCode).toMatch(/^E050(1549\d|1550[0-6])$/)
    }
    const owed = await db.read.select().from(outbox)
    const left = owed.filter(({ endedAt }) => endedAt === null)
    expect(left.length).toBeGreaterThan(0)
    expect(left.every(({ createdAt }) => createdAt >= new Date('2026-11-23T00:00:00Z'))).toBe(true)
    const ended = owed.filter(({ endedAt }) => endedAt !== null)
    expect(new Set(ended.map(({ outcome }) => outcome))).toEqual(new Set(['invented for the demonstration']))
  })
})
