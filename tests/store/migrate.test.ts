import { execFile } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { engine } from '../../src/store/columns.ts'
import { migrate } from '../../src/store/migrate.ts'
import { emptyUrl, freshFolder } from '../support/database.ts'
import { writeMigrations } from '../support/migrations.ts'

const FIRST = {
  tag: '0000_first',
  when: 1000,
  sql: `create table people (id text primary key, name text not null);
--> statement-breakpoint
create table notes (id text primary key, person_id text not null references people (id) on delete cascade);
--> statement-breakpoint
insert into people values ('p1', 'Ada'), ('p2', 'Bob');
--> statement-breakpoint
insert into notes values ('n1', 'p1'), ('n2', 'p1'), ('n3', 'p2');`,
}
const SECOND = { tag: '0001_second', when: 2000, sql: 'alter table people add column town text;' }

/** What drizzle-kit writes when a column changes: a new table takes the place of the old. */
const rebuild = (condition = 'true') => ({
  tag: '0001_rebuild',
  when: 2000,
  sql: `PRAGMA foreign_keys=OFF;--> statement-breakpoint
create table __new_people (id text primary key, name text);--> statement-breakpoint
insert into __new_people (id, name) select id, name from people where ${condition};--> statement-breakpoint
drop table people;--> statement-breakpoint
alter table __new_people rename to people;--> statement-breakpoint
PRAGMA foreign_keys=ON;`,
})

const folder = (...migrations: (typeof FIRST)[]) => writeMigrations(freshFolder(), migrations)

async function tally(url: string, table: string): Promise<number> {
  const query = `select count(*) as n from ${table}`
  if (engine === 'sqlite') {
    const db = new Sqlite(url, { readonly: true })
    const found = db.prepare<[], number>(query).pluck().get()
    db.close()
    return found ?? 0
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(query)
  await client.end()
  return Number(rows[0].n)
}

describe('migrations', () => {
  test('are applied once, in order, and remembered', async () => {
    const url = await emptyUrl()
    expect(await migrate(url, folder(FIRST))).toEqual({ applied: ['0000_first'] })
    expect(await migrate(url, folder(FIRST))).toEqual({ applied: [] })
    expect(await migrate(url, folder(FIRST, SECOND))).toEqual({ applied: ['0001_second'] })
    expect(await tally(url, 'notes')).toBe(3)
  })

  test('are all applied or none', async () => {
    const url = await emptyUrl()
    const broken = { tag: '0002_broken', when: 3000, sql: 'alter table people add column town text;' }
    await expect(migrate(url, folder(FIRST, SECOND, broken))).rejects.toThrow()
    expect(await migrate(url, folder(FIRST, SECOND))).toEqual({ applied: ['0000_first', '0001_second'] })
  })

  test('must be dated in order', async () => {
    const url = await emptyUrl()
    const late = { tag: '0001_late', when: 999, sql: 'select 1;' }
    await expect(migrate(url, folder(FIRST, late))).rejects.toThrow('0001_late is not younger than 0000_first')
    await migrate(url, folder(FIRST, SECOND))
    const between = { tag: '0001_between', when: 1500, sql: 'select 1;' }
    await expect(migrate(url, folder(FIRST, between, SECOND))).rejects.toThrow('0001_between is older than what')
  })

  test('are not looked for in silence', async () => {
    await expect(migrate(await emptyUrl(), freshFolder())).rejects.toThrow('There are no migrations')
  })

  test('wait for another process that is applying them', async () => {
    const url = await emptyUrl()
    const all = folder(FIRST, SECOND)
    await migrate(url, folder(FIRST))
    const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(url, all)))
    expect(applied.flatMap((each) => each.applied)).toEqual(['0001_second'])
  })

  test('wait for it even when both create the database', { timeout: 30_000 }, async () => {
    const url = await emptyUrl()
    const script = `import { migrate } from ${JSON.stringify(join(process.cwd(), 'src/store/migrate.ts'))}
      console.log((await migrate(${JSON.stringify(url)}, ${JSON.stringify(folder(FIRST, SECOND))})).applied.join())`
    const start = () => promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script])
    const said = await Promise.all([start(), start(), start()])
    expect(said.map(({ stdout }) => stdout.trim()).sort()).toEqual(['', '', '0000_first,0001_second'])
    expect(await tally(url, 'notes')).toBe(3)
  })
})

describe.runIf(engine === 'sqlite')('on SQLite', () => {
  test('rebuilding a table keeps its rows and their children', async () => {
    const url = await emptyUrl()
    await migrate(url, folder(FIRST))
    expect(await migrate(url, folder(FIRST, rebuild()))).toEqual({ applied: ['0001_rebuild'] })
    expect([await tally(url, 'people'), await tally(url, 'notes')]).toEqual([2, 3])
    const db = new Sqlite(url)
    expect(() => db.pragma('foreign_keys = ON') && db.exec("insert into notes values ('n4', 'nobody')")).toThrow(
      'FOREIGN',
    )
    db.close()
  })

  test('losing a row or a trigger is refused, unless the migration says so', async () => {
    const url = await emptyUrl()
    await migrate(url, folder(FIRST))
    const forgetful = rebuild("id = 'p1'")
    await expect(migrate(url, folder(FIRST, forgetful))).rejects.toThrow('would leave 1 of 2 in people')
    const admitted = { ...forgetful, sql: `-- loses: people\n${forgetful.sql}` }
    await expect(migrate(url, folder(FIRST, admitted))).rejects.toThrow(
      '1 rows would lose their parent: notes → people',
    )
    const trigger = { ...SECOND, sql: 'create trigger stamp after insert on people begin select 1; end;' }
    await migrate(url, folder(FIRST, trigger))
    const careless = { ...rebuild(), tag: '0002_careless', when: 3000 }
    await expect(migrate(url, folder(FIRST, trigger, careless))).rejects.toThrow('would leave 0 of 1 in stamp')
    expect([await tally(url, 'people'), await tally(url, 'notes')]).toEqual([2, 3])
  })

  test('data is backed up before it is changed, and only then', async () => {
    const url = await emptyUrl()
    await migrate(url, folder(FIRST))
    expect(readdirSync(dirname(url))).toEqual([basename(url)])
    await migrate(url, folder(FIRST, SECOND))
    const backup = `${url}.before-0001_second`
    expect(statSync(backup).mode & 0o777).toBe(0o600)
    expect([await tally(backup, 'people'), await tally(backup, '__drizzle_migrations')]).toEqual([2, 1])
    await migrate(url, folder(FIRST, SECOND))
    expect(existsSync(`${backup}.partial`)).toBe(false)
  })
})
