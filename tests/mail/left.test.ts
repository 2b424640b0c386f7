import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { recordBounce } from '../../src/actions/outbox/record-bounce.ts'
import { messagesOf } from '../../src/actions/outbox/referral-messages.ts'
import { resendMessage } from '../../src/actions/outbox/resend-message.ts'
import { changeColleague } from '../../src/actions/service/change-colleague.ts'
import { mailbox, memberships, organisations, outbox } from '../../src/store/schema.ts'
import { openApp } from '../support/app.ts'
import { addressesInMail, linkOf, POST } from '../support/links.ts'
import { visitor } from '../web/visitor.ts'

async function withNews() {
  const it = await openApp()
  const city = await it.given.city()
  const admin = await it.given.user('organisation_admin', city.service)
  const suspend = () => changeColleague(it.context, admin, city.navigator.userId, { suspended: true })
  const told = async () =>
    (await it.context.db.read.select().from(outbox)).filter(
      ({ toId, notice }) => toId === city.navigator.userId && notice === 'placement-accepted',
    )
  return { ...it, city, suspend, told }
}

test('who is suspended in a service is told nothing more of its work, nor told again', async () => {
  const { context, given, suspend, told, city } = await withNews()
  await given.referral(city).accepted()
  await suspend()
  await deliverMessages(context, POST)
  const [message] = await told()
  expect(message).toMatchObject({ sentAt: null, outcome: 'the user is suspended' })
  await expect(resendMessage(context, city.lead, message?.id ?? '')).rejects.toMatchObject({ code: 'wrong-status' })
})

test('a digest that waits goes to nobody who was suspended meanwhile', async () => {
  const { context, clock, given, suspend, told, city } = await withNews()
  const { userId } = city.navigator
  await context.db.write((tx) =>
    tx.update(memberships).set({ mailMode: 'digest' }).where(eq(memberships.userId, userId)),
  )
  await given.referral(city).accepted()
  await deliverMessages(context, POST)
  await suspend()
  clock.set('2026-11-24T08:30:00Z')
  await deliverMessages(context, POST)
  expect((await told())[0]).toMatchObject({ sentAt: null, outcome: 'the user is suspended' })
})

test('a digest that has no address to go to ends what it would have told, and blocks nothing after it', async () => {
  const { context, clock, given, city } = await withNews()
  await context.db.write((tx) =>
    tx.update(organisations).set({ mailMode: 'digest', email: null }).where(eq(organisations.id, city.service.id)),
  )
  const { id } = await given.referral(city).submitted()
  await deliverMessages(context, POST)
  clock.set('2026-11-24T08:30:00Z')
  await deliverMessages(context, POST)
  const [message] = await messagesOf(context.db.read, id)
  expect(message).toMatchObject({ state: 'not_sent', why: 'no address' })
})

test('what somebody has sent again does not wait for a digest', async () => {
  const { context, given, city } = await withNews()
  await given.referral(city).submitted()
  await deliverMessages(context, POST)
  await context.db.write((tx) =>
    tx.update(organisations).set({ mailMode: 'digest' }).where(eq(organisations.id, city.service.id)),
  )
  const [message] = (await context.db.read.select().from(outbox)).filter(({ toId }) => toId === city.service.id)
  const again = await resendMessage(context, city.navigator, message?.id ?? '')
  await deliverMessages(context, POST)
  const [sent] = await context.db.read.select().from(outbox).where(eq(outbox.id, again.id))
  expect(sent).toMatchObject({ outcome: 'sent', digestId: null })
})

test('a made-up report of what came back is believed neither of an old e-mail nor of what a digest told', async () => {
  const { context, clock, given, city, told } = await withNews()
  const { userId } = city.navigator
  await context.db.write((tx) =>
    tx.update(memberships).set({ mailMode: 'digest' }).where(eq(memberships.userId, userId)),
  )
  await given.referral(city).accepted()
  await deliverMessages(context, POST)
  clock.set('2026-11-24T08:30:00Z')
  await deliverMessages(context, POST)
  const [inDigest] = await told()
  expect(inDigest?.outcome).toBe('sent in a digest')
  expect(await recordBounce(context, { outboxId: inDigest?.id ?? '', status: '5.1.1' })).toBe('not-ours')
  const digest = inDigest?.digestId ?? ''
  clock.set('2026-12-08T08:30:01Z')
  expect(await recordBounce(context, { outboxId: digest, status: '5.1.1' })).toBe('too-late')
  clock.set('2026-12-01T08:30:00Z')
  expect(await recordBounce(context, { outboxId: digest, status: '5.1.1' })).toBe('failed')
  expect((await told())[0]?.failedAt).not.toBeNull()
})

test('a project that does not sign in has the link of each referral that it is told of in a digest', async () => {
  const { app, context, clock, given, city } = await withNews()
  await context.db.write((tx) =>
    tx.update(organisations).set({ mailMode: 'digest' }).where(eq(organisations.id, city.provider.id)),
  )
  await given.referral(city).sent()
  await deliverMessages(context, POST)
  clock.set('2026-11-24T08:30:00Z')
  await deliverMessages(context, POST)
  const link = await linkOf(context, 'placement-to-decide')
  expect(await addressesInMail(context)).toContain(link)
  const mails = await context.db.read.select().from(mailbox)
  expect(mails.some(({ html }) => html.includes(`<a href="https://trellis.example${link}">`))).toBe(true)
  expect((await visitor(app).post(link, { do: 'accept' })).location).toBe(`${link}?done=accepted`)
})
