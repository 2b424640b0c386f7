import { and, desc, eq, gt } from 'drizzle-orm'
import type { Db } from './database.ts'
import { linkCodes } from './schema.ts'

export type LinkCodeRow = typeof linkCodes.$inferSelect

export async function insertLinkCode(tx: Db, row: LinkCodeRow): Promise<void> {
  await tx.insert(linkCodes).values(row)
}

export async function findLinkCode(db: Db, id: string): Promise<LinkCodeRow | undefined> {
  const [row] = await db.select().from(linkCodes).where(eq(linkCodes.id, id))
  return row
}

/** The codes that a link asked for since then, newest first. */
export async function listLinkCodes(db: Db, messageId: string, since: Date): Promise<LinkCodeRow[]> {
  return db
    .select()
    .from(linkCodes)
    .where(and(eq(linkCodes.messageId, messageId), gt(linkCodes.createdAt, since)))
    .orderBy(desc(linkCodes.createdAt), desc(linkCodes.id))
}

export async function saveLinkCode(
  tx: Db,
  id: string,
  changes: Partial<Pick<LinkCodeRow, 'tries' | 'usedAt'>>,
): Promise<void> {
  await tx.update(linkCodes).set(changes).where(eq(linkCodes.id, id))
}
