import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { nextTick } from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { asc } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { engine } from '../../src/store/columns.ts'
import type { Db } from '../../src/store/database.ts'
import { fileOf, openHandle, openSqlite } from '../../src/store/sqlite.ts'
import { freshFolder } from '../support/database.ts'
import { acceptances, smallDatabase, smallUrl, trusting } from './small-schema.ts'

const add = (tx: Db, person: string) => tx.insert(acceptances).values({ groupId: 'choir', person })

const people = async (db: Db) =>
  (await db.select().from(acceptances).orderBy(asc(acceptances.person))).map(({ person }) => person)

describe.runIf(engine === 'sqlite')('SQLite', () => {
  test('every connection is durable and careful', () => {
    const file = join(freshFolder(), 'trellis.db')
    for (const options of [{}, { readonly: true }]) {
      const handle = openHandle(file, options)
      const settings = [
        'journal_mode',
        'synchronous',
        'foreign_keys',
        'busy_timeout',
        'secure_delete',
        'trusted_schema',
      ]
      const found = [...settings, 'cell_size_check'].map((name) => handle.pragma(name, { simple: true }))
      handle.close()
      expect(found).toEqual(['wal', 2, 1, 5000, 1, 0, 1])
    }
  })

  test('a connection that does not take a setting is refused', () => {
    const file = join(freshFolder(), 'rollback.db')
    new Sqlite(file).exec('create table t (x)').close()
    // A read-only connection cannot turn on WAL.
    expect(() => openHandle(file, { readonly: true })).toThrow()
  })

  test('the file is for this user only, and names a file', async () => {
    const file = join(freshFolder(), 'new/data/trellis.db')
    const database = openSqlite(file)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700)
    await database.close()
    expect(fileOf('file:///srv/trellis%20one.db')).toBe('/srv/trellis one.db')
    expect(fileOf('file:./data/trellis.db')).toBe(join(process.cwd(), 'data/trellis.db'))
    expect(() => fileOf(':memory:')).toThrow('must name a SQLite file')
  })

  test('units that wait together share commits', async () => {
    const database = await smallDatabase()
    const before = { ...database.tally }
    await Promise.all(Array.from({ length: 100 }, (_, n) => database.write((tx) => add(tx, `${n}`))))
    expect(database.tally.units - before.units).toBe(100)
    expect(database.tally.commits - before.commits).toBeLessThan(10)
  })

  test('a unit is answered only after the commit it shares', async () => {
    const database = await smallDatabase()
    const commitsAtAnswer: number[] = []
    const before = database.tally.commits
    const answered = (n: number) =>
      database.write((tx) => add(tx, `${n}`)).then(() => commitsAtAnswer.push(database.tally.commits - before))
    await Promise.all([1, 2, 3].map(answered))
    expect(commitsAtAnswer).toEqual([1, 1, 1])
  })

  test('a commit that fails fails everyone who shares it', async () => {
    const database = await smallDatabase()
    const breakCommit = database.write((tx) => tx.insert(trusting).values({ groupId: 'no such group' }))
    const outcomes = await Promise.allSettled([database.write((tx) => add(tx, 'Ada')), breakCommit])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await database.write((tx) => add(tx, 'Cy'))
    expect(await people(database.read)).toEqual(['Cy'])
  })

  test('a unit that waits for anything else is cut off at once', async () => {
    const database = await smallDatabase()
    const outcomes = await Promise.allSettled([
      database.write((tx) => add(tx, 'Ada')),
      database.write(async (tx) => {
        await add(tx, 'Bob')
        await sleep(30)
        await add(tx, 'Bob again')
      }),
      database.write(async (tx) => {
        await add(tx, 'Cy')
        await new Promise(() => {})
      }),
      database.write((tx) => add(tx, 'Di')),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
    expect(outcomes[1]).toMatchObject({ reason: { message: expect.stringContaining('something other than its tx') } })
    await sleep(60)
    expect(await people(database.read)).toEqual(['Ada', 'Di'])
  })

  test('what a unit began and did not wait for is not done in the next one', async () => {
    const database = await smallDatabase()
    const addMany = async (tx: Db, name: string, pause: () => Promise<void>) => {
      for (let nth = 0; nth < 20; nth++) {
        await pause()
        await add(tx, `${name} ${nth}`)
      }
    }
    const outcomes = await Promise.allSettled([
      database.write(async (tx) => {
        addMany(tx, 'Bob', async () => {}).catch(() => {})
        throw new Error('Bob left.')
      }),
      database.write((tx) => addMany(tx, 'Cy', () => new Promise((resolve) => nextTick(resolve)))),
      database.write((tx) => add(tx, 'Ada')),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
    expect(await people(database.read)).toEqual(['Ada'])
  })

  test('a burst of units does not hold up the event loop', async () => {
    const database = await smallDatabase()
    let ticks = 0
    const clock = setInterval(() => ticks++, 1)
    await Promise.all(Array.from({ length: 2000 }, (_, n) => database.write((tx) => add(tx, `${n}`))))
    clearInterval(clock)
    // Sixteen full batches at the least, and a turn for the timers before each.
    expect(ticks).toBeGreaterThan(10)
  })

  test('a file that another process has locked is waited for, with the event loop free', async () => {
    const file = await smallUrl()
    const database = await smallDatabase(10, file)
    const script = `const db = require('better-sqlite3')(${JSON.stringify(file)})
      db.exec('BEGIN IMMEDIATE'); console.log('locked'); setTimeout(() => { db.exec('COMMIT'); db.close() }, 400)`
    const other = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'], cwd: process.cwd() })
    await once(other.stdout, 'data')
    let ticks = 0
    const clock = setInterval(() => ticks++, 5)
    await Promise.all([database.write((tx) => add(tx, 'Ada')), database.write((tx) => add(tx, 'Bob'))])
    clearInterval(clock)
    expect(await people(database.read)).toEqual(['Ada', 'Bob'])
    expect(ticks).toBeGreaterThan(5)
  })
})
