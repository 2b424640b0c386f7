import { and, eq, gte, inArray, isNull } from 'drizzle-orm'
import { type Db, inserting, listed, oneOf, prepared } from './database.ts'
import { grants } from './schema.ts'

const insert = inserting(grants)

export async function insertGrant(tx: Db, row: typeof grants.$inferInsert): Promise<void> {
  await insert(tx, row)
}

/** Ends what a placement allowed its provider to know. */
export async function endPlacementGrants(tx: Db, placementIds: string[], at: Date): Promise<void> {
  if (placementIds.length === 0) return
  await tx
    .update(grants)
    .set({ endedAt: at })
    .where(and(inArray(grants.placementId, placementIds), isNull(grants.endedAt)))
}

/** What a decline, recall or withdrawal took back is allowed again, because the move itself is taken back. */
export async function revivePlacementGrants(tx: Db, placementId: string, endedSince: Date): Promise<void> {
  await tx
    .update(grants)
    .set({ endedAt: null })
    .where(and(eq(grants.placementId, placementId), gte(grants.endedAt, endedSince)))
}

/** Ends what the team that a referral was redirected to was allowed to know. */
export async function endTeamGrants(tx: Db, referralId: string, organisationId: string, at: Date): Promise<void> {
  await tx
    .update(grants)
    .set({ endedAt: at })
    .where(and(eq(grants.referralId, referralId), eq(grants.organisationId, organisationId), isNull(grants.endedAt)))
}

export async function reviveTeamGrants(
  tx: Db,
  referralId: string,
  organisationId: string,
  endedSince: Date,
): Promise<void> {
  await tx
    .update(grants)
    .set({ endedAt: null })
    .where(
      and(
        eq(grants.referralId, referralId),
        eq(grants.organisationId, organisationId),
        gte(grants.endedAt, endedSince),
      ),
    )
}

const alive = prepared('grants.alive', (db) =>
  db
    .select({ placementId: grants.placementId })
    .from(grants)
    .where(and(oneOf(grants.placementId, 'ids'), isNull(grants.endedAt))),
)

/** The placements among these whose provider may still know who the person is. */
export async function placementsWithLiveGrant(db: Db, placementIds: string[]): Promise<Set<string>> {
  if (placementIds.length === 0) return new Set()
  const rows = await alive(db, { ids: listed(placementIds) })
  return new Set(rows.flatMap(({ placementId }) => placementId ?? []))
}
