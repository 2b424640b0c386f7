import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { askPlaces } from '../../src/actions/clocks/ask-places.ts'
import { askRegisters } from '../../src/actions/clocks/ask-registers.ts'
import { chaseEntries } from '../../src/actions/directory/chase-entries.ts'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { listFailedMessages } from '../../src/actions/outbox/referral-messages.ts'
import { resendMessage } from '../../src/actions/outbox/resend-message.ts'
import { changeColleague } from '../../src/actions/service/change-colleague.ts'
import { chooseMail } from '../../src/actions/service/mail-choice.ts'
import { changeOrganisationEmail } from '../../src/actions/service/organisation-mail.ts'
import { mailbox, organisations, placements } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City, TestUser } from '../support/given.ts'
import { addressesInMail, codeSent, linkOf, messageOf, POST, wholeDatabase } from '../support/links.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

const NEVER = new AbortController().signal
const NEW = 'hello@new-shed.example'

let test: TestApp
let city: City
let admin: TestUser
let somebody: Visitor

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city({ places: 8 })
  admin = await test.given.user('organisation_admin', city.provider)
  somebody = visitor(test.app)
})

/** As their administrator writes it down, a minute later. */
async function move(email = NEW) {
  const [row] = await test.context.db.read.select().from(organisations).where(eq(organisations.id, city.provider.id))
  test.clock.set(new Date(test.context.now().getTime() + 60_000))
  await changeOrganisationEmail(test.context, admin, row?.email ?? null, { email })
}

const statusOf = async (id: string) =>
  (await test.context.db.read.select().from(placements).where(eq(placements.id, id)))[0]?.status

async function sent() {
  const { id } = await test.given.referral(city).sent()
  await deliverMessages(test.context, POST)
  return { id, link: await linkOf(test.context, 'placement-to-decide', { placementId: id }) }
}

/** Neither shows nor does anything, and leaves no trace. */
async function expectNothing(link: string, acts: Record<string, string>[]) {
  const before = await wholeDatabase(test.context)
  const shown = await somebody.get(link)
  expect(shown.status).toBe(410)
  expect(readable(shown.html)).toContain('This link went to an address that is not in use any more')
  expect(shown.html).toContain('href="/o/community-roots')
  for (const fields of acts) {
    const acted = await somebody.post(link, fields)
    expect([fields.do, acted.status]).toEqual([fields.do, 410])
    expect(readable(acted.html)).toContain('Nothing was changed')
  }
  expect(await wholeDatabase(test.context)).toEqual(before)
  return shown
}

describe('a project with another address', () => {
  it('is not decided for from the old one, which says how to go on', async () => {
    const { id, link } = await sent()
    await move()
    const { html } = await expectNothing(link, [
      { do: 'accept' },
      { do: 'decline', reason: 'no_capacity' },
      { do: 'ask', question: 'Who?' },
      { do: 'anything' },
    ])
    expect(readable(html)).toContain('sent again')
    expect(html).toContain(`href="/o/community-roots/placements/${id}"`)
    expect(html).toContain('mailto:team@so-linked.example')
    expect(html).not.toMatch(/Lives in|Yes, accept|new-shed/)
    expect(await statusOf(id)).toBe('sent')
  })

  it('gets a mail that is sent again at the new one, and decides by it', async () => {
    const { id, link } = await sent()
    await move()
    await resendMessage(test.context, city.navigator, (await messageOf(test.context, 'placement-to-decide')).id)
    await deliverMessages(test.context, POST)
    const mails = await test.context.db.read.select().from(mailbox).where(eq(mailbox.to, NEW))
    const again = await linkOf(test.context, 'placement-to-decide', { placementId: id })
    expect(mails[0]?.text).toContain(again)
    expect((await somebody.get(link)).status).toBe(410)
    expect((await somebody.post(again, { do: 'accept' })).status).toBe(303)
  })

  it('has a link of its own for a mail that was tried at the old address and reached the new', async () => {
    const { id } = await test.given.referral(city).sent()
    const old = await linkOf(test.context, 'placement-to-decide')
    await move()
    await deliverMessages(test.context, POST)
    expect((await somebody.post(old, { do: 'accept' })).status).toBe(410)
    expect((await somebody.post(await linkOf(test.context, 'placement-to-decide'), { do: 'accept' })).status).toBe(303)
    expect(await statusOf(id)).toBe('accepted')
  })

  it('shows nobody by a code that went to the old one', async () => {
    const { link } = await sent()
    await somebody.post(link, { do: 'accept' })
    await somebody.post(link, { do: 'code' })
    const code = await codeSent(test.context)
    await move()
    const { html } = await expectNothing(link, [{ do: 'know', code }, { do: 'code' }, { do: 'undo' }])
    expect(html).not.toMatch(/Maria|Okafor/)
  })

  it('takes no register and confirms no places from the old one', async () => {
    await test.given.referral(city, { fullName: 'Somebody There' }).started()
    test.clock.set('2026-12-10T09:00:00Z')
    await askRegisters(test.context, NEVER)
    await askPlaces(test.context, NEVER)
    await deliverMessages(test.context, POST)
    const [register, places] = [
      await linkOf(test.context, 'register-to-take'),
      await linkOf(test.context, 'places-to-confirm'),
    ]
    await somebody.post(register, { do: 'code' })
    const code = await codeSent(test.context)
    await move()
    await expectNothing(register, [{ do: 'open', code }, { do: 'code' }, { do: 'save' }])
    await expectNothing(places, [{ do: 'confirm' }, { do: 'change', places: '3', version: '1' }])
  })

  it('spells its address as it likes', async () => {
    const { link } = await sent()
    await move('Team@Community-Roots.example')
    expect((await somebody.get(link)).status).toBe(200)
  })
})

describe('a project whose mail goes to a colleague', () => {
  it('is not decided for once they left, and is again when they are back', async () => {
    await move(city.worker.email)
    const { link } = await sent()
    expect((await somebody.get(link)).status).toBe(200)
    await changeColleague(test.context, admin, city.worker.userId, { suspended: true })
    await expectNothing(link, [{ do: 'accept' }])
    await changeColleague(test.context, admin, city.worker.userId, { suspended: false })
    expect((await somebody.post(link, { do: 'accept' })).status).toBe(303)
  })

  it('gets no mail there once they left: it has failed, and is sent again to another address', async () => {
    await move(city.worker.email)
    const page = await visitor(test.app, admin).get(`/o/community-roots/colleagues/${city.worker.userId}/remove`)
    expect(readable(page.html)).toContain('Give another shared address first')
    await changeColleague(test.context, admin, city.worker.userId, { suspended: true })
    await test.given.referral(city).sent()
    await deliverMessages(test.context, POST)
    const failed = await messageOf(test.context, 'placement-to-decide')
    expect(failed).toMatchObject({ sentAt: null, failedAt: expect.any(Date) })
    expect(failed.outcome).toContain('the address is of a colleague who has left')
    await expect(resendMessage(test.context, city.navigator, failed.id)).rejects.toThrow('a colleague who has left')
    await move()
    await resendMessage(test.context, city.navigator, failed.id)
    await deliverMessages(test.context, POST)
    const mails = await test.context.db.read.select().from(mailbox).where(eq(mailbox.to, NEW))
    expect(mails).toHaveLength(1)
  })

  it('gets no digest there either: what it would have told has failed, each of it', async () => {
    await move(city.worker.email)
    await chooseMail(test.context, city.worker, { shared: 'digest' })
    await test.given.referral(city).sent()
    await test.given.referral(city, { fullName: 'Somebody Else' }).sent()
    await deliverMessages(test.context, POST)
    await changeColleague(test.context, admin, city.worker.userId, { suspended: true })
    test.clock.set('2026-11-24T08:30:00Z')
    await deliverMessages(test.context, POST)
    expect(await test.context.db.read.$count(mailbox, eq(mailbox.to, city.worker.email))).toBe(0)
    const { items } = await listFailedMessages(test.context, city.navigator)
    expect(items.map(({ notice, why }) => [notice, why])).toEqual(
      Array(2).fill(['placement-to-decide', 'the address is of a colleague who has left']),
    )
  })
})

it('confirms no entry of the directory from the old address', async () => {
  await chaseEntries(test.context, NEVER)
  await deliverMessages(test.context, POST)
  const asked = (await addressesInMail(test.context)).filter((path) => path.startsWith('/l/'))
  const shown = await Promise.all(asked.map((link) => somebody.get(link)))
  const link =
    asked[shown.findIndex(({ html }) => html.includes('community-roots') || html.includes('Community Roots'))]
  if (!link) throw new Error('Nobody was asked.')
  await move()
  const before = await wholeDatabase(test.context)
  expect((await somebody.get(link)).status).toBe(404)
  expect((await somebody.post(link, {})).status).toBe(404)
  expect(await wholeDatabase(test.context)).toEqual(before)
})
