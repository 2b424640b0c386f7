import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { groups, projects } from '../../src/store/schema.ts'
import { openApp } from '../support/app.ts'
import { countRows } from '../support/no-trace.ts'

const NO_GROUP = 'There is no such group.'
const CHANGE = { body: { places: 3 }, headers: { 'if-match': '"1"' } }

it('a group of a project that is not listed is there for its provider, and for nobody else', async () => {
  const { call, context, given } = await openApp()
  const city = await given.city()
  const hidden = await given.project(city.provider, { name: 'Secret plans', isListed: false })
  const group = await given.group(hidden, { name: 'Secret group' })
  const path = `/groups/${group.id}`
  const admin = await given.user('system_admin', await given.organisation('operator'))
  for (const who of [city.navigator, city.referrer, city.otherWorker, city.otherNavigator, admin]) {
    const before = await countRows(context.db)
    const answers = [
      await call(who, 'GET', path),
      await call(who, 'PATCH', path, CHANGE),
      await call(who, 'POST', `${path}/confirm-capacity`),
      await call(who, 'POST', `${path}/cancel`, { body: { reason: 'I do not like it' } }),
    ]
    for (const { status, body } of answers) expect([who.role, status, body.detail]).toEqual([who.role, 404, NO_GROUP])
    // Each try that was refused leaves its one line in the audit trail.
    expect(await countRows(context.db)).toEqual({ ...before, audit: (before.audit ?? 0) + answers.length })
  }
  expect(await call(city.worker, 'GET', path)).toMatchObject({ status: 200, body: { name: 'Secret group' } })
  expect(await call(city.worker, 'PATCH', path, CHANGE)).toMatchObject({ status: 200, body: { places: 3 } })
  // Nor does a cancelled one say that it ever was.
  await context.db.write((tx) => tx.update(groups).set({ cancelledAt: context.now() }).where(eq(groups.id, group.id)))
  expect((await call(city.navigator, 'GET', path)).body.detail).toBe(NO_GROUP)
  expect((await call(city.worker, 'GET', path)).body.detail).toMatch(/^This group was cancelled/)
})

it('whoever has somebody there can still read it when its project leaves the directory, and change nothing', async () => {
  const { call, context, given } = await openApp()
  const city = await given.city()
  await given.referral(city).sent()
  await context.db.write((tx) => tx.update(projects).set({ isListed: false }))
  const path = `/groups/${city.group.id}`
  for (const who of [city.navigator, city.lead, city.referrer, city.worker])
    expect([who.role, (await call(who, 'GET', path)).status]).toEqual([who.role, 200])
  for (const who of [city.otherNavigator, city.otherReferrer, city.otherWorker])
    expect([who.role, (await call(who, 'GET', path)).status]).toEqual([who.role, 404])
  expect((await call(city.navigator, 'PATCH', path, CHANGE)).status).toBe(403)
  expect((await call(city.otherNavigator, 'PATCH', path, CHANGE)).status).toBe(404)
})
