import { asc, eq, sql } from 'drizzle-orm'
import { type Db, inserting, prepared } from './database.ts'
import { signposts } from './schema.ts'

export const insertSignpost = inserting(signposts)

export async function deleteSignpost(tx: Db, id: string): Promise<void> {
  await tx.delete(signposts).where(eq(signposts.id, id))
}

const ofReferral = prepared('signposts.ofReferral', (db) =>
  db
    .select({ id: signposts.id, projectId: signposts.projectId, text: signposts.text, madeAt: signposts.madeAt })
    .from(signposts)
    .where(eq(signposts.referralId, sql.placeholder('referralId')))
    .orderBy(asc(signposts.madeAt), asc(signposts.id)),
)

export async function listSignposts(db: Db, referralId: string) {
  return ofReferral(db, { referralId })
}
