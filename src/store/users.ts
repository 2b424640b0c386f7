import { and, asc, count, eq, inArray, isNotNull, isNull, not, or, type SQL, sql } from 'drizzle-orm'
import type { Day } from '../domain/day.ts'
import { type Db, listed, oneOf, prepared } from './database.ts'
import { memberships, organisations, referrals, sessions, users } from './schema.ts'

export type UserRow = typeof users.$inferSelect

const byEmail = prepared('users.byEmail', (db) =>
  db
    .select()
    .from(users)
    .where(eq(users.email, sql.placeholder('email'))),
)

/** @param email in lower case, as it is stored */
export async function findUserByEmail(db: Db, email: string): Promise<UserRow | undefined> {
  const [row] = await byEmail(db, { email })
  return row
}

const membershipsOf = prepared('memberships.ofUser', (db) =>
  db
    .select({
      role: memberships.role,
      organisationId: organisations.id,
      organisation: organisations.slug,
      organisationName: organisations.name,
      organisationKind: organisations.kind,
    })
    .from(memberships)
    .innerJoin(organisations, eq(organisations.id, memberships.organisationId))
    .where(and(eq(memberships.userId, sql.placeholder('userId')), isNull(memberships.suspendedAt)))
    .orderBy(asc(organisations.name)),
)
export type Membership = Awaited<ReturnType<typeof membershipsOf>>[number]

/** Where somebody may act today: suspended memberships are left out. */
export async function listMemberships(db: Db, userId: string): Promise<Membership[]> {
  return membershipsOf(db, { userId })
}

/** Who may be given referrals today: navigators and leads of a service who are neither suspended nor on leave. */
export async function listPresentNavigators(db: Db, organisationId: string, today: Day) {
  return db
    .select({ id: users.id, name: users.name, wards: memberships.wards })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.organisationId, organisationId),
        inArray(memberships.role, ['navigator', 'triage_lead']),
        isNull(memberships.suspendedAt),
        isNull(users.suspendedAt),
        not(isOnLeave(today)),
      ),
    )
    .orderBy(asc(users.name), asc(users.id))
}

/** Leave has both its days, or none: a missing one is no leave. */
export function isOnLeave(today: Day): SQL {
  return sql`(coalesce(${memberships.leaveFrom}, '9999-12-31') <= ${today} and coalesce(${memberships.leaveUntil}, '0001-01-01') >= ${today})`
}

/** The same question asked of a row that was read. */
export function isAwayOn({ leaveFrom, leaveUntil }: Leave, today: Day): boolean {
  return leaveFrom !== null && leaveUntil !== null && leaveFrom <= today && leaveUntil >= today
}
type Leave = Pick<typeof memberships.$inferSelect, 'leaveFrom' | 'leaveUntil'>

const namesOf = prepared('users.names', (db) =>
  db.select({ id: users.id, name: users.name, email: users.email }).from(users).where(oneOf(users.id, 'ids')),
)

export async function getUserNames(db: Db, ids: string[]): Promise<Map<string, { name: string; email: string }>> {
  if (ids.length === 0) return new Map()
  const rows = await namesOf(db, { ids: listed(ids) })
  return new Map(rows.map(({ id, ...row }) => [id, row]))
}

export async function insertUser(
  tx: Db,
  user: typeof users.$inferInsert,
  membership: typeof memberships.$inferInsert,
): Promise<void> {
  await tx.insert(users).values(user)
  await insertMembership(tx, membership)
}

export async function insertMembership(tx: Db, membership: typeof memberships.$inferInsert): Promise<void> {
  await tx.insert(memberships).values(membership)
}

/** How many open referrals each navigator carries for a service. */
export async function countOpenReferrals(db: Db, organisationId: string): Promise<Map<string, number>> {
  const rows = await db
    .select({ navigatorId: referrals.navigatorId, open: count() })
    .from(referrals)
    .where(
      and(
        eq(referrals.receivingOrganisationId, organisationId),
        // Whatever is open has a due day, and nothing else: these stand in an index of their own.
        isNotNull(referrals.nextDueOn),
        isNotNull(referrals.navigatorId),
      ),
    )
    .groupBy(referrals.navigatorId)
  return new Map(rows.map(({ navigatorId, open }) => [navigatorId ?? '', open]))
}

function memberRows(db: Db) {
  return db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      lastSignedInAt: users.lastSignedInAt,
      userSuspendedAt: users.suspendedAt,
      membership: memberships,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
}
export type MemberRow = Awaited<ReturnType<typeof memberRows>>[number]

/** Everybody who belongs to an organisation, suspended ones included. */
export async function listMembersOf(db: Db, organisationId: string): Promise<MemberRow[]> {
  return memberRows(db).where(eq(memberships.organisationId, organisationId)).orderBy(asc(users.name), asc(users.id))
}

export async function findMember(db: Db, organisationId: string, userId: string): Promise<MemberRow | undefined> {
  const [row] = await memberRows(db).where(
    and(eq(memberships.organisationId, organisationId), eq(memberships.userId, userId)),
  )
  return row
}

/** Whether this is the address of somebody who may no longer act for the organisation. */
export async function hasLeft(db: Db, organisationId: string, email: string): Promise<boolean> {
  const [row] = await memberRows(db).where(
    and(
      eq(memberships.organisationId, organisationId),
      eq(users.email, email.trim().toLowerCase()),
      or(isNotNull(memberships.suspendedAt), isNotNull(users.suspendedAt)),
    ),
  )
  return row !== undefined
}

export async function saveMembership(
  tx: Db,
  id: string,
  changes: Partial<
    Pick<
      typeof memberships.$inferSelect,
      'role' | 'suspendedAt' | 'leaveFrom' | 'leaveUntil' | 'wards' | 'mutedNotices' | 'mailMode'
    >
  >,
): Promise<void> {
  await tx.update(memberships).set(changes).where(eq(memberships.id, id))
}

export async function setPassword(tx: Db, id: string, passwordHash: string): Promise<void> {
  await tx.update(users).set({ passwordHash }).where(eq(users.id, id))
}

export async function setLastSignedIn(tx: Db, id: string, at: Date): Promise<void> {
  await tx.update(users).set({ lastSignedInAt: at }).where(eq(users.id, id))
}

/** Those who look after an organisation today. */
export async function countAdministrators(db: Db, organisationId: string): Promise<number> {
  const rows = await memberRows(db).where(
    and(
      eq(memberships.organisationId, organisationId),
      eq(memberships.role, 'organisation_admin'),
      isNull(memberships.suspendedAt),
      isNull(users.suspendedAt),
    ),
  )
  return rows.length
}

/** Every session of somebody ends. Answers with how many there were. */
export async function endSessionsOf(tx: Db, userId: string, at: Date): Promise<number> {
  const ended = await tx
    .update(sessions)
    .set({ endedAt: at })
    .where(and(eq(sessions.userId, userId), isNull(sessions.endedAt)))
    .returning({ id: sessions.id })
  return ended.length
}
