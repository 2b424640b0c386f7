import { describe, expect, test } from 'vitest'
import { openApp } from '../../support/app.ts'
import { readable, type Visitor, visitor } from '../visitor.ts'

type Fields = Record<string, string | string[]>

async function opened() {
  const { app, context, given, call } = await openApp()
  const city = await given.city()
  const admin = await given.user('organisation_admin', city.provider)
  const base = `/o/${city.provider.slug}`
  return {
    ...city,
    app,
    given,
    context,
    call,
    admin,
    base,
    page: `${base}/projects/${city.project.id}`,
    browser: visitor(app, city.worker),
  }
}

const versionOf = async (browser: Visitor, path: string) =>
  /name="version" value="(\d+)"/.exec((await browser.get(path)).html)?.[1] ?? ''

async function save(browser: Visitor, path: string, fields: Fields) {
  return browser.send(path, { version: await versionOf(browser, path), ...fields })
}

const ENTRY = {
  name: 'Community Roots',
  summary: 'An allotment.',
  needs: ['loneliness'],
  status: 'active',
}

describe('the entry of a project', () => {
  test('is changed in one form, counts as confirmed, and its history says who changed what', async () => {
    const { browser, page, call, worker, project } = await opened()
    const more = {
      greeter: 'Owen',
      cost: '2.50',
      languages: ['en', 'pl'],
      otherLanguages: 'it',
      access: ['step_free'],
      interests: 'gardening, cooking',
      contactPhone: '023 8000 0000',
      url: 'https://roots.example',
      alert: 'Closed in May',
    }
    expect(await save(browser, `${page}/edit`, { ...ENTRY, ...more })).toMatchObject({
      status: 303,
      location: `${page}?done=saved`,
    })
    const entry = (await call(worker, 'GET', `/projects/${project.id}`)).body
    expect(entry).toMatchObject({
      greeter: 'Owen',
      costPence: 250,
      languages: ['en', 'pl', 'it'],
      interests: ['gardening', 'cooking'],
      assuredOn: '2026-11-23',
      version: 2,
    })
    const told = readable((await browser.get(`${page}/history`)).html)
    expect(told).toContain('Entry changed')
    expect(told).toMatch(/Who meets you Before: Nothing Now: Owen/)
    expect(told).toMatch(/Cost Before: Nothing Now: £2.50/)
    expect(told).toMatch(/What it is Before: Something to do. Now: An allotment./)
    expect(told).toContain(worker.name)
    const shown = readable((await browser.get(`${page}/preview`)).html)
    expect(shown).toContain('Cost £2.50')
    expect(shown).toContain('English, Polish, it')
    expect(shown).toContain('Last confirmed today.')
  })

  test('says everything that is wrong at once, keeps what was typed, and writes nothing', async () => {
    const { browser, page, call, worker, project } = await opened()
    const wrong = {
      name: '',
      summary: '',
      needs: [],
      cost: 'a lot',
      url: 'javascript:alert(1)',
      contactEmail: 'nobody',
      contactPhone: '12',
      otherLanguages: 'Klingonisch',
      alert: 'Kept',
    }
    const { status, faults, html } = await save(browser, `${page}/edit`, wrong)
    expect(status).toBe(400)
    expect(faults).toEqual([
      'Enter the name',
      'Say what it is',
      'Choose at least one need',
      'Enter a web address, like https://example.org',
      'Enter a phone number, like 023 8000 0000 or 07700 900123',
      'Enter an e-mail address, like name@example.com',
      'Enter a cost in pence, from 0 to 100000',
      'Enter languages as codes, like en, pl or zh-Hans',
    ])
    expect(html).toContain('value="Kept"')
    expect((await call(worker, 'GET', `/projects/${project.id}`)).body.version).toBe(1)
  })

  test('shows both sides where somebody else was quicker, and saves on the second try', async () => {
    const { browser, page, app, admin } = await opened()
    const version = await versionOf(browser, `${page}/edit`)
    await save(visitor(app, admin), `${page}/edit`, { ...ENTRY, greeter: 'Ann' })
    const late = await browser.send(`${page}/edit`, { ...ENTRY, greeter: 'Owen', version })
    expect(late.status).toBe(409)
    expect(readable(late.html)).toMatch(/Who meets people Ann Owen/)
    const again = /name="version" value="(\d+)"/.exec(late.html)?.[1] ?? ''
    expect(await browser.send(`${page}/edit`, { ...ENTRY, greeter: 'Owen', version: again })).toMatchObject({
      status: 303,
    })
  })

  test('is confirmed in one press', async () => {
    const { browser, page, call, worker, project } = await opened()
    expect(await browser.send(`${page}/assure`, {}, page)).toMatchObject({ location: `${page}?done=assured` })
    const entry = (await call(worker, 'GET', `/projects/${project.id}`)).body
    expect(entry).toMatchObject({ assuredOn: '2026-11-23', version: 2 })
    expect(readable((await browser.get(page)).html)).toContain(`Last confirmed today, by ${worker.name}.`)
  })

  test('is begun without being seen, needs a group, and is published', async () => {
    const { browser, base, call, navigator, worker } = await opened()
    const made = await browser.send(`${base}/projects/new`, { name: 'Roots & Shoots', summary: 'New.', needs: 'food' })
    const page = made.location?.split('?')[0] ?? ''
    const id = page.split('/').at(-1)
    expect((await call(navigator, 'GET', `/projects/${id}`)).status).toBe(404)
    expect((await call(worker, 'GET', `/projects/${id}`)).body).toMatchObject({ slug: 'roots-shoots', isListed: false })
    const early = await browser.send(`${page}/publish`, { listed: 'yes', version: '1' }, page)
    expect([early.status, early.faults]).toEqual([400, ['Add a group first: it is what people are sent to.']])
    const group = {
      name: 'Cooking',
      capacityKind: 'places',
      places: '8',
      'pattern-0': 'week-1',
      'weekday-0': '2',
      'opens-0': '10',
      'closes-0': '12.30pm',
      venue: 'Kitchen',
    }
    expect((await browser.send(`${page}/groups/new`, group)).location).toBe(`${page}?done=added`)
    expect(await browser.send(`${page}/publish`, { listed: 'yes', version: '1' }, page)).toMatchObject({ status: 303 })
    const entry = (await call(navigator, 'GET', `/projects/${id}`)).body
    expect(entry.groups).toMatchObject([
      {
        name: 'Cooking',
        schedule: 'Tuesdays, 10am to 12.30pm',
        intake: { paused: true, isOpen: false },
        times: [{ every: 'week', weekday: 2, opensAt: '10:00', closesAt: '12:30' }],
      },
    ])
  })

  test('is for its own provider only, and for whoever answers for it there', async () => {
    const { app, page, admin, otherWorker, navigator, base, call, project } = await opened()
    expect((await visitor(app, admin).get(page)).status).toBe(200)
    expect((await visitor(app, otherWorker).get(page)).status).toBe(404)
    const elsewhere = `/o/${otherWorker.organisation}/projects/${project.id}`
    expect((await visitor(app, otherWorker).get(elsewhere)).status).toBe(403)
    expect((await visitor(app, navigator).get(`/o/${navigator.organisation}/projects/new`)).status).toBe(403)
    expect((await visitor(app, admin).get(`${base}/projects/new`)).status).toBe(200)
    const change = { body: { greeter: 'Me' }, headers: { 'if-match': '"1"' } }
    for (const who of [otherWorker, navigator])
      expect((await call(who, 'PATCH', `/projects/${project.id}`, change)).status).toBe(403)
  })

  test('of a feed is changed there', async () => {
    const { given, provider, call, worker, app, base } = await opened()
    const fed = await given.project(provider, { feed: 'https://feed.example' })
    const change = { body: { greeter: 'Me' }, headers: { 'if-match': '"1"' } }
    expect((await call(worker, 'PATCH', `/projects/${fed.id}`, change)).body.code).toBe('wrong-status')
    const page = readable((await visitor(app, worker).get(`${base}/projects/${fed.id}`)).html)
    expect(page).toContain('read from a feed of yours')
  })
})

describe('the rules of a project', () => {
  test('show the sentence they would make without writing anything', async () => {
    const { browser, page, call, worker, project } = await opened()
    const shown = await browser.send(`${page}/rules/area`, { districts: 'so14 , SO15', preview: 'yes' })
    expect(shown.status).toBe(200)
    expect(readable(/id="sentence"[^>]*>([\s\S]*?)<\/p>/.exec(shown.html)?.[1] ?? '')).toBe(
      'Adults living in SO14 or SO15.',
    )
    expect((await call(worker, 'GET', `/projects/${project.id}`)).body.version).toBe(1)
  })

  test('are refused where nobody could meet them, with what was typed', async () => {
    const { browser, page } = await opened()
    const { status, faults, html } = await save(browser, `${page}/rules/age`, { max: '16' })
    expect([status, faults]).toEqual([
      400,
      ['For people aged 16 or under, yet for adults: nobody is 18 or over and 16 or under'],
    ])
    expect(html).toContain('value="16"')
    const nowhere = await save(browser, `${page}/rules/route`, { otherOrganisations: 'Nobody & Sons' })
    expect(nowhere.faults).toEqual(['There is no organisation “Nobody & Sons”'])
    expect((await save(browser, `${page}/rules/area`, { districts: 'nowhere' })).faults).toEqual([
      '“NOWHERE” is no postcode district, like SO14',
    ])
    expect((await save(browser, `${page}/rules/area`, {})).faults).toEqual([
      'Choose at least one ward, part of the city, neighbourhood or postcode district',
    ])
    expect((await save(browser, `${page}/rules/ask`, { question: 'Dogs' })).faults).toEqual([
      'Write a question that yes or no answers, and end it with ?',
      'Choose which answer lets somebody in',
    ])
    expect((await save(browser, `${page}/rules/age`, { min: 'old' })).faults).toEqual([
      'Enter an age in whole years, from 0 to 120',
    ])
  })

  test('of a group have to go with those of its project, both ways round', async () => {
    const { browser, page, base, group } = await opened()
    const under = await save(browser, `${base}/groups/${group.id}/rules/age`, { max: '17' })
    expect(under.faults).toEqual([
      'For people aged 17 or under, yet Community Roots is for adults: nobody is 18 or over and 17 or under',
    ])
    await save(browser, `${base}/groups/${group.id}/rules/age`, { max: '60' })
    const over = await save(browser, `${page}/rules/0`, { min: '65' })
    expect(over.faults).toEqual([
      `For people aged 65 or over, yet ${group.name} is for people aged 60 or under: nobody is 65 or over and 60 or under`,
    ])
  })

  test('are changed and removed, each against the version that was looked at', async () => {
    const { browser, page, call, worker, project } = await opened()
    await save(browser, `${page}/rules/0`, { min: '21' })
    await save(browser, `${page}/rules/travel`, {})
    expect((await call(worker, 'GET', `/projects/${project.id}`)).body.rules).toEqual([
      'For people aged 21 or over',
      'For people who can get there, alone or with somebody',
    ])
    const late = await browser.send(`${page}/rules/0/remove`, { version: '1' }, `${page}/rules`)
    expect([late.status, late.faults]).toEqual([
      409,
      ['Somebody changed this project in the meantime. Look at it again.'],
    ])
    expect(await browser.send(`${page}/rules/0/remove`, { version: '3' }, `${page}/rules`)).toMatchObject({
      status: 303,
    })
    expect((await call(worker, 'GET', `/projects/${project.id}`)).body.sentence).toBe('People who can get there.')
  })
})

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
    const { html } = await browser.get(at)
    expect(readable(html)).toContain('Are you at ease with dogs?')
    expect((await browser.send(at, { version: '1' })).faults).toEqual(['Answer at least one question, or go back'])
    const answers = {
      version: '1',
      'question-0': 'Are you at ease with dogs?',
      'rule-0': 'ask',
      'answer-0': 'yes',
      'question-1': 'Has the person had a fall, or are they at risk of one?',
      'rule-1': 'fall_or_at_risk',
      'answer-1': 'yes',
    }
    expect((await browser.send(at, answers)).location).toContain('/matches')
    expect(await verdict()).toBe('eligible')
    expect((await browser.send(at, answers)).status).toBe(409)
    const back = { version: '2', 'said-0': 'Are you at ease with dogs?', 'told-0': 'ask', 'taken-0': 'yes' }
    expect((await browser.send(at, back)).status).toBe(303)
    expect(await verdict()).toBe('ask')
  })
})
