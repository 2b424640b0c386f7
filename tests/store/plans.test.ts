import Sqlite from 'better-sqlite3'
import { sql } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { listMessages } from '../../src/actions/outbox/list-messages.ts'
import { listFailedMessages } from '../../src/actions/outbox/referral-messages.ts'
import { cursorOf } from '../../src/actions/page.ts'
import { countWeeks, listWeek } from '../../src/actions/placements/list-week.ts'
import { countReferralFits } from '../../src/actions/referrals/count-fits.ts'
import { listReferrals } from '../../src/actions/referrals/list-referrals.ts'
import { listStuck, openBoard } from '../../src/actions/referrals/open-board.ts'
import { openReferral } from '../../src/actions/referrals/open-referral.ts'
import { submitForReceipt } from '../../src/actions/referrals/submit-referral.ts'
import { MESSAGE_LISTS } from '../../src/domain/messages.ts'
import { hasUnsealed, listUnsealed } from '../../src/store/audit-trail.ts'
import { listDuePlacements, listDueReferrals, listUnassigned } from '../../src/store/clocks.ts'
import { engine } from '../../src/store/columns.ts'
import { listLookalikes } from '../../src/store/duplicates.ts'
import { listGlassBroken } from '../../src/store/events.ts'
import { listDueMessages } from '../../src/store/outbox.ts'
import { fileOf, openSqlite } from '../../src/store/sqlite.ts'
import { freshUrl } from '../support/database.ts'
import { aRequest, smallCity } from '../support/small-city.ts'

// What grows with every referral. The directory, users and organisations stay small.
const LARGE = 'people referrals grants events audit_rows outbox answers placements contacts attendances risks goals'
const SCANS = new RegExp(`^SCAN (${LARGE.replace(/ /g, '|')})$`)

// What is worst is known only when all that is stuck was looked at; a project's own people are no more than its places.
const PUT_IN_ORDER = [/order by "rank" asc/, /from "placements" where .*"provider_organisation_id" = \? .*order by/]

/** Every statement that SQLite is asked for while the hot queries run, and the file they were asked of. */
async function hotStatements() {
  // Only listens: nothing is changed on its way.
  const spy = vi.spyOn(Sqlite.prototype, 'prepare')
  const file = fileOf(await freshUrl())
  const db = openSqlite(file)
  const city = await smallCity({ db })
  const { context, practice, navigator, lead, worker } = city
  for (let nth = 0; nth < 3; nth++) await submitForReceipt(context, practice, aRequest())
  const { id } = await submitForReceipt(context, practice, aRequest())
  for (const actor of [practice, navigator, lead]) {
    for (const order of ['newest', 'news', 'due'] as const) {
      // By last change only who refers reads; what is due only who received it.
      if (order === 'news' && actor !== practice) continue
      const as = order === 'due' ? ('receiving' as const) : order === 'news' ? ('referring' as const) : undefined
      const first = await listReferrals(context, actor, { order, limit: 1, as })
      await listReferrals(context, actor, { order, limit: 1, as, after: first.next ?? undefined })
    }
    await listReferrals(context, actor, { status: 'submitted' })
    await openReferral(context, actor, id)
  }
  const page = { after: undefined, limit: 50 }
  const due = { until: '2026-12-01', notReminded: true }
  await listReferrals(context, navigator, { assignee: 'me', as: 'receiving' })
  for (const actor of [navigator, lead])
    for (const shows of [[], ['question' as const]]) {
      await openBoard(context, actor, { shows, ward: shows.length > 0 ? 'E05015490' : undefined })
      await listStuck(context, actor, { shows, limit: 10 })
    }
  await listWeek(context, worker)
  await countWeeks(context, worker)
  await listDueReferrals(db.read, 'assigned', due, page)
  await listDuePlacements(db.read, 'sent', due, page)
  await listUnassigned(db.read, 'so-linked', page)
  for (const state of MESSAGE_LISTS)
    for (const actor of [navigator, worker]) {
      await listMessages(context, actor, { state, limit: 1 })
      const after = cursorOf({ value: context.now().toISOString(), id })
      await listMessages(context, actor, { state, limit: 1, after })
    }
  const after = cursorOf({ value: context.now().toISOString(), id })
  for (const actor of [navigator, lead]) {
    await listFailedMessages(context, actor, { limit: 1 })
    await listFailedMessages(context, actor, { limit: 1, after })
  }
  await countReferralFits(context, practice)
  await countReferralFits(context, navigator)
  await listDueMessages(db.read, context.now(), 50)
  await listUnsealed(db.read, '', 50)
  await hasUnsealed(db.read)
  await listGlassBroken(db.read, sql`1 = 1`, { limit: 50 })
  const alike = { fullName: 'A B', givenName: null, familyName: null, dateOfBirth: '1950-01-01' }
  await listLookalikes(db.read, { ...alike, nhsNumber: '9990000018', postcode: 'SO14 0YN' }, ['x'])
  await db.close()
  const asked = new Set(spy.mock.calls.map(([text]) => text))
  spy.mockRestore()
  return { asked, file }
}

test.skipIf(engine !== 'sqlite')('no hot query reads a large table whole, or sorts what an index holds', async () => {
  const { asked, file } = await hotStatements()
  const db = new Sqlite(file, { readonly: true })
  const faults: string[] = []
  let read = 0
  for (const text of asked) {
    if (!/^(select|update|delete)/i.test(text)) continue
    read++
    const places = text.split('?').length - 1
    const plan = db.prepare(`explain query plan ${text}`).all(...Array<null>(places).fill(null)) as { detail: string }[]
    const details = plan.map(({ detail }) => detail)
    const isPage = / limit (\?|\d+)/i.test(text) && !PUT_IN_ORDER.some((known) => known.test(text))
    const isSorted = isPage && details.includes('USE TEMP B-TREE FOR ORDER BY')
    if (isSorted || details.some((detail) => SCANS.test(detail))) faults.push(`${text}\n  ${details.join('\n  ')}`)
  }
  // That the look itself sees: nobody is found by the name as it was typed.
  const [whole] = db.prepare('explain query plan select id from people where full_name = ?').all('x') as {
    detail: string
  }[]
  expect(whole?.detail).toMatch(SCANS)
  db.close()
  expect(read).toBeGreaterThan(30)
  expect(faults).toEqual([])
})
