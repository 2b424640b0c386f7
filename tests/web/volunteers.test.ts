import { beforeEach, describe, expect, it } from 'vitest'
import { changeGroup } from '../../src/actions/directory/change-group.ts'
import { listGroupVolunteers } from '../../src/actions/directory/volunteers.ts'
import { waitlistPlacement } from '../../src/actions/placements/wait-for-place.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City } from '../support/given.ts'
import { readable, visitor } from './visitor.ts'

let app: TestApp
let city: City

beforeEach(async () => {
  app = await openApp()
  city = await app.given.city({ places: 0 })
})

const words = async (who: ReturnType<typeof visitor>, path: string) => readable((await who.get(path)).html)

describe('volunteers', () => {
  it('are written down, go away, are chosen for somebody, and leave', async () => {
    await changeGroup(app.context, city.worker, city.group.id, 1, { capacityKind: 'one_to_one' })
    const worker = visitor(app.app, city.worker)
    const base = '/o/community-roots'
    const list = `${base}/groups/${city.group.id}/volunteers`
    expect(await words(worker, list)).toContain('No volunteer is written down yet')
    const wrong = await worker.send(list, { name: '', availability: 'Tuesdays', availableFrom: '2026-11-20' })
    expect(wrong).toMatchObject({
      status: 400,
      faults: ['Enter the volunteer’s name', 'Enter a day after today, or leave it empty if they are back'],
    })
    expect(wrong.html).toContain('value="Tuesdays"')
    expect(await worker.send(list, { name: 'Ann', availableFrom: '2026-11-20' })).toMatchObject({
      status: 400,
      faults: ['Enter a day after today, or leave it empty if they are back'],
    })
    await worker.send(list, { name: 'Ann', availability: 'Tuesdays' })
    expect(await worker.send(list, { name: 'Piotr', languages: ['pl'] })).toMatchObject({
      status: 303,
      location: `${list}?done=added`,
    })
    const shown = await words(worker, list)
    expect(shown).toMatch(/Ann Free Tuesdays\. Goes everywhere.*Piotr Free Polish\. Goes everywhere/)
    expect(await words(worker, `${base}/places`)).toMatch(/2 volunteers free · 0 of 2 taken/)

    const placement = await app.given.referral(city, { preferredLanguage: 'Polish' }).sent()
    const page = `${base}/placements/${placement.id}`
    expect(await words(worker, page)).toContain('Piotr, suggested: speaks Polish')
    const [ann] = await listGroupVolunteers(app.context, city.worker, city.group.id)
    expect(await worker.send(`${page}/accept`, { volunteerId: ann?.id ?? '' }, page)).toMatchObject({ status: 303 })
    const one = `${base}/volunteers/${ann?.id}`
    expect(await words(worker, one)).toContain('Name another volunteer for them')
    expect((await worker.send(`${one}/end`, {}, one)).faults.join()).toContain('Name another volunteer for them first')
    const [, piotr] = await listGroupVolunteers(app.context, city.worker, city.group.id)
    expect(await worker.send(`${page}/do/rematch`, { volunteerId: piotr?.id ?? '' })).toMatchObject({ status: 303 })
    expect(await words(worker, page)).toContain('Piotr')
    expect(await worker.send(one, { name: 'Ann', availableFrom: '2026-12-24', version: '1' })).toMatchObject({
      status: 303,
    })
    expect(await words(worker, list)).toContain('Away until Thu 24 December')
    expect((await worker.send(one, { name: 'Anne', version: '1' })).status).toBe(409)
    expect(await worker.send(`${one}/end`, {}, one)).toMatchObject({ status: 303, location: `${list}?done=ended` })
    expect(await words(worker, list)).not.toContain('Ann ')
  })

  it('are nobody else’s to see', async () => {
    await changeGroup(app.context, city.worker, city.group.id, 1, { capacityKind: 'one_to_one' })
    const list = (slug: string) => `/o/${slug}/groups/${city.group.id}/volunteers`
    expect((await visitor(app.app, city.navigator).get(list('so-linked'))).status).toBe(403)
    expect((await visitor(app.app, city.otherWorker).get(list(city.otherWorker.organisation))).status).toBe(403)
  })
})

describe('a place in the queue', () => {
  it('is told to the navigator as a range, and changed with a reason', async () => {
    const { id, referralId } = await app.given.referral(city).sent()
    await waitlistPlacement(app.context, city.worker, id)
    const navigator = visitor(app.app, city.navigator)
    const referral = `/o/so-linked/referrals/${referralId}`
    expect(await words(navigator, referral)).toContain('between 1st and 3rd')
    const forward = `/o/so-linked/placements/${id}/do/put-forward`
    expect(await navigator.send(forward, { to: 'urgent' })).toMatchObject({ status: 400, faults: ['Say why'] })
    expect(await navigator.send(forward, { to: 'urgent', reason: 'Their carer starts work' })).toMatchObject({
      status: 303,
      location: `${referral}?done=place-put-forward`,
    })
    const shown = await words(navigator, referral)
    expect(shown).toContain('put forward')
    expect(shown).toContain('Their carer starts work')
  })
})

it('fewer places than people names them, to those who know them', async () => {
  await changeGroup(app.context, city.worker, city.group.id, 1, { places: 2 })
  const accepted = await app.given.referral(city).accepted()
  const worker = visitor(app.app, city.worker)
  const at = `/o/community-roots/places/${city.group.id}`
  const answer = await worker.send(at, { places: '0', version: '2' }, '/o/community-roots/places')
  expect(answer.status).toBe(409)
  expect(answer.faults.join()).toContain(accepted.reference)
  expect(readable(answer.html)).toContain(`They are: ${accepted.person?.fullName}`)
})

it('where places are free stands as a picture and as a table', async () => {
  await changeGroup(app.context, city.worker, city.group.id, 1, { places: 4 })
  const shown = await visitor(app.app, city.navigator).get('/o/so-linked/places-map')
  expect(readable(shown.html)).toMatch(/Loneliness or isolation 4 No fixed place 4/)
  expect(readable(shown.html)).toMatch(/Loneliness or isolation No fixed place 4 .*Nowhere known .*Food/)
})

it('a quota and a window are kept with the group, and said to whoever looks for a place', async () => {
  const worker = visitor(app.app, city.worker)
  const edit = `/o/community-roots/groups/${city.group.id}/edit`
  const fields = {
    version: '1',
    name: 'Allotment',
    schedule: 'Thursdays',
    venue: 'The hall',
    capacityKind: 'places',
    places: '4',
    weeklyQuota: '2',
  }
  const window = { 'intakeFrom-day': '4', 'intakeFrom-month': '1', 'intakeFrom-year': '2027' }
  expect((await worker.send(edit, { ...fields, weeklyQuota: 'many' })).faults).toEqual([
    'Enter the number of new people a week, from 1 to 100',
  ])
  expect(await worker.send(edit, { ...fields, ...window })).toMatchObject({ status: 303 })
  expect((await worker.get(edit)).html).toMatch(/name="weeklyQuota"[^>]* value="2"/)
  expect(await words(worker, '/o/community-roots/places')).toContain('Takes new people from Monday 4 January')
})
