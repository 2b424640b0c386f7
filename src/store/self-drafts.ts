import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Db } from './database.ts'
import { selfDrafts } from './schema.ts'

export type SelfDraftRow = typeof selfDrafts.$inferSelect

export async function insertSelfDraft(tx: Db, row: typeof selfDrafts.$inferInsert): Promise<void> {
  await tx.insert(selfDrafts).values(row)
}

export async function findSelfDraft(db: Db, id: string, now: Date): Promise<SelfDraftRow | undefined> {
  const [row] = await db
    .select()
    .from(selfDrafts)
    .where(and(eq(selfDrafts.id, id), gt(selfDrafts.expiresAt, now)))
  return row
}

export async function saveSelfDraft(
  tx: Db,
  id: string,
  changes: Pick<SelfDraftRow, 'answers' | 'answered' | 'expiresAt'>,
): Promise<void> {
  await tx
    .update(selfDrafts)
    .set(changes)
    .where(and(eq(selfDrafts.id, id), isNull(selfDrafts.receipt)))
}

/** Leaves nothing but the receipt; false where somebody was first. */
export async function leaveReceipt(tx: Db, id: string, receipt: SelfDraftRow['receipt']): Promise<boolean> {
  const left = await tx
    .update(selfDrafts)
    .set({ receipt, answers: {}, answered: [] })
    .where(and(eq(selfDrafts.id, id), isNull(selfDrafts.receipt)))
    .returning({ id: selfDrafts.id })
  return left.length === 1
}

export async function deleteSelfDraft(tx: Db, id: string): Promise<void> {
  await tx.delete(selfDrafts).where(eq(selfDrafts.id, id))
}
