import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { verifyAudit } from '../../src/actions/audit/verify-audit.ts'
import { engine } from '../../src/store/columns.ts'
import type { Db } from '../../src/store/database.ts'
import { findPlacement } from '../../src/store/placements.ts'
import { findBrokenPromises } from '../../src/store/promises.ts'
import { findReferral } from '../../src/store/referrals.ts'
import { freshFolder } from '../support/database.ts'
import { rounds, tell } from '../support/faults.ts'
import { twoDoors } from '../support/faults-city.ts'
import { findBrokenHistories } from '../support/faults-histories.ts'

const ROUNDS = 500
/** About as long as one of them takes, or the quickest would always win. */
const SPREAD_MS = { sqlite: 12, postgres: 60 }

/** Looks again and again while others write: a mixed state must not be there even for a moment. */
function watch(db: Db) {
  const seen: string[] = []
  let looks = 0
  let isOver = false
  const watching = (async () => {
    for (; !isOver; looks++) {
      seen.push(...(await findBrokenPromises(db)))
      await sleep(10)
    }
  })()
  const end = async () => {
    isOver = true
    await watching
    return { seen, looks }
  }
  // Also where the test fails: it must not look at a database that is closed.
  onTestFinished(async () => void (await end()))
  return end
}

it('leaves no mixed state when one accepts, one withdraws and two edit at once', async () => {
  const { first, second, watcher, city, context } = await twoDoors({ places: 1 })
  const { worker, navigator, group } = city
  const endWatch = watch(watcher.read)
  const outcomes: Record<string, number> = {}

  for (let round = 0; round < rounds(ROUNDS); round++) {
    const { id } = await first.given.referral(city, { fullName: `Person Number${round}` }).sent()
    const referralId = (await findPlacement(watcher.read, id))?.referralId ?? ''
    const before = await first.call(worker, 'GET', `/groups/${group.id}`)
    // Whoever speaks first would always win: each comes after a moment of its own, through a door of its own.
    const soon = async () => {
      await sleep(randomInt(SPREAD_MS[engine]))
      return randomInt(2) === 0 ? first : second
    }
    const replies = await Promise.all([
      soon().then(({ call }) => call(worker, 'POST', `/placements/${id}/accept`)),
      soon().then(({ call }) =>
        call(navigator, 'POST', `/referrals/${referralId}/withdraw`, { body: { reason: 'changed_mind' } }),
      ),
      // No place left: right only while nobody has been accepted, or nobody is any more.
      soon().then(({ call }) =>
        call(worker, 'PATCH', `/groups/${group.id}`, {
          body: { places: 0 },
          headers: { 'if-match': String(before.headers.etag) },
        }),
      ),
      soon().then(({ call }) =>
        call(navigator, 'POST', `/referrals/${referralId}/contacts`, {
          body: { outcome: 'no_answer', channel: 'phone' },
        }),
      ),
    ])
    const words = replies.map(({ status, body }) => (status === 200 ? 'done' : (body.code ?? `${status}`)))
    const outcome = ['accept', 'withdraw', 'places', 'contact'].map((who, n) => `${who} ${words[n]}`).join(', ')
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1

    const [placement, referral] = [await findPlacement(watcher.read, id), await findReferral(watcher.read, referralId)]
    expect([words[1], referral?.status, placement?.status]).toEqual(['done', 'withdrawn', 'withdrawn'])
    const after = await second.call(worker, 'GET', `/groups/${group.id}`)
    expect(after.body).toMatchObject({ taken: 0, places: words[2] === 'done' ? 0 : 1 })
    if (words[2] === 'done') {
      const headers = { 'if-match': String(after.headers.etag) }
      expect((await first.call(worker, 'PATCH', `/groups/${group.id}`, { body: { places: 1 }, headers })).status).toBe(
        200,
      )
    }
  }

  const { seen, looks } = await endWatch()
  expect(seen).toEqual([])
  expect(await findBrokenHistories(watcher.read)).toEqual([])
  const { ok, faults } = await verifyAudit({ ...context, db: watcher }, join(freshFolder(), 'head.json'))
  expect([ok, faults]).toEqual([true, []])
  tell(`accept, withdraw and edit on ${engine}`, { rounds: rounds(ROUNDS), looks, outcomes })
  // A race that always ends in one way tries nothing.
  for (const end of [/accept done/, /accept (wrong-status|group-full)/, /places done/, /places below-taken/])
    expect(Object.keys(outcomes).filter((outcome) => end.test(outcome))).not.toEqual([])
})
