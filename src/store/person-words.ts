import { and, asc, desc, eq, inArray, lt, sql } from 'drizzle-orm'
import { type Db, prepared } from './database.ts'
import { people, personWords } from './schema.ts'

type NewWord = typeof personWords.$inferInsert

const insertOne = prepared('personWords.insert', (db) =>
  db
    .insert(personWords)
    .values({
      personId: sql.placeholder('personId'),
      word: sql.placeholder('word'),
      sound: sql.placeholder('sound'),
      otherSound: sql.placeholder('otherSound'),
    })
    .onConflictDoNothing(),
)

/** The words of one person. One that stands there already stays. */
export async function insertWordsOf(tx: Db, rows: NewWord[]): Promise<void> {
  for (const row of rows) await insertOne(tx, { ...row })
}

/** The words of many people at once: whoever is seen to twice is found once. */
export async function insertPersonWords(tx: Db, rows: NewWord[]): Promise<void> {
  if (rows.length > 0) await tx.insert(personWords).values(rows).onConflictDoNothing()
}

/** Takes back the words of a name that somebody no longer has. */
export async function deletePersonWords(tx: Db, personId: string, words: string[]): Promise<void> {
  if (words.length > 0)
    await tx.delete(personWords).where(and(inArray(personWords.word, words), eq(personWords.personId, personId)))
}

const NAMED = { id: people.id, fullName: people.fullName, givenName: people.givenName, familyName: people.familyName }
export type NamedRow = Awaited<ReturnType<typeof listNames>>[number]

/** A page of everybody's names, the newest first. */
export async function listNames(db: Db, before: string | undefined, limit: number) {
  return db
    .select(NAMED)
    .from(people)
    .where(before === undefined ? undefined : lt(people.id, before))
    .orderBy(desc(people.id))
    .limit(limit)
}

/** Whose words are written first of all, so they are the last to be seen to after an upgrade. */
export async function findOldestName(db: Db): Promise<NamedRow | undefined> {
  const [row] = await db.select(NAMED).from(people).orderBy(asc(people.id)).limit(1)
  return row
}

/** Whether somebody can be found by this word of their name. */
export async function hasWord(db: Db, personId: string, word: string): Promise<boolean> {
  const rows = await db
    .select({ word: personWords.word })
    .from(personWords)
    .where(and(eq(personWords.word, word), eq(personWords.personId, personId)))
  return rows.length > 0
}
