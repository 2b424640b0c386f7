import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { REFUSALS } from '../../src/domain/refusal.ts'
import { addRouteBook } from '../../src/http/plugins/routes.ts'
import { openApp } from '../support/app.ts'
import { REQUEST } from './requests.ts'

describe('whatever is sent', () => {
  it.each([
    ['half of an object', '{"email": ', 400, 'invalid-input'],
    ['nothing', '', 400, 'invalid-input'],
    ['a byte that is no text', '\u0000', 400, 'invalid-input'],
    ['half a character', '{"email":"\\ud800","password":"x"}', 400, 'invalid-input'],
    ['a poisoned prototype', '{"__proto__":{"email":"x"},"email":"a","password":"b"}', 400, 'invalid-input'],
    ['a poisoned constructor', '{"constructor":{"prototype":{}},"email":"a","password":"b"}', 400, 'invalid-input'],
    ['a control character', '{"email":"a\\u0000","password":"b"}', 401, 'sign-in-failed'],
    ['more than is taken', JSON.stringify({ email: 'x'.repeat(300_000) }), 413, 'too-large'],
    ['a whole character in two escapes', '{"email":"\\ud83d\\ude00","password":"b"}', 401, 'sign-in-failed'],
    ['words about half characters', '{"email":"\\\\ud800","password":"b"}', 401, 'sign-in-failed'],
  ])('%s is answered as a problem', async (_, body, status, code) => {
    const { call } = await openApp()
    const answer = await call(null, 'POST', '/sessions', { body, headers: { 'content-type': 'application/json' } })
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  })

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'nonsense',
  ])('the API takes no %s', async (type) => {
    const { given, call } = await openApp()
    const referrer = await given.user('referrer')
    const body = JSON.stringify(REQUEST)
    const answer = await call(referrer, 'POST', '/referrals', { body, headers: { 'content-type': type } })
    expect([answer.status, answer.body.code]).toEqual([415, 'wrong-media-type'])
  })

  it.each([
    '/nothing',
    '/api/v1/nothing',
    '/api/v2/referrals',
    '/%E0%A4%A',
    `/problems/${'x'.repeat(500)}`,
    '//api/v1/referrals',
  ])('there is nothing at %s', async (url) => {
    const { app } = await openApp()
    const answer = await app.inject(url)
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'not-found'])
  })

  it('a fault of ours says no more than that it was logged', async () => {
    const { context, given } = await openApp()
    const referrer = await given.user('referrer')
    const read = new Proxy(context.db.read, {
      get() {
        throw new Error('select * from people where full_name = Okafor')
      },
    })
    const broken = await openApp({}, { ...context, db: { ...context.db, read } })
    const answer = await broken.call(referrer, 'GET', '/referrals')
    expect(answer.body).toMatchObject({ status: 500, detail: 'Something went wrong. We have logged it.', errors: [] })
    expect(answer.text).not.toMatch(/select|Okafor|node_modules/)
    expect((await broken.app.inject('/health/ready')).statusCode).toBe(503)
    expect((await broken.app.inject('/health/live')).statusCode).toBe(200)
  })
})

it('slows down a flood from one address, but nobody who is signed in', async () => {
  const { app, given, call } = await openApp({ DEMO: '0' })
  const referrer = await given.user('referrer')
  const knock = async () => (await app.inject('/problems/group-full')).statusCode
  const statuses = new Set<number>()
  for (let times = 0; times < 6000; times++) statuses.add(await knock())
  expect([...statuses]).toEqual([200])
  const answer = await app.inject('/problems/group-full')
  expect([answer.statusCode, answer.json().code]).toEqual([429, 'too-many-requests'])
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
  expect((await call(referrer, 'GET', '/referrals')).status).toBe(200)
  expect((await app.inject('/health/live')).statusCode).toBe(200)
}, 120_000)

describe('every answer', () => {
  it('is kept out of caches and frames, and says which request it answers', async () => {
    const { app } = await openApp()
    const { headers } = await app.inject('/api/v1/referrals')
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
    })
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none';script-src 'self';style-src 'self';.*form-action 'self'/,
    )
    expect(headers['x-request-id']).toBeTruthy()
    expect(headers['strict-transport-security']).toBeUndefined()
    expect(headers['x-powered-by']).toBeUndefined()
    // The same for whoever comes second, and for what is not there.
    for (const path of ['/api/v1/referrals', '/nowhere']) {
      const { headers: again } = await app.inject(path)
      for (const name of ['x-content-type-options', 'x-frame-options', 'content-security-policy'])
        expect(again[name]).toBe(headers[name])
    }
  })

  it('over https adds what only works there', async () => {
    const { app } = await openApp({ DEMO: '0', BASE_URL: 'https://trellis.example.org' })
    const { headers } = await app.inject('/sign-in')
    expect(headers['strict-transport-security']).toContain('max-age=31536000')
    expect(headers['content-security-policy']).toContain('upgrade-insecure-requests')
    expect(String(headers['set-cookie'])).toMatch(/^__Host-trellis-form=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  })
})

describe('for whoever watches over it', () => {
  it('says whether it lives, whether it is ready, and its numbers without a single id', async () => {
    const { app, given, call } = await openApp()
    const city = await given.city()
    const { id } = await given.referral(city).submitted()
    await call(city.navigator, 'GET', `/referrals/${id}?x=Okafor`)
    expect((await app.inject('/health/live')).json()).toEqual({ status: 'live' })
    expect((await app.inject('/health/ready')).json()).toEqual({ status: 'ready' })
    const { body, headers } = await app.inject('/metrics')
    expect(headers['content-type']).toContain('text/plain')
    expect(body).toContain('route="/api/v1/referrals/:id",status="200"')
    expect(body).toMatch(/database_commits \d+/)
    expect(body).not.toContain(id)
    expect(body).not.toContain('Okafor')
  })

  it('shows its numbers on its own machine only, also behind a proxy there', async () => {
    const { app } = await openApp({ TRUST_PROXY: '127.0.0.1/32' })
    const from = (remoteAddress: string, headers = {}) => app.inject({ url: '/metrics', remoteAddress, headers })
    expect((await from('::1')).statusCode).toBe(200)
    expect((await from('192.0.2.7')).statusCode).toBe(404)
    expect((await from('127.0.0.1', { 'x-forwarded-for': '192.0.2.7' })).statusCode).toBe(404)
    expect((await from('127.0.0.1', { 'x-forwarded-for': '127.0.0.1' })).statusCode).toBe(404)
  })

  it('explains every code', async () => {
    const { app } = await openApp()
    for (const [code, { title }] of Object.entries(REFUSALS)) {
      const { statusCode, body } = await app.inject({ url: `/problems/${code}`, headers: { accept: 'text/html' } })
      expect([code, statusCode]).toEqual([code, 200])
      expect(body).toContain(`<h1>${title}</h1>`)
      expect((await app.inject(`/problems/${code}`)).json()).toMatchObject({ code, title })
    }
    expect((await app.inject('/problems/unheard-of')).statusCode).toBe(404)
  })
})

it('will not start with a route that does not say who may use it, or is not described', () => {
  const bare = Fastify()
  addRouteBook(bare as never)
  expect(() => bare.get('/x', () => 'x')).toThrow('GET /x does not say who may use it')
  expect(() => bare.get('/api/v1/x', { config: { access: 'public' } }, () => 'x')).toThrow('needs an operationId')
})
