import { AsyncLocalStorage } from 'node:async_hooks'
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import type { Database, Db } from './db.ts'
import { DatabaseBusy, isContention, RetryWrite } from './failures.ts'
import { persist, singleFile, type Unit, Units } from './unit.ts'

const SESSION = "set time zone 'UTC'; set statement_timeout = '15s'; set idle_in_transaction_session_timeout = '15s'"

interface PgUnit extends Unit {
  client: pg.PoolClient
}

export async function openPostgres(url: string): Promise<Database> {
  const writers = openPool(url, SESSION)
  // The same refusal as SQLite's read-only handle; and readers never queue behind writers.
  const readers = openPool(url, `${SESSION}; set default_transaction_read_only = on`)
  const units = new Units(new AsyncLocalStorage<PgUnit>())
  const tally = { units: 0, commits: 0, retries: 0 }

  const read = speak((config, values) => {
    units.refuseInside('read')
    return readers.query(config, values)
  })
  // One tx for all units, which finds its unit's connection by asking who calls: it cannot outlive the unit, and
  // prepared queries need no new copy for each transaction.
  const tx = speak(async (config, values) => {
    const unit = units.current()
    try {
      return await unit.client.query(config, values)
    } catch (error) {
      unit.failure ??= error
      throw error
    }
  })

  async function once<T>(body: (tx: Db) => Promise<T>): Promise<T> {
    const client = await writers.connect()
    let broken: Error | undefined
    try {
      tally.units++
      await client.query('begin isolation level serializable')
      const answer = await units.run({ open: true, client }, () => body(tx))
      await client.query('commit')
      tally.commits++
      return answer
    } catch (error) {
      await client.query('rollback').catch((reason) => {
        broken = reason
      })
      throw error
    } finally {
      client.release(broken)
    }
  }

  // Losers of a race try again one at a time: against each other they would only lose again.
  const inTurn = singleFile()

  function isPassing(error: unknown): boolean {
    const passing = error instanceof RetryWrite || isContention(error)
    if (passing) tally.retries++
    return passing
  }

  async function untilAnswered<T>(body: (tx: Db) => Promise<T>): Promise<T> {
    const attempt = (nth: number) => (nth === 1 ? once(body) : inTurn(() => once(body)))
    try {
      return await persist(attempt, { isPassing, patienceMs: 10_000, longestPauseMs: 160 })
    } catch (error) {
      throw isContention(error) ? new DatabaseBusy('Other writers were always first.') : error
    }
  }

  // A pool that ends forgets whoever still waits for a connection.
  const unanswered = new Set<Promise<unknown>>()
  let isClosed = false

  await proveEncoding(readers)
  return {
    engine: 'postgres',
    read,
    tally,
    async write(body) {
      if (isClosed) throw new Error('The database is closed.')
      units.refuseInside('write')
      const answer = untilAnswered(body)
      unanswered.add(answer)
      return answer.finally(() => unanswered.delete(answer))
    },
    async close() {
      isClosed = true
      await Promise.allSettled(unanswered)
      await Promise.all([writers.end(), readers.end()])
    },
  }
}

type Query = (config: pg.QueryConfig, values: unknown[]) => Promise<unknown>

// Of the client that drizzle asks for, it uses only this.
const speak = (query: Query): Db => drizzle({ client: { query } as unknown as pg.Pool })

function openPool(connectionString: string, session: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: 8,
    connectionTimeoutMillis: 10_000,
    application_name: 'trellis',
    onConnect: async (client) => {
      // Without a listener, a server that hangs up on a connection in use would end the whole process.
      client.on('error', () => {})
      await client.query(session)
    },
  })
  // The pool has already dropped the connection, and the next query opens a new one.
  pool.on('error', () => {})
  return pool
}

async function proveEncoding(pool: pg.Pool): Promise<void> {
  try {
    const { rows } = await pool.query('show server_encoding')
    if (rows[0].server_encoding !== 'UTF8') throw new Error('The PostgreSQL database must be encoded in UTF8.')
  } catch (error) {
    await pool.end()
    throw error
  }
}
