import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { askPlaces } from '../../src/actions/clocks/ask-places.ts'
import { askRegisters } from '../../src/actions/clocks/ask-registers.ts'
import { changeGroup, confirmCapacity } from '../../src/actions/directory/change-group.ts'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { attendances, auditRows, groups, outbox } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City } from '../support/given.ts'
import { codeSent, linkOf, POST } from '../support/links.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

const NEVER = new AbortController().signal

let test: TestApp
let city: City
let shed: Visitor

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city({ places: 8 })
  shed = visitor(test.app)
})

const owed = async (notice: string) =>
  (await test.context.db.read.select().from(outbox)).filter((row) => row.notice === notice).length
const theGroup = async () => {
  const [row] = await test.context.db.read.select().from(groups).where(eq(groups.id, city.group.id))
  if (!row) throw new Error('There is no such group.')
  return row
}

describe('the register of today', () => {
  const THURSDAY = '2026-11-26T09:00:00Z'

  async function asked(people = 2) {
    const ids = []
    for (let n = 0; n < people; n++)
      ids.push((await test.given.referral(city, { fullName: `Person No${n}` }).started()).id)
    test.clock.set(THURSDAY)
    await askRegisters(test.context, NEVER)
    await deliverMessages(test.context, POST)
    return { ids, link: await linkOf(test.context, 'register-to-take') }
  }

  it('is asked for once, on the day of a session, where somebody is in the group', async () => {
    test.clock.set('2026-11-19T09:00:00Z')
    expect(await askRegisters(test.context, NEVER)).toBe(0)
    test.clock.set('2026-11-23T09:00:00Z')
    await test.given.referral(city).started()
    expect(await askRegisters(test.context, NEVER)).toBe(0)
    test.clock.set(THURSDAY)
    expect(await askRegisters(test.context, NEVER)).toBe(1)
    expect(await askRegisters(test.context, NEVER)).toBe(0)
    expect(await owed('register-to-take')).toBe(1)
  })

  it('shows no name before the code, and one tap a person after it', async () => {
    const { ids, link } = await asked()
    const closed = await shed.get(link)
    expect(closed.status).toBe(200)
    expect(closed.html).not.toContain('Person No')
    expect(readable(closed.html)).toContain('2 people')
    await shed.post(link, { do: 'code' })
    const opened = await shed.post(link, { do: 'open', code: await codeSent(test.context) })
    expect(opened.html).toContain('Person No0')
    const pass = /name="pass" value="([^"]+)"/.exec(opened.html)?.[1] ?? ''
    const empty = await shed.post(link, { do: 'save', pass })
    expect([empty.status, empty.faults]).toEqual([400, ['Say for at least one person whether they came']])
    const lines = { [`came-${ids[0]}`]: 'yes', [`came-${ids[1]}`]: 'no' }
    const saved = await shed.post(link, { do: 'save', pass, firstName: 'Sam', ...lines })
    expect(readable(saved.html)).toContain('Saved: 1 came, 1 did not come.')
    const rows = await test.context.db.read.select().from(attendances).where(eq(attendances.sessionOn, '2026-11-26'))
    expect(rows.map(({ attended, recordedBy }) => [attended, recordedBy]).sort()).toEqual([
      [false, null],
      [true, null],
    ])
    // Sent twice is saved once; a slip is put right by the same link.
    await shed.post(link, { do: 'save', pass, ...lines })
    await shed.post(link, { do: 'save', pass, ...lines, [`came-${ids[1]}`]: 'yes' })
    expect(readable((await shed.get(link)).html)).toContain('2 came, 0 did not come')
    const looks = await test.context.db.read.select().from(auditRows).where(eq(auditRows.action, 'placement.listed'))
    expect(looks.at(-1)).toMatchObject({ actorKind: 'link', detail: { ids: expect.arrayContaining(ids) } })
  })

  it('takes no forged pass, closes after half an hour, and runs out two working days later', async () => {
    const { ids, link } = await asked(1)
    const lines = { [`came-${ids[0]}`]: 'yes' }
    for (const pass of ['', '99999999.AAAAAAAAAAAAAAAAAAAAAA', 'x'])
      expect((await shed.post(link, { do: 'save', pass, ...lines })).status).toBe(400)
    await shed.post(link, { do: 'code' })
    const opened = await shed.post(link, { do: 'open', code: await codeSent(test.context) })
    const pass = /name="pass" value="([^"]+)"/.exec(opened.html)?.[1] ?? ''
    test.clock.set('2026-11-26T09:31:00Z')
    expect((await shed.post(link, { do: 'save', pass, ...lines })).status).toBe(400)
    test.clock.set('2026-12-01T09:00:00Z')
    expect((await shed.get(link)).status).toBe(410)
    expect((await shed.post(link, { do: 'code' })).status).toBe(409)
  })
})

describe('places that nobody knows any more', () => {
  async function asked() {
    test.clock.set('2026-12-08T09:00:00Z')
    expect(await askPlaces(test.context, NEVER)).toBe(1)
    await deliverMessages(test.context, POST)
    return linkOf(test.context, 'places-to-confirm')
  }

  it('are asked about once for each ageing', async () => {
    test.clock.set('2026-12-07T09:00:00Z')
    expect(await askPlaces(test.context, NEVER)).toBe(0)
    await asked()
    expect(await askPlaces(test.context, NEVER)).toBe(0)
    test.clock.set('2026-12-20T09:00:00Z')
    expect(await askPlaces(test.context, NEVER)).toBe(0)
    await confirmCapacity(test.context, city.worker, city.group.id)
    test.clock.set('2027-01-04T09:00:00Z')
    expect(await askPlaces(test.context, NEVER)).toBe(1)
  })

  it('are confirmed in one click, changed, paused and opened again', async () => {
    const link = await asked()
    expect(readable((await shed.get(link)).html)).toContain('Not confirmed')
    expect((await shed.post(link, { do: 'confirm' })).location).toBe(`${link}?done=confirmed`)
    expect((await theGroup()).capacityConfirmedAt).toEqual(new Date('2026-12-08T09:00:00Z'))
    expect(readable((await shed.get(link)).html)).toContain(
      'The places were confirmed by the e-mail link to community-roots, Tue 8 December at 9am.',
    )
    const version = String((await theGroup()).version)
    const faulty = await shed.post(link, { do: 'change', version, places: 'many' })
    expect([faulty.status, faulty.faults]).toEqual([400, ['Enter the number of places, from 0 to 500']])
    expect((await shed.post(link, { do: 'change', version, places: '12' })).status).toBe(303)
    expect((await theGroup()).places).toBe(12)
    // Made from what stood there before.
    expect((await shed.post(link, { do: 'change', version, places: '5' })).status).toBe(409)
    const next = String((await theGroup()).version)
    await shed.post(link, { do: 'change', version: next, pause: 'yes', pauseFor: '14' })
    expect(await theGroup()).toMatchObject({ intakePaused: true, intakeReopensOn: '2026-12-22' })
    await shed.post(link, { do: 'change', version: String((await theGroup()).version), pause: 'no' })
    expect((await theGroup()).intakePaused).toBe(false)
  })

  it('are not typed as a number where each is a volunteer by name', async () => {
    await changeGroup(test.context, city.worker, city.group.id, 1, { capacityKind: 'one_to_one' })
    const list = `/o/community-roots/groups/${city.group.id}/volunteers`
    await visitor(test.app, city.worker).send(list, { name: 'Ann' })
    const { html } = await shed.get(await asked())
    expect(html).not.toContain('name="places"')
    expect(html).toContain(`href="${list}"`)
  })

  it('cannot go below those who have one', async () => {
    await test.given.referral(city).accepted()
    await test.given.referral(city).accepted()
    const link = await (async () => {
      test.clock.set('2026-12-08T09:00:00Z')
      await askPlaces(test.context, NEVER)
      await deliverMessages(test.context, POST)
      return linkOf(test.context, 'places-to-confirm')
    })()
    const { version } = await theGroup()
    const refused = await shed.post(link, { do: 'change', version: String(version), places: '1' })
    expect([refused.status, refused.faults[0]]).toEqual([409, expect.stringContaining('2 people')])
  })
})
