import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { configFrom } from '../../src/config.ts'
import { auditRows } from '../../src/store/schema.ts'
import { openApp, TEST_SETTINGS } from '../support/app.ts'

describe('a project whose access was taken back', () => {
  it('does not learn again who the person is from an answer it had before', async () => {
    const { given, call } = await openApp()
    const city = await given.city()
    const { id } = await given.referral(city, { fullName: 'Zebedee Quillfeather' }).sent()
    const path = `/placements/${id}/accept`
    const first = await call(city.worker, 'POST', path, { body: {}, key: 'kept' })
    expect(first.text).toContain('Quillfeather')
    expect((await call(city.worker, 'POST', path, { body: {}, key: 'kept' })).text).toBe(first.text)
    await call(city.navigator, 'POST', `/placements/${id}/withdraw`, { body: { reason: 'changed_mind' } })
    const again = await call(city.worker, 'POST', path, { body: {}, key: 'kept' })
    expect(again).toMatchObject({ status: 409, body: { code: 'wrong-status' } })
    expect(again.text).not.toContain('Quillfeather')
  })
})

describe('a list that names people', () => {
  it('leaves one row that says whom it named', async () => {
    const { context, given, call } = await openApp()
    const city = await given.city()
    const { id } = await given.referral(city).submitted()
    await call(city.referrer, 'GET', '/referrals')
    const rows = await context.db.read.select().from(auditRows).where(eq(auditRows.action, 'referral.listed'))
    expect(rows).toMatchObject([{ actorId: city.referrer.userId, detail: { ids: [id] } }])
  })
})

describe('the address of the API', () => {
  it('is what the router makes of it: a page’s cookie opens no door there, however it is spelled', async () => {
    const { app, given } = await openApp()
    const { referrer } = await given.city()
    const session = { id: referrer.sessionId, userId: referrer.userId, expiresAt: new Date('2026-11-23T12:00:00Z') }
    const cookie = `trellis=${app.tokenFor(session, 'pages')}`
    expect((await app.inject({ url: '/', headers: { cookie } })).statusCode).toBeLessThan(400)
    for (const url of ['/api/v1/referrals', '/%61pi/v1/referrals', '/a%70i/v1/referrals'])
      expect((await app.inject({ url, headers: { cookie } })).statusCode).toBe(401)
  })
})

describe('dates beyond reason', () => {
  it('neither put a session out of sight nor a register before the referral', async () => {
    const { given, call } = await openApp()
    const city = await given.city()
    const { id } = await given.referral(city).accepted()
    const booked = await call(city.worker, 'POST', `/placements/${id}/book`, {
      body: { startsAt: '2099-12-31T10:00:00Z' },
    })
    expect(booked).toMatchObject({ status: 400, body: { errors: [{ pointer: '/startsAt' }] } })
    const body = { sessionOn: '2000-01-03', attended: true }
    const came = await call(city.worker, 'POST', `/placements/${id}/attendance`, { body })
    expect(came).toMatchObject({ status: 400, body: { errors: [{ pointer: '/sessionOn' }] } })
  })
})

describe('a demonstration that others could reach', () => {
  it.each([
    [{ BASE_URL: 'https://trellis.example.org' }, 'set DEMO=0'],
    [{ NODE_ENV: 'prod' }, 'NODE_ENV'],
    [{ NODE_ENV: 'production', HOST: '0.0.0.0' }, 'BASE_URL is missing'],
  ])('does not start: %o', (settings, fault) => {
    expect(() => configFrom({ ...TEST_SETTINGS, ...settings })).toThrow(fault)
  })
})
