import { and, desc, eq, gt } from 'drizzle-orm'
import type { Db } from './database.ts'
import { drafts } from './schema.ts'

export type DraftRow = typeof drafts.$inferSelect

export interface DraftOwner {
  userId: string
  organisationId: string
}

function ownedBy(owner: DraftOwner) {
  return and(eq(drafts.userId, owner.userId), eq(drafts.organisationId, owner.organisationId))
}

export async function insertDraft(tx: Db, row: typeof drafts.$inferInsert): Promise<void> {
  await tx.insert(drafts).values(row)
}

/** False where the draft is not there or not theirs. */
export async function updateDraft(
  tx: Db,
  owner: DraftOwner,
  id: string,
  content: DraftRow['content'],
): Promise<boolean> {
  const saved = await tx
    .update(drafts)
    .set({ content })
    .where(and(eq(drafts.id, id), ownedBy(owner)))
    .returning({ id: drafts.id })
  return saved.length === 1
}

export async function findDraft(db: Db, owner: DraftOwner, id: string, now: Date): Promise<DraftRow | undefined> {
  const [row] = await db
    .select()
    .from(drafts)
    .where(and(eq(drafts.id, id), ownedBy(owner), gt(drafts.expiresAt, now)))
  return row
}

export async function listDraftRows(db: Db, owner: DraftOwner, now: Date): Promise<DraftRow[]> {
  return db
    .select()
    .from(drafts)
    .where(and(ownedBy(owner), gt(drafts.expiresAt, now)))
    .orderBy(desc(drafts.createdAt))
    .limit(50)
}

export async function deleteDraft(tx: Db, owner: DraftOwner, id: string): Promise<void> {
  await tx.delete(drafts).where(and(eq(drafts.id, id), ownedBy(owner)))
}
