import { resolve } from 'node:path'
import { sql } from 'drizzle-orm'
import { onTestFinished } from 'vitest'
import {
  bool,
  check,
  day,
  engine,
  id,
  instant,
  int,
  json,
  primaryKey,
  table,
  text,
  uniqueIndex,
} from '../../src/store/columns.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { freshUrl } from '../support/database.ts'

// The bottom of the store is tried on tables of its own, so that it stands whatever becomes of the real ones.

export const groups = table(
  'groups',
  {
    id: id('id').primaryKey(),
    name: text('name').notNull(),
    places: int('places').notNull(),
    isOpen: bool('is_open').notNull().default(true),
    startsOn: day('starts_on'),
    createdAt: instant('created_at'),
    tags: json<string[]>('tags').notNull().default([]),
  },
  (t) => [uniqueIndex('groups_name').on(t.name), check('groups_places', sql`${t.places} >= 0`)],
)

export const acceptances = table(
  'acceptances',
  {
    groupId: id('group_id')
      .notNull()
      .references(() => groups.id),
    person: text('person').notNull(),
  },
  (t) => [primaryKey({ columns: [t.groupId, t.person] })],
)

/** Its foreign key is looked at only by COMMIT. */
export const trusting = table('trusting', { groupId: id('group_id').references(() => groups.id) })

/** Where a fresh database with these tables is, and nothing in them. */
export const smallUrl = (): Promise<string> => freshUrl(resolve(import.meta.dirname, 'small', engine))

/** Such a database, open, with one group of the given number of places. */
export async function smallDatabase(places = 10, url?: string): Promise<Database> {
  const database = await openDatabase(url ?? (await smallUrl()))
  onTestFinished(() => database.close())
  await database.write((tx) => tx.insert(groups).values({ id: 'choir', name: 'Choir', places }))
  return database
}
