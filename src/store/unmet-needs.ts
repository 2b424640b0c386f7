import { asc, eq, inArray, sql } from 'drizzle-orm'
import { type Db, inserting, prepared } from './database.ts'
import { unmetNeeds } from './schema.ts'

const insert = inserting(unmetNeeds)

export async function insertUnmetNeeds(tx: Db, rows: (typeof unmetNeeds.$inferInsert)[]): Promise<void> {
  for (const row of rows) await insert(tx, row)
}

const ofReferral = prepared('unmetNeeds.ofReferral', (db) =>
  db
    .select({
      id: unmetNeeds.id,
      need: unmetNeeds.need,
      why: unmetNeeds.why,
      note: unmetNeeds.note,
      placementId: unmetNeeds.placementId,
      recordedAt: unmetNeeds.recordedAt,
    })
    .from(unmetNeeds)
    .where(eq(unmetNeeds.referralId, sql.placeholder('referralId')))
    .orderBy(asc(unmetNeeds.recordedAt), asc(unmetNeeds.id)),
)

export async function listUnmetNeeds(db: Db, referralId: string) {
  return ofReferral(db, { referralId })
}

export async function deleteUnmetNeeds(tx: Db, ids: string[]): Promise<void> {
  if (ids.length > 0) await tx.delete(unmetNeeds).where(inArray(unmetNeeds.id, ids))
}

/** What a refusal told of, where the refusal is taken back. */
export async function deleteUnmetNeedsOf(tx: Db, placementId: string): Promise<void> {
  await tx.delete(unmetNeeds).where(eq(unmetNeeds.placementId, placementId))
}
