import { and, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { countResponses } from '../../src/actions/directory/count-responses.ts'
import { writeDirectory } from '../../src/demo/directory.ts'
import { runJob } from '../../src/jobs/clockwork.ts'
import { auditRows, events, mailbox, organisations, projectResponses, projects } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import { freshFolder } from '../support/database.ts'
import { readable, visitor } from './visitor.ts'

const POST = { mailer: null, from: 'no-reply@trellis.example', baseUrl: 'https://trellis.example', retryBaseMs: 1000 }
const JOBS = () => ({ post: POST, headFile: `${freshFolder()}/head.json` })

let test: TestApp

beforeEach(async () => {
  test = await openApp({ DEMO: '1', HOST: '127.0.0.1' })
  await writeDirectory(test.context, 'x')
})

const stranger = () => visitor(test.app)
const words = async (path: string) => readable((await stranger().get(path)).html)

describe('the public directory', () => {
  it('lists projects for everybody, what was not checked lately last, and goes on', async () => {
    const first = await stranger().get('/directory')
    expect(first.status).toBe(200)
    expect(first.html).toContain('<meta name="robots" content="noindex">')
    expect(readable(first.html)).toMatch(/25 projects.*Demonstration data/)
    const [, next = ''] = /href="(\/directory\?after=[^"]+)"/.exec(first.html) ?? []
    expect(await words(next)).toMatch(/Not checked since \d+ \w+ 2026\. Ask before you rely on it\./)
    expect(await words(next)).toContain('Nobody has checked this entry yet.')
    expect(await words('/directory?after=nonsense')).toContain('That part of the list has moved on')
  })

  it('keeps what was chosen in the address, each part removable, and leaves out what nobody offers', async () => {
    const { html } = await stranger().get('/directory?q=gardening&day=2&only=free&access=quiet_space')
    expect(readable(html)).toMatch(/1 project\b.*Community Roots/)
    expect(html).toContain('href="/directory?q=gardening&amp;access=quiet_space&amp;only=free"')
    expect(html).toContain('href="/directory?day=2&amp;access=quiet_space&amp;only=free"')
    for (const query of ['day=9', 'need=magic', 'area=ward:X', 'language=xx', 'only=gold', 'access=x', 'day=1&day=2'])
      expect(await words(`/directory?${query}`)).toContain('It was left out')
    expect(await words('/directory?area=district:SO19')).toContain('Mayfield Nurseries')
  })

  it('shows help first where the words may mean that a life is in danger, and what is found below', async () => {
    const page = await words('/directory?q=suicde')
    expect(page).toMatch(/You can get help now.*call 999 .*call 111 and choose option 2.*The Lighthouse , 01632 960113/)
    const found = await words('/directory?q=suicide')
    expect(found.indexOf('You can get help now')).toBeLessThan(found.search(/\d+ projects?\b/))
    expect(found.indexOf('The Lighthouse')).toBeLessThan(found.indexOf('Amparo'))
    expect(await words('/directory?q=gardening')).not.toContain('You can get help now')
  })

  it('says that nothing is found, and which part to leave out', async () => {
    const { html } = await stranger().get('/directory?q=woodwork&day=1')
    expect(readable(html)).toContain('Nothing found')
    expect(html).toContain('<a href="/directory?q=woodwork">Without Monday</a>: 1 project')
    expect(await words('/directory?q=woodwork+bailiffs')).toMatch(/Only “woodwork” : 1 project/)
    expect(await words(`/directory?q=${encodeURIComponent('"<script>alert(1)</script>')}`)).toContain('Nothing found')
  })

  it('shows one project with all that somebody asks before they go, and nothing of who is there', async () => {
    const page = await words('/directory/shirley-mens-shed')
    for (const said of [
      'Mostly men, others welcome',
      'Gordon makes you a drink',
      'Open Tuesdays, Wednesdays and Fridays, 9.30am to 12.30pm',
      'St James Road',
      'SO15 5PH',
      'Step-free entrance',
      'English',
      '£2. For each visit.',
      '01632 960122',
      'Yes, you can ask',
      'Checked on 21 October 2026',
      'places free',
      'Demonstration data',
    ])
      expect(page).toContain(said)
    for (const hidden of ['waiting', 'taken', 'How it answers']) expect(page).not.toContain(hidden)
    expect(await words('/directory/girls-in-parks')).toContain('Yes, just come')
    expect(await words('/directory/mayfield-nurseries')).toContain('No, somebody who helps you asks')
    expect((await stranger().get('/directory/no-such-thing')).status).toBe(404)
  })

  it('does not show what has left it', async () => {
    await test.context.db.write((tx) =>
      tx.update(projects).set({ isListed: false }).where(eq(projects.slug, 'shirley-mens-shed')),
    )
    expect((await stranger().get('/directory/shirley-mens-shed')).status).toBe(404)
  })
})

describe('the directory of staff', () => {
  it('has capacity, waiting and how a project answers, and leads to a referral', async () => {
    const [service] = await test.context.db.read.select().from(organisations).where(eq(organisations.slug, 'so-linked'))
    if (!service) throw new Error('The demonstration has no service.')
    const navigator = visitor(test.app, await test.given.user('navigator', service))
    const base = '/o/so-linked/directory'
    const list = await navigator.get(base)
    expect(readable((await navigator.get(`${base}?q=kill+myself`)).html)).toContain('You can get help now')
    expect(list.html).toMatch(/aria-current="page">Directory/)
    const one = await navigator.get(`${base}/shirley-mens-shed`)
    expect(readable(one.html)).toContain('46 places free · 0 of 46 places taken')
    expect(readable(one.html)).toContain('fewer than 10 referrals')
    expect(one.html).toMatch(/href="\/o\/so-linked\/refer\?project=[\w-]{36}"/)
    const [shed] = await test.context.db.read.select().from(projects).where(eq(projects.slug, 'shirley-mens-shed'))
    await test.context.db.write((tx) =>
      tx.insert(projectResponses).values({
        projectId: shed?.id ?? '',
        ...{ answered: 12, accepted: 11, replyDays: 2, waitLowDays: 4, waitHighDays: 9, waited: 10 },
        countedAt: new Date(),
      }),
    )
    for (const path of [`${base}?q=shed`, `${base}/shirley-mens-shed`])
      expect(readable((await navigator.get(path)).html)).toContain(
        'Usually replies in 2 working days. Took on 11 of 12',
      )
    expect(await words('/directory/shirley-mens-shed')).not.toContain('Usually replies')
    expect((await stranger().get(base)).status).not.toBe(200)
  })
})

describe('an entry that grows old', () => {
  async function links(): Promise<Map<string, string>> {
    const mails = await test.context.db.read.select().from(mailbox)
    return new Map(
      mails.map(({ subject, text }) => [subject, /https:\/\/trellis\.example(\/l\/[\w-]+)/.exec(text)?.[1] ?? '']),
    )
  }
  async function chase(on: string) {
    test.clock.set(`${on}T09:30:00Z`)
    await runJob(test.context, JOBS(), 'assurance')
    await runJob(test.context, JOBS(), 'deliver-messages')
  }
  const SUBJECT = 'Is the entry for Housing advice still right?'

  it('is asked about at the provider’s shared address, no more than every fortnight, and confirmed in one click', async () => {
    await chase('2026-11-24')
    const first = await links()
    expect([...first.keys()].sort()).toEqual([
      'Is the entry for Energise Me Millbrook still right?',
      SUBJECT,
      'Is the entry for Mayfield Nurseries still right?',
      'Is the entry for Teenage girls in parks still right?',
    ])
    await chase('2026-12-01')
    expect((await test.context.db.read.select().from(mailbox)).length).toBe(4)
    const link = first.get(SUBJECT) ?? ''
    const [mail] = await test.context.db.read.select().from(mailbox).where(eq(mailbox.subject, SUBJECT))
    expect(mail?.to).toBe('post@housing-advice.example')
    // A scanner that follows it, however often, confirms nothing.
    for (const _ of [1, 2]) expect(readable((await stranger().get(link)).html)).toContain('Yes, it is right')
    expect(await words('/directory/housing-advice')).toContain('Not checked since')
    const sent = await stranger().send(link)
    expect([sent.status, sent.location]).toEqual([303, link])
    expect(await words(link)).toContain('The entry for Housing advice is confirmed')
    expect(await words('/directory/housing-advice')).toContain('Checked on 1 December 2026')
    // Twice is as good as once.
    expect(
      (await stranger().send(link, {}, first.get('Is the entry for Mayfield Nurseries still right?'))).status,
    ).toBe(303)
    const told = await test.context.db.read
      .select()
      .from(events)
      .where(and(eq(events.type, 'project.assured')))
    expect(told).toHaveLength(1)
    expect(told[0]).toMatchObject({ actorKind: 'system', actorId: null })
    const chased = await test.context.db.read.select().from(auditRows).where(eq(auditRows.action, 'project.chased'))
    expect(chased).toHaveLength(4)
    // Sentences in the mail name nobody.
    expect(mail?.text).not.toMatch(/Denise|Achebe/)
  })

  it('ends its link after a month, or with the next e-mail; no other link is one', async () => {
    await chase('2026-11-24')
    const link = (await links()).get(SUBJECT) ?? ''
    test.clock.set('2026-12-25T09:30:00Z')
    const late = await stranger().get(link)
    expect(late.status).toBe(410)
    expect(readable(late.html)).toContain('This link has run out')
    await chase('2026-12-28')
    expect((await stranger().get(link)).status).toBe(404)
    const cut = `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`
    for (const wrong of [cut, `${link}x`, `/l/${'a'.repeat(70)}`, `/l/${'_'.repeat(23)}`])
      expect((await stranger().get(wrong)).status).toBe(404)
    expect((await stranger().post(cut, {})).status).not.toBe(303)
  })
})

it('is narrowed down by the API, page by page, in the same order', async () => {
  const [service] = await test.context.db.read.select().from(organisations).where(eq(organisations.slug, 'so-linked'))
  if (!service) throw new Error('The demonstration has no service.')
  const navigator = await test.given.user('navigator', service)
  const names = async (query: string) => {
    const { status, body } = await test.call(navigator, 'GET', `/projects?${query}`)
    expect(status).toBe(200)
    return { names: (body.items as { slug: string }[]).map(({ slug }) => slug), next: body.next as string | null }
  }
  expect((await names('q=garden&free=yes&access=quiet_space,by_bus')).names[0]).toBe('community-roots')
  expect((await names('need=falls')).names).toEqual(['falls-prevention'])
  const first = await names('limit=20')
  const rest = await names(`limit=20&after=${first.next}`)
  expect([...first.names, ...rest.names]).toHaveLength(25)
  expect(rest.next).toBeNull()
  for (const wrong of ['day=8', 'need=magic', 'free=no', 'access=x', 'after=nonsense', 'colour=red', 'district=%00'])
    expect((await test.call(navigator, 'GET', `/projects?${wrong}`)).status).toBe(400)
})

it('counts responses for nobody where nothing was sent', async () => {
  expect(await countResponses(test.context, new AbortController().signal)).toBe(0)
})
