import { describe, expect, it } from 'vitest'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { waitlistPlacement } from '../../src/actions/placements/wait-for-place.ts'
import { formsOf } from '../../src/domain/words.ts'
import { mailbox, people, placements, referrals } from '../../src/store/schema.ts'
import { dayIn } from '../../src/words/days.ts'
import { ENGLISH, languageCodes, wordFile } from '../../src/words/files.ts'
import { type Language, language } from '../../src/words/language.ts'
import { openApp } from '../support/app.ts'
import { linkOf, POST } from '../support/links.ts'
import { ANSWERS } from './self-answers.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

const OTHERS = languageCodes()
  .filter((code) => code !== ENGLISH)
  .map(language)

/** English sentences that stand on a page in another language: words that nobody translated, or a key that nobody asked for. */
function englishOn(html: string, { code }: Language): string[] {
  const own = wordFile(code)
  const words = readable(html)
  return Object.entries(wordFile(ENGLISH)).flatMap(([key, said]) =>
    formsOf(said).filter(
      (form) =>
        form.length > 12 && !form.includes('{') && !formsOf(own[key] ?? '').includes(form) && words.includes(form),
    ),
  )
}

async function inLanguage(who: Visitor, tongue: Language, path: string): Promise<string> {
  const { status, html } = await who.get(tongue.prefix + path)
  expect([path, status]).toEqual([path, 200])
  expect(html).toContain(`<html lang="${tongue.tag}" dir="${tongue.direction}">`)
  expect([path, englishOn(html, tongue)]).toEqual([path, []])
  return readable(html)
}

describe.each(OTHERS)('in $ownName', (tongue) => {
  const { prefix, say } = tongue
  const base = `${prefix}/refer-yourself`

  it('somebody refers themselves from the first page to the last, and sees where it is', async () => {
    const { app, given, context } = await openApp()
    await given.city()
    const somebody = visitor(app)
    expect(await inLanguage(somebody, tongue, '')).toContain(say('home.title'))
    await inLanguage(somebody, tongue, '/refer-yourself')
    expect((await somebody.send(`${base}/begin`, {}, base)).location).toBe(`${base}/who`)
    for (const [question, fields] of ANSWERS) {
      await inLanguage(somebody, tongue, `/refer-yourself/${question}`)
      const typed = question === 'talk' ? { ...fields, language: '' } : fields
      const { status, faults, location } = await somebody.send(`${base}/${question}`, typed)
      expect([question, status, faults, location?.startsWith(prefix)]).toEqual([question, 303, [], true])
    }
    const check = await inLanguage(somebody, tongue, '/refer-yourself/check')
    for (const said of [tongue.ownName, say('need.0'), say('self.check.interpreter'), 'SO14 0YN'])
      expect(check).toContain(said)
    expect((await somebody.send(`${base}/send`, {}, `${base}/check`)).location).toBe(`${base}/done`)
    const done = await inLanguage(somebody, tongue, '/refer-yourself/done')
    const [referral] = await context.db.read.select().from(referrals)
    const [person] = await context.db.read.select().from(people)
    expect(done).toContain(referral?.reference)
    expect(done).toContain(say('self.done.call', { day: dayIn(tongue, '2026-11-25') }))
    // Nobody was asked for it twice, and staff read it in English.
    const english = { pl: 'Polish', ro: 'Romanian', pt: 'Portuguese', 'zh-Hans': 'Chinese', ar: 'Arabic' }
    expect(person?.preferredLanguage).toBe(english[tongue.code as keyof typeof english])

    const shown = await somebody.send(`${prefix}/where`, {
      reference: referral?.reference ?? '',
      'born-day': '27',
      'born-month': '3',
      'born-year': '1958',
    })
    expect([shown.status, englishOn(shown.html, tongue)]).toEqual([200, []])
    expect(readable(shown.html)).toContain(say('where.by', { day: dayIn(tongue, '2026-11-25') }))
  })

  it('says what is wrong, keeps what was typed, and says what else went wrong', async () => {
    const { app, given } = await openApp()
    await given.city()
    const somebody = visitor(app)
    await somebody.send(`${base}/begin`, {}, base)
    const wrong = await somebody.send(`${base}/contact`, { phone: '12', email: 'me@' })
    expect(wrong.faults).toEqual([say('self.contact.phone.wrong'), say('self.contact.email.wrong')])
    expect(wrong.html).toContain('value="12"')
    expect(wrong.html).toContain(`<title>${say('site.error')}: `)
    expect(englishOn(wrong.html, tongue)).toEqual([])
    expect(wrong.html).not.toContain('>Error: <')
    const guessed = await somebody.send(`${prefix}/where`, { reference: 'SP-1' })
    expect(guessed.faults).toEqual([say('where.reference.wrong'), say('self.born.wrong')])
    for (const [path, title] of [
      [`${base}/nothing`, 'problem.notFound.title'],
      [`${prefix}/nothing`, 'problem.notFound.title'],
      [`${prefix}/l/${'A'.repeat(43)}`, 'problem.link.title'],
      [`${prefix}/visit/nothing`, 'problem.visit.title'],
    ] as const) {
      const page = await somebody.get(path)
      expect([path, page.status, englishOn(page.html, tongue)]).toEqual([path, 404, []])
      expect(readable(page.html)).toContain(say(title))
    }
    const forged = await somebody.post(`${base}/begin`, { _csrf: 'no' })
    expect([forged.status, readable(forged.html).includes(say('problem.expired.title'))]).toEqual([403, true])
  })
})

describe('the choice of a language', () => {
  it('keeps the question and the answers, and every page offers every language by its own name', async () => {
    const { app, given } = await openApp()
    await given.city()
    const somebody = visitor(app)
    await somebody.send('/refer-yourself/begin', {}, '/refer-yourself')
    await somebody.send('/refer-yourself/who', { who: 'me' })
    await somebody.send('/refer-yourself/name', { name: 'Zofia' })
    const { html } = await somebody.get('/refer-yourself/name')
    for (const { tag, prefix, ownName, code } of OTHERS)
      expect(html).toContain(
        `<a href="${prefix}/refer-yourself/name?language=${code}" lang="${tag}" hreflang="${tag}">${ownName}</a>`,
      )
    const polish = await somebody.get('/pl/refer-yourself/name?language=pl')
    expect(polish.html).toContain('value="Zofia"')
    expect(polish.html).toContain(
      '<a href="/refer-yourself/name?language=en-GB" lang="en-GB" hreflang="en-GB">English</a>',
    )
  })

  it('is kept without saying who, is never guessed, and is forgotten by whoever leaves', async () => {
    const { app, given } = await openApp()
    await given.city()
    const somebody = visitor(app)
    await somebody.get('/pl/where')
    expect((await somebody.get('/where')).status).toBe(200)
    const chosen = await somebody.get('/pl/where?language=pl')
    expect(String(chosen.headers['set-cookie'])).toMatch(/trellis-language=pl; .*HttpOnly; SameSite=Lax/)
    for (const [path, to] of [
      ['/', '/pl'],
      ['/where', '/pl/where'],
      ['/refer-yourself', '/pl/refer-yourself'],
    ] as const) {
      const { status, location } = await somebody.get(path)
      expect([path, status, location]).toEqual([path, 302, to])
    }
    expect((await somebody.get('/where?language=en-GB')).status).toBe(200)
    expect((await somebody.get('/where')).status).toBe(200)
    await somebody.get('/pl/refer-yourself?language=pl')
    await somebody.send('/pl/refer-yourself/begin', {}, '/pl/refer-yourself')
    const left = await somebody.send('/pl/refer-yourself/leave', {}, '/pl/refer-yourself/who')
    expect(String(left.headers['set-cookie'])).toContain('trellis-language=;')
  })

  it('says nothing where it was made up, and leads staff nowhere', async () => {
    const { app, given } = await openApp()
    const city = await given.city()
    const somebody = visitor(app)
    await somebody.get('/where?language=xx')
    expect((await somebody.get('/where')).status).toBe(200)
    const navigator = visitor(app, city.navigator)
    await navigator.get('/pl?language=pl')
    expect((await navigator.get('/')).status).toBe(200)
  })

  it('is not offered outside the demonstration before somebody who speaks it has read it', async () => {
    const { app, given } = await openApp({ DEMO: '0' })
    await given.city()
    const somebody = visitor(app)
    expect((await somebody.get('/pl/refer-yourself')).status).toBe(404)
    expect((await somebody.get('/refer-yourself')).html).not.toContain('trellis-tongues')
    const demo = visitor((await openApp()).app)
    expect(readable((await demo.get('/pl/where')).html)).toContain(language('pl').say('site.draft'))
    expect((await demo.get('/where')).html).not.toContain(language(ENGLISH).say('site.draft'))
  })

  it('of what somebody said of themselves leads before that of the pages', async () => {
    const { app, given, context } = await openApp()
    await given.city()
    const somebody = visitor(app)
    await somebody.send('/pl/refer-yourself/begin', {}, '/pl/refer-yourself')
    for (const [question, fields] of ANSWERS)
      await somebody.send(`/pl/refer-yourself/${question}`, question === 'talk' ? { language: 'Kashubian' } : fields)
    await somebody.send('/pl/refer-yourself/send', {}, '/pl/refer-yourself/check')
    expect((await context.db.read.select().from(people))[0]?.preferredLanguage).toBe('Kashubian')
  })
})

describe('a person who speaks another language', () => {
  const REACHABLE = {
    email: 'maria@home.example',
    safeContact: { voicemail: false, text: false, email: true, post: false },
    preferredLanguage: 'Polish',
  }

  it('answers an offer in it, from the letter to the last page', async () => {
    const test = await openApp()
    const city = await test.given.city({ places: 1 })
    await test.given.referral(city, { fullName: 'Somebody There' }).accepted()
    const { id } = await test.given.referral(city, REACHABLE).sent()
    await deliverMessages(test.context, POST)
    await waitlistPlacement(test.context, city.worker, id)
    const { version } = (await test.call(city.worker, 'GET', `/groups/${city.group.id}`)).body
    await test.call(city.worker, 'PATCH', `/groups/${city.group.id}`, {
      body: { places: 2 },
      headers: { 'if-match': `"${version}"` },
    })
    await deliverMessages(test.context, { ...POST, showsDrafts: true })
    const own = await linkOf(test.context, 'person-place-offered', { placementId: id })
    const [letter] = (await test.context.db.read.select().from(mailbox))
      .filter(({ to }) => to === REACHABLE.email)
      .slice(-1)
    expect(letter?.text).toContain(`https://trellis.example/pl${own}`)
    const maria = visitor(test.app)
    const polish = language('pl')
    const page = await maria.get(`/pl${own}`)
    expect([page.status, englishOn(page.html, polish)]).toEqual([200, []])
    expect(readable(page.html)).toContain(polish.say('link.held', { day: dayIn(polish, '2026-11-26') }))
    const taken = await maria.post(`/pl${own}`, { do: 'take' })
    expect([taken.status, taken.location]).toEqual([303, `/pl${own}?done=take`])
    expect(readable((await maria.get(`/pl${own}?done=take`)).html)).toContain(polish.say('link.done.take'))
    expect((await maria.post(`/pl${own}`, { do: 'not-now' })).faults[0]).toMatch(/^Zmieniło się to przed/)
    const rows = await test.context.db.read.select().from(placements)
    expect(rows.find((row) => row.id === id)?.status).toBe('accepted')
    // A project's own link is in English.
    const projects = await linkOf(test.context, 'placement-to-decide', { placementId: id })
    expect((await maria.get(`/pl${projects}`)).location).toBe(projects)
  })
})
