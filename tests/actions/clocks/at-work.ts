import { asc, eq } from 'drizzle-orm'
import type { Context } from '../../../src/actions/context.ts'
import type { Limits } from '../../../src/domain/next-action.ts'
import { findPlacement } from '../../../src/store/placements.ts'
import { getReferralRow } from '../../../src/store/referrals.ts'
import { events, organisations, outbox } from '../../../src/store/schema.ts'
import { type SmallCity, smallCity } from '../../support/small-city.ts'
import { stages } from '../../support/stages.ts'

/** Somebody whom the software may write to. */
export const MAILED = {
  email: 'maria@person.example',
  safeContact: { voicemail: false, text: false, email: true, post: false },
}

type Run<T> = (context: Context, signal: AbortSignal) => Promise<T>

/** A small city in which the clock goes by hand: `await at('2026-11-26T09:00Z', chaseProviders)`. */
export async function clockCity(options?: Parameters<typeof smallCity>[0]) {
  const city = await smallCity(options)
  const { db, context, clock } = city
  const { signal } = new AbortController()
  return {
    ...city,
    stage: stages(city),
    /** Runs it at this moment; twice at once, as two processes would, where it has to count once. */
    at: async <T>(moment: string, run: Run<T>): Promise<T> => {
      clock.set(moment)
      return run(context, signal)
    },
    twiceAt: async (moment: string, run: Run<number>): Promise<number> => {
      clock.set(moment)
      const counts = await Promise.all([run(context, signal), run(context, signal)])
      return counts.reduce((sum, count) => sum + count, 0)
    },
    placement: async (id: string) => {
      const row = await findPlacement(db.read, id)
      if (!row) throw new Error('There is no such placement.')
      return row
    },
    referral: (id: string) => getReferralRow(db.read, id),
    /** What happened to one record, oldest first. */
    told: async (id: string) => {
      const rows = await db.read
        .select({ type: events.type })
        .from(events)
        .where(eq(events.subjectId, id))
        .orderBy(asc(events.subjectVersion))
      return rows.map(({ type }) => type.replace(/^\w+\./, ''))
    },
    /** Messages owed since the last time this was asked, with their recipients. */
    mail: mailOf(city),
    limits: (limits: Partial<Limits>) => set(city, { limits }),
    settings: (settings: typeof organisations.$inferInsert.settings) => set(city, settings),
  }
}
export type ClockCity = Awaited<ReturnType<typeof clockCity>>

async function set({ db }: SmallCity, settings: typeof organisations.$inferInsert.settings) {
  await db.write((tx) => tx.update(organisations).set({ settings }).where(eq(organisations.id, 'so-linked')))
}

function mailOf({ db }: SmallCity) {
  let seen = 0
  return async () => {
    const rows = await db.read.select().from(outbox).orderBy(asc(outbox.id))
    const fresh = rows.slice(seen)
    seen = rows.length
    return fresh.map(({ notice, toId, toKind }) => `${notice} → ${toKind === 'person' ? 'person' : toId}`).sort()
  }
}

/** Another process dies after it has looked, before it writes. */
export function dying(context: Context): Context {
  return { ...context, db: { ...context.db, write: () => Promise.reject(new Error('The process was killed.')) } }
}

/** Somebody does something else between the look and the write. */
export function overtaken(context: Context, act: () => Promise<unknown>): Context {
  let isDone = false
  const write: Context['db']['write'] = async (body) => {
    if (!isDone) {
      isDone = true
      await act()
    }
    return context.db.write(body)
  }
  return { ...context, db: { ...context.db, write } }
}
