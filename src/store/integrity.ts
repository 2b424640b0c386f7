import pg from 'pg'
import { engineOf } from './columns.ts'
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
