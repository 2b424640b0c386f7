import { and, inArray, isNull } from 'drizzle-orm'
import type { Db } from './database.ts'
import { grants } from './schema.ts'

export type GrantRow = typeof grants.$inferSelect

export async function insertGrant(tx: Db, row: typeof grants.$inferInsert): Promise<void> {
  await tx.insert(grants).values(row)
}

/** Ends what a placement allowed its provider to know. */
export async function endPlacementGrants(tx: Db, placementIds: string[], at: Date): Promise<void> {
  if (placementIds.length === 0) return
  await tx
    .update(grants)
    .set({ endedAt: at })
    .where(and(inArray(grants.placementId, placementIds), isNull(grants.endedAt)))
}

/** The placements among these whose provider may still know who the person is. */
export async function placementsWithLiveGrant(db: Db, placementIds: string[]): Promise<Set<string>> {
  if (placementIds.length === 0) return new Set()
  const rows = await db
    .select({ placementId: grants.placementId })
    .from(grants)
    .where(and(inArray(grants.placementId, placementIds), isNull(grants.endedAt)))
  return new Set(rows.flatMap(({ placementId }) => placementId ?? []))
}
