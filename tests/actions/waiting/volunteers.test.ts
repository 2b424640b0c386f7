import { describe, expect, test } from 'vitest'
import { bringVolunteersBack } from '../../../src/actions/clocks/volunteers-back.ts'
import { changeGroup } from '../../../src/actions/directory/change-group.ts'
import { openGroup } from '../../../src/actions/directory/open-group.ts'
import {
  addVolunteer,
  changeVolunteer,
  endVolunteer,
  listGroupVolunteers,
} from '../../../src/actions/directory/volunteers.ts'
import { acceptPlacement } from '../../../src/actions/placements/accept-placement.ts'
import { declinePlacement } from '../../../src/actions/placements/decline-placement.ts'
import { answerOffer } from '../../../src/actions/placements/offer-placement.ts'
import { rematchPlacement } from '../../../src/actions/placements/rematch-placement.ts'
import { undoPlacement } from '../../../src/actions/placements/undo-placement.ts'
import { waitlistPlacement } from '../../../src/actions/placements/wait-for-place.ts'
import { Refusal } from '../../../src/domain/refusal.ts'
import type { VolunteerInput } from '../../../src/domain/volunteer.ts'
import { expectRefusal } from '../../support/no-trace.ts'
import { type ClockCity, clockCity, MAILED } from '../clocks/at-work.ts'

/** A group of befrienders, each of whom is one place. */
async function befriending(...volunteers: VolunteerInput[]) {
  const city = await clockCity({ places: 0 })
  const { context, worker, group } = city
  await changeGroup(context, worker, group.id, 1, { capacityKind: 'one_to_one' })
  for (const volunteer of volunteers) await addVolunteer(context, worker, group.id, volunteer)
  return city
}

const groupOf = ({ context, worker, group }: ClockCity) => openGroup(context, worker, group.id)

async function named({ context, worker, group }: ClockCity, name: string) {
  const all = await listGroupVolunteers(context, worker, group.id)
  const found = all.find((one) => one.name === name)
  if (!found) throw new Error(`There is no ${name}.`)
  return found
}

describe('the places of a one-to-one group', () => {
  test('are the number somebody gave, until volunteers are written down', async () => {
    const city = await befriending()
    const { context, worker, group, db } = city
    await changeGroup(context, worker, group.id, 2, { places: 4 })
    expect(await groupOf(city)).toMatchObject({ places: 4, free: 4 })
    await addVolunteer(context, worker, group.id, { name: 'Ann' })
    const { version, places } = await groupOf(city)
    expect(places).toBe(1)
    const refusal = await expectRefusal(db, 'invalid-input', () =>
      changeGroup(context, worker, group.id, version, { places: 3 }),
    )
    expect(refusal.faults).toMatchObject([{ pointer: '/places', code: 'volunteers' }])
  })

  test('follow who comes, who is away, and who leaves', async () => {
    const city = await befriending({ name: 'Ann' }, { name: 'Ben' }, { name: 'Cat', availableFrom: '2026-12-01' })
    const { context, worker } = city
    expect(await groupOf(city)).toMatchObject({ places: 2, free: 2 })
    const ann = await named(city, 'Ann')
    await changeVolunteer(context, worker, ann.id, ann.version, { availableFrom: '2026-12-24' })
    expect(await groupOf(city)).toMatchObject({ places: 1, free: 1 })
    await endVolunteer(context, worker, (await named(city, 'Ben')).id)
    expect(await groupOf(city)).toMatchObject({ places: 0, free: 0, isFull: true })
    expect(await city.twiceAt('2026-12-01T00:00Z', bringVolunteersBack)).toBe(1)
    expect(await groupOf(city)).toMatchObject({ places: 1 })
    expect((await listGroupVolunteers(context, worker, city.group.id)).map(({ name }) => name)).toEqual(['Ann', 'Cat'])
  })

  test('are offered to who waits, when a volunteer is added, and when one comes back', async () => {
    const city = await befriending()
    const { context, worker, group } = city
    const waiting = async () => {
      const { id } = await city.stage.sent(MAILED)
      await waitlistPlacement(context, worker, id)
      return id
    }
    const [first, second] = [await waiting(), await waiting()]
    await addVolunteer(context, worker, group.id, { name: 'Ann' })
    const ann = await named(city, 'Ann')
    expect(await city.placement(first)).toMatchObject({ status: 'offered', volunteerId: ann.id })
    await addVolunteer(context, worker, group.id, { name: 'Ben', availableFrom: '2026-11-30' })
    expect(await city.placement(second)).toMatchObject({ status: 'waitlisted' })
    await city.at('2026-11-30T00:01Z', bringVolunteersBack)
    expect(await city.placement(second)).toMatchObject({ status: 'offered' })
    await answerOffer(context, city.navigator, first, { answer: 'not_now' })
    expect(await city.placement(first)).toMatchObject({ status: 'paused', volunteerId: null })
  })

  test('count people from before the volunteers were written down', async () => {
    const city = await befriending()
    const { context, worker, group } = city
    await changeGroup(context, worker, group.id, 2, { places: 2 })
    await city.stage.accepted()
    await addVolunteer(context, worker, group.id, { name: 'Ann' })
    expect(await groupOf(city)).toMatchObject({ places: 1, taken: 1, free: 0 })
    await addVolunteer(context, worker, group.id, { name: 'Ben' })
    expect(await groupOf(city)).toMatchObject({ places: 2, taken: 1, free: 1 })
  })
})

describe('a match', () => {
  test('is with who speaks their language, else with who has been without anybody longest', async () => {
    const city = await befriending({ name: 'Ann' }, { name: 'Ben', languages: ['pl'] }, { name: 'Cat' })
    const { context, worker, stage } = city
    const polish = await stage.sent({ preferredLanguage: 'Polish' })
    expect(await acceptPlacement(context, worker, polish.id)).toMatchObject({ volunteer: { name: 'Ben' } })
    const withAnn = await stage.accepted()
    expect(withAnn).toMatchObject({ volunteer: { name: 'Ann' } })
    city.clock.set('2026-11-23T10:00Z')
    await declinePlacement(context, worker, withAnn.id, { reason: 'no_contact' })
    expect(await stage.accepted()).toMatchObject({ volunteer: { name: 'Cat' } })
    expect(await stage.accepted()).toMatchObject({ volunteer: { name: 'Ann' } })
    const last = await stage.sent()
    await expectRefusal(city.db, 'group-full', () => acceptPlacement(context, worker, last.id))
  })

  test('is the provider’s to choose, and takes a volunteer once', async () => {
    const city = await befriending({ name: 'Ann' }, { name: 'Ben' })
    const { context, worker, stage, db } = city
    const ben = await named(city, 'Ben')
    const sent = await stage.sent()
    expect(await acceptPlacement(context, worker, sent.id, { volunteerId: ben.id })).toMatchObject({
      volunteer: { name: 'Ben' },
    })
    const next = await stage.sent()
    await expectRefusal(db, 'volunteer-taken', () => acceptPlacement(context, worker, next.id, { volunteerId: ben.id }))
    await expectRefusal(db, 'invalid-input', () => acceptPlacement(context, worker, next.id, { volunteerId: 'nobody' }))
    expect(await named(city, 'Ben')).toMatchObject({ isWithSomebody: true, placement: { id: sent.id } })
  })

  test('of one volunteer is made once, of many who ask at the same moment', async () => {
    const city = await befriending({ name: 'Ann' }, { name: 'Ben' })
    const { context, worker, stage } = city
    const { id: volunteerId } = await named(city, 'Ann')
    const sent = []
    for (let person = 0; person < 6; person++) sent.push(await stage.sent())
    const answers = await Promise.allSettled(
      sent.map(({ id }) => acceptPlacement(context, worker, id, { volunteerId })),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const codes = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []))
    expect(codes.map((reason) => (reason instanceof Refusal ? reason.code : reason))).toEqual(
      Array(5).fill('volunteer-taken'),
    )
  })

  test('keeps a volunteer from leaving until the person has another', async () => {
    const city = await befriending({ name: 'Ann' }, { name: 'Ben' })
    const { context, worker, stage, db } = city
    const [ann, ben] = [await named(city, 'Ann'), await named(city, 'Ben')]
    const { id, reference } = await stage.sent()
    await acceptPlacement(context, worker, id, { volunteerId: ann.id })
    const refusal = await expectRefusal(db, 'volunteer-taken', () => endVolunteer(context, worker, ann.id))
    expect(refusal.message).toContain(reference)
    expect(await rematchPlacement(context, worker, id, { volunteerId: ben.id })).toMatchObject({
      volunteer: { name: 'Ben' },
    })
    await endVolunteer(context, worker, ann.id)
    expect(await groupOf(city)).toMatchObject({ places: 1, taken: 1, free: 0 })
  })

  test('that is over while the volunteer is away frees nobody', async () => {
    const city = await befriending({ name: 'Ann' })
    const { context, worker, stage } = city
    const { id } = await stage.accepted()
    const ann = await named(city, 'Ann')
    await changeVolunteer(context, worker, ann.id, ann.version, { availableFrom: '2026-12-24' })
    expect(await groupOf(city)).toMatchObject({ places: 1, taken: 1 })
    await declinePlacement(context, worker, id, { reason: 'no_contact' })
    expect(await groupOf(city)).toMatchObject({ places: 0, taken: 0, free: 0 })
    await expectRefusal(city.db, 'group-full', () => undoPlacement(context, worker, id))
  })
})

test('volunteers are their own project’s to see, and an offer may be made by hand with one of them', async () => {
  const city = await befriending({ name: 'Ann' })
  const { context, navigator, group, db } = city
  const refused = listGroupVolunteers(context, navigator, group.id)
  await expect(refused).rejects.toMatchObject({ code: 'not-allowed' })
  await expectRefusal(db, 'invalid-input', async () => {
    const { id, version } = await named(city, 'Ann')
    return changeVolunteer(context, city.worker, id, version, { availableFrom: '2026-11-23' })
  })
})
