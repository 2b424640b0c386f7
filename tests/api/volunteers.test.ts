import { beforeEach, describe, expect, it } from 'vitest'
import { changeGroup } from '../../src/actions/directory/change-group.ts'
import { acceptPlacement } from '../../src/actions/placements/accept-placement.ts'
import { volunteers } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import { conforming } from '../support/conforming.ts'
import type { City } from '../support/given.ts'
import { countRows } from '../support/no-trace.ts'

let test: TestApp
let city: City
let call: TestApp['call']
let list: string

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city({ places: 0 })
  call = await conforming(test)
  list = `/groups/${city.group.id}/volunteers`
  await changeGroup(test.context, city.worker, city.group.id, 1, { capacityKind: 'one_to_one' })
})

const add = async (body: object) => (await call(city.worker, 'POST', list, { body })).body
const change = (id: string, version: number, body: object, who = city.worker) =>
  call(who, 'PATCH', `/volunteers/${id}`, { body, headers: { 'if-match': `"${version}"` } })
const freeNow = async () => (await call(city.navigator, 'GET', `/groups/${city.group.id}`)).body.free

/** What is wrong, as "/pointer code", in the order of the pointers. */
const faultsIn = ({ body }: { body: { errors?: { pointer: string; code: string }[] } }) =>
  (body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`).sort()

describe('volunteers of a one-to-one group', () => {
  it('are written down, and each is one place', async () => {
    const created = await call(city.worker, 'POST', list, {
      body: { name: ' Piotr ', languages: ['pl', 'pl'], wards: ['E05015490'], availability: 'Tuesdays' },
    })
    expect(created).toMatchObject({
      status: 201,
      body: {
        version: 1,
        groupId: city.group.id,
        name: 'Piotr',
        languages: ['pl'],
        wards: ['E05015490'],
        availability: 'Tuesdays',
        availableFrom: null,
        isAvailable: true,
        isWithSomebody: false,
        placement: null,
      },
    })
    await add({ name: 'Ann' })
    const all = await call(city.worker, 'GET', list)
    expect(all.body.items.map(({ name }: { name: string }) => name)).toEqual(['Ann', 'Piotr'])
    expect(await freeNow()).toBe(2)
  })

  it('are added once by a request that is repeated', async () => {
    const options = { body: { name: 'Ann' }, key: 'the-same-volunteer' }
    const [one, two] = [await call(city.worker, 'POST', list, options), await call(city.worker, 'POST', list, options)]
    expect(two.body).toEqual(one.body)
    expect(await test.context.db.read.$count(volunteers)).toBe(1)
  })

  it('go on page by page', async () => {
    for (const name of ['Ann', 'Ben', 'Cat']) await add({ name })
    const first = await call(city.worker, 'GET', `${list}?limit=2`)
    const rest = await call(city.worker, 'GET', `${list}?limit=2&after=${first.body.next}`)
    expect([...first.body.items, ...rest.body.items].map(({ name }: { name: string }) => name)).toEqual([
      'Ann',
      'Ben',
      'Cat',
    ])
    expect(rest.body.next).toBeNull()
  })

  it('are changed with the version that was read: what is left out stays', async () => {
    const { id, version } = await add({ name: 'Ann', languages: ['pl'], availability: 'Tuesdays' })
    const changed = await change(id, version, { name: 'Anne' })
    expect(changed).toMatchObject({
      status: 200,
      body: { name: 'Anne', languages: ['pl'], availability: 'Tuesdays', version: version + 1 },
    })
    expect(changed.headers.etag).toBe(`"${version + 1}"`)
    expect((await change(id, version, { name: 'Anna' })).status).toBe(412)
    const without = await call(city.worker, 'PATCH', `/volunteers/${id}`, { body: { name: 'Anna' } })
    expect(without.status).toBe(428)
  })

  it('go away until a day, and are back', async () => {
    const { id } = await add({ name: 'Ann' })
    const away = await change(id, 1, { availableFrom: '2026-12-24' })
    expect(away).toMatchObject({ status: 200, body: { availableFrom: '2026-12-24', isAvailable: false } })
    expect(await freeNow()).toBe(0)
    const back = await change(id, 2, { availableFrom: null })
    expect(back).toMatchObject({ status: 200, body: { availableFrom: null, isAvailable: true } })
    expect(await freeNow()).toBe(1)
  })

  it('leave, but not while they are somebody’s', async () => {
    const ann = await add({ name: 'Ann' })
    const { id, reference } = await test.given.referral(city).sent()
    await acceptPlacement(test.context, city.worker, id, { volunteerId: ann.id })
    const [shown] = (await call(city.worker, 'GET', list)).body.items
    expect(shown).toMatchObject({ isWithSomebody: true, placement: { id, reference } })
    const before = await countRows(test.context.db)
    const taken = await call(city.worker, 'POST', `/volunteers/${ann.id}/end`, { body: {} })
    expect([taken.status, taken.body.code]).toEqual([409, 'volunteer-taken'])
    expect(await countRows(test.context.db)).toEqual(before)
    const ben = await add({ name: 'Ben' })
    const ended = await call(city.worker, 'POST', `/volunteers/${ben.id}/end`, { body: {} })
    expect([ended.status, ended.body.items.length]).toEqual([200, 1])
    for (const gone of [
      await change(ben.id, 2, { name: 'Benny' }),
      await call(city.worker, 'POST', `/volunteers/${ben.id}/end`, { body: {} }),
    ])
      expect(gone.status).toBe(404)
  })
})

describe('what is wrong with a volunteer', () => {
  it('is said all at once, and nothing is written', async () => {
    const { id } = await add({ name: 'Ann' })
    const before = await countRows(test.context.db)
    const wrong = {
      name: '',
      languages: ['Polish', 7],
      wards: 'everywhere',
      availability: 'x'.repeat(201),
      availableFrom: '31/12/2026',
      phone: '07700 900123',
    }
    const faults = [
      '/availability too-long',
      '/availableFrom not-valid',
      '/languages/0 wrong-format',
      '/languages/1 wrong-type',
      '/name missing',
      '/phone unknown-key',
      '/wards wrong-type',
    ]
    const added = await call(city.worker, 'POST', list, { body: wrong })
    expect([added.status, faultsIn(added)]).toEqual([400, faults])
    const changed = await change(id, 1, wrong)
    expect([changed.status, faultsIn(changed)]).toEqual([400, faults])
    for (const body of [
      { name: 'Ann', availableFrom: '2026-11-23' },
      { availableFrom: '2026-11-22', name: 'Ann' },
    ]) {
      const late = await call(city.worker, 'POST', list, { body })
      expect([late.status, faultsIn(late)]).toEqual([400, ['/availableFrom in-the-past']])
    }
    expect((await change(id, 1, {})).status).toBe(400)
    expect(await countRows(test.context.db)).toEqual(before)
  })

  it('is that the group has places of another kind, or was cancelled', async () => {
    const other = await test.given.group(city.project)
    const refused = await call(city.worker, 'POST', `/groups/${other.id}/volunteers`, { body: { name: 'Ann' } })
    expect([refused.status, refused.body.code]).toEqual([409, 'wrong-status'])
    expect(await test.context.db.read.$count(volunteers)).toBe(0)
  })
})

describe('volunteers of somebody else', () => {
  it('are not there', async () => {
    const { id } = await add({ name: 'Ann' })
    const { audit: _, ...before } = await countRows(test.context.db)
    for (const who of [city.otherWorker, city.navigator, city.referrer, city.otherNavigator]) {
      const answers = [
        await call(who, 'GET', list),
        await call(who, 'POST', list, { body: { name: 'Eve' } }),
        await change(id, 1, { name: 'Eve' }, who),
        await call(who, 'POST', `/volunteers/${id}/end`, { body: {} }),
      ]
      expect(answers.map(({ status }) => [403, 404].includes(status))).toEqual([true, true, true, true])
      expect(JSON.stringify(answers.map(({ body }) => body))).not.toContain('Ann')
    }
    expect((await call(null, 'GET', list)).status).toBe(401)
    const { audit: __, ...after } = await countRows(test.context.db)
    expect(after).toEqual(before)
  })
})
