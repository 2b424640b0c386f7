import { sql } from 'drizzle-orm'
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
import type { Database } from '../../src/store/database.ts'
import { freshDatabase, freshFolder } from '../support/database.ts'
import { writeMigrations } from '../support/migrations.ts'

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

const types =
  engine === 'postgres'
    ? { bool: 'boolean', true: 'true', instant: 'timestamp(3) with time zone', day: 'date', json: 'jsonb' }
    : { bool: 'integer', true: '1', instant: 'text', day: 'text', json: 'text' }

const SMALL = `
  create table groups (id text primary key, name text not null, places integer not null, is_open ${types.bool} default
    ${types.true} not null, starts_on ${types.day}, created_at ${types.instant}, tags ${types.json} default '[]' not null,
    constraint groups_places check (places >= 0));
  create unique index groups_name on groups (name);
  create table acceptances (group_id text not null references groups (id), person text not null,
    primary key (group_id, person));`

/** A fresh database with the small schema and one group with the given number of places. */
export async function smallDatabase(places = 10): Promise<Database> {
  const migrations = writeMigrations(freshFolder(), [{ tag: '0000_small', when: 1, sql: SMALL }])
  const database = await freshDatabase(migrations)
  await database.write((tx) => tx.insert(groups).values({ id: 'choir', name: 'Choir', places }))
  return database
}
