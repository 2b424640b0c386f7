import { eq } from 'drizzle-orm'
import type { Db } from './database.ts'
import { RetryWrite, uniqueViolation } from './failures.ts'
import { answers } from './schema.ts'

export type AnswerRow = typeof answers.$inferSelect

export async function findAnswer(db: Db, id: string): Promise<AnswerRow | undefined> {
  const [row] = await db.select().from(answers).where(eq(answers.id, id))
  return row
}

/** Where another process was first with the same key, the unit runs again, and then finds the answer. */
export async function insertAnswer(tx: Db, row: AnswerRow): Promise<void> {
  try {
    await tx.insert(answers).values(row)
  } catch (error) {
    throw uniqueViolation(error) ? new RetryWrite('The same request was answered meanwhile.') : error
  }
}
