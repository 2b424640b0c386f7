import { eq } from 'drizzle-orm'
import { beforeEach, expect, it } from 'vitest'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { auditRows, mailbox } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City, TestUser } from '../support/given.ts'
import { POST } from '../support/links.ts'
import { countRows } from '../support/no-trace.ts'
import { readable, visitor } from './visitor.ts'

const HUB = '/o/so-linked/settings/mail'
const SHED = '/o/community-roots/settings/mail'

let test: TestApp
let city: City

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city()
})

const as = (who: TestUser) => visitor(test.app, who)
const ticked = (html: string, name: string) =>
  new RegExp(`name="${name}"[^>]*value="(\\w+)"[^>]* checked`).exec(html)?.[1] ?? null

async function subjectsTo(address: string) {
  await deliverMessages(test.context, POST)
  const mails = await test.context.db.read.select().from(mailbox).where(eq(mailbox.to, address))
  return mails.sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ subject }) => subject)
}

const ADDRESS = 'team@community-roots.example'

it('is each e-mail as it happens, until somebody says otherwise', async () => {
  const worker = as(city.worker)
  expect(ticked((await worker.get(SHED)).html, 'shared')).toBe('events')
  await test.given.referral(city).sent()
  await test.given.referral(city).sent()
  expect(await subjectsTo(ADDRESS)).toHaveLength(2)
})

it('is once a day, together: at half past eight on the next working day, and kept', async () => {
  const worker = as(city.worker)
  const saved = await worker.send(SHED, { shared: 'digest' })
  expect([saved.status, saved.location]).toEqual([303, `${SHED}?done=saved`])
  const shown = await worker.get(`${SHED}?done=saved`)
  expect(readable(shown.html)).toContain('Saved. It holds from the next e-mail on.')
  expect(ticked(shown.html, 'shared')).toBe('digest')
  await test.given.referral(city).sent()
  await test.given.referral(city).sent()
  expect(await subjectsTo(ADDRESS)).toEqual([])
  test.clock.set('2026-11-24T08:29:00Z')
  expect(await subjectsTo(ADDRESS)).toEqual([])
  test.clock.set('2026-11-24T08:30:00Z')
  expect(await subjectsTo(ADDRESS)).toHaveLength(1)
})

it('is both: each as it happens, and the list of them in the morning', async () => {
  await as(city.worker).send(SHED, { shared: 'both' })
  await test.given.referral(city).sent()
  await test.given.referral(city).sent()
  expect(await subjectsTo(ADDRESS)).toHaveLength(2)
  test.clock.set('2026-11-24T08:30:00Z')
  expect(await subjectsTo(ADDRESS)).toHaveLength(3)
})

it('lets go at once of what waited, where each is wanted again', async () => {
  await as(city.worker).send(SHED, { shared: 'digest' })
  await test.given.referral(city).sent()
  expect(await subjectsTo(ADDRESS)).toEqual([])
  await as(city.worker).send(SHED, { shared: 'events' })
  expect(await subjectsTo(ADDRESS)).toHaveLength(1)
})

it('is a navigator’s own, a lead’s and the shared address’s, and each says which', async () => {
  const navigator = await as(city.navigator).get(HUB)
  expect([ticked(navigator.html, 'mine'), ticked(navigator.html, 'shared')]).toEqual(['events', null])
  const lead = as(city.lead)
  await lead.send(HUB, { mine: 'both', shared: 'digest' })
  const { html } = await lead.get(HUB)
  expect([ticked(html, 'mine'), ticked(html, 'shared')]).toEqual(['both', 'digest'])
  // Nobody else's changed with it.
  expect(ticked((await as(city.navigator).get(HUB)).html, 'mine')).toBe('events')
  expect(ticked((await as(city.worker).get(SHED)).html, 'shared')).toBe('events')
  const acts = (await test.context.db.read.select().from(auditRows)).filter(({ action }) =>
    action.endsWith('mail-chosen'),
  )
  expect(acts.map(({ actorId, detail }) => [actorId, detail])).toEqual([
    [city.lead.userId, { from: 'events', to: 'both' }],
    [city.lead.userId, { from: 'events', to: 'digest' }],
  ])
})

it('is not chosen for others, nor as something that is no choice, and then nothing is written', async () => {
  const before = await countRows(test.context.db)
  const navigator = as(city.navigator)
  expect((await navigator.send(HUB, { mine: 'digest', shared: 'digest' })).status).toBe(403)
  const wrong = await as(city.lead).send(HUB, { mine: 'weekly', shared: 'never' })
  expect([wrong.status, wrong.faults]).toEqual([
    400,
    ['Choose how e-mails should come', 'Choose how e-mails should come'],
  ])
  expect((await as(city.otherWorker).get(SHED)).status).toBe(404)
  expect((await as(city.otherWorker).post(SHED, { shared: 'digest' })).status).not.toBe(303)
  expect(ticked((await navigator.get(HUB)).html, 'mine')).toBe('events')
  // Refused access leaves its row in the audit trail, and nothing else.
  const { audit: _, ...rest } = before
  expect(await countRows(test.context.db)).toMatchObject(rest)
})

it('has nothing to choose for whoever gets no e-mail', async () => {
  const analyst = await test.given.user('analyst', await test.given.organisation('commissioner'))
  const page = await as(analyst).get(`/o/${analyst.organisation}/settings/mail`)
  expect(readable(page.html)).toContain('nothing to choose here')
})
