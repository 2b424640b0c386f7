import { inArray, lte, or } from 'drizzle-orm'
import type { Db } from './database.ts'
import { answers, drafts, linkCodes, selfDrafts, sessions } from './schema.ts'

// Bounds one transaction: erasing must not hold up the people who write.
const BATCH = 200

/** Erases some of the drafts that nobody sent in time. Says how many; call again while there are any. */
export async function eraseDrafts(tx: Db, expiredBy: Date): Promise<number> {
  const some = tx.select({ id: drafts.id }).from(drafts).where(lte(drafts.expiresAt, expiredBy)).limit(BATCH)
  return (await tx.delete(drafts).where(inArray(drafts.id, some)).returning({ id: drafts.id })).length
}

/** Erases some of the answers that were kept for repeated requests. */
export async function eraseAnswers(tx: Db, createdBy: Date): Promise<number> {
  const some = tx.select({ id: answers.id }).from(answers).where(lte(answers.createdAt, createdBy)).limit(BATCH)
  return (await tx.delete(answers).where(inArray(answers.id, some)).returning({ id: answers.id })).length
}

/** Erases some of the sessions that ended, by the user or by themselves. */
export async function eraseSessions(tx: Db, endedBy: Date): Promise<number> {
  const hasEnded = or(lte(sessions.endedAt, endedBy), lte(sessions.expiresAt, endedBy))
  const some = tx.select({ id: sessions.id }).from(sessions).where(hasEnded).limit(BATCH)
  return (await tx.delete(sessions).where(inArray(sessions.id, some)).returning({ id: sessions.id })).length
}

/** Erases some of the self-referrals that nobody went on with, and the receipts of those that were sent. */
export async function eraseSelfDrafts(tx: Db, expiredBy: Date): Promise<number> {
  const some = tx
    .select({ id: selfDrafts.id })
    .from(selfDrafts)
    .where(lte(selfDrafts.expiresAt, expiredBy))
    .limit(BATCH)
  return (await tx.delete(selfDrafts).where(inArray(selfDrafts.id, some)).returning({ id: selfDrafts.id })).length
}

/** Erases some of the one-time codes, long after they stopped working. */
export async function eraseLinkCodes(tx: Db, createdBy: Date): Promise<number> {
  const some = tx.select({ id: linkCodes.id }).from(linkCodes).where(lte(linkCodes.createdAt, createdBy)).limit(BATCH)
  return (await tx.delete(linkCodes).where(inArray(linkCodes.id, some)).returning({ id: linkCodes.id })).length
}
