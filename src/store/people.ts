import { and, asc, desc, eq, inArray, or, sql } from 'drizzle-orm'
import type { MessagesStopped } from '../domain/person.ts'
import { Refusal } from '../domain/refusal.ts'
import { type Db, inserting, listed, oneOf, prepared, saving } from './database.ts'
import type { EventRow } from './events.ts'
import { events, people } from './schema.ts'

export type PersonRow = typeof people.$inferSelect

export const insertPerson = inserting(people)

const byId = prepared('people.byId', (db) =>
  db
    .select()
    .from(people)
    .where(eq(people.id, sql.placeholder('id'))),
)

export async function getPerson(db: Db, id: string): Promise<PersonRow> {
  const row = await findPerson(db, id)
  if (!row) throw new Error('A referral names a person who is not there.')
  return row
}

export async function findPerson(db: Db, id: string): Promise<PersonRow | undefined> {
  const [row] = await byId(db, { id })
  return row
}

const byIds = prepared('people.byIds', (db) => db.select().from(people).where(oneOf(people.id, 'ids')))

export async function listPeople(db: Db, ids: string[]): Promise<PersonRow[]> {
  return ids.length > 0 ? byIds(db, { ids: listed(ids) }) : []
}

const save = saving(people)

export type PersonChanges = Partial<Omit<PersonRow, 'id' | 'version' | 'createdAt'>>

/** Writes against the version that was read: whoever comes second is told, and writes nothing. */
export async function savePerson(tx: Db, read: PersonRow, changes: PersonChanges): Promise<PersonRow> {
  const saved = await save(tx, read, changes)
  if (!saved) throw new Refusal('changed-meanwhile', 'Somebody changed these details in the meantime. Look again.')
  return saved
}

/** For what holds of somebody under every row they stand under. No new version: it is no correction of a detail. */
export async function savePeople(tx: Db, ids: string[], changes: PersonChanges): Promise<void> {
  if (ids.length > 0) await tx.update(people).set(changes).where(inArray(people.id, ids))
}

const near = prepared('people.near', (db) =>
  db
    .select({ id: people.id, mergedIntoId: people.mergedIntoId })
    .from(people)
    .where(or(eq(people.id, sql.placeholder('id')), eq(people.mergedIntoId, sql.placeholder('id')))),
)

/** Every row that stands for the same person, as navigators judged: this one first. */
export async function listSamePeople(db: Db, id: string): Promise<string[]> {
  const found = [id]
  for (const one of found) {
    const rows = await near(db, { id: one })
    const ids = rows.flatMap((row) => [row.id, ...(row.id === one && row.mergedIntoId ? [row.mergedIntoId] : [])])
    found.push(...ids.filter((other) => !found.includes(other)))
  }
  return found
}

/** The row that all rows of this one's line were recognised as; it was not recognised as another. */
export async function findFirstOf(db: Db, id: string): Promise<PersonRow> {
  const person = await getPerson(db, id)
  return person.mergedIntoId ? findFirstOf(db, person.mergedIntoId) : person
}

/** Who was recognised as whom, and told apart, from one referral: oldest first. */
export async function listMerges(db: Db, referralId: string): Promise<EventRow[]> {
  return db
    .select()
    .from(events)
    .where(and(eq(events.referralId, referralId), inArray(events.type, ['person.merged', 'person.unmerged'])))
    .orderBy(asc(events.at), asc(events.id))
}

/** What was last said about writing to somebody, apart from their death; undefined where they may be written to. */
export async function findToldStop(db: Db, ids: string[]): Promise<{ why: MessagesStopped; at: Date } | undefined> {
  const [last] = await db
    .select({ type: events.type, detail: events.detail, at: events.at })
    .from(events)
    .where(
      and(inArray(events.subjectId, ids), inArray(events.type, ['person.messages-stopped', 'person.messages-resumed'])),
    )
    .orderBy(desc(events.at), desc(events.id))
    .limit(1)
  if (last?.type !== 'person.messages-stopped') return undefined
  return { why: last.detail.why as MessagesStopped, at: last.at }
}
