import { describe, expect, it } from 'vitest'
import { events } from '../../src/store/schema.ts'
import { openApp } from '../support/app.ts'
import { PASSWORD } from '../support/given.ts'
import { readable, visitor } from './visitor.ts'

describe('signing in', () => {
  it('leads to the first page of one’s work, and out again for good', async () => {
    const { app, given } = await openApp()
    const { navigator } = await given.city()
    const somebody = visitor(app)
    const { location } = await somebody.send('/sign-in', { email: navigator.email, password: PASSWORD })
    expect(location).toBe('/o/so-linked/board')
    expect((await somebody.get('/o/so-linked/board')).status).toBe(200)
    expect((await somebody.get('/o/so-linked')).location).toBe('/o/so-linked/board')
    const out = await somebody.send('/sign-out', {}, '/o/so-linked/board')
    expect(out.location).toBe('/')
    expect((await somebody.get('/o/so-linked/board')).location).toBe('/sign-in?next=%2Fo%2Fso-linked%2Fboard')
  })

  it('says one thing for every mismatch, keeps the address and never the password', async () => {
    const { app, given } = await openApp()
    const { navigator } = await given.city()
    const somebody = visitor(app)
    for (const email of [navigator.email, 'nobody@nowhere.example']) {
      const answer = await somebody.send('/sign-in', { email, password: 'wrong-password' })
      expect([answer.status, answer.faults]).toEqual([401, ['The e-mail address or password is not right.']])
      expect(answer.html).toContain(`value="${email}"`)
      expect(answer.html).not.toContain('wrong-password')
      expect(answer.html).toContain('<title>Error: Sign in')
    }
    expect((await somebody.send('/sign-in', {})).faults).toEqual(['Enter your e-mail address', 'Enter your password'])
  })

  it('goes on to the page that was asked for, and never to another site', async () => {
    const { app, given } = await openApp()
    const { worker } = await given.city()
    const credentials = { email: worker.email, password: PASSWORD }
    const places = '/o/community-roots/places'
    expect((await visitor(app).send('/sign-in', { ...credentials, next: places })).location).toBe(places)
    for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example', '/%0d\n/x', 'javascript:alert(1)'])
      expect((await visitor(app).send('/sign-in', { ...credentials, next })).location).toBe(
        '/o/community-roots/placements',
      )
  })

  it('asks whoever has several hats which one, and shows the others on every page', async () => {
    const { app, given } = await openApp()
    const { worker, service } = await given.city()
    await given.membership(worker.userId, service, 'navigator')
    const somebody = visitor(app)
    expect((await somebody.send('/sign-in', { email: worker.email, password: PASSWORD })).location).toBe('/')
    expect(readable((await somebody.get('/')).html)).toContain('Go to so-linked')
    expect(readable((await somebody.get('/o/so-linked/board')).html)).toContain('Switch to community-roots')
  })
})

describe('a form', () => {
  it('is refused without its token, or with that of another sign-in, and nothing is written', async () => {
    const { app, given, context } = await openApp()
    const city = await given.city()
    const { id } = await given.referral(city).submitted()
    const navigator = visitor(app, city.navigator)
    const other = await visitor(app, city.lead).hiddenOf('/o/so-linked/board')
    const before = await context.db.read.$count(events)
    for (const hidden of [{}, { _csrf: 'x' }, other]) {
      const answer = await navigator.post(`/o/so-linked/referrals/${id}/take`, { ...hidden })
      expect(answer.status).toBe(403)
      expect(readable(answer.html)).toContain('The page was open for too long')
    }
    expect(await context.db.read.$count(events)).toBe(before)
    expect((await navigator.send(`/o/so-linked/referrals/${id}/take`, {}, '/o/so-linked/board')).status).toBe(303)
  })

  it('of somebody whose sign-in has ended says so, and where to go', async () => {
    const { app, given } = await openApp()
    await given.city()
    const answer = await visitor(app).send('/o/so-linked/board/next', {}, '/sign-in')
    expect(answer.status).toBe(401)
    expect(readable(answer.html)).toContain('Your sign-in has ended')
  })
})

describe('every page', () => {
  it('loads nothing from outside, has nothing inline, and is kept out of caches', async () => {
    const { app } = await openApp()
    const { html, headers } = await visitor(app).get('/')
    expect(String(headers['content-security-policy'])).toContain("default-src 'none'")
    expect(headers['cache-control']).toBe('no-store')
    expect(html).not.toMatch(/<script|<style|\sstyle=|https?:/)
    for (const [, file = ''] of html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)) {
      const { body, headers } = await app.inject({ url: file, headers: { 'accept-encoding': 'identity' } })
      expect(headers['cache-control']).toContain('immutable')
      expect(body).not.toMatch(/@font-face|Frutiger|url\(["']?(https?:)?\/\//)
      const small = await app.inject({ url: file, headers: { 'accept-encoding': 'gzip, br' } })
      expect(small.headers['content-encoding']).toBe('br')
    }
  })

  it('says on the start page that this is no emergency service, and what is', async () => {
    const { app } = await openApp()
    const words = readable((await visitor(app).get('/')).html)
    for (const said of ['Not an emergency service', '999', '111', 'The Lighthouse']) expect(words).toContain(said)
    expect(words).toContain('Demonstration: every person is invented.')
    const { app: real } = await openApp({ DEMO: '0' })
    expect(readable((await visitor(real).get('/')).html)).not.toContain('invented')
    expect((await visitor(real).get('/dev/mailbox')).status).toBe(404)
  })

  it('lets whoever tries the demonstration be the system administrator too', async () => {
    const { app } = await openApp({ DEMO: '1', DEMO_PASSWORD: 'demo-city-password', HOST: '127.0.0.1' })
    const words = readable((await visitor(app).get('/sign-in')).html)
    expect(words).toContain('System administrator')
    expect(words).toContain('admin@trellis.example')
  })

  it('tells people without pages of their own what exists and what does not', async () => {
    const { app, given } = await openApp()
    for (const role of ['analyst', 'system_admin'] as const) {
      const user = await given.user(role)
      const { status, html } = await visitor(app, user).get(`/o/${user.organisation}`)
      expect(status).toBe(200)
      expect(readable(html)).toContain('These pages do not exist yet')
    }
  })
})
