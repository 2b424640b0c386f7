import { describe, expect, it } from 'vitest'
import { answers, referrals } from '../../src/store/schema.ts'
import { openApp } from '../support/app.ts'
import { countRows } from '../support/no-trace.ts'
import { REQUEST } from './requests.ts'

describe('an Idempotency-Key', () => {
  it('is required where a repetition would do harm', async () => {
    const { context, given, call } = await openApp()
    const city = await given.city()
    const { id } = await given.referral(city).active()
    const placement = await given.referral(city, { fullName: 'Ada Two' }).sent()
    const calls = [
      [city.referrer, '/referrals', REQUEST],
      [city.navigator, `/referrals/${id}/contacts`, { outcome: 'spoke', channel: 'phone' }],
      [city.navigator, `/referrals/${id}/placements`, { groupId: city.group.id }],
      [city.worker, `/placements/${placement.id}/accept`, {}],
      [city.worker, `/placements/${placement.id}/attendance`, { sessionOn: '2026-11-23', attended: true }],
      [city.worker, `/placements/${placement.id}/contacts`, { outcome: 'no_answer', channel: 'phone' }],
      [city.navigator, `/referrals/${id}/signposts`, { text: 'The library’s reading hour' }],
      [null, '/self-referrals', REQUEST],
    ] as const
    const before = await countRows(context.db)
    for (const [who, path, body] of calls) {
      const answer = await call(who, 'POST', path, { body, key: null })
      expect([path, answer.status, answer.body.code]).toEqual([path, 400, 'key-missing'])
      expect((await call(who, 'POST', path, { body, key: '' })).body.code).toBe('key-missing')
      expect((await call(who, 'POST', path, { body, key: 'x'.repeat(201) })).body.code).toBe('invalid-input')
    }
    expect(await countRows(context.db)).toEqual(before)
  })

  it('gives the first answer again, to the byte, and changes nothing', async () => {
    const { context, clock, given, call } = await openApp()
    const { referrer } = await given.city()
    const again = { body: REQUEST, key: 'k'.repeat(200) }
    const first = await call(referrer, 'POST', '/referrals', again)
    const before = await countRows(context.db)
    clock.set('2026-11-23T12:00:00Z')
    const { person, ...rest } = REQUEST
    for (const repeated of [again, { ...again, body: { ...rest, person } }]) {
      const second = await call(referrer, 'POST', '/referrals', repeated)
      expect([second.status, second.text]).toEqual([201, first.text])
      expect(second.headers['content-type']).toBe(first.headers['content-type'])
    }
    expect(await countRows(context.db)).toEqual(before)
  })

  it('is refused for another body, and is each caller’s and each address’s own', async () => {
    const { context, given, call } = await openApp()
    const city = await given.city()
    const { referrer, otherReferrer, navigator } = city
    const key = 'the same'
    const first = await call(referrer, 'POST', '/referrals', { body: REQUEST, key })
    const other = { ...REQUEST, reason: 'Another reason.' }
    const before = await countRows(context.db)
    expect(await call(referrer, 'POST', '/referrals', { body: other, key })).toMatchObject({
      status: 422,
      body: { code: 'key-reused' },
    })
    expect(await countRows(context.db)).toEqual(before)
    const theirs = await call(otherReferrer, 'POST', '/referrals', { body: other, key })
    expect(theirs.status).toBe(201)
    const [one, two] = [first.body.id, theirs.body.id]
    for (const id of [one, two])
      expect((await call(navigator, 'POST', `/referrals/${id}/assign`, { body: { toMe: true }, key })).body.id).toBe(id)
  })

  it('is honoured where it is not required', async () => {
    const { given, call } = await openApp()
    const city = await given.city()
    const { id } = await given.referral(city).submitted()
    const again = { body: { toMe: true }, key: 'mine' }
    const first = await call(city.navigator, 'POST', `/referrals/${id}/assign`, again)
    const second = await call(city.navigator, 'POST', `/referrals/${id}/assign`, again)
    expect([first.status, second.text]).toEqual([200, first.text])
    expect((await call(city.navigator, 'POST', `/referrals/${id}/assign`, { ...again, key: null })).status).toBe(409)
  })

  it('is honoured by every move', async () => {
    const { context, given, call } = await openApp()
    const city = await given.city()
    const { navigator, worker, referrer, lead } = city
    const team = await given.user('triage_lead', await given.organisation('mental_health_team'))
    const better = await given.project(city.provider)
    const { id } = await given.referral(city).assigned()
    const one = `/referrals/${id}`
    const restartsOn = '2026-12-14'
    const placed = await given.referral(city, { fullName: 'Ada Two' }).sent()
    const there = `/placements/${placed.id}`
    const another = await given.referral(city, { fullName: 'Bea Three' }).sent()
    const third = await given.referral(city, { fullName: 'Cyd Four' }).sent()
    const admin = await given.user('system_admin', await given.organisation('operator'))
    const group = await given.group(better)
    const walk = [
      [navigator, `${one}/ask`, { question: 'Which language?' }],
      [referrer, `${one}/answer`, { text: 'Polish.' }],
      [navigator, `${one}/redirect`, { to: team.organisation, reason: 'Theirs.' }],
      [team, `${one}/answer-redirect`, { accepted: false }],
      [navigator, `${one}/contacts`, { outcome: 'spoke', channel: 'phone' }],
      [navigator, `${one}/hold`, { reason: 'In hospital', restartsOn }],
      [navigator, `${one}/resume`, {}],
      [navigator, `${one}/signposts`, { text: 'The library’s reading hour' }],
      [navigator, `${one}/withdraw`, { reason: 'changed_mind' }],
      [navigator, `${one}/reopen`, { reason: 'Rang again', consent: { shareWithNavigator: true } }],
      [navigator, `${one}/undo`, undefined],
      [worker, `${there}/ask`, { question: 'Can they use stairs?' }],
      [navigator, `${there}/answer`, { text: 'With a rail.' }],
      [worker, `${there}/waitlist`, {}],
      [lead, `${there}/still-wanted`, undefined],
      [navigator, `${there}/pause`, { restartsOn }],
      [navigator, `${there}/resume`, {}],
      [worker, `${there}/offer`, {}],
      [navigator, `${there}/answer-offer`, { answer: 'accept' }],
      [worker, `${there}/contacts`, { outcome: 'no_answer', channel: 'phone' }],
      [worker, `${there}/did-not-start`, { note: 'Rang twice.' }],
      [navigator, `${there}/book`, { startsAt: '2026-11-26T10:00:00Z' }],
      [worker, `${there}/attendance`, { sessionOn: '2026-11-23', attended: true }],
      [worker, `${there}/review`, { note: 'Goes well.' }],
      [worker, `${there}/undo`, {}],
      [worker, `/placements/${another.id}/redirect`, { projectId: better.id }],
      [navigator, `/placements/${third.id}/recall`, {}],
      [navigator, `/referrals/${placed.referralId}/withdraw-consent`, { provider: city.provider.slug }],
      [worker, `/groups/${group.id}/cancel`, { reason: 'The hall burned down' }],
      [admin, `/projects/${better.id}/end-agreement`, { reason: 'The grant has ended' }],
      [null, '/self-referrals', REQUEST],
    ] as const
    for (const [at, [who, path, body]] of walk.entries()) {
      const again = { body, key: `walk ${at}` }
      const first = await call(who, 'POST', path, again)
      expect([path, first.status < 300 ? 'done' : first.text]).toEqual([path, 'done'])
      const before = await countRows(context.db)
      const second = await call(who, 'POST', path, again)
      expect([path, second.status, second.text]).toEqual([path, first.status, first.text])
      expect(await countRows(context.db)).toEqual(before)
    }
  })

  it('keeps successes only: a refusal is judged anew', async () => {
    const { context, given, call } = await openApp()
    const city = await given.city({ places: 1 })
    const taken = await given.referral(city).accepted()
    const waiting = await given.referral(city, { fullName: 'Ada Two' }).sent()
    const again = { key: 'patient' }
    const full = await call(city.worker, 'POST', `/placements/${waiting.id}/accept`, again)
    expect([full.status, full.body.code, await context.db.read.$count(answers)]).toEqual([409, 'group-full', 0])
    await call(city.worker, 'POST', `/placements/${taken.id}/decline`, { body: { reason: 'person_declined' } })
    expect((await call(city.worker, 'POST', `/placements/${waiting.id}/accept`, again)).status).toBe(200)
  })

  it('carries out once what arrives many times at once', async () => {
    const { context, given, call } = await openApp()
    const { referrer } = await given.city()
    const again = { body: REQUEST, key: 'double click' }
    const all = await Promise.all(Array.from({ length: 12 }, () => call(referrer, 'POST', '/referrals', again)))
    const created = all.filter(({ status }) => status === 201)
    const running = all.filter(({ body }) => body.code === 'still-running')
    expect(created.length + running.length).toBe(12)
    expect(running.every(({ status }) => status === 409)).toBe(true)
    expect(new Set(created.map(({ text }) => text)).size).toBe(1)
    expect(await context.db.read.$count(referrals)).toBe(1)
  })

  it('holds across processes that share a database', async () => {
    const one = await openApp()
    const { referrer } = await one.given.city()
    const two = await openApp({}, one.context)
    const again = { body: REQUEST, key: 'everywhere' }
    const calls = Array.from({ length: 6 }, () =>
      [one, two].map(({ call }) => call(referrer, 'POST', '/referrals', again)),
    )
    const created = (await Promise.all(calls.flat())).filter(({ status }) => status === 201)
    expect(created.length).toBeGreaterThan(0)
    expect(new Set(created.map(({ text }) => text)).size).toBe(1)
    expect(await one.context.db.read.$count(referrals)).toBe(1)
  })

  it('keeps no trace of itself but a digest', async () => {
    const { context, given, call } = await openApp()
    const { referrer } = await given.city()
    await call(referrer, 'POST', '/referrals', { body: REQUEST, key: 'Maria Okafor 1958' })
    const [row] = await context.db.read.select().from(answers)
    expect(row?.id).toMatch(/^[\w-]{43}$/)
    expect(JSON.stringify(row)).not.toMatch(/Maria|1958-03-27/)
  })
})
