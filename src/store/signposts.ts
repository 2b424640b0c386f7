import { asc, eq } from 'drizzle-orm'
import type { Db } from './database.ts'
import { signposts } from './schema.ts'

export async function insertSignpost(tx: Db, row: typeof signposts.$inferInsert): Promise<void> {
  await tx.insert(signposts).values(row)
}

export async function deleteSignpost(tx: Db, id: string): Promise<void> {
  await tx.delete(signposts).where(eq(signposts.id, id))
}

export async function listSignposts(db: Db, referralId: string) {
  return db
    .select({ id: signposts.id, projectId: signposts.projectId, text: signposts.text, madeAt: signposts.madeAt })
    .from(signposts)
    .where(eq(signposts.referralId, referralId))
    .orderBy(asc(signposts.madeAt), asc(signposts.id))
}
