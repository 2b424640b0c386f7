import { and, asc, getTableColumns, gt, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Deprivation, NeighbourhoodWard, PostcodePlace, Practice } from '../domain/geography.ts'
import { engine } from './columns.ts'
import { type Db, listed, oneOf, prepared } from './database.ts'
import { geographyImports, neighbourhoods, postcodes, practices, wards } from './schema.ts'

/** Many rows as one value, so that one statement serves however many there are. */
const GIVEN =
  engine === 'postgres'
    ? sql`jsonb_array_elements(${sql.placeholder('rows')}::jsonb) as given(value)`
    : sql`json_each(${sql.placeholder('rows')}) as given`

/** One cell of a given row, as the column takes it. */
function cell(column: PgColumn, index: number): SQL {
  const at = sql.raw(String(index))
  if (engine !== 'postgres') return sql`given.value ->> ${at}`
  return sql`(given.value ->> ${at})::${sql.raw(column.getSQLType())}`
}

/** What the row that stands in the way would have held. */
const excluded = (column: PgColumn): SQL => sql`excluded.${sql.identifier(column.name)}`

/**
 * Writes rows over those that are there: of one that is there already only these columns, and nothing where they are the
 * same. `columns` in the order of the cells of a row, the key first; what is not named is empty in a new row.
 */
function writing(name: string, table: PgTable, columns: PgColumn[]) {
  const all = getTableColumns(table) as Record<string, PgColumn>
  const [key, ...rest] = columns as [PgColumn, ...PgColumn[]]
  const cells = Object.values(all).map((column) => {
    const index = columns.indexOf(column)
    return index < 0 ? sql`null` : cell(column, index)
  })
  const query = sql`select ${sql.join(cells, sql`, `)} from ${GIVEN} where true`
  const names = Object.entries(all).filter(([, column]) => rest.includes(column))
  const differs = sql.join(
    rest.map((column) => sql`${column} is distinct from ${excluded(column)}`),
    sql` or `,
  )
  const write = prepared(name, (db) =>
    db
      .insert(table)
      .select(query as never)
      .onConflictDoUpdate({
        target: key,
        set: Object.fromEntries(names.map(([property, column]) => [property, excluded(column)])) as never,
        setWhere: differs,
      }),
  )
  return async (tx: Db, rows: unknown[][]): Promise<void> => {
    if (rows.length > 0) await write(tx, { rows: JSON.stringify(rows) })
  }
}

const upsertPostcodes = writing('postcodes.write', postcodes, [
  postcodes.postcode,
  postcodes.wardCode,
  postcodes.lsoaCode,
  postcodes.authorityCode,
  postcodes.latitude,
  postcodes.longitude,
  postcodes.endedOn,
])

/** Each row stands for itself: a reader between two chunks finds right answers of both editions. */
export function writePostcodes(tx: Db, rows: PostcodePlace[]): Promise<void> {
  return upsertPostcodes(
    tx,
    rows.map((row) => [
      row.postcode,
      row.wardCode,
      row.lsoaCode,
      row.authorityCode,
      row.latitude,
      row.longitude,
      row.endedOn,
    ]),
  )
}

const postcodesAfter = prepared('postcodes.after', (db) =>
  db
    .select({ postcode: postcodes.postcode })
    .from(postcodes)
    .where(gt(postcodes.postcode, sql.placeholder('after')))
    .orderBy(asc(postcodes.postcode))
    .limit(20_000),
)

/** The next postcodes of the list, in order. */
export async function listPostcodesAfter(db: Db, after: string): Promise<string[]> {
  return (await postcodesAfter(db, { after })).map(({ postcode }) => postcode)
}

const dropPostcodes = prepared('postcodes.drop', (db) =>
  db.delete(postcodes).where(oneOf(postcodes.postcode, 'gone')).returning({ postcode: postcodes.postcode }),
)

export async function deletePostcodes(tx: Db, gone: string[]): Promise<void> {
  if (gone.length > 0) await dropPostcodes(tx, { gone: listed(gone) })
}

const upsertDeprivation = writing('neighbourhoods.deprivation', neighbourhoods, [
  neighbourhoods.code,
  neighbourhoods.name,
  neighbourhoods.authorityCode,
  neighbourhoods.imdRank,
  neighbourhoods.imdDecile,
  neighbourhoods.imdYear,
])

/** This index and no other. Whole in one transaction, so that no figure is made of two of them. */
export async function replaceDeprivation(tx: Db, rows: Deprivation[]): Promise<void> {
  await tx
    .update(neighbourhoods)
    .set({ imdRank: null, imdDecile: null, imdYear: null })
    .where(isNotNull(neighbourhoods.imdYear))
  const cells = rows.map((row) => [row.code, row.name, row.authorityCode, row.imdRank, row.imdDecile, row.imdYear])
  await upsertDeprivation(tx, cells)
  await dropEmptyNeighbourhoods(tx)
}

const upsertBestFit = writing('neighbourhoods.bestFit', neighbourhoods, [
  neighbourhoods.code,
  neighbourhoods.name,
  neighbourhoods.authorityCode,
  neighbourhoods.wardCode,
])

const upsertWards = writing('wards.write', wards, [wards.code, wards.name, wards.authorityCode, wards.authorityName])

/** These wards and no others, but for those that somebody sorted into a locality: that is nobody's file. */
export async function replaceWards(tx: Db, rows: NeighbourhoodWard[]): Promise<void> {
  await tx.update(neighbourhoods).set({ wardCode: null }).where(isNotNull(neighbourhoods.wardCode))
  await upsertBestFit(
    tx,
    rows.map((row) => [row.code, row.name, row.authorityCode, row.wardCode]),
  )
  await dropEmptyNeighbourhoods(tx)
  const all = new Map(
    rows.map((row) => [row.wardCode, [row.wardCode, row.wardName, row.authorityCode, row.authorityName]]),
  )
  await tx.delete(wards).where(and(isNull(wards.locality), sql`not (${oneOfNow(wards.code, [...all.keys()])})`))
  await upsertWards(tx, [...all.values()])
}

async function dropEmptyNeighbourhoods(tx: Db): Promise<void> {
  await tx.delete(neighbourhoods).where(and(isNull(neighbourhoods.imdYear), isNull(neighbourhoods.wardCode)))
}

const upsertPractices = writing('practices.write', practices, [
  practices.odsCode,
  practices.name,
  practices.addressLines,
  practices.postcode,
  practices.phone,
  practices.closedOn,
])

export async function replacePractices(tx: Db, rows: Practice[]): Promise<void> {
  const codes = rows.map(({ odsCode }) => odsCode)
  await tx.delete(practices).where(sql`not (${oneOfNow(practices.odsCode, codes)})`)
  const cells = rows.map((row) => [row.odsCode, row.name, row.addressLines, row.postcode, row.phone, row.closedOn])
  await upsertPractices(tx, cells)
}

/** The same as `oneOf` where the list is at hand. */
function oneOfNow(column: PgColumn, values: string[]): SQL {
  const list = JSON.stringify(values)
  return engine === 'postgres'
    ? sql`${column} in (select jsonb_array_elements_text(${list}::jsonb))`
    : sql`${column} in (select value from json_each(${list}))`
}

export async function insertGeographyImport(tx: Db, row: typeof geographyImports.$inferInsert): Promise<void> {
  await tx.insert(geographyImports).values(row)
}
