import { and, desc, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from './database.ts'
import { auditRows, events, organisations, people, placements, referrals, users } from './schema.ts'

/** Every record about one referral whose looks belong together: the referral, its person and its placements. */
export async function listRecordsOf(db: Db, referralId: string, personId: string): Promise<string[]> {
  const rows = await db.select({ id: placements.id }).from(placements).where(eq(placements.referralId, referralId))
  return [referralId, personId, ...rows.map(({ id }) => id)]
}

interface Page {
  limit: number
  after?: { value: string; id: string } | undefined
}

/** What is no move of a record and not a list; and of the moves the one that is a look: the glass that was broken. */
const isLook = or(isNull(auditRows.eventId), eq(auditRows.action, 'referral.glass-broken'))

const beyond = (after: Page['after']): SQL | undefined =>
  after && sql`(${auditRows.at}, ${auditRows.id}) < (${sql.param(new Date(after.value), auditRows.at)}, ${after.id})`

/** A page of the looks at some records, newest first, with the reason where one had to be given. */
export async function listLooksAt(db: Db, subjectIds: string[], { limit, after }: Page) {
  return db
    .select({
      id: auditRows.id,
      at: auditRows.at,
      action: auditRows.action,
      actorKind: auditRows.actorKind,
      actorId: auditRows.actorId,
      organisationId: auditRows.organisationId,
      name: users.name,
      organisation: organisations.name,
      reason: events.reason,
    })
    .from(auditRows)
    .leftJoin(users, eq(users.id, auditRows.actorId))
    .leftJoin(organisations, eq(organisations.id, auditRows.organisationId))
    .leftJoin(events, eq(events.id, auditRows.eventId))
    .where(and(inArray(auditRows.subjectId, subjectIds), isLook, beyond(after)))
    .orderBy(desc(auditRows.at), desc(auditRows.id))
    .limit(limit)
}
export type LookRow = Awaited<ReturnType<typeof listLooksAt>>[number]

/** A page of what one colleague looked at and did apart from moves, for one organisation, newest first. */
export async function listLooksBy(db: Db, userId: string, organisationId: string, { limit, after }: Page) {
  return db
    .select({
      id: auditRows.id,
      at: auditRows.at,
      action: auditRows.action,
      subjectKind: auditRows.subjectKind,
      subjectId: auditRows.subjectId,
      detail: auditRows.detail,
    })
    .from(auditRows)
    .where(
      and(
        eq(auditRows.actorId, userId),
        isNull(auditRows.eventId),
        eq(auditRows.organisationId, organisationId),
        beyond(after),
      ),
    )
    .orderBy(desc(auditRows.at), desc(auditRows.id))
    .limit(limit)
}

/** The references of referrals, by the id of the referral, of one of its placements or of its person. */
export async function listReferencesOf(db: Db, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const byId = await db
    .select({ id: referrals.id, reference: referrals.reference })
    .from(referrals)
    .where(inArray(referrals.id, ids))
  const byPlacement = await db
    .select({ id: placements.id, reference: referrals.reference })
    .from(placements)
    .innerJoin(referrals, eq(referrals.id, placements.referralId))
    .where(inArray(placements.id, ids))
  const byPerson = await db
    .select({ id: people.id, reference: referrals.reference })
    .from(people)
    .innerJoin(referrals, eq(referrals.personId, people.id))
    .where(inArray(people.id, ids))
  return new Map([...byId, ...byPlacement, ...byPerson].map(({ id, reference }) => [id, reference]))
}
