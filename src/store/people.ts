import { eq } from 'drizzle-orm'
import type { Db } from './database.ts'
import { people } from './schema.ts'

export type PersonRow = typeof people.$inferSelect

export async function insertPerson(tx: Db, row: typeof people.$inferInsert): Promise<PersonRow> {
  const [saved] = await tx.insert(people).values(row).returning()
  if (!saved) throw new Error('An insert answered without its row.')
  return saved
}

export async function getPerson(db: Db, id: string): Promise<PersonRow> {
  const [row] = await db.select().from(people).where(eq(people.id, id))
  if (!row) throw new Error('A referral names a person who is not there.')
  return row
}
