import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { auditRows, memberships, sessions, users } from '../../src/store/schema.ts'
import { openApp } from '../support/app.ts'
import { forge } from '../support/forge.ts'
import { PASSWORD } from '../support/given.ts'
import { countRows } from '../support/no-trace.ts'

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })

describe('signing in', () => {
  it('answers with a token that works, and says where one may act', async () => {
    const { given, call } = await openApp()
    const { navigator, service } = await given.city()
    const answer = await call(null, 'POST', '/sessions', { body: { email: navigator.email, password: PASSWORD } })
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({
      expiresAt: '2026-11-23T19:00:00.000Z',
      user: { id: navigator.userId, memberships: [{ organisation: service.slug, role: 'navigator' }] },
    })
    expect(answer.text).not.toContain('argon2')
    expect(await call(null, 'GET', '/referrals', bearer(answer.body.token))).toMatchObject({ status: 200 })
  })

  it('takes an address in any case, and spaces around it', async () => {
    const { given, call } = await openApp()
    const { email } = await given.user('navigator')
    const body = { email: ` ${email.toUpperCase()} `, password: PASSWORD }
    expect((await call(null, 'POST', '/sessions', { body })).status).toBe(201)
  })

  it('answers every mismatch alike, and leaves no trace', async () => {
    const { context, given, call } = await openApp()
    const { email } = await given.user('navigator')
    const suspended = await given.user('navigator')
    await context.db.write((tx) =>
      tx.update(users).set({ suspendedAt: context.now() }).where(eq(users.id, suspended.userId)),
    )
    const before = await countRows(context.db)
    const tries = [
      { email, password: 'wrong' },
      { email: 'nobody@nowhere.example', password: PASSWORD },
      { email: 'not an address', password: PASSWORD },
      { email: suspended.email, password: PASSWORD },
    ]
    for (const body of tries) {
      const { status, body: problem } = await call(null, 'POST', '/sessions', { body })
      expect({ status, ...problem, instance: '' }).toEqual({
        status: 401,
        code: 'sign-in-failed',
        type: 'http://127.0.0.1:3000/problems/sign-in-failed',
        title: 'The e-mail address or password is not right',
        detail: 'The e-mail address or password is not right.',
        instance: '',
        errors: [],
      })
    }
    expect(await countRows(context.db)).toEqual(before)
  })

  it('slows down whoever guesses, and lets them try again after five minutes', async () => {
    const { clock, given, call } = await openApp()
    const { email } = await given.user('navigator')
    const guess = () => call(null, 'POST', '/sessions', { body: { email, password: 'guess' } })
    const guesses = await Promise.all(Array.from({ length: 12 }, guess))
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(10)
    expect(guesses.filter(({ body }) => body.code === 'too-many-requests')).toHaveLength(2)
    const right = { body: { email, password: PASSWORD } }
    expect((await call(null, 'POST', '/sessions', right)).status).toBe(429)
    clock.set('2026-11-23T09:05:01Z')
    expect((await call(null, 'POST', '/sessions', right)).status).toBe(201)
  })

  it('counts only failures: a surgery may sign in all morning', async () => {
    const { given, call } = await openApp()
    const { email } = await given.user('navigator')
    for (let times = 0; times < 12; times++)
      expect((await call(null, 'POST', '/sessions', { body: { email, password: PASSWORD } })).status).toBe(201)
  })

  it('is never replayed by key', async () => {
    const { given, call } = await openApp()
    const { email } = await given.user('navigator')
    const again = { key: 'same', body: { email, password: PASSWORD } }
    const first = await call(null, 'POST', '/sessions', again)
    const second = await call(null, 'POST', '/sessions', again)
    expect(second.status).toBe(201)
    expect(second.body.token).not.toBe(first.body.token)
  })
})

describe('a session', () => {
  it('ends when somebody signs out: its token is worth nothing from then on', async () => {
    const { given, call } = await openApp()
    const navigator = await given.user('navigator')
    expect((await call(navigator, 'DELETE', '/sessions/current')).status).toBe(204)
    expect(await call(navigator, 'GET', '/referrals')).toMatchObject({ status: 401, body: { code: 'not-signed-in' } })
  })

  it('ends after a working day, to the second', async () => {
    const { clock, given, call } = await openApp()
    const navigator = await given.user('navigator')
    clock.set('2026-11-23T18:59:59Z')
    expect((await call(navigator, 'GET', '/referrals')).status).toBe(200)
    clock.set('2026-11-23T19:00:00Z')
    expect((await call(navigator, 'GET', '/referrals')).status).toBe(401)
  })

  it('ends with the suspension of its user, and with the session in the store', async () => {
    const { context, given, call } = await openApp()
    const one = await given.user('navigator')
    const other = await given.user('navigator')
    await context.db.write(async (tx) => {
      await tx.update(users).set({ suspendedAt: context.now() }).where(eq(users.id, one.userId))
      await tx.update(sessions).set({ endedAt: context.now() }).where(eq(sessions.id, other.sessionId))
    })
    expect((await call(one, 'GET', '/referrals')).status).toBe(401)
    expect((await call(other, 'GET', '/referrals')).status).toBe(401)
  })

  it('has the role of this moment, not of the sign-in', async () => {
    const { context, given, call } = await openApp()
    const navigator = await given.user('navigator')
    await context.db.write((tx) =>
      tx.update(memberships).set({ role: 'analyst' }).where(eq(memberships.userId, navigator.userId)),
    )
    expect((await call(navigator, 'GET', '/users')).status).toBe(403)
  })
})

describe('a token that is not ours', () => {
  const iat = Date.parse('2026-11-23T09:00:00Z') / 1000
  const exp = iat + 3600

  it('is refused in every way of forging, and never with a 500', async () => {
    const { given, call, app } = await openApp()
    const { userId: sub, sessionId: sid } = await given.user('navigator')
    const claims = { sub, sid, iss: app.site.baseUrl, aud: 'api', iat, exp }
    const { exp: _exp, ...withoutExp } = claims
    const { iat: _iat, ...withoutIat } = claims
    const { sid: _sid, ...withoutSid } = claims
    const { sub: _sub, ...withoutSub } = claims
    const forged = {
      'no algorithm': forge(claims, { alg: 'none' }, { key: null }),
      'no algorithm, with a signature': forge(claims, { alg: 'none' }),
      'no signature': forge(claims, {}, { key: null }),
      'another algorithm': forge(claims, { alg: 'HS512' }, { hash: 'sha512' }),
      'another key': forge(claims, {}, { key: Buffer.alloc(32, 1) }),
      'another type': forge(claims, { typ: 'JWT' }),
      'no expiry': forge(withoutExp),
      'no time of issue': forge(withoutIat),
      'no session': forge(withoutSid),
      'no user': forge(withoutSub),
      'an unknown session': forge({ ...claims, sid: 'nothing' }),
      'another user': forge({ ...claims, sub: 'somebody' }),
      'an expiry in words': forge({ ...claims, exp: 'never' }),
      'an expiry as text': forge({ ...claims, exp: String(exp) }),
      'a broken expiry': forge({ ...claims, exp: null }),
      'an endless expiry': forge({ ...claims, exp: [exp] }),
      'an expiry that has passed': forge({ ...claims, exp: iat }),
      'issued in the future': forge({ ...claims, iat: iat + 3600, exp: exp + 3600 }),
      'not before tomorrow': forge({ ...claims, nbf: iat + 86_400 }),
      'not before in words': forge({ ...claims, nbf: 'tomorrow' }),
      'another audience': forge({ ...claims, aud: 'pages' }),
      'several audiences': forge({ ...claims, aud: ['api'] }),
      'another issuer': forge({ ...claims, iss: 'https://elsewhere.example' }),
      'an unknown critical header': forge(claims, { crit: ['b64'], b64: false }),
      'a critical header that is no list': forge(claims, { crit: 5 }),
      'not JSON': 'a.b.c',
      'a text': 'token',
      'no parts': '...',
    }
    for (const [how, token] of Object.entries(forged)) {
      const { status, body } = await call(null, 'GET', '/referrals', bearer(token))
      expect([how, status, body.code]).toEqual([how, 401, 'not-signed-in'])
    }
    expect((await call(null, 'GET', '/referrals', bearer(forge(claims)))).status).toBe(200)
  })

  it.each([
    ['nothing', {}],
    ['another scheme', { authorization: 'Basic bmF2OnBhc3M=' }],
    ['an empty token', { authorization: 'Bearer ' }],
    ['a cookie', { cookie: 'trellis=a.b.c' }],
  ])('and neither is %s', async (_, headers) => {
    const { call } = await openApp()
    const answer = await call(null, 'GET', '/referrals', { headers })
    expect(answer).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer realm="Trellis"' } })
  })

  it('of the pages opens nothing here, and ours is no cookie', async () => {
    const { app, given, call } = await openApp()
    const navigator = await given.user('navigator')
    const session = { id: navigator.sessionId, userId: navigator.userId, expiresAt: new Date('2026-11-23T19:00:00Z') }
    expect((await call(null, 'GET', '/referrals', bearer(app.tokenFor(session, 'pages')))).status).toBe(401)
    const page = await app.inject({ url: '/', cookies: { trellis: app.tokenFor(session, 'api') } })
    expect(page.body).not.toContain(navigator.name)
  })
})

describe('somebody with several hats', () => {
  it('names the one they wear', async () => {
    const { context, given, call } = await openApp()
    const { service, referrer } = await given.city()
    await given.membership(referrer.userId, service, 'triage_lead')
    const { organisation, ...bare } = referrer
    const { organisation: _own, ...hatless } = { ...bare, organisation }
    expect(await call(hatless, 'GET', '/users')).toMatchObject({ status: 403, body: { code: 'which-organisation' } })
    const asLead = await call({ ...hatless, organisation: service.slug }, 'GET', '/users?role=triage_lead')
    expect(asLead.body.items.map(({ id }: { id: string }) => id)).toContain(referrer.userId)
    expect((await call({ ...hatless, organisation }, 'GET', '/users')).status).toBe(403)
    expect((await call({ ...hatless, organisation: 'somebody-elses' }, 'GET', '/users')).status).toBe(404)
    expect((await call(hatless, 'DELETE', '/sessions/current')).status).toBe(204)
    // The refused list of users, and the end of the session.
    expect(await context.db.read.$count(auditRows)).toBe(2)
  })
})
