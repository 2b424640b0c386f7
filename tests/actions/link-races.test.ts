import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { passOnOffers } from '../../src/actions/clocks/pass-on-offers.ts'
import { changeGroup } from '../../src/actions/directory/change-group.ts'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { acceptPlacement } from '../../src/actions/placements/accept-placement.ts'
import { waitlistPlacement } from '../../src/actions/placements/wait-for-place.ts'
import { events, groups, linkCodes, placements } from '../../src/store/schema.ts'
import { openApp } from '../support/app.ts'
import { codeSent, linkOf, POST } from '../support/links.ts'
import { visitor } from '../web/visitor.ts'

const NEVER = new AbortController().signal
const REACHABLE = {
  email: 'maria@home.example',
  safeContact: { voicemail: false, text: false, email: true, post: false },
}

async function cityWith(places: number) {
  const test = await openApp()
  const city = await test.given.city({ places })
  const post = (link: string, fields: Record<string, string>) => visitor(test.app).post(link, fields)
  const eventsOf = (id: string) => test.context.db.read.select().from(events).where(eq(events.subjectId, id))
  const statusOf = async (id: string) =>
    (await test.context.db.read.select().from(placements).where(eq(placements.id, id)))[0]?.status
  return { ...test, city, post, eventsOf, statusOf }
}

it('gives the last place to one of five links, a signed-in colleague among them, and tells the others', async () => {
  const { context, given, city, post } = await cityWith(1)
  const ids: string[] = []
  for (let n = 0; n < 5; n++) ids.push((await given.referral(city, { fullName: `Person No${n}` }).sent()).id)
  await deliverMessages(context, POST)
  const links = await Promise.all(ids.slice(1).map((id) => linkOf(context, 'placement-to-decide', { placementId: id })))
  const [byHand, ...byLink] = await Promise.all([
    acceptPlacement(context, city.worker, ids[0] ?? '').then(
      () => 303,
      () => 409,
    ),
    ...links.map(async (link) => (await post(link, { do: 'accept' })).status),
  ])
  expect([byHand, ...byLink].filter((status) => status === 303)).toHaveLength(1)
  const taken = (await context.db.read.select().from(placements)).filter(({ status }) => status === 'accepted')
  expect(taken).toHaveLength(1)
}, 120_000)

it('makes one move of a link that is pressed six times at once', async () => {
  const { context, given, city, post, eventsOf } = await cityWith(10)
  const { id } = await given.referral(city).sent()
  await deliverMessages(context, POST)
  const link = await linkOf(context, 'placement-to-decide')
  const acts = ['accept', 'decline', 'waitlist', 'accept', 'decline', 'waitlist']
  const answers = await Promise.all(acts.map((act) => post(link, { do: act, reason: 'no_capacity' })))
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
  expect((await eventsOf(id)).filter(({ type }) => type !== 'placement.sent')).toHaveLength(1)
}, 120_000)

it('has one end for an offer that is answered as it expires', async () => {
  const { context, clock, given, city, post, eventsOf, statusOf } = await cityWith(1)
  await given.referral(city, { fullName: 'Somebody There' }).accepted()
  const { id } = await given.referral(city, REACHABLE).sent()
  await waitlistPlacement(context, city.worker, id)
  const [group] = await context.db.read.select().from(groups).where(eq(groups.id, city.group.id))
  await changeGroup(context, city.worker, city.group.id, group?.version ?? 1, { places: 2 })
  await deliverMessages(context, POST)
  const link = await linkOf(context, 'person-place-offered')
  clock.set('2026-11-27T09:00:00Z')
  const [answer] = await Promise.all([post(link, { do: 'take' }), passOnOffers(context, NEVER)])
  expect(await statusOf(id)).toBe(answer.status === 303 ? 'accepted' : 'paused')
  expect((await eventsOf(id)).filter(({ fromStatus }) => fromStatus === 'offered')).toHaveLength(1)
}, 120_000)

it('counts every wrong code, however many are tried at once', async () => {
  const { context, given, city, post } = await cityWith(10)
  await given.referral(city).sent()
  await deliverMessages(context, POST)
  const link = await linkOf(context, 'placement-to-decide')
  await post(link, { do: 'accept' })
  await post(link, { do: 'code' })
  const code = await codeSent(context)
  const wrong = Array.from({ length: 8 }, (_, n) => String((Number(code) + n + 1) % 1_000_000).padStart(6, '0'))
  const tries = await Promise.all(wrong.map((one) => post(link, { do: 'know', code: one })))
  expect(tries.every(({ status }) => status === 400)).toBe(true)
  expect((await context.db.read.select().from(linkCodes))[0]?.tries).toBe(5)
  expect((await post(link, { do: 'know', code })).status).toBe(400)
}, 120_000)
