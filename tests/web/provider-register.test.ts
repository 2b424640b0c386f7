import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { recordAttendance } from '../../src/actions/placements/record-attendance.ts'
import { undoPlacement } from '../../src/actions/placements/undo-placement.ts'
import { withdrawPlacement } from '../../src/actions/placements/withdraw-placement.ts'
import { attendances, events, placements } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City } from '../support/given.ts'
import { countRows } from '../support/no-trace.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

const DAY = '2026-11-23'
let test: TestApp
let city: City
let worker: Visitor
let page: string
let ids: string[]

/** Three who started weeks ago, and one accepted today who has no session yet. */
beforeEach(async () => {
  test = await openApp()
  city = await test.given.city()
  worker = visitor(test.app, city.worker)
  page = `/o/community-roots/groups/${city.group.id}/register?on=${DAY}`
  test.clock.set('2026-11-16T09:00:00Z')
  ids = []
  for (const fullName of ['Ann One', 'Bob Two', 'Cy Three'])
    ids.push((await test.given.referral(city, { fullName }).started()).id)
  test.clock.set('2026-11-23T13:00:00Z')
  ids.push((await test.given.referral(city, { fullName: 'Dee Four' }).accepted()).id)
})

const lines = (...said: (string | undefined)[]) =>
  Object.fromEntries(said.flatMap((came, index) => (came ? [[`came-${ids[index]}`, came]] : [])))
const save = (fields: Record<string, string>, from = page) => worker.send(from, { on: DAY, ...fields })
const words = async (path = page) => readable((await worker.get(path)).html)
const kept = () => test.context.db.read.select().from(attendances).where(eq(attendances.sessionOn, DAY))
async function rowOf(id = '') {
  const [row] = await test.context.db.read.select().from(placements).where(eq(placements.id, id))
  return row
}

describe('the register of a day', () => {
  it('saves everybody at once, says so, and a second press saves nothing more', async () => {
    const fresh = await worker.get(page)
    expect(readable(fresh.html)).toContain('Somebody else came (1 not expected today)')
    // Nothing to say is no box: the styles hide only what is truly empty.
    expect(fresh.html).toContain('id="register-state" role="status"></div>')
    const hidden = await worker.hiddenOf(page)
    const said = {
      ...hidden,
      on: DAY,
      ...lines('yes', 'no', 'yes', 'yes'),
      [`late-${ids[2]}`]: 'yes',
      [`reason-${ids[1]}`]: 'Bus',
    }
    const before = await test.context.db.read.$count(events)
    const [one, two] = await Promise.all([worker.post(page, said), worker.post(page, said)])
    expect([one.status, one.location, two.location]).toEqual([303, `${page}&done=saved`, one.location])
    expect((await kept()).map(({ attended, late, reason }) => [attended, late, reason])).toEqual(
      expect.arrayContaining([
        [true, false, null],
        [false, false, 'Bus'],
        [true, true, null],
        [true, false, null],
      ]),
    )
    expect(await rowOf(ids[3])).toMatchObject({ status: 'started' })
    const after = await test.context.db.read.$count(events)
    expect(after).toBeGreaterThan(before)
    expect(await words(`${page}&done=saved`)).toContain('Saved: 3 came, 1 did not come. You can still change it.')
    await save(said)
    expect(await test.context.db.read.$count(events)).toBe(after)
  })

  it('sets everybody expected to "Came" without a script, and saves nothing by it', async () => {
    const before = await countRows(test.context.db)
    const { html } = await worker.get(`${page}&all=came`)
    expect(html.match(/value="yes" checked/g)).toHaveLength(3)
    expect(readable(html)).toContain('Change who did not come, then press Save.')
    expect({ ...(await countRows(test.context.db)), audit: 0 }).toEqual({ ...before, audit: 0 })
  })

  it('is corrected the same day: what a mistake had begun is as it was before', async () => {
    await save(lines('yes', undefined, undefined, 'yes'))
    expect(await rowOf(ids[3])).toMatchObject({ status: 'started' })
    expect((await save(lines('no', undefined, undefined, 'no'))).status).toBe(303)
    expect(await rowOf(ids[3])).toMatchObject({ status: 'accepted', missedInARow: 1 })
    expect(await rowOf(ids[0])).toMatchObject({ status: 'started', missedInARow: 1 })
    expect(await kept()).toHaveLength(2)
    expect(await words()).toContain('This register was saved: 0 came, 2 did not come.')
  })

  it('is corrected by a colleague later; taking that back brings the first line again', async () => {
    await save(lines('yes'))
    const [first] = await kept()
    const colleague = await test.given.user('provider_worker', city.provider)
    test.clock.set('2026-11-23T16:00:00Z')
    const theirs = visitor(test.app, colleague)
    expect((await theirs.send(page, { on: DAY, ...lines('no') })).status).toBe(303)
    expect(await kept()).toMatchObject([{ attended: false, recordedBy: colleague.userId }])
    expect(await rowOf(ids[0])).toMatchObject({ missedInARow: 1 })
    await undoPlacement(test.context, colleague, ids[0] ?? '')
    expect(await kept()).toEqual([first])
    expect(await rowOf(ids[0])).toMatchObject({ missedInARow: 0 })
  })

  it('keeps a first session that somebody else recorded, names the person, and saves nobody', async () => {
    await save(lines(undefined, undefined, undefined, 'yes'))
    const colleague = visitor(test.app, await test.given.user('provider_worker', city.provider))
    const before = await countRows(test.context.db)
    const answer = await colleague.send(page, { on: DAY, ...lines('yes', 'no', undefined, 'no') })
    expect([answer.status, answer.faults]).toEqual([
      409,
      [expect.stringMatching(/^Dee Four: They started with this session/)],
    ])
    expect(answer.html).toMatch(new RegExp(`id="came-${ids[1]}-no"[^>]*checked`))
    expect({ ...(await countRows(test.context.db)), audit: 0 }).toEqual({ ...before, audit: 0 })
  })

  it('says of somebody who left meanwhile that they left, without their name, and keeps the other choices', async () => {
    await withdrawPlacement(test.context, city.navigator, ids[1] ?? '', { reason: 'changed_mind' })
    const answer = await save(lines('yes', 'no'))
    expect([answer.status, answer.faults]).toEqual([409, [expect.stringMatching(/^SP-\S+: This is “withdrawn”/)]])
    expect(answer.html).not.toContain('Bob Two')
    expect(answer.html).toMatch(new RegExp(`id="came-${ids[0]}"[^>]*checked`))
    expect(await kept()).toEqual([])
  })

  it('takes as many people at once as one page shows, and looks at no more of them', async () => {
    const before = await countRows(test.context.db)
    const many = Object.fromEntries(Array.from({ length: 61 }, (_, at) => [`came-${at}`, 'yes']))
    const { status, faults } = await save({ ...lines('yes'), ...many })
    expect([status, faults]).toEqual([400, ['Save 60 people or fewer at once, then go on with the others.']])
    expect(await kept()).toEqual([])
    expect((await countRows(test.context.db)).events).toBe(before.events)
  })

  it('names who missed twice, and never tells anybody before acceptance', async () => {
    test.clock.set('2026-11-22T13:00:00Z')
    await recordAttendance(test.context, city.worker, ids[0] ?? '', { sessionOn: '2026-11-22', attended: false })
    test.clock.set('2026-11-23T13:00:00Z')
    await test.given.referral(city, { fullName: 'Eve Unseen' }).sent()
    await save(lines('no', 'yes'))
    const shown = await words(`${page}&done=saved`)
    expect(shown).toContain('Missed twice or more')
    expect(shown).toContain('Ann One : 2 in a row')
    expect(shown).not.toContain('Eve Unseen')
  })

  it.each<[string, Record<string, string>, string]>([
    ['nothing said', {}, 'Say for at least one person whether they came'],
    ['no day', { on: 'soon' }, 'Choose the day of the session'],
    ['a day to come', { on: '2026-11-30' }, 'Enter today or an earlier day'],
    ['a reason too long', { reason: 'x' }, 'Shorten the reason to 300 characters'],
  ])('refuses %s and keeps what was chosen', async (name, fields, fault) => {
    const { reason, ...rest } = fields
    const said = name === 'nothing said' ? {} : lines('yes')
    const answer = await save({ ...said, ...rest, ...(reason ? { [`reason-${ids[0]}`]: 'x'.repeat(301) } : {}) })
    expect([answer.status, answer.faults]).toEqual([400, [fault]])
    if (name !== 'nothing said') expect(answer.html).toMatch(new RegExp(`id="came-${ids[0]}"[^>]*checked`))
    expect(await kept()).toEqual([])
  })

  it('is nobody else’s: another project is refused, a person of another group is refused, and both leave no line', async () => {
    const stranger = visitor(test.app, city.otherWorker)
    const theirs = page.replace('community-roots', city.otherWorker.organisation)
    expect((await stranger.get(theirs)).status).toBe(403)
    const other = await test.given.group(city.project)
    const wrong = `/o/community-roots/groups/${other.id}/register?on=${DAY}`
    const answer = await worker.send(wrong, { on: DAY, ...lines('yes') }, '/o/community-roots/places')
    expect([answer.status, answer.faults]).toEqual([409, ['Ann One: This person is not in this group.']])
    expect(await kept()).toEqual([])
    expect(await words(wrong)).toContain('Nobody is in this group on this day.')
    expect((await worker.get(`${page}&after=no-such-person`)).html).toContain('The list has changed since.')
  })
})
