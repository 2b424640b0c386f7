import { setTimeout as sleep } from 'node:timers/promises'
import { and, asc, count, eq, gt, lt, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { engine, jsonArrayContains } from '../../src/store/columns.ts'
import { type Database, type Db, openDatabase, prepared } from '../../src/store/database.ts'
import { RetryWrite } from '../../src/store/failures.ts'
import { acceptances, groups, smallDatabase, smallUrl } from './small-schema.ts'

const join = (tx: Db, person: string, groupId = 'choir') => tx.insert(acceptances).values({ groupId, person })

const people = async (db: Db) =>
  (await db.select({ person: acceptances.person }).from(acceptances).orderBy(asc(acceptances.person))).map(
    ({ person }) => person,
  )

/** Counts first, then writes: right only when nothing can come between. */
async function acceptNaively(database: Database, person: string): Promise<boolean> {
  return database.write(async (tx) => {
    const [group] = await tx.select().from(groups).where(eq(groups.id, 'choir'))
    const taken = await tx.$count(acceptances)
    if (!group || taken >= group.places) return false
    await join(tx, person)
    return true
  })
}

const settle = (work: Promise<unknown>[]) => Promise.allSettled(work)

/** What went wrong at the bottom; drizzle wraps it on PostgreSQL only. */
const reasonOf = (outcome: PromiseSettledResult<unknown> | undefined) =>
  outcome?.status === 'rejected' ? String(outcome.reason.cause ?? outcome.reason) : 'nothing'

describe('values', () => {
  test('come back as they went in', async () => {
    const database = await smallDatabase()
    const walk = {
      id: 'walk',
      name: 'Áine’s walk',
      places: 3,
      isOpen: false,
      startsOn: '2026-03-29',
      createdAt: new Date('2026-03-29T00:59:59.123Z'),
      tags: ['outdoors', 'step "free"'],
    }
    await database.write((tx) => tx.insert(groups).values(walk))
    expect(await database.read.select().from(groups).where(eq(groups.isOpen, false))).toEqual([walk])
    expect(await database.read.select().from(groups).where(eq(groups.id, 'choir'))).toEqual([
      { id: 'choir', name: 'Choir', places: 10, isOpen: true, startsOn: null, createdAt: null, tags: [] },
    ])
  })

  test('compare and sort as moments, days and members do', async () => {
    const { read, write } = await smallDatabase()
    const at = (iso: string) => new Date(iso)
    await write((tx) =>
      tx.insert(groups).values([
        {
          id: 'a',
          name: 'A',
          places: 1,
          createdAt: at('2026-01-01T10:00:00Z'),
          startsOn: '2026-02-01',
          tags: ['x', 'y'],
        },
        {
          id: 'b',
          name: 'B',
          places: 1,
          createdAt: at('2026-01-01T10:00:00.001Z'),
          startsOn: '2026-01-31',
          tags: ['y'],
        },
      ]),
    )
    const named = async (where: ReturnType<typeof gt>) =>
      (await read.select({ id: groups.id }).from(groups).where(where).orderBy(asc(groups.id))).map(({ id }) => id)
    expect(await named(gt(groups.createdAt, at('2026-01-01T10:00:00Z')))).toEqual(['b'])
    expect(await named(lt(groups.startsOn, '2026-02-01'))).toEqual(['b'])
    expect(await named(jsonArrayContains(groups.tags, 'y'))).toEqual(['a', 'b'])
    expect(await named(jsonArrayContains(groups.tags, 'x'))).toEqual(['a'])
    const after = sql`(${groups.createdAt}, ${groups.id}) > (${sql.param(at('2026-01-01T10:00:00Z'), groups.createdAt)}, ${'a'})`
    expect(await named(after)).toEqual(['b'])
  })

  test('a prepared query serves both handles, in and out of a unit', async () => {
    const { read, write } = await smallDatabase()
    const opened = sql.param(sql.placeholder('at'), groups.createdAt)
    const youngerThan = prepared('groups.youngerThan', (db) =>
      db.select({ id: groups.id }).from(groups).where(gt(groups.createdAt, opened)),
    )
    const add = prepared('groups.add', (db) =>
      db.insert(groups).values({
        id: sql.placeholder('id'),
        name: sql.placeholder('id'),
        places: sql.placeholder('places'),
        createdAt: sql.placeholder('at'),
      }),
    )
    for (const id of ['art', 'bowls'])
      await write((tx) => add(tx, { id, places: 1, at: new Date('2026-05-05T00:00:00Z') }))
    const at = new Date('2026-05-04T00:00:00Z')
    expect(await youngerThan(read, { at })).toHaveLength(2)
    expect(await write((tx) => youngerThan(tx, { at }))).toEqual([{ id: 'art' }, { id: 'bowls' }])
    expect(await youngerThan(read, { at: new Date('2026-05-05T00:00:00Z') })).toEqual([])
    await expect(add(read, { id: 'chess', places: 1, at })).rejects.toThrow()
  })
})

describe('a unit', () => {
  test('is seen by others once it is committed, and not before', async () => {
    const url = await smallUrl()
    const database = await smallDatabase(10, url)
    const onlooker = await openDatabase(url)
    await database.write(async (tx) => {
      await join(tx, 'Ada')
      expect(await people(tx)).toEqual(['Ada'])
      expect(await people(onlooker.read)).toEqual([])
    })
    expect(await people(onlooker.read)).toEqual(['Ada'])
    expect(await people(database.read)).toEqual(['Ada'])
    await onlooker.close()
  })

  test('that throws leaves no trace, while its neighbours commit', async () => {
    const database = await smallDatabase()
    const outcomes = await settle([
      database.write((tx) => join(tx, 'Ada')),
      database.write(async (tx) => {
        await join(tx, 'Bob')
        throw new Error('changed my mind')
      }),
      database.write((tx) => join(tx, 'Cy')),
      database.write((tx) => join(tx, 'Di', 'no such group')),
      database.write((tx) => join(tx, 'Ed')),
    ])
    expect(outcomes.map(({ status }) => status).join(' ')).toBe('fulfilled rejected fulfilled rejected fulfilled')
    expect(await people(database.read)).toEqual(['Ada', 'Cy', 'Ed'])
  })

  test('is lost when a statement failed, even if the body caught it', async () => {
    const database = await smallDatabase()
    const unit = database.write(async (tx) => {
      await join(tx, 'Ada')
      await join(tx, 'Bob', 'no such group').catch(() => {})
      return 'all is well'
    })
    await expect(unit).rejects.toThrow()
    expect(await people(database.read)).toEqual([])
  })

  test('may not hold another', async () => {
    const database = await smallDatabase()
    const outer = database.write(async (tx) => {
      await join(tx, 'Ada')
      await database.write((inner) => join(inner, 'Bob'))
    })
    await expect(outer).rejects.toThrow('write inside write()')
    expect(await people(database.read)).toEqual([])
  })

  test('may not look past its own tx', async () => {
    const database = await smallDatabase()
    const [look] = await settle([database.write(() => people(database.read))])
    expect(reasonOf(look)).toContain('read inside write()')
  })

  test('is run again when it asks for that', async () => {
    const database = await smallDatabase()
    let runs = 0
    await database.write(async (tx) => {
      await join(tx, `run ${++runs}`)
      if (runs < 3) throw new RetryWrite('somebody else was first')
    })
    expect(await people(database.read)).toEqual(['run 3'])
  })

  test('that leaves its tx behind leaves it useless', async () => {
    const database = await smallDatabase()
    let kept: Db | undefined
    await database.write(async (tx) => {
      kept = tx
      await join(tx, 'Ada')
    })
    const [look, change] = await settle([
      Promise.resolve(kept?.select().from(groups)),
      Promise.resolve(kept?.delete(acceptances)),
    ])
    for (const late of [look, change]) expect(reasonOf(late)).toContain('outside its write()')
    expect(await people(database.read)).toEqual(['Ada'])
  })

  test('runs in the context of its caller', async () => {
    const { AsyncLocalStorage } = await import('node:async_hooks')
    const database = await smallDatabase()
    const request = new AsyncLocalStorage<number>()
    const ask = (n: number) => request.run(n, () => database.write(async () => request.getStore()))
    expect(await Promise.all([ask(1), ask(2), ask(3)])).toEqual([1, 2, 3])
  })
})

describe('many units at once', () => {
  test('twenty naive acceptors of the last place: one gets it', async () => {
    const database = await smallDatabase(1)
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => acceptNaively(database, `person ${n}`)))
    expect(answers.filter(Boolean)).toHaveLength(1)
    expect(await people(database.read)).toHaveLength(1)
  })

  test('two hundred naive acceptors of ten places: ten get one, and all are answered', async () => {
    const database = await smallDatabase(10)
    const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => acceptNaively(database, `person ${n}`)))
    expect(answers).toHaveLength(200)
    expect(answers.filter(Boolean)).toHaveLength(10)
    expect(await people(database.read)).toHaveLength(10)
  })

  test('a counter is never lost', async () => {
    const database = await smallDatabase(0)
    const add = async (tx: Db) => {
      const [group] = await tx.select({ places: groups.places }).from(groups)
      await tx.update(groups).set({ places: (group?.places ?? 0) + 1 })
    }
    await Promise.all(Array.from({ length: 50 }, () => database.write(add)))
    expect(await database.read.select({ places: groups.places }).from(groups)).toEqual([{ places: 50 }])
  })
})

describe('the doors', () => {
  test('read refuses to write', async () => {
    const { read } = await smallDatabase()
    await expect(Promise.resolve(read.delete(groups))).rejects.toMatchObject({
      ...(engine === 'sqlite' ? { code: 'SQLITE_READONLY' } : { cause: { code: '25006' } }),
    })
    expect(await read.select({ n: count() }).from(groups)).toEqual([{ n: 1 }])
  })

  test('an update says how many rows it met', async () => {
    const { write } = await smallDatabase()
    const rename = (to: string, from: string) =>
      write(async (tx) => (await tx.update(groups).set({ name: to }).where(eq(groups.name, from))).rowCount)
    expect([await rename('Singers', 'Choir'), await rename('Choir', 'Choir')]).toEqual([1, 0])
  })

  test('closing answers what is queued, then refuses', async () => {
    const database = await openDatabase(await smallUrl())
    const queued = database.write(async () => 'done')
    await database.close()
    expect(await queued).toBe('done')
    await expect(database.write(async () => 'late')).rejects.toThrow()
  })

  test('a database of the other engine is refused', async () => {
    await expect(openDatabase(engine === 'sqlite' ? 'postgres://127.0.0.1/x' : './x.db')).rejects.toThrow(/made for/)
  })
})

test.runIf(engine === 'postgres')('a connection cut in use fails its unit and nothing more', async () => {
  const database = await smallDatabase()
  const unit = database.write(async (tx) => {
    await join(tx, 'Ada')
    await tx.select({ gone: sql`pg_terminate_backend(pg_backend_pid())` }).from(groups)
  })
  await expect(unit).rejects.toThrow()
  await sleep(20)
  await database.write((tx) => join(tx, 'Bob'))
  expect(await people(database.read)).toEqual(['Bob'])
  expect(
    await database.read
      .select()
      .from(groups)
      .where(and(eq(groups.id, 'choir'), eq(groups.places, 10))),
  ).toHaveLength(1)
})
