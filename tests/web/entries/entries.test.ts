import { describe, expect, test } from 'vitest'
import { readable, visitor } from '../visitor.ts'
import { ENTRY, opened, save, versionOf } from './opened.ts'

describe('the entry of a project', () => {
  test('is changed in one form, counts as confirmed, and its history says who changed what', async () => {
    const { browser, page, call, worker, project, provider } = await opened()
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
    expect(told).toMatch(/Who meets people Before: Nothing Now: Owen/)
    expect(told).toMatch(/Cost Before: Nothing Now: £2.50/)
    expect(told).toMatch(/What it is Before: Something to do. Now: An allotment./)
    expect(told).toContain(worker.name)
    const shown = readable((await browser.get(`${page}/preview`)).html)
    expect(shown).toContain('Preview. This is the page that practices and navigators read. What you have not saved')
    expect(shown).toContain('Cost £2.50')
    expect(readable((await browser.get(page)).html)).toContain('Who meets people Owen')
    // Word for word the page of the directory, from its title on.
    const there = readable((await browser.get(`/o/${provider.slug}/directory/${project.slug}`)).html)
    const body = (text: string) => text.slice(text.lastIndexOf('Closed in May') - 60, text.indexOf('Trellis is not an'))
    expect(there).toContain('How it answers')
    expect(body(shown).slice(60)).toBe(body(there).slice(60))
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
      'Enter a cost in pounds, like 2.50, or 0 where it is free',
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
    expect((await browser.get(`${page}?done=assured`)).html).toContain('Saved: still right.')
    for (const word of ['__proto__', 'constructor'])
      expect(readable((await browser.get(`${page}?done=${word}`)).html)).toBe(readable((await browser.get(page)).html))
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
