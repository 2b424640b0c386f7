import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { askStillWanted } from '../../src/actions/clocks/ask-still-wanted.ts'
import { passOnOffers } from '../../src/actions/clocks/pass-on-offers.ts'
import { changeGroup } from '../../src/actions/directory/change-group.ts'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { answerOffer, offerPlacement } from '../../src/actions/placements/offer-placement.ts'
import { sendPlacement } from '../../src/actions/placements/send-placement.ts'
import { waitlistPlacement } from '../../src/actions/placements/wait-for-place.ts'
import { events, placements } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City, TestGroup } from '../support/given.ts'
import { linkOf, POST, wholeDatabase } from '../support/links.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

const NEVER = new AbortController().signal
const REACHABLE = {
  email: 'maria@home.example',
  safeContact: { voicemail: false, text: false, email: true, post: false },
}

let test: TestApp
let city: City
let other: TestGroup
let maria: Visitor

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city({ places: 1 })
  other = await test.given.group(await test.given.project(city.provider, { name: 'Choir' }), {
    places: 1,
    name: 'Tenors',
  })
  maria = visitor(test.app)
})

const placement = async (id: string) => {
  const [row] = await test.context.db.read.select().from(placements).where(eq(placements.id, id))
  if (!row) throw new Error('There is no such placement.')
  return row
}

/** Waits here and at the choir, and is then offered the place that is free here. */
async function offered() {
  await fill()
  const { id, referralId } = await waiting()
  const second = await sendPlacement(test.context, city.navigator, referralId, { groupId: other.id })
  await waitlistPlacement(test.context, city.worker, second.id)
  await moreRoom(2)
  await deliverMessages(test.context, POST)
  return { id, second: second.id, link: await linkOf(test.context, 'person-place-offered', { placementId: id }) }
}

const fill = () => test.given.referral(city, { fullName: 'Somebody There' }).accepted()

async function waiting() {
  const { id } = await test.given.referral(city, REACHABLE).sent()
  await waitlistPlacement(test.context, city.worker, id)
  return { id, referralId: (await placement(id)).referralId }
}

async function moreRoom(places: number) {
  const groups = await test.call(city.worker, 'GET', `/groups/${city.group.id}`)
  await changeGroup(test.context, city.worker, city.group.id, groups.body.version, { places })
}

describe('an offer', () => {
  it('shows where and when, and nothing of why; a look changes nothing', async () => {
    const { link } = await offered()
    const before = await wholeDatabase(test.context)
    const { status, html } = await maria.get(link)
    expect(status).toBe(200)
    expect(readable(html)).toMatch(
      /Do you want this place\?.*Community Roots.*We hold the place for you until Thursday 26 November/,
    )
    expect(html).not.toMatch(/Maria|Okafor|oneliness|husband|07700/)
    expect(await wholeDatabase(test.context)).toEqual(before)
  })

  it('is taken, and the other lists are left only where the person says so', async () => {
    const { id, second, link } = await offered()
    await maria.post(link, { do: 'take' })
    expect((await placement(id)).status).toBe('accepted')
    const [event] = await test.context.db.read.select().from(events).where(eq(events.type, 'placement.offer-accepted'))
    expect(event?.actorKind).toBe('person')
    const page = await maria.get(link)
    expect(readable(page.html)).toMatch(/You also wait for these.*Choir, Tenors/)
    expect((await maria.post(link, { do: 'leave' })).faults).toEqual([
      'Choose the lists you want to leave, or close this page',
    ])
    expect((await placement(second)).status).toBe('waitlisted')
    await maria.post(link, { do: 'leave', list: second })
    expect(await placement(second)).toMatchObject({ status: 'withdrawn', reason: 'needs_met_elsewhere' })
  })

  it('is put off without losing the turn, and waited for again', async () => {
    const { id, link } = await offered()
    const { waitingSince } = await placement(id)
    await maria.post(link, { do: 'not-now' })
    expect(await placement(id)).toMatchObject({ status: 'paused', waitingSince })
    await maria.post(link, { do: 'wait-again' })
    expect(await placement(id)).toMatchObject({ status: 'waitlisted', waitingSince })
  })

  it('is not wanted any more', async () => {
    const { id, link } = await offered()
    await maria.post(link, { do: 'no-longer' })
    expect(await placement(id)).toMatchObject({ status: 'withdrawn', reason: 'changed_mind' })
    expect(readable((await maria.get(link)).html)).toContain('This offer is over')
  })

  it('tells whoever comes second what happened: a navigator answered, or its time was over', async () => {
    const first = await offered()
    await answerOffer(test.context, city.navigator, first.id, { answer: 'not_now' })
    const late = await maria.post(first.link, { do: 'take' })
    expect([late.status, late.faults[0]]).toEqual([409, expect.stringContaining('before your answer came')])
    expect((await placement(first.id)).status).toBe('paused')
  })

  it('passes on when nobody answers, and the link says that no turn was lost', async () => {
    const { id, link } = await offered()
    test.clock.set('2026-11-27T09:00:00Z')
    await passOnOffers(test.context, NEVER)
    expect((await placement(id)).status).toBe('paused')
    const page = readable((await maria.get(link)).html)
    expect(page).toContain('You keep your turn.')
    expect((await maria.post(link, { do: 'take' })).status).toBe(409)
  })

  it('has one winner when it is answered twice at once', async () => {
    const { id, link } = await offered()
    const answers = await Promise.all([
      maria.post(link, { do: 'take' }),
      visitor(test.app).post(link, { do: 'no-longer' }),
      visitor(test.app).post(link, { do: 'take' }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409, 409])
    const moves = await test.context.db.read.select().from(events).where(eq(events.subjectId, id))
    expect(moves.filter(({ fromStatus }) => fromStatus === 'offered')).toHaveLength(1)
  })

  it('belongs to its own time: an earlier offer of the same place leads nowhere', async () => {
    const { id, link } = await offered()
    await maria.post(link, { do: 'not-now' })
    await maria.post(link, { do: 'wait-again' })
    if ((await placement(id)).status === 'waitlisted') await offerPlacement(test.context, city.worker, id, {})
    expect((await placement(id)).status).toBe('offered')
    expect(readable((await maria.get(link)).html)).toContain('There is a newer offer of this place.')
    expect((await maria.post(link, { do: 'take' })).status).toBe(409)
  })
})

describe('still wanted?', () => {
  async function asked() {
    await fill()
    const { id } = await waiting()
    test.clock.set('2026-12-21T09:00:00Z')
    await askStillWanted(test.context, NEVER)
    await deliverMessages(test.context, POST)
    return { id, link: await linkOf(test.context, 'person-still-wanted') }
  }

  it('is answered yes, with the turn as it was', async () => {
    const { id, link } = await asked()
    const { waitingSince } = await placement(id)
    expect(readable((await maria.get(link)).html)).toMatch(/Do you still want to wait\?.*Between 1st and 3rd/)
    await maria.post(link, { do: 'still-wanted' })
    expect(await placement(id)).toMatchObject({ status: 'waitlisted', waitingSince, nextStep: 'ask_still_wanted' })
  })

  it('pauses for as long as the person says', async () => {
    const { id, link } = await asked()
    expect((await maria.post(link, { do: 'pause' })).faults).toEqual(['Choose how long'])
    expect((await maria.post(link, { do: 'pause', weeks: '40' })).status).toBe(400)
    await maria.post(link, { do: 'pause', weeks: '4' })
    expect(await placement(id)).toMatchObject({ status: 'paused', restartsOn: '2027-01-18' })
  })

  it('may be taken up again before that, with the turn as it was', async () => {
    const { id, link } = await asked()
    const { waitingSince } = await placement(id)
    await maria.post(link, { do: 'pause', weeks: '4' })
    expect(readable((await maria.get(link)).html)).toContain('You go on waiting, with your turn as it was.')
    await maria.post(link, { do: 'wait-again' })
    expect(await placement(id)).toMatchObject({ status: 'waitlisted', waitingSince })
  })

  it('ends where the person says no', async () => {
    const { id, link } = await asked()
    await maria.post(link, { do: 'no-longer' })
    expect((await placement(id)).status).toBe('withdrawn')
    expect((await maria.post(link, { do: 'still-wanted' })).status).toBe(409)
  })
})
