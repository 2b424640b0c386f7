import { type Placeholder, type SQL, sql } from 'drizzle-orm'
import * as pg from 'drizzle-orm/pg-core'
import * as lite from 'drizzle-orm/sqlite-core'

export type Engine = 'sqlite' | 'postgres'

/** The engine a database URL names: postgres:// or postgresql:// is PostgreSQL, anything else is a SQLite file. */
export const engineOf = (url: string): Engine => (/^postgres(ql)?:\/\//i.test(url) ? 'postgres' : 'sqlite')

// The one place below the roof that reads the environment: drizzle makes its tables when schema.ts is imported, long
// before anyone could hand over a config. ENGINE is for drizzle-kit; openDatabase refuses a URL of the other engine.
function chosenEngine(): Engine {
  const { ENGINE, DATABASE_URL } = process.env
  if (ENGINE === 'sqlite' || ENGINE === 'postgres') return ENGINE
  if (ENGINE) throw new Error(`ENGINE must be sqlite or postgres, not ${ENGINE}.`)
  return engineOf(DATABASE_URL ?? '')
}

export const engine: Engine = chosenEngine()

const postgres = {
  table: pg.pgTable,
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  check: pg.check,
  primaryKey: pg.primaryKey,
  id: (name: string) => pg.text(name),
  text: <T extends string = string>(name: string) => pg.text(name).$type<T>(),
  int: (name: string) => pg.integer(name),
  real: (name: string) => pg.doublePrecision(name),
  bool: (name: string) => pg.boolean(name),
  instant: (name: string) => pg.timestamp(name, { withTimezone: true, precision: 3, mode: 'date' }),
  day: (name: string) => pg.date(name, { mode: 'string' }),
  json: <T>(name: string) => pg.jsonb(name).$type<T>(),
}

// What one request writes bears one moment, in a dozen places: it is put into words once.
let lastTime = Number.NaN
let lastText = ''

function textOf(moment: Date): string {
  const time = moment.getTime()
  if (time !== lastTime) {
    lastText = moment.toISOString()
    lastTime = time
  }
  return lastText
}

// Always 24 characters and always UTC, so that the text sorts as the moments do.
const isoText = lite.customType<{ data: Date; driverData: string }>({
  dataType: () => 'text',
  toDriver: textOf,
  fromDriver: (text) => new Date(text),
})

const sqlite = {
  table: lite.sqliteTable,
  index: lite.index,
  uniqueIndex: lite.uniqueIndex,
  check: lite.check,
  primaryKey: lite.primaryKey,
  id: (name: string) => lite.text(name),
  text: (name: string) => lite.text(name),
  int: (name: string) => lite.integer(name),
  real: (name: string) => lite.real(name),
  bool: (name: string) => lite.integer(name, { mode: 'boolean' }),
  instant: (name: string) => isoText(name),
  day: (name: string) => lite.text(name),
  json: <T>(name: string) => lite.text(name, { mode: 'json' }).$type<T>(),
} satisfies Record<keyof typeof postgres, unknown>

// Everything above the kit is typed as PostgreSQL, whose builder has no .get(), .all() or .run() to write by mistake.
const kit = engine === 'postgres' ? postgres : (sqlite as unknown as typeof postgres)

export const { table, index, uniqueIndex, check, primaryKey } = kit

/** A primary or foreign key: a UUIDv7 as text in both engines, so that it sorts by age. */
export const id = kit.id

/** Text; name the words it may hold for a narrower type: `text<'sent' | 'seen'>('status')`. */
export const text = kit.text

export const int = kit.int

/** A number with a fraction: degrees, scores. Never money. */
export const real = kit.real

export const bool = kit.bool

/** A moment, read and written as a Date, to the millisecond. */
export const instant = kit.instant

/** A calendar day, read and written as 'YYYY-MM-DD'. */
export const day = kit.day

/** A JSON value. PostgreSQL does not keep the order of keys: never hash what comes back without sorting them. */
export const json = kit.json

/** The return type a self-reference needs: `.references((): AnyColumn => people.id)`. */
export type AnyColumn = pg.AnyPgColumn

/** True where the JSON array in the column holds this text. */
export const jsonArrayContains = (column: AnyColumn, value: string | Placeholder): SQL<boolean> =>
  engine === 'postgres'
    ? sql<boolean>`${column} @> ${typeof value === 'string' ? JSON.stringify(value) : value}::jsonb`
    : sql<boolean>`exists (select 1 from json_each(${column}) where json_each.value = ${value})`

/** The value for a placeholder in `jsonArrayContains`. */
export const asContained = (value: string): string => (engine === 'postgres' ? JSON.stringify(value) : value)

/** Reads a field of an entry of a JSON array, as a number or as text. */
export type EntryField = (name: string, kind: 'number' | 'text') => SQL

/** True where one entry of the JSON array in the column passes the test. For small tables: no index helps it. */
export const someEntry = (column: AnyColumn, test: (field: EntryField) => SQL | undefined): SQL<boolean> =>
  engine === 'postgres'
    ? sql<boolean>`exists (select 1 from jsonb_array_elements(${column}) as entry(value) where ${test(
        (name, kind) => sql`(entry.value ->> ${sql.raw(`'${name}'`)})${sql.raw(kind === 'number' ? '::numeric' : '')}`,
      )})`
    : sql<boolean>`exists (select 1 from json_each(${column}) as entry where ${test(
        (name) => sql`json_extract(entry.value, ${sql.raw(`'$.${name}'`)})`,
      )})`
