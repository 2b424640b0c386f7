import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { askStillWanted } from '../../../src/actions/clocks/ask-still-wanted.ts'
import { passOnOffers } from '../../../src/actions/clocks/pass-on-offers.ts'
import { reopenIntakes } from '../../../src/actions/clocks/reopen-intakes.ts'
import { changeGroup } from '../../../src/actions/directory/change-group.ts'
import { deliverMessages } from '../../../src/actions/outbox/deliver-messages.ts'
import { answerOffer } from '../../../src/actions/placements/offer-placement.ts'
import { confirmStillWanted, waitlistPlacement } from '../../../src/actions/placements/wait-for-place.ts'
import { withdrawPlacement } from '../../../src/actions/placements/withdraw-placement.ts'
import { findGroup } from '../../../src/store/groups.ts'
import { groups, people } from '../../../src/store/schema.ts'
import { mailServer, postTo, reply } from '../../mail/smtp.ts'
import { POST } from '../../support/links.ts'
import { type ClockCity, clockCity, dying, MAILED, overtaken } from './at-work.ts'

async function waiting(city: ClockCity, person: Record<string, unknown> = MAILED) {
  const { id } = await city.stage.sent(person)
  await waitlistPlacement(city.context, city.worker, id)
  await city.mail()
  return id
}

describe('still wanted?', () => {
  test('is asked after four weeks, and silence is told to the navigator: the place in the queue stays', async () => {
    const city = await clockCity({ places: 0 })
    const id = await waiting(city)
    const { waitingSince } = await city.placement(id)
    expect(await city.at('2026-12-20T23:59Z', askStillWanted)).toBe(0)
    expect(await city.twiceAt('2026-12-21T00:00Z', askStillWanted)).toBe(1)
    expect(await city.mail()).toEqual(['person-still-wanted → person'])
    // Five working days, with Christmas and Boxing Day in between.
    expect(await city.placement(id)).toMatchObject({ nextOwnerKind: 'person', nextDueOn: '2026-12-30' })
    expect(await city.at('2026-12-30T23:59Z', askStillWanted)).toBe(0)
    expect(await city.twiceAt('2026-12-31T00:00Z', askStillWanted)).toBe(1)
    expect(await city.mail()).toEqual([`still-wanted-silent → ${city.navigator.userId}`])
    expect(await city.placement(id)).toMatchObject({ status: 'waitlisted', nextOwnerKind: 'navigator', waitingSince })
    expect(await city.at('2027-06-01T09:00Z', askStillWanted)).toBe(0)
    expect(await city.placement(id)).toMatchObject({ status: 'waitlisted' })
  })

  test('is asked by the navigator where the person has no safe e-mail', async () => {
    const city = await clockCity({ places: 0 })
    const id = await waiting(city, {})
    await city.at('2026-12-21T09:00Z', askStillWanted)
    expect(await city.placement(id)).toMatchObject({ nextOwnerKind: 'navigator', nextStep: 'find_out_still_wanted' })
    expect(await city.mail()).toEqual([`still-wanted-silent → ${city.navigator.userId}`])
  })

  test('is asked by the service’s own limits, and again after an answer', async () => {
    const city = await clockCity({ places: 0 })
    await city.limits({ stillWantedWeeks: 1, stillWantedAnswer: 1 })
    const id = await waiting(city)
    expect(await city.at('2026-11-30T09:00Z', askStillWanted)).toBe(1)
    await confirmStillWanted(city.context, city.navigator, id)
    expect(await city.at('2026-12-06T09:00Z', askStillWanted)).toBe(0)
    expect(await city.at('2026-12-07T09:00Z', askStillWanted)).toBe(1)
    expect(await city.at('2026-12-09T00:00Z', askStillWanted)).toBe(1)
  })

  test('is not asked of whoever said so in the meantime, and not lost in a crash', async () => {
    const city = await clockCity({ places: 0 })
    const { context, navigator, clock } = city
    const id = await waiting(city)
    clock.set('2026-12-21T09:00Z')
    const { signal } = new AbortController()
    await expect(askStillWanted(dying(context), signal)).rejects.toThrow('The process was killed')
    expect(
      await askStillWanted(
        overtaken(context, () => confirmStillWanted(context, navigator, id)),
        signal,
      ),
    ).toBe(0)
    expect(await city.mail()).toEqual([])
  })
})

/** One place, which is given up, so that the first of those who wait is offered it. */
async function offered(city: ClockCity, ...people: Record<string, unknown>[]) {
  const holder = await city.stage.accepted()
  const ids = []
  for (const person of people) ids.push(await waiting(city, person))
  await withdrawPlacement(city.context, city.navigator, holder.id, { reason: 'changed_mind' })
  await city.mail()
  await deliverMessages(city.context, POST)
  return ids
}

describe('an offer that nobody answers', () => {
  test('passes on after three days, and its person keeps the time of joining', async () => {
    const city = await clockCity({ places: 1 })
    const [first = '', second = ''] = await offered(city, MAILED, MAILED)
    expect(await city.placement(first)).toMatchObject({ status: 'offered', nextDueOn: '2026-11-26' })
    const { waitingSince } = await city.placement(first)
    expect(await city.at('2026-11-26T23:59Z', passOnOffers)).toBe(0)
    expect(await city.twiceAt('2026-11-27T00:00Z', passOnOffers)).toBe(1)
    expect(await city.placement(first)).toMatchObject({
      status: 'paused',
      nextStep: 'ask_what_wanted',
      nextDueOn: '2026-12-01',
      waitingSince,
    })
    expect(await city.placement(second)).toMatchObject({ status: 'offered', nextDueOn: '2026-12-02' })
    const { userId } = city.navigator
    const told = [`offer-made → ${userId}`, `offer-put-off → ${userId}`, 'person-place-offered → person']
    expect(await city.mail()).toEqual(told)
  })

  test('made after five on the eve of Christmas has its days from the next working day, or the service’s own', async () => {
    const city = await clockCity({ places: 1 })
    await city.limits({ offer: 1 })
    city.clock.set('2026-12-24T17:30Z')
    const [id = ''] = await offered(city, MAILED)
    expect(await city.placement(id)).toMatchObject({ nextDueOn: '2026-12-30' })
    expect(await city.at('2026-12-30T12:00Z', passOnOffers)).toBe(0)
    expect(await city.at('2026-12-31T09:00Z', passOnOffers)).toBe(1)
  })

  test('never runs out where a navigator has to ask', async () => {
    const city = await clockCity({ places: 1 })
    const [id = ''] = await offered(city, {})
    expect(await city.at('2027-11-27T09:00Z', passOnOffers)).toBe(0)
    expect(await city.placement(id)).toMatchObject({ status: 'offered', nextStep: 'get_offer_answer' })
  })

  test('stays with whoever cannot be written to any more: their navigator asks', async () => {
    const city = await clockCity({ places: 1 })
    const [id = ''] = await offered(city, MAILED)
    await city.db.write((tx) =>
      tx.update(people).set({ safeContact: { voicemail: false, text: false, email: false, post: false } }),
    )
    expect(await city.twiceAt('2026-11-27T09:00Z', passOnOffers)).toBe(1)
    expect(await city.placement(id)).toMatchObject({
      status: 'offered',
      nextOwnerKind: 'navigator',
      nextStep: 'get_offer_answer',
    })
  })

  const ASKED_FOR = { status: 'offered', nextOwnerKind: 'navigator', nextStep: 'get_offer_answer' }

  test('stays where the e-mail is still on its way: nobody was silent who never heard of it', async () => {
    const city = await clockCity({ places: 1 })
    const holder = await city.stage.accepted()
    const [first, second] = [await waiting(city), await waiting(city)]
    await withdrawPlacement(city.context, city.navigator, holder.id, { reason: 'changed_mind' })
    await city.mail()
    expect(await city.twiceAt('2026-11-27T00:00Z', passOnOffers)).toBe(1)
    expect(await city.placement(first)).toMatchObject({ ...ASKED_FOR, nextDueOn: '2026-11-26' })
    expect(await city.placement(second)).toMatchObject({ status: 'waitlisted' })
    expect(await city.mail()).toEqual([`offer-unreached → ${city.navigator.userId}`])
    // The server is back: the person may still answer, and no machine lets it run out.
    await deliverMessages(city.context, POST)
    expect(await city.at('2026-12-27T00:00Z', passOnOffers)).toBe(0)
    expect(await city.placement(first)).toMatchObject(ASKED_FOR)
  })

  test('stays where the server refuses it again and again until the last day', async () => {
    const city = await clockCity({ places: 1 })
    const holder = await city.stage.accepted()
    const id = await waiting(city)
    await deliverMessages(city.context, POST)
    await withdrawPlacement(city.context, city.navigator, holder.id, { reason: 'changed_mind' })
    const server = await mailServer({ onRcptTo: (_, __, done) => done(reply(451, '4.7.1 Greylisted')) })
    await deliverMessages(city.context, postTo(server.url))
    expect(await city.at('2026-11-27T00:00Z', passOnOffers)).toBe(1)
    expect(await city.placement(id)).toMatchObject(ASKED_FOR)
  })

  test('stays where the e-mail only came on the last day', async () => {
    const city = await clockCity({ places: 1 })
    const holder = await city.stage.accepted()
    const id = await waiting(city)
    await withdrawPlacement(city.context, city.navigator, holder.id, { reason: 'changed_mind' })
    city.clock.set('2026-11-26T08:00Z')
    await deliverMessages(city.context, POST)
    expect(await city.at('2026-11-27T00:00Z', passOnOffers)).toBe(1)
    expect(await city.placement(id)).toMatchObject(ASKED_FOR)
  })

  test('passes on where it had a day, and the person heard of it on that day', async () => {
    const city = await clockCity({ places: 1 })
    await city.limits({ offer: 0 })
    const [id = ''] = await offered(city, MAILED)
    expect(await city.placement(id)).toMatchObject({ nextDueOn: '2026-11-23' })
    expect(await city.at('2026-11-24T00:00Z', passOnOffers)).toBe(1)
    expect(await city.placement(id)).toMatchObject({ status: 'paused' })
  })

  test('is not passed on when the answer is faster, or before a process dies', async () => {
    const city = await clockCity({ places: 1 })
    const { context, navigator, clock } = city
    const [first = '', second = ''] = await offered(city, MAILED, MAILED)
    clock.set('2026-11-27T09:00Z')
    const { signal } = new AbortController()
    await expect(passOnOffers(dying(context), signal)).rejects.toThrow('The process was killed')
    const late = overtaken(context, () => answerOffer(context, navigator, first, { answer: 'accept' }))
    expect(await passOnOffers(late, signal)).toBe(0)
    expect(await city.placement(first)).toMatchObject({ status: 'accepted' })
    expect(await city.placement(second)).toMatchObject({ status: 'waitlisted' })
  })
})

describe('a group whose intake reopens', () => {
  async function closed(city: ClockCity) {
    const { context, worker, group } = city
    await changeGroup(context, worker, group.id, 1, { intake: { paused: true, reopensOn: '2026-11-30' } })
    await city.mail()
  }

  test('takes people again from its day, and offers what is free to those who wait', async () => {
    const city = await clockCity({ places: 1 })
    const id = await waiting(city)
    await closed(city)
    expect(await city.at('2026-11-29T23:59Z', reopenIntakes)).toBe(0)
    expect(await city.twiceAt('2026-11-30T00:00Z', reopenIntakes)).toBe(1)
    const group = await findGroup(city.db.read, city.group.id)
    expect(group).toMatchObject({ intakePaused: false, intakeReopensOn: null, version: 3 })
    expect(await city.told(city.group.id)).toEqual(['intake-changed', 'intake-changed'])
    expect(await city.placement(id)).toMatchObject({ status: 'offered' })
    expect(await city.at('2026-12-01T09:00Z', reopenIntakes)).toBe(0)
  })

  test('stays closed where it has no day, was cancelled, or was closed again', async () => {
    const city = await clockCity({ places: 1 })
    const { context, worker, group, db, clock } = city
    await closed(city)
    clock.set('2026-11-30T09:00Z')
    const { signal } = new AbortController()
    const again = () => changeGroup(context, worker, group.id, 2, { intake: { paused: true, reopensOn: '2026-12-30' } })
    expect(await reopenIntakes(overtaken(context, again), signal)).toBe(0)
    await db.write((tx) => tx.update(groups).set({ cancelledAt: context.now() }).where(eq(groups.id, group.id)))
    expect(await city.at('2026-12-30T09:00Z', reopenIntakes)).toBe(0)
    const open = { cancelledAt: null, intakeReopensOn: null }
    await db.write((tx) => tx.update(groups).set(open).where(eq(groups.id, group.id)))
    expect(await city.at('2026-12-31T09:00Z', reopenIntakes)).toBe(0)
  })
})
