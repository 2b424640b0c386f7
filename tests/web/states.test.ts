import { describe, expect, it } from 'vitest'
import type { Context } from '../../src/actions/context.ts'
import { refill } from '../../src/http/web/refill.ts'
import { DatabaseBusy } from '../../src/store/failures.ts'
import { openApp } from '../support/app.ts'
import { PASSWORD } from '../support/given.ts'
import { readable, visitor } from './visitor.ts'

const SUMMARY = 'Said “it helped” & <b>thanks</b>.\nShe’d come again.'
const typed = { outcome: 'unreachable', reason: 'Moved "away"', summary: SUMMARY }

/** A navigator in the middle of closing a referral. */
async function halfway() {
  const opened = await openApp()
  const city = await opened.given.city()
  const { id } = await opened.given.referral(city).assigned()
  const path = `/o/so-linked/referrals/${id}/close`
  const navigator = visitor(opened.app, city.navigator)
  const fields = { ...typed, ...(await navigator.hiddenOf(path)) }
  return { ...opened, city, id, path, navigator, fields }
}

/** Signs in on the page that came, as a browser would send it. */
async function signInOn(page: string, person: ReturnType<typeof visitor>, email: string) {
  const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''
  const hidden = { _csrf: field('_csrf'), _kept: field('_kept'), next: field('next') }
  return person.post('/sign-in', { ...hidden, email, password: PASSWORD })
}

describe('a form that was sent after the sign-in had ended', () => {
  it('comes back filled to its owner after signing in, and is sent by nobody else than them', async () => {
    const { navigator, path, fields, clock, city } = await halfway()
    clock.set('2026-11-24T08:00:00Z')
    const ended = await navigator.post(path, fields)
    expect(ended.status).toBe(401)
    expect(readable(ended.html)).toContain('Your sign-in has ended What you typed is kept.')
    expect(ended.html).not.toContain('it helped')

    const back = await signInOn(ended.html, navigator, city.navigator.email)
    expect(back.status).toBe(200)
    expect(readable(back.html)).toContain('You are signed in again. What you typed is back in the form.')
    expect(back.html).toContain('value="Moved &#34;away&#34;"')
    expect(back.html).toContain('Said “it helped” &#38; &#60;b&#62;thanks&#60;/b&#62;.\nShe’d come again.</textarea>')
    expect(back.html).toMatch(/value="unreachable"[^>]* checked/)
    expect(back.html.match(/ checked/g)).toHaveLength(1)
    const sent = await navigator.send(path, typed)
    // Refused by the rules, on its own page: it was not sent before.
    expect([sent.status, sent.html.includes('it helped')]).toEqual([409, true])
  })

  it('is not shown to somebody else who signs in, who goes to their own work', async () => {
    const { navigator, path, fields, clock, city } = await halfway()
    clock.set('2026-11-24T08:00:00Z')
    const ended = await navigator.post(path, fields)
    const other = await signInOn(ended.html, navigator, city.worker.email)
    expect([other.status, other.location]).toEqual([303, '/o/community-roots/placements'])
  })

  it('is still kept after a wrong password, and for a day', async () => {
    const { navigator, path, fields, clock, city } = await halfway()
    clock.set('2026-11-24T08:00:00Z')
    const ended = await navigator.post(path, fields)
    const wrong = await signInOn(ended.html, navigator, 'nobody@nowhere.example')
    expect(wrong.status).toBe(401)
    expect((await signInOn(wrong.html, navigator, city.navigator.email)).status).toBe(200)
    clock.set('2026-11-25T08:00:01Z')
    expect((await signInOn(wrong.html, navigator, city.navigator.email)).status).toBe(303)
  })

  it('is not kept where it did not come from a page made for them: another site cannot fill our forms', async () => {
    const { navigator, path, fields, clock } = await halfway()
    clock.set('2026-11-24T08:00:00Z')
    for (const _by of ['', 'forged', fields._by.slice(0, -4), `${fields._by}AAAA`]) {
      const { status, html } = await navigator.post(path, { ...fields, _by })
      expect([status, html.includes('_kept')]).toEqual([401, false])
    }
  })
})

describe('a form of an earlier sign-in', () => {
  it('comes back filled to the same person, and not to another', async () => {
    const { app, city, path, fields } = await halfway()
    const again = visitor(app)
    await again.send('/sign-in', { email: city.navigator.email, password: PASSWORD })
    const back = await again.post(path, fields)
    expect([back.status, readable(back.html).includes('This page was from an earlier sign-in')]).toEqual([403, true])
    expect(back.html).toContain('She’d come again.</textarea>')
    const other = await visitor(app, city.lead).post(path, fields)
    expect([other.status, other.html.includes('come again')]).toEqual([403, false])
  })
})

describe('when it is our fault', () => {
  async function failing(error: Error) {
    const opened = await halfway()
    const { db } = opened.context as { db: Context['db'] }
    const write = db.write.bind(db)
    db.write = () => Promise.reject(error)
    return { ...opened, mend: () => Object.assign(db, { write }) }
  }

  it('being too busy says when to try again, and one press sends the same once more', async () => {
    const { navigator, path, fields, mend } = await failing(new DatabaseBusy('busy'))
    const busy = await navigator.post(path, fields)
    expect([busy.status, busy.headers['retry-after']]).toEqual([503, '5'])
    expect(readable(busy.html)).toContain('Nothing was saved yet')
    expect(busy.html).toContain(`name="_key" value="${fields._key}"`)
    expect(busy.html).toContain('She’d come again.')
    mend()
    expect((await navigator.post(path, fields)).status).toBe(409)
  })

  it('a fault is logged under the number that the page shows, and nothing typed is lost', async () => {
    const { navigator, path, fields } = await failing(new Error('SECRET DETAIL'))
    const { status, html, headers } = await navigator.post(path, fields)
    expect(status).toBe(500)
    expect(html).not.toContain('SECRET DETAIL')
    expect(readable(html)).toContain(`tell your administrator this number: ${headers['x-request-id']}`)
    expect(html).toContain('She’d come again.')
    const stranger = await navigator.post(path, { ...fields, _by: '' })
    expect(stranger.html).not.toContain('come again')
  })
})

describe('an address', () => {
  it('with a slash too many leads to the page, and never to another site', async () => {
    const { app, given } = await openApp()
    const { navigator } = await given.city()
    const somebody = visitor(app, navigator)
    const cases = [
      ['/o/so-linked/board/', '/o/so-linked/board'],
      ['/o//so-linked/board?whose=all', '/o/so-linked/board?whose=all'],
      ['/sign-in/', '/sign-in'],
      ['//evil.example/', '/evil.example'],
    ]
    for (const [path = '', tidy] of cases) {
      const { status, location } = await somebody.get(path)
      expect([path, status, location]).toEqual([path, 308, tidy])
    }
    expect((await somebody.get('/no/such/page')).status).toBe(404)
  })

  it('answers HEAD as GET without a body', async () => {
    const { app } = await openApp()
    const { statusCode, body } = await app.inject({ method: 'HEAD', url: '/sign-in', headers: { accept: 'text/html' } })
    expect([statusCode, body]).toEqual([200, ''])
  })

  it('takes no form that is too long, and says so', async () => {
    const { navigator, path, fields } = await halfway()
    const { status, html } = await navigator.post(path, { ...fields, summary: 'x'.repeat(300_000) })
    expect([status, readable(html).includes('This is too long to send')]).toEqual([413, true])
  })
})

it('an address that says something nobody offers says nothing of it', async () => {
  const { app, given } = await openApp()
  const city = await given.city()
  const { id } = await given.referral(city).accepted()
  const admin = await given.user('organisation_admin', city.service)
  const pages: [Parameters<typeof visitor>[1], string[]][] = [
    [city.referrer, ['/o/st-marys-surgery/referrals']],
    [
      city.worker,
      ['/o/community-roots/placements', '/o/community-roots/places', `/o/community-roots/placements/${id}`],
    ],
    [city.navigator, ['/o/so-linked/stuck']],
    [admin, ['/o/so-linked/settings', '/o/so-linked/colleagues']],
    [null, ['/sign-in']],
  ]
  for (const [who, paths] of pages)
    for (const path of paths)
      for (const word of ['__proto__', 'constructor', 'toString']) {
        const { status, html } = await visitor(app, who).get(`${path}?done=${word}`)
        expect([path, word, status, html.includes('trellis-done" role="status"')]).toEqual([path, word, 200, false])
      }
})

it('whoever may not do something is told who can help, by the name of their organisation', async () => {
  const { app, given } = await openApp()
  const { referrer } = await given.city()
  const { status, html } = await visitor(app, referrer).get('/o/st-marys-surgery/board')
  expect(status).toBe(403)
  expect(readable(html)).toContain('ask the administrator of st-marys-surgery')
})

it('a page that is not possible now leads back to whom it is about', async () => {
  const { navigator, id } = await halfway()
  const refused = await navigator.get(`/o/so-linked/referrals/${id}/plan`)
  expect(refused.status).toBe(409)
  expect(refused.html).toContain(`href="/o/so-linked/referrals/${id}"`)
  expect(readable(refused.html)).toContain('See how it stands now')
})

it('signing in again ends the sign-in before it', async () => {
  const { app, given } = await openApp()
  const { navigator, lead } = await given.city()
  const before = visitor(app, navigator)
  await before.send('/sign-in', { email: lead.email, password: PASSWORD })
  expect((await visitor(app, navigator).get('/o/so-linked/board')).location).toContain('/sign-in')
  expect((await before.get('/o/so-linked/board')).status).toBe(200)
})

it('the sign-in page that was open for too long asks once more, and keeps no password', async () => {
  const { app } = await openApp()
  const { status, html } = await visitor(app).post('/sign-in', { email: 'a@b.example', password: 'hush-hush-hush' })
  expect([status, html.includes('hush'), readable(html).includes('open for too long')]).toEqual([403, false, true])
})

describe('filling a form again', () => {
  const form = (inside: string, action = '/a') => `<main><form method="post" action="${action}">${inside}</form></main>`

  it.each<[string, string, [string, string][], string]>([
    [
      'a text',
      '<input id="n" name="n" type="text" value="old">',
      [['n', 'ne"w']],
      '<input id="n" name="n" type="text" value="ne&#34;w">',
    ],
    ['an emptied text', '<input name="n" value="old">', [['n', '']], '<input name="n" value="">'],
    ['what was not sent', '<input name="n" value="old">', [], '<input name="n" value="old">'],
    [
      'unticked boxes',
      '<input name="n" type="checkbox" value="1" checked>',
      [],
      '<input name="n" type="checkbox" value="1">',
    ],
    [
      'a hidden field',
      '<input type="hidden" name="n" value="ours">',
      [['n', 'x']],
      '<input type="hidden" name="n" value="ours">',
    ],
    ['a password', '<input type="password" name="n">', [['n', 'x']], '<input type="password" name="n">'],
    [
      'a choice',
      '<select name="n"><option value="a" selected>A</option><option>B &amp; C</option></select>',
      [['n', 'B & C']],
      '<select name="n"><option value="a">A</option><option selected>B &amp; C</option></select>',
    ],
    [
      'what is folded',
      '<details class="d"><input name="n"></details>',
      [['n', '1']],
      '<details open class="d"><input name="n" value="1"></details>',
    ],
  ])('%s', (_, before, sent, after) => expect(refill(form(before), '/a', sent)).toBe(form(after)))

  it('chooses the form that was sent, and none where it is gone', () => {
    const page = form('<input name="a">') + form('<input name="b">') + form('<input name="b">', '/c')
    expect(refill(page, '/a', [['b', '1']])).toBe(page.replace('<input name="b">', '<input name="b" value="1">'))
    expect(refill(page, '/x', [['b', '1']])).toBeUndefined()
  })
})
