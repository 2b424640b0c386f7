import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { changeGroup } from '../../src/actions/directory/change-group.ts'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { resendMessage } from '../../src/actions/outbox/resend-message.ts'
import { changePerson } from '../../src/actions/people/change-person.ts'
import { bookPlacement } from '../../src/actions/placements/book-placement.ts'
import { waitlistPlacement } from '../../src/actions/placements/wait-for-place.ts'
import { PersonChange } from '../../src/domain/person-change.ts'
import { people, placements, referrals } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City } from '../support/given.ts'
import { addressesInMail, linkOf, messageOf, POST } from '../support/links.ts'
import { visitor } from './visitor.ts'

const REACHABLE = {
  email: 'maria@home.example',
  safeContact: { voicemail: false, text: false, email: true, post: false },
}
const NO_MAIL = { safeContact: { voicemail: false, text: false, email: false, post: false } }

let test: TestApp
let city: City

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city({ places: 1 })
})

const get = async (link: string) => (await visitor(test.app).get(link)).status
const statusOf = async (id: string) =>
  (await test.context.db.read.select().from(placements).where(eq(placements.id, id)))[0]?.status

/** What their navigator writes down of somebody, a minute later. */
async function correct(placementId: string, change: Record<string, unknown>) {
  const [row] = await test.context.db.read
    .select({ id: people.id, version: people.version })
    .from(placements)
    .innerJoin(referrals, eq(referrals.id, placements.referralId))
    .innerJoin(people, eq(people.id, referrals.personId))
    .where(eq(placements.id, placementId))
  test.clock.set(new Date(test.context.now().getTime() + 60_000))
  await changePerson(test.context, city.navigator, row?.id ?? '', row?.version ?? 0, PersonChange.parse(change))
  test.clock.set(new Date(test.context.now().getTime() + 60_000))
}

describe('somebody whose mailbox is not safe any more', () => {
  async function offered() {
    await test.given.referral(city, { fullName: 'Somebody There' }).accepted()
    const { id } = await test.given.referral(city, REACHABLE).sent()
    await waitlistPlacement(test.context, city.worker, id)
    await changeGroup(test.context, city.worker, city.group.id, 1, { places: 2 })
    await deliverMessages(test.context, POST)
    return { id, link: await linkOf(test.context, 'person-place-offered') }
  }

  it('has no link there that shows anything or answers for them', async () => {
    const { id, link } = await offered()
    expect(await get(link)).toBe(200)
    await correct(id, NO_MAIL)
    expect(await get(link)).toBe(404)
    expect((await visitor(test.app).post(link, { do: 'take' })).status).toBe(404)
    expect(await statusOf(id)).toBe('offered')
  })

  it('has none in the mailbox that they left, and one in the new', async () => {
    const { id, link } = await offered()
    await correct(id, { phone: '023 8000 0000' })
    expect(await get(link)).toBe(200)
    await correct(id, { email: 'maria@new.example' })
    expect(await get(link)).toBe(404)
    await resendMessage(test.context, city.navigator, (await messageOf(test.context, 'person-place-offered')).id)
    await deliverMessages(test.context, POST)
    const again = await linkOf(test.context, 'person-place-offered')
    expect(again).not.toBe(link)
    expect(await get(again)).toBe(200)
    expect((await visitor(test.app).post(again, { do: 'take' })).status).toBe(303)
  })

  it('has no calendar file there that says where they will be', async () => {
    const { id } = await test.given.referral(city, REACHABLE).accepted()
    const book = (day: string) =>
      bookPlacement(test.context, city.worker, id, { startsAt: new Date(`${day}T10:00:00Z`) })
    const calendars = async () => {
      await deliverMessages(test.context, POST)
      return (await addressesInMail(test.context)).filter((path) => path.startsWith('/visit/'))
    }
    await book('2026-12-03')
    const [first = ''] = await calendars()
    expect(await get(first)).toBe(200)
    await correct(id, { email: 'maria@new.example' })
    await book('2026-12-10')
    const second = (await calendars()).find((path) => path !== first) ?? ''
    expect([await get(first), await get(second)]).toEqual([404, 200])
    await correct(id, NO_MAIL)
    expect([await get(first), await get(second)]).toEqual([404, 404])
  })
})
