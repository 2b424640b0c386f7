import { eq, sql } from 'drizzle-orm'
import { type Db, inserting, prepared } from './database.ts'
import { RetryWrite, uniqueViolation } from './failures.ts'
import { answers } from './schema.ts'

/** An answer that went out, its body as the text it was. */
export type AnswerRow = Omit<typeof answers.$inferSelect, 'body'> & { body: string }

const byId = prepared('answers.byId', (db) =>
  db
    .select()
    .from(answers)
    .where(eq(answers.id, sql.placeholder('id'))),
)
const insert = inserting(answers)

export async function findAnswer(db: Db, id: string): Promise<AnswerRow | undefined> {
  const [row] = await byId(db, { id })
  return row && { ...row, body: (row.body as { text: string }).text }
}

/** What was answered about a record is not said again to somebody who may no longer see it. */
export async function forgetAnswersAbout(tx: Db, id: string): Promise<void> {
  await tx.delete(answers).where(eq(answers.about, id))
}

/** Where another process was first with the same key, the unit runs again, and then finds the answer. */
export async function insertAnswer(tx: Db, row: AnswerRow): Promise<void> {
  try {
    // Inside an object: a bare text would come back from PostgreSQL parsed, with its keys in another order.
    await insert(tx, { ...row, body: { text: row.body } })
  } catch (error) {
    throw uniqueViolation(error) ? new RetryWrite('The same request was answered meanwhile.') : error
  }
}
