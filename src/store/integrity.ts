import { and, eq, gt, inArray, isNotNull, isNull, notInArray, or, type SQL, sql } from 'drizzle-orm'
import pg from 'pg'
import { HOLDING_A_PLACE, OPEN_PLACEMENT, type PlacementStatus, TAKING_A_PLACE } from '../domain/placement-moves.ts'
import { OPEN_REFERRAL } from '../domain/referral-moves.ts'
import { engineOf } from './columns.ts'
import type { Db } from './database.ts'
import { groups, placements, referrals } from './schema.ts'
import { fileOf, openHandle } from './sqlite.ts'

/** What the engine itself finds wrong with the database, in words; nothing where all is well. */
export async function findDamage(url: string): Promise<string[]> {
  return engineOf(url) === 'postgres' ? postgresDamage(url) : sqliteDamage(fileOf(url))
}

function sqliteDamage(file: string): string[] {
  const handle = openHandle(file, { readonly: true })
  try {
    const verdicts = handle.pragma('integrity_check(20)') as { integrity_check: string }[]
    const orphans = handle.pragma('foreign_key_check') as { table: string; rowid: number; parent: string }[]
    return [
      ...verdicts.map((verdict) => verdict.integrity_check).filter((verdict) => verdict !== 'ok'),
      ...orphans.slice(0, 20).map(({ table, rowid, parent }) => `${table}, row ${rowid}, has no parent in ${parent}`),
    ]
  } finally {
    handle.close()
  }
}

// The server trusts its foreign keys, but whoever owns the tables can turn them off: count again.
const FOREIGN_KEYS = `select c.conrelid::regclass::text as child, c.confrelid::regclass::text as parent,
    quote_ident(a.attname) as child_column, quote_ident(b.attname) as parent_column
  from pg_constraint c
  join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
  join pg_attribute b on b.attrelid = c.confrelid and b.attnum = c.confkey[1]
  where c.contype = 'f' and cardinality(c.conkey) = 1`

async function postgresDamage(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'trellis verify' })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read, read only')
    const damage = []
    const { rows: keys } = await client.query(FOREIGN_KEYS)
    for (const { child, parent, child_column, parent_column } of keys) {
      const { rows } = await client.query(`select count(*) as orphans from ${child} where ${child_column} is not null
        and not exists (select 1 from ${parent} p where p.${parent_column} = ${child}.${child_column})`)
      if (Number(rows[0].orphans) > 0) damage.push(`${rows[0].orphans} rows of ${child} have no parent in ${parent}`)
    }
    return damage
  } finally {
    await client.end()
  }
}

const TABLES = [
  { noun: 'referral', table: referrals, open: OPEN_REFERRAL as readonly string[] },
  { noun: 'placement', table: placements, open: OPEN_PLACEMENT as readonly string[] },
]

/** Promises of the product that the stored rows break, in words. Each is also kept by other means: this is the proof. */
export async function findBrokenPromises(db: Db): Promise<string[]> {
  const broken: string[] = []
  for (const { noun, table, open } of TABLES) {
    const action = [table.nextOwnerKind, table.nextOwnerId, table.nextStep, table.nextDueOn]
    const lacks = and(inArray(table.status, open as PlacementStatus[]), or(...action.map((column) => isNull(column))))
    const keeps = and(
      notInArray(table.status, open as PlacementStatus[]),
      or(...action.map((column) => isNotNull(column))),
    )
    const idsWhere = (where: SQL | undefined) => db.select({ id: table.id }).from(table).where(where).limit(20)
    for (const { id } of await idsWhere(lacks)) broken.push(`${noun} ${id} is open and has no next action`)
    for (const { id } of await idsWhere(keeps)) broken.push(`${noun} ${id} is closed and has a next action`)
    for (const { id } of await idsWhere(ownerIsNobody(table)))
      broken.push(`the next action of ${noun} ${id} is nobody's`)
  }
  return [...broken, ...(await openUnderClosed(db)), ...(await overfullGroups(db))]
}

function ownerIsNobody(table: typeof referrals | typeof placements): SQL | undefined {
  const missing = (kind: string, parent: string) =>
    sql`(${table.nextOwnerKind} = ${kind} and not exists
      (select 1 from ${sql.identifier(parent)} where ${sql.identifier(parent)}.id = ${table.nextOwnerId}))`
  return or(
    missing('navigator', 'organisations'),
    missing('organisation', 'organisations'),
    missing('person', 'people'),
  )
}

async function openUnderClosed(db: Db): Promise<string[]> {
  const rows = await db
    .select({ id: placements.id, referralId: referrals.id })
    .from(placements)
    .innerJoin(referrals, eq(referrals.id, placements.referralId))
    .where(and(inArray(placements.status, [...OPEN_PLACEMENT]), notInArray(referrals.status, [...OPEN_REFERRAL])))
    .limit(20)
  return rows.map(({ id, referralId }) => `placement ${id} is open, but its referral ${referralId} is closed`)
}

async function overfullGroups(db: Db): Promise<string[]> {
  const people = sql<number>`count(*)`.mapWith(Number)
  const rows = await db
    .select({ id: groups.id, places: groups.places, people })
    .from(groups)
    .innerJoin(placements, eq(placements.groupId, groups.id))
    .where(inArray(placements.status, [...TAKING_A_PLACE, ...HOLDING_A_PLACE]))
    .groupBy(groups.id, groups.places)
    .having(gt(sql`count(*)`, groups.places))
    .limit(20)
  return rows.map(({ id, places, people: taken }) => `group ${id} has ${taken} people for ${places} places`)
}
