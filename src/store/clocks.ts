import { and, asc, eq, exists, gt, inArray, isNotNull, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Day } from '../domain/day.ts'
import type { PlacementStatus } from '../domain/placement-moves.ts'
import { OPEN_REFERRAL, type ReferralStatus } from '../domain/referral-moves.ts'
import type { ServiceSettings } from '../domain/service-settings.ts'
import type { Db } from './database.ts'
import type { GroupRow } from './groups.ts'
import type { PlacementRow } from './placements.ts'
import type { ReferralRow } from './referrals.ts'
import { groups, memberships, organisations, placements, referrals, users } from './schema.ts'
import { isOnLeave } from './users.ts'

/** Candidates of one state, by the day of their next action: exactly what the index by state and day holds. */
export interface DueBy {
  /** This day or earlier; null for any. */
  until: Day | null
  /** Those whose owner was reminded of this next action are left out. */
  notReminded?: boolean
}

interface Position {
  nextDueOn: Day | null
  id: string
}

type Recorded = typeof referrals | typeof placements

function isDue(table: Recorded, { until, notReminded }: DueBy, after: Position | undefined): (SQL | undefined)[] {
  return [
    until === null ? undefined : lte(table.nextDueOn, until),
    notReminded ? isNull(table.remindedAt) : undefined,
    after && sql`(${table.nextDueOn}, ${table.id}) > (${after.nextDueOn}, ${after.id})`,
  ]
}

export async function listDueReferrals(
  db: Db,
  status: ReferralStatus,
  due: DueBy,
  page: { after: ReferralRow | undefined; limit: number },
): Promise<ReferralRow[]> {
  return db
    .select()
    .from(referrals)
    .where(and(eq(referrals.status, status), ...isDue(referrals, due, page.after)))
    .orderBy(asc(referrals.nextDueOn), asc(referrals.id))
    .limit(page.limit)
}

export async function listDuePlacements(
  db: Db,
  status: PlacementStatus,
  due: DueBy,
  page: { after: PlacementRow | undefined; limit: number },
): Promise<PlacementRow[]> {
  return db
    .select()
    .from(placements)
    .where(and(eq(placements.status, status), ...isDue(placements, due, page.after)))
    .orderBy(asc(placements.nextDueOn), asc(placements.id))
    .limit(page.limit)
}

/** Groups whose reopening day has come, and that still count as paused. The directory is short. */
export async function listReopeningGroups(
  db: Db,
  today: Day,
  page: { after: GroupRow | undefined; limit: number },
): Promise<GroupRow[]> {
  return db
    .select()
    .from(groups)
    .where(
      and(
        eq(groups.intakePaused, true),
        lte(groups.intakeReopensOn, today),
        isNull(groups.cancelledAt),
        page.after && gt(groups.id, page.after.id),
      ),
    )
    .orderBy(asc(groups.id))
    .limit(page.limit)
}

/** Suspended, here or altogether, or on leave. */
function isAway(today: Day): SQL | undefined {
  return or(isNotNull(users.suspendedAt), isNotNull(memberships.suspendedAt), isOnLeave(today))
}

/** Everybody who is away from an organisation today, and carries open referrals for it. */
export async function listAway(db: Db, today: Day): Promise<{ userId: string; organisationId: string }[]> {
  const carried = db
    .select({ id: referrals.id })
    .from(referrals)
    .where(
      and(
        eq(referrals.navigatorId, memberships.userId),
        inArray(referrals.status, [...OPEN_REFERRAL]),
        eq(referrals.receivingOrganisationId, memberships.organisationId),
      ),
    )
  return db
    .select({ userId: memberships.userId, organisationId: memberships.organisationId })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(isAway(today), exists(carried)))
    .orderBy(asc(memberships.id))
}

export async function isUserAway(db: Db, userId: string, organisationId: string, today: Day): Promise<boolean> {
  const rows = await db
    .select({ id: memberships.id })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.userId, userId), eq(memberships.organisationId, organisationId), isAway(today)))
  return rows.length > 0
}

/** What somebody carries for an organisation: their open referrals, a page of them by age. */
export async function listOpenReferralsOf(
  db: Db,
  of: { userId: string; organisationId: string },
  page: { after: { id: string } | undefined; limit: number },
): Promise<ReferralRow[]> {
  return db
    .select()
    .from(referrals)
    .where(
      and(
        eq(referrals.navigatorId, of.userId),
        inArray(referrals.status, [...OPEN_REFERRAL]),
        eq(referrals.receivingOrganisationId, of.organisationId),
        page.after && gt(referrals.id, page.after.id),
      ),
    )
    .orderBy(asc(referrals.id))
    .limit(page.limit)
}

/** The navigation services, each with what it set for itself. */
export async function listServices(db: Db): Promise<{ id: string; settings: ServiceSettings | null }[]> {
  return db
    .select({ id: organisations.id, settings: organisations.settings })
    .from(organisations)
    .where(eq(organisations.kind, 'navigation_service'))
    .orderBy(asc(organisations.id))
}

/** What a service has not given to anybody yet, longest waiting first. */
export async function listUnassigned(
  db: Db,
  organisationId: string,
  { after, limit }: { after: ReferralRow | undefined; limit: number },
): Promise<ReferralRow[]> {
  const { receivedAt } = referrals
  return db
    .select()
    .from(referrals)
    .where(
      and(
        eq(referrals.receivingOrganisationId, organisationId),
        eq(referrals.status, 'submitted'),
        after && sql`(${receivedAt}, ${referrals.id}) > (${sql.param(after.receivedAt, receivedAt)}, ${after.id})`,
      ),
    )
    .orderBy(asc(receivedAt), asc(referrals.id))
    .limit(limit)
}
