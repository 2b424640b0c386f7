import { desc, eq } from 'drizzle-orm'
import type { Db } from './database.ts'
import { mailbox } from './schema.ts'

export type MailRow = typeof mailbox.$inferSelect

/** Puts a message in the built-in mailbox; one that is there already stays as it is. */
export async function insertMail(tx: Db, row: MailRow): Promise<void> {
  await tx.insert(mailbox).values(row).onConflictDoNothing({ target: mailbox.messageId })
}

export async function listMailRows(
  db: Db,
  limit: number,
): Promise<Pick<MailRow, 'id' | 'to' | 'subject' | 'receivedAt'>[]> {
  return db
    .select({ id: mailbox.id, to: mailbox.to, subject: mailbox.subject, receivedAt: mailbox.receivedAt })
    .from(mailbox)
    .orderBy(desc(mailbox.receivedAt), desc(mailbox.id))
    .limit(limit)
}

export async function findMail(db: Db, id: string): Promise<MailRow | undefined> {
  const [row] = await db.select().from(mailbox).where(eq(mailbox.id, id))
  return row
}
