import { and, eq, inArray, or } from 'drizzle-orm'
import { Refusal } from '../domain/refusal.ts'
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

export type PersonChanges = Partial<Omit<PersonRow, 'id' | 'version' | 'createdAt'>>

/** Writes against the version that was read: whoever comes second is told, and writes nothing. */
export async function savePerson(tx: Db, read: PersonRow, changes: PersonChanges): Promise<PersonRow> {
  const [saved] = await tx
    .update(people)
    .set({ ...changes, version: read.version + 1 })
    .where(and(eq(people.id, read.id), eq(people.version, read.version)))
    .returning()
  if (!saved) throw new Refusal('changed-meanwhile', 'Somebody changed these details in the meantime. Look again.')
  return saved
}

/** For what holds of somebody under every row they stand under. No new version: it is no correction of a detail. */
export async function savePeople(tx: Db, ids: string[], changes: PersonChanges): Promise<void> {
  await tx.update(people).set(changes).where(inArray(people.id, ids))
}

/** Every row that stands for the same person, as navigators judged: this one first. */
export async function listSamePeople(db: Db, id: string): Promise<string[]> {
  const found = [id]
  for (const one of found) {
    const rows = await db
      .select({ id: people.id, mergedIntoId: people.mergedIntoId })
      .from(people)
      .where(or(eq(people.id, one), eq(people.mergedIntoId, one)))
    const near = rows.flatMap((row) => [row.id, ...(row.id === one && row.mergedIntoId ? [row.mergedIntoId] : [])])
    found.push(...near.filter((other) => !found.includes(other)))
  }
  return found
}
