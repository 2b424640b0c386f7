import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { events } from '../../../src/store/schema.ts'
import { readable, visitor } from '../visitor.ts'
import { opened, save } from './opened.ts'

describe('a group', () => {
  test('is changed whole: times, place, days of a course and how many', async () => {
    const { browser, base, group, call, worker } = await opened()
    const place = {
      kind: 'physical',
      name: 'Central Library',
      addressLines: 'Civic Centre',
      postcode: 'so14 7lw',
      access: 'step_free',
    }
    expect((await browser.send(`${base}/locations`, place)).status).toBe(303)
    const id = /locations\/([\w-]+)"/.exec((await browser.get(`${base}/locations`)).html)?.[1] ?? ''
    const fields = {
      name: 'Second group',
      venue: 'Upstairs',
      locationId: id,
      capacityKind: 'places',
      places: '6',
      'pattern-0': 'month--1',
      'weekday-0': '6',
      'opens-0': '9:30am',
      'courseStartsOn-day': '1',
      'courseStartsOn-month': '12',
      'courseStartsOn-year': '2026',
      'courseEndsOn-day': '2',
      'courseEndsOn-month': '3',
      'courseEndsOn-year': '2027',
    }
    expect((await save(browser, `${base}/groups/${group.id}/edit`, fields)).status).toBe(303)
    expect((await call(worker, 'GET', `/projects/${group.projectId}`)).body.groups[0]).toMatchObject({
      name: 'Second group',
      places: 6,
      locationId: id,
      times: [{ every: 'month', nth: -1, weekday: 6, opensAt: '09:30' }],
      courseStartsOn: '2026-12-01',
      courseEndsOn: '2027-03-02',
    })
    const told = readable((await browser.get(`${base}/projects/${group.projectId}/history`)).html)
    expect(told).toMatch(/Places Before: 10 Now: 6/)
    expect(told).toMatch(/When Before: Nothing Now: Last Saturday of the month, 9.30am/)
  })

  test('whose place moves says so in the history of its entry, from where to where, while it meets there', async () => {
    const { browser, base, group, call, worker, context } = await opened()
    const history = async () =>
      readable((await browser.get(`${base}/projects/${group.projectId}/history`)).html).replace(/\s+/g, ' ')
    const hall = { kind: 'physical', name: 'Church hall', addressLines: '1 High Street', postcode: 'SO14 7LW' }
    const hut = { kind: 'physical', name: 'Scout hut', addressLines: '9 Mill Lane', postcode: 'SO15 2AA' }
    const add = async (place: typeof hall) => {
      await browser.send(`${base}/locations`, place)
      const { html } = await browser.get(`${base}/locations`)
      return new RegExp(`locations/([\\w-]+)"[^>]*>${place.name}`).exec(html)?.[1] ?? ''
    }
    const [first, second] = [await add(hall), await add(hut)]
    // Before the group meets there it is no history of the entry.
    await save(browser, `${base}/locations/${first}`, { ...hall, name: 'Old hall' })
    expect(await history()).not.toContain('Old hall')
    const meet = async (locationId: string) => {
      const { version } = (await call(worker, 'GET', `/groups/${group.id}`)).body
      const headers = { 'if-match': `"${version}"` }
      expect((await call(worker, 'PATCH', `/groups/${group.id}`, { body: { locationId }, headers })).status).toBe(200)
    }
    await meet(first)
    const moved = { ...hall, name: 'Old hall', addressLines: '2 Low Street', postcode: 'SO16 4GX', access: 'step_free' }
    expect((await save(browser, `${base}/locations/${first}`, moved)).status).toBe(303)
    const told = await history()
    expect(told).toContain('Place changed : Old hall')
    expect(told).toContain('Address Before: 1 High Street Now: 2 Low Street')
    expect(told).toContain('Postcode Before: SO14 7LW Now: SO16 4GX')
    expect(told).toContain('Access Before: Nothing Now: Step-free entrance')
    expect(told).toContain('Place Before: Nothing Now: Old hall')
    expect(told).toContain(worker.name)
    // Saved again as it stands, it has no more history than before; nor has it what becomes of a place that it left.
    await save(browser, `${base}/locations/${first}`, moved)
    await meet(second)
    await save(browser, `${base}/locations/${first}`, { ...moved, city: 'Eastleigh' })
    const after = await history()
    expect(after).toContain('Place Before: Old hall Now: Scout hut')
    expect(after.match(/Place changed/g)).toHaveLength(1)
    expect(after).toContain('Now: 2 Low Street')
    expect(after).not.toContain('Eastleigh')
    const kept = await context.db.read.select().from(events).where(eq(events.subjectId, first)).orderBy(events.at)
    expect(kept.map(({ type, subjectVersion }) => [type, subjectVersion])).toEqual([
      ['location.created', 1],
      ['location.changed', 2],
      ['location.changed', 3],
      ['location.changed', 4],
    ])
    expect(kept[2]?.changes).toMatchObject({ addressLines: [['1 High Street'], ['2 Low Street']] })
  })

  test('that was cancelled stays in the history of its entry, with all that was changed before', async () => {
    const { browser, base, group, call, worker } = await opened()
    const body = { name: 'Evening group' }
    await call(worker, 'PATCH', `/groups/${group.id}`, { body, headers: { 'if-match': '"1"' } })
    await call(worker, 'POST', `/groups/${group.id}/cancel`, { body: { reason: 'The hall is sold' } })
    const told = readable((await browser.get(`${base}/projects/${group.projectId}/history`)).html)
    expect(told).toContain('Group cancelled')
    expect(told).toContain('The hall is sold')
    expect(told).toContain('Now: Evening group')
  })

  test('keeps what the form does not ask for: first and last days, and how many weeks or months lie between', async () => {
    const { browser, base, given, project, call, worker } = await opened()
    const times = [
      { every: 'week' as const, interval: 6, weekday: 2, opensAt: '10:00', from: '2026-12-01', until: '2027-06-01' },
      { every: 'month' as const, interval: 2, nth: 1, weekday: 5, opensAt: '14:00', closesAt: '15:00' },
    ]
    const group = await given.group(project, { times })
    const at = `${base}/groups/${group.id}/edit`
    const { html } = await browser.get(at)
    const typed = html.matchAll(/<input[^>]* name="((?!_)[\w-]+)"[^>]* value="([^"]*)"/g)
    const chosen = html.matchAll(/<select[^>]* name="([\w-]+)"[\s\S]*?<option value="([^"]*)" selected/g)
    const fields = Object.fromEntries([...typed, ...chosen].map(([, name = '', value = '']) => [name, value]))
    const sent = { ...fields, capacityKind: 'places', name: 'Renamed' }
    expect((await browser.send(at, sent)).status).toBe(303)
    const { groups } = (await call(worker, 'GET', `/projects/${project.id}`)).body
    expect(groups.find(({ id }: { id: string }) => id === group.id)).toMatchObject({ name: 'Renamed', times })
  })

  test('says its new times and its new place, where nobody said them in other words', async () => {
    const { browser, base, group, call, worker } = await opened()
    const add = async (name: string) => {
      await browser.send(`${base}/locations`, {
        kind: 'physical',
        name,
        addressLines: 'A street',
        postcode: 'SO14 7LW',
      })
      const { html } = await browser.get(`${base}/locations`)
      return new RegExp(`locations/([\\w-]+)"[^>]*>${name}`).exec(html)?.[1] ?? ''
    }
    const [hall, hut] = [await add('Church hall'), await add('Scout hut')]
    const at = `${base}/groups/${group.id}/edit`
    const said = { name: 'Second group', capacityKind: 'places', places: '6', schedule: '', venue: '' }
    const mondays = { 'pattern-0': 'week-1', 'weekday-0': '1', 'opens-0': '10' }
    const shown = async () => (await call(worker, 'GET', `/groups/${group.id}`)).body
    expect((await save(browser, at, { ...said, ...mondays, locationId: hall })).status).toBe(303)
    expect(await shown()).toMatchObject({ schedule: 'Mondays, 10am', venue: 'Church hall' })
    expect((await browser.get(at)).html).toMatch(/name="schedule"[^>]*value=""|name="schedule"(?![^>]*value)/)
    expect((await save(browser, at, { ...said, ...mondays, 'weekday-0': '5', locationId: hut })).status).toBe(303)
    expect(await shown()).toMatchObject({ schedule: 'Fridays, 10am', venue: 'Scout hut' })
    // The same by the API, where the words are left out.
    const times = [{ every: 'week', weekday: 3, opensAt: '14:00' }]
    const { version } = await shown()
    const headers = { 'if-match': `"${version}"` }
    await call(worker, 'PATCH', `/groups/${group.id}`, { body: { times, locationId: hall }, headers })
    expect(await shown()).toMatchObject({ schedule: 'Wednesdays, 2pm', venue: 'Church hall' })
    // Words of one's own stay.
    const own = { ...said, ...mondays, locationId: hut, schedule: 'Mondays in term', venue: 'Behind the hut' }
    await save(browser, at, own)
    const body = { times: [{ every: 'week', weekday: 4, opensAt: '09:00' }], locationId: hall }
    const now = { 'if-match': `"${(await shown()).version}"` }
    await call(worker, 'PATCH', `/groups/${group.id}`, { body, headers: now })
    expect(await shown()).toMatchObject({ schedule: 'Mondays in term', venue: 'Behind the hut' })
  })

  test('says everything that is wrong at once', async () => {
    const { browser, base, group } = await opened()
    const wrong = {
      name: '',
      schedule: 'x',
      capacityKind: 'places',
      places: 'many',
      'pattern-0': 'week-1',
      'weekday-0': '1',
      'opens-0': 'noon',
      'pattern-2': 'week-1',
      'weekday-2': '1',
      'opens-2': '11',
      'closes-2': '10',
      'courseEndsOn-day': '31',
      'courseEndsOn-month': '2',
      'courseEndsOn-year': '2027',
    }
    const { status, faults } = await save(browser, `${base}/groups/${group.id}/edit`, wrong)
    expect(status).toBe(400)
    expect(faults).toEqual(
      expect.arrayContaining([
        'Enter the name',
        'Enter a time of day, like 10:30',
        'It must end after it begins',
        'Enter the number of places, from 0 to 500',
      ]),
    )
    expect(
      (
        await save(browser, `${base}/groups/${group.id}/edit`, {
          name: 'X',
          schedule: 'x',
          venue: 'y',
          capacityKind: 'places',
          places: '3',
          locationId: 'elsewhere',
        })
      ).faults,
    ).toEqual(['Choose one of your own places'])
  })
})

describe('what a project asks', () => {
  test('is answered by a navigator, and the match then says yes', async () => {
    const city = await opened()
    const { app, given, navigator, call, provider } = city
    const asking = await given.project(provider, {
      rules: [{ rule: 'ask', question: 'Are you at ease with dogs?', wants: 'yes' }, { rule: 'fall_or_at_risk' }],
    })
    const dogs = await given.group(asking)
    const referral = await given.referral(city).contacted()
    const at = `/o/${navigator.organisation}/referrals/${referral.id}/facts?group=${dogs.id}`
    const verdict = async () =>
      (await call(navigator, 'GET', `/referrals/${referral.id}/matches`)).body.items.find(
        (one: { groupId: string }) => one.groupId === dogs.id,
      ).verdict
    expect(await verdict()).toBe('ask')
    const browser = visitor(app, navigator)
    const matches = (await browser.get(`/o/${navigator.organisation}/referrals/${referral.id}/matches`)).html
    expect(matches).toContain(`href="facts?group=${dogs.id}"`)
    const { html } = await browser.get(at)
    expect(html).not.toMatch(/<title>[^<]*Ada/)
    const question = `${asking.name} asks: Are you at ease with dogs?`
    expect(readable(html)).toContain(question)
    expect(html).toContain(`name="of-0" value="${asking.id}"`)
    expect((await browser.send(at, { version: '1' })).faults).toEqual(['Answer at least one question, or go back'])
    const answers = {
      version: '1',
      'question-0': question,
      'rule-0': 'ask',
      'of-0': asking.id,
      'answer-0': 'yes',
      'question-1': 'Has the person had a fall, or are they at risk of one?',
      'rule-1': 'fall_or_at_risk',
      'answer-1': 'yes',
    }
    expect((await browser.send(at, answers)).location).toContain('/matches')
    expect(await verdict()).toBe('eligible')
    expect((await browser.send(at, answers)).status).toBe(409)
    const back = { version: '2', 'said-0': question, 'told-0': 'ask', 'theirs-0': asking.id, 'taken-0': 'yes' }
    expect((await browser.send(at, back)).status).toBe(303)
    expect(await verdict()).toBe('ask')
    const grief = { version: '3', wasBereaved: 'no', bereavedBySuicide: 'yes' }
    expect((await browser.send(at, grief)).status).toBe(303)
    expect((await browser.get(at)).html).toMatch(/value="yes" checked|checked[^>]*value="yes"/)
  })
})
