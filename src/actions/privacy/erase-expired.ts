import type { Db } from '../../store/database.ts'
import { eraseAnswers, eraseDrafts, eraseLinkCodes, eraseSelfDrafts, eraseSessions } from '../../store/expiry.ts'
import type { Context } from '../context.ts'

/** Longer than any caller repeats a request. */
const ANSWERS_KEPT_DAYS = 7
/** Long enough to ask who was signed in when something went wrong. */
const SESSIONS_KEPT_DAYS = 30
const CODES_KEPT_DAYS = 30

const DAY_MS = 86_400_000

export interface Erased {
  drafts: number
  selfDrafts: number
  answers: number
  sessions: number
  codes: number
}

/** Erases what has served its time: drafts past their day, old answers, sessions and one-time codes that ended. */
export async function eraseExpired(context: Context, signal?: AbortSignal): Promise<Erased> {
  const now = context.now()
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS)

  async function all(erase: (tx: Db) => Promise<number>): Promise<number> {
    let erased = 0
    while (!signal?.aborted) {
      const some = await context.db.write(erase)
      if (some === 0) break
      erased += some
    }
    return erased
  }

  return {
    drafts: await all((tx) => eraseDrafts(tx, now)),
    selfDrafts: await all((tx) => eraseSelfDrafts(tx, now)),
    answers: await all((tx) => eraseAnswers(tx, daysAgo(ANSWERS_KEPT_DAYS))),
    sessions: await all((tx) => eraseSessions(tx, daysAgo(SESSIONS_KEPT_DAYS))),
    codes: await all((tx) => eraseLinkCodes(tx, daysAgo(CODES_KEPT_DAYS))),
  }
}
