import { expect, it } from 'vitest'
import { groups } from '../../src/store/schema.ts'
import { openApp } from '../support/app.ts'
import { countRows } from '../support/no-trace.ts'

const tally = (answers: { status: number; body: { code?: string } }[]) => {
  const counts: Record<string, number> = {}
  for (const { status, body } of answers) {
    const name = `${status} ${body.code ?? ''}`.trim()
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

it('gives the last place to one of twenty who accept at once', async () => {
  const { context, given, call } = await openApp()
  const city = await given.city({ places: 1 })
  const sent = []
  for (let n = 0; n < 20; n++) sent.push(await given.referral(city, { fullName: `Person Number${n}` }).sent())
  const before = await countRows(context.db)
  const all = await Promise.all(sent.map(({ id }) => call(city.worker, 'POST', `/placements/${id}/accept`)))
  expect(tally(all)).toEqual({ '200': 1, '409 group-full': 19 })
  expect((await call(city.worker, 'GET', `/groups/${city.group.id}`)).body).toMatchObject({ taken: 1, free: 0 })
  const after = await countRows(context.db)
  // One acceptance leaves one answer; nineteen refusals leave nothing.
  expect(after.answers).toBe((before.answers ?? 0) + 1)
}, 120_000)

it('lets one of several navigators have a referral', async () => {
  const { given, call } = await openApp()
  const city = await given.city()
  const { id } = await given.referral(city).submitted()
  const navigators = []
  for (let n = 0; n < 8; n++) navigators.push(await given.user('navigator', city.service))
  const all = await Promise.all(
    navigators.map((who) => call(who, 'POST', `/referrals/${id}/assign`, { body: { toMe: true } })),
  )
  expect(all.filter(({ status }) => status === 200)).toHaveLength(1)
  // A navigator may not take what a colleague has: which no they hear depends on who was first.
  for (const { status } of all) expect([200, 403, 409]).toContain(status)
}, 120_000)

it('changes a group once for one version', async () => {
  const { context, given, call } = await openApp()
  const { worker, group } = await given.city()
  const change = (places: number) =>
    call(worker, 'PATCH', `/groups/${group.id}`, { body: { places }, headers: { 'if-match': '"1"' } })
  const all = await Promise.all([20, 21, 22, 23, 24, 25].map(change))
  expect(all.filter(({ status }) => status === 200)).toHaveLength(1)
  for (const { status } of all) expect([200, 412, 409]).toContain(status)
  const [row] = await context.db.read.select().from(groups)
  expect(row?.version).toBe(2)
}, 120_000)
