import { getTableColumns, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { type Db, prepared } from '../../store/database.ts'
import * as schema from '../../store/schema.ts'
import type { Stored } from './stencil.ts'

/** What a city's growth copies: everything told of a referral. In this order a row's parents come before it. */
export const COPIED = {
  people: schema.people,
  personWords: schema.personWords,
  referrals: schema.referrals,
  placements: schema.placements,
  grants: schema.grants,
  goals: schema.goals,
  risks: schema.risks,
  contacts: schema.contacts,
  questions: schema.questions,
  signposts: schema.signposts,
  unmetNeeds: schema.unmetNeeds,
  attendances: schema.attendances,
  events: schema.events,
  auditRows: schema.auditRows,
  outbox: schema.outbox,
} satisfies Record<string, PgTable>

export type CopiedName = keyof typeof COPIED

/** The directory and those who work there stay one city's; the rest holds nothing of a played past. */
export const NOT_COPIED = [
  'organisations',
  'serviceAreas',
  'users',
  'memberships',
  'accessLinks',
  'sessions',
  'projects',
  'groups',
  'drafts',
  'selfDrafts',
  'answers',
  'jobLeases',
  'mailbox',
  'locations',
  'projectTexts',
  'projectFacets',
  'projectResponses',
  'groupForecasts',
  'volunteers',
  'linkCodes',
  'directoryImports',
  'directoryImportLines',
  'postcodes',
  'neighbourhoods',
  'wards',
  'practices',
  'geographyImports',
] as const satisfies (keyof typeof schema)[]

const COLUMNS = Object.fromEntries(
  Object.entries(COPIED).map(([name, table]) => [name, Object.entries(getTableColumns(table))]),
) as Record<CopiedName, [string, PgColumn][]>

/** The columns of a table in its own order. */
export const columnsOf = (name: CopiedName) => COLUMNS[name]

// As many rows in one statement as make it cheap on a server, too.
const ROWS = 24

const gapName = (row: number, column: number): string => `${row}.${column}`

function inserter(name: CopiedName, rows: number) {
  const columns = columnsOf(name)
  return prepared(`growth.${name}.${rows}`, (db) => {
    const values = Array.from({ length: rows }, (_, row) =>
      // Raw: what comes is in the driver's form already, and a JSON column must not wrap it again.
      Object.fromEntries(columns.map(([column], i) => [column, sql`${sql.placeholder(gapName(row, i))}`])),
    )
    return db.insert(COPIED[name]).values(values as never) as never
  })
}

const statements = Object.fromEntries(
  Object.keys(COPIED).map((name) => [name, [inserter(name as CopiedName, ROWS), inserter(name as CopiedName, 1)]]),
) as Record<CopiedName, [ReturnType<typeof inserter>, ReturnType<typeof inserter>]>

/** Writes rows of one table; each holds its columns in the table's own order. */
export async function insertRows(tx: Db, name: CopiedName, rows: readonly Stored[][]): Promise<void> {
  const [many, one] = statements[name]
  for (let start = 0; start < rows.length; ) {
    const isMany = rows.length - start >= ROWS
    const part = rows.slice(start, start + (isMany ? ROWS : 1))
    const values: Record<string, Stored> = {}
    part.forEach((row, r) => {
      row.forEach((value, i) => {
        values[gapName(r, i)] = value
      })
    })
    await (isMany ? many : one)(tx, values)
    start += part.length
  }
}
