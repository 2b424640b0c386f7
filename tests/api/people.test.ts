import { randomBytes } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Context } from '../../src/actions/context.ts'
import { undoReferral } from '../../src/actions/referrals/undo-referral.ts'
import { buildApp } from '../../src/app.ts'
import { configFrom } from '../../src/config.ts'
import { openLog } from '../../src/logger.ts'
import { answers, auditRows, events, organisations, outbox } from '../../src/store/schema.ts'
import { openApp, TEST_SETTINGS, type TestApp, tokenOf } from '../support/app.ts'
import { conforming } from '../support/conforming.ts'
import { freshDatabase } from '../support/database.ts'
import { givenIn } from '../support/given.ts'
import { countRows } from '../support/no-trace.ts'
import { testContext } from '../support/small-city.ts'
import { REQUEST } from './requests.ts'

const WORD = 'Xylophonist'
const RISKS = {
  risks: [
    { kind: 'domestic_abuse', detail: `His brother, the ${WORD}, must not know` },
    { kind: 'aggression', detail: `Shouts at any ${WORD}` },
  ],
}

async function aCity() {
  const made = await openApp()
  const city = await made.given.city()
  const operator = await made.given.organisation('operator')
  const admin = await made.given.user('system_admin', operator)
  const call = await conforming(made)
  const person = { ...REQUEST.person, postcode: 'SO14 0YN', email: 'maria@okafor.example' }
  const refer = (more: object = {}) =>
    call(city.referrer, 'POST', '/referrals', { body: { ...REQUEST, person, ...more } })
  return { ...made, ...city, operator, admin, call, refer }
}

async function auditOf({ context }: Pick<TestApp, 'context'>, action: string) {
  return context.db.read.select().from(auditRows).where(eq(auditRows.action, action))
}

describe('a receipt', () => {
  it('names the asking organisation’s own earlier referrals by id and reference, and no more', async () => {
    const { refer } = await aCity()
    const first = await refer()
    expect(first.body.possibleDuplicates).toEqual([])
    const second = await refer()
    const { id, reference } = first.body
    expect(second.body.possibleDuplicates).toEqual([{ id, reference }])
  })
})

describe('the same person', () => {
  it('is said from one referral and taken back from it', async () => {
    const { call, navigator, refer } = await aCity()
    const [a, b] = [(await refer()).body, (await refer()).body]
    const seen = await call(navigator, 'GET', `/referrals/${b.id}`)
    expect(seen.body.possibleDuplicates).toMatchObject([{ id: a.id, status: 'submitted', why: 'likeness' }])
    const same = await call(navigator, 'POST', `/referrals/${b.id}/same-person`, { body: { as: a.id } })
    expect(same.body).toMatchObject({ possibleDuplicates: [], samePerson: [{ id: a.id }] })
    const again = await call(navigator, 'POST', `/referrals/${a.id}/same-person`, { body: { as: b.id } })
    expect([again.status, again.body.code]).toEqual([409, 'wrong-status'])
    const apart = await call(navigator, 'POST', `/referrals/${b.id}/not-same-person`, { body: {} })
    expect(apart.body).toMatchObject({ possibleDuplicates: [{ id: a.id }], samePerson: [] })
    expect((await call(navigator, 'POST', `/referrals/${b.id}/not-same-person`, {})).status).toBe(409)
  })

  it('cannot be said of what another service received; the try is recorded', async () => {
    const { context, call, navigator, otherNavigator, service, refer } = await aCity()
    const mine = (await refer()).body
    await context.db.write(async (tx) => {
      await tx.update(organisations).set({ isDefaultService: false }).where(eq(organisations.id, service.id))
      const to = eq(organisations.id, otherNavigator.organisationId)
      await tx.update(organisations).set({ isDefaultService: true }).where(to)
    })
    const theirs = (await refer()).body
    const before = await countRows(context.db)
    const answer = await call(navigator, 'POST', `/referrals/${mine.id}/same-person`, { body: { as: theirs.id } })
    expect([answer.status, answer.body.errors]).toMatchObject([400, [{ pointer: '/as' }]])
    expect(answer.text).not.toContain(theirs.reference)
    expect(await countRows(context.db)).toEqual({ ...before, audit: (before.audit ?? 0) + 1 })
  })
})

describe('somebody’s details', () => {
  it('are read with a tag and changed against it', async () => {
    const { call, navigator, referrer, otherNavigator, refer } = await aCity()
    const { id } = (await call(navigator, 'GET', `/referrals/${(await refer()).body.id}`)).body.person
    const read = await call(navigator, 'GET', `/people/${id}`)
    expect(read).toMatchObject({
      status: 200,
      body: { messages: 'allowed', tellPractice: true },
      headers: { etag: '"1"' },
    })
    const body = { phone: '023 8000 0000', messages: 'do_not_contact' }
    const patch = (who: typeof navigator, headers: Record<string, string>, sent: unknown = body) =>
      call(who, 'PATCH', `/people/${id}`, { body: sent, headers })
    expect((await patch(navigator, {})).body.code).toBe('version-missing')
    for (const who of [referrer, otherNavigator]) {
      expect((await patch(who, { 'if-match': '"1"' })).status).toBe(404)
      expect((await call(who, 'GET', `/people/${id}`)).status).toBe(404)
    }
    expect((await patch(navigator, { 'if-match': '"7"' })).status).toBe(412)
    const wrong = await patch(navigator, { 'if-match': '"1"' }, { phone: 'x', messages: 'died', nhsNumber: null })
    expect(wrong).toMatchObject({ status: 400 })
    expect(wrong.body.errors).toHaveLength(3)
    const changed = await patch(navigator, { 'if-match': '"1"' })
    expect(changed).toMatchObject({ status: 200, body: { ...body, version: 3 }, headers: { etag: '"3"' } })
    expect((await patch(navigator, { 'if-match': '"1"' })).status).toBe(412)
  })
})

describe('sealed risks', () => {
  it('are for the referral’s own navigator and the lead; each read says what was shown', async () => {
    const city = await aCity()
    const { call, given, service, navigator, lead, refer } = city
    const { id } = (await refer(RISKS)).body
    const colleague = await given.user('navigator', service)
    await call(navigator, 'POST', `/referrals/${id}/assign`, { body: { toMe: true } })
    for (const who of [navigator, lead]) {
      const { items } = (await call(who, 'GET', `/referrals/${id}/risks`)).body
      expect(items).toEqual(RISKS.risks)
    }
    const { items } = (await call(colleague, 'GET', `/referrals/${id}/risks`)).body
    expect(items).toEqual([{ kind: 'domestic_abuse', detail: null, sealed: true }, RISKS.risks[1]])
    const rows = (await auditOf(city, 'risk.viewed')).sort((a, b) => (a.id < b.id ? -1 : 1))
    const all = { shown: ['domestic_abuse', 'aggression'], sealed: [] }
    expect(rows.map(({ detail }) => detail)).toEqual([all, all, { shown: ['aggression'], sealed: ['domestic_abuse'] }])
  })
})

/** Every answer of the API, every row it leaves beside the risks themselves, and every line of the log. */
async function everything() {
  const lines: string[] = []
  const context: Context = { ...testContext(await freshDatabase()).context, randomBytes }
  const log = openLog('trace', { write: (line: string) => void lines.push(line) })
  const app = await buildApp(context, configFrom(TEST_SETTINGS), log)
  onTestFinished(() => app.close())
  const given = givenIn(context)
  const city = await given.city()
  const admin = await given.user('system_admin', await given.organisation('operator'))
  let keys = 0
  const call = async (who: Parameters<typeof tokenOf>[1], method: 'GET' | 'POST', path: string, payload?: object) => {
    const headers = { authorization: `Bearer ${tokenOf(app, who)}`, 'idempotency-key': `key-${++keys}` }
    const post = () => app.inject({ method, url: `/api/v1${path}`, headers, ...(payload ? { payload } : {}) })
    const first = await post()
    return { status: first.statusCode, body: first.body, again: method === 'POST' ? (await post()).body : '' }
  }
  return { context, lines, ...city, admin, call }
}

it('no other door shows the detail of a risk: not a view, a list, an error, a replay, a message or the log', async () => {
  const { context, lines, call, referrer, navigator, lead, worker, admin, group } = await everything()
  const texts: string[] = []
  const ask = async (...asked: Parameters<typeof call>) => {
    const answer = await call(...asked)
    texts.push(answer.body, answer.again)
    return JSON.parse(answer.body)
  }
  const { id } = await ask(referrer, 'POST', '/referrals', { ...REQUEST, ...RISKS })
  await ask(referrer, 'POST', '/referrals', { ...REQUEST, risks: [{ kind: WORD, detail: WORD.repeat(200) }] })
  const at = `/referrals/${id}`
  await ask(navigator, 'POST', `${at}/assign`, { toMe: true })
  await ask(navigator, 'POST', `${at}/contacts`, { outcome: 'spoke', channel: 'phone' })
  const consent = { shareWithProviders: true }
  await ask(navigator, 'POST', `${at}/activate`, { needs: ['loneliness'], strengths: [], goals: [], consent })
  const placement = await ask(navigator, 'POST', `${at}/placements`, { groupId: group.id })
  await ask(worker, 'GET', `/placements/${placement.id}`)
  await ask(worker, 'POST', `/placements/${placement.id}/accept`, {})
  await ask(navigator, 'POST', `${at}/close`, { outcome: 'completed', summary: 'Done.' })
  for (const who of [referrer, navigator, lead, worker, admin]) {
    for (const path of [at, `${at}/history`, `${at}/matches`, '/referrals', '/placements', `/referrals?search=${WORD}`])
      await ask(who, 'GET', path)
    await ask(who, 'GET', `/placements/${placement.id}`)
  }
  await ask(referrer, 'GET', `${at}/risks`)
  await ask(worker, 'GET', `${at}/risks`)
  const kept = await Promise.all(
    [outbox, events, auditRows, answers].map((table) => context.db.read.select().from(table)),
  )
  expect(JSON.stringify(texts)).toContain('domestic_abuse')
  expect(JSON.stringify([texts, kept, lines])).not.toContain(WORD)
  // The two doors that do, and leave nothing of it behind either.
  expect((await call(navigator, 'GET', `${at}/risks`)).body).toContain(WORD)
  const reason = 'The service’s line is down and the person is in danger'
  const broken = await call(admin, 'POST', '/break-glass', { referral: id, reason })
  expect([broken.status, broken.body]).toEqual([201, expect.stringContaining(WORD)])
  const after = await Promise.all(
    [outbox, events, auditRows, answers].map((table) => context.db.read.select().from(table)),
  )
  expect(JSON.stringify([after, lines])).not.toContain(WORD)
})

describe('break-glass', () => {
  const reason = 'The service’s line is down and the person is in danger'

  it('shows one referral once, as its service sees it, and nothing can be done with it', async () => {
    const city = await aCity()
    const { context, call, admin, navigator, service, practice, refer } = city
    const { id, reference } = (await refer(RISKS)).body
    await call(navigator, 'POST', `/referrals/${id}/assign`, { body: { toMe: true } })
    const asked = { body: { referral: reference.toLowerCase(), reason } }
    const broken = await call(admin, 'POST', '/break-glass', asked)
    expect(broken).toMatchObject({
      status: 201,
      body: { reason, risks: RISKS.risks, referral: { id, version: 3, canSeeWork: true, allowedActions: [] } },
    })
    const [event] = await context.db.read.select().from(events).where(eq(events.type, 'referral.glass-broken'))
    expect(event).toMatchObject({ subjectId: id, subjectVersion: 3, reason, actorId: admin.userId })
    const sent = await context.db.read.select().from(outbox).where(eq(outbox.notice, 'glass-broken'))
    expect(sent.map(({ toId }) => toId).sort()).toEqual([service.id, practice.id].sort())
    expect(await auditOf(city, 'referral.glass-broken')).toMatchObject([{ actorId: admin.userId, subjectId: id }])
    expect(await auditOf(city, 'risk.viewed')).toMatchObject([{ actorId: admin.userId }])
    // It opens nothing afterwards.
    expect((await call(admin, 'GET', `/referrals/${id}`)).status).toBe(404)
    expect((await call(admin, 'GET', `/referrals/${id}/risks`)).status).toBe(404)
    const history = (await call(navigator, 'GET', `/referrals/${id}/history`)).body.items
    expect(history.at(-1)).toMatchObject({ type: 'referral.glass-broken', reason })
  })

  it('is a new look each time, whatever key comes with it, and keeps no answer', async () => {
    const { context, call, admin, refer } = await aCity()
    const { id } = (await refer()).body
    const kept = await context.db.read.$count(answers)
    for (const nth of [1, 2]) {
      await call(admin, 'POST', '/break-glass', { body: { referral: id, reason }, key: 'the same' })
      expect(await context.db.read.$count(events, eq(events.type, 'referral.glass-broken'))).toBe(nth)
    }
    expect(await context.db.read.$count(answers)).toBe(kept)
  })

  it('does not stand in the way of taking a move back', async () => {
    const { context, call, admin, navigator, refer } = await aCity()
    const { id } = (await refer()).body
    await call(navigator, 'POST', `/referrals/${id}/assign`, { body: { toMe: true } })
    await call(admin, 'POST', '/break-glass', { body: { referral: id, reason } })
    expect(await undoReferral(context, navigator, id)).toMatchObject({ status: 'submitted', navigator: null })
  })

  it('needs a system administrator, a reason in words, and a referral that is there', async () => {
    const city = await aCity()
    const { context, call, admin, navigator, lead, refer } = city
    const { id } = (await refer()).body
    for (const who of [navigator, lead]) {
      const answer = await call(who, 'POST', '/break-glass', { body: { referral: id, reason } })
      expect([answer.status, answer.body.code]).toEqual([403, 'not-allowed'])
    }
    const short = await call(admin, 'POST', '/break-glass', { body: { referral: id, reason: 'In danger          ' } })
    expect(short.body.errors).toMatchObject([{ pointer: '/reason' }])
    for (const unknown of ['SP-2222-2222', 'no such referral', 'x']) {
      const before = await countRows(context.db)
      const answer = await call(admin, 'POST', '/break-glass', { body: { referral: unknown, reason } })
      expect([answer.status, answer.body.code]).toEqual([404, 'not-found'])
      expect(await countRows(context.db)).toEqual({ ...before, audit: (before.audit ?? 0) + 1 })
    }
    const refused = and(eq(auditRows.action, 'access.refused'), eq(auditRows.subjectId, 'not a reference'))
    expect(await context.db.read.$count(auditRows, refused)).toBe(1)
  })

  it('is reported to operators, and to the administrators of those whose referral it was', async () => {
    const { call, given, admin, service, practice, provider, navigator, refer } = await aCity()
    const [first, second] = [(await refer()).body, (await refer()).body]
    for (const { id } of [first, second]) await call(admin, 'POST', '/break-glass', { body: { referral: id, reason } })
    const whole = [
      { by: admin.name, reason, reference: second.reference },
      { by: admin.name, reason, reference: first.reference },
    ]
    const readers = [
      admin,
      await given.user('organisation_admin', service),
      await given.user('organisation_admin', practice),
    ]
    for (const who of readers) expect((await call(who, 'GET', '/break-glass')).body.items).toMatchObject(whole)
    const outsider = await given.user('organisation_admin', provider)
    expect((await call(outsider, 'GET', '/break-glass')).body.items).toEqual([])
    expect((await call(navigator, 'GET', '/break-glass')).status).toBe(403)
    const page = (await call(admin, 'GET', '/break-glass?limit=1')).body
    expect(page.items).toMatchObject([whole[0]])
    expect((await call(admin, 'GET', `/break-glass?limit=1&after=${page.next}`)).body.items).toMatchObject([whole[1]])
  })
})

describe('clinical codes', () => {
  it('are for the practice that referred and for the service', async () => {
    const { call, navigator, referrer, refer } = await aCity()
    const { id } = (await refer()).body
    const codes = async (who: typeof navigator) => (await call(who, 'GET', `/referrals/${id}`)).body.clinicalCodes
    expect(await codes(referrer)).toEqual([])
    await call(navigator, 'POST', `/referrals/${id}/assign`, { body: { toMe: true } })
    const [referred] = await codes(referrer)
    expect(referred).toMatchObject({ code: '871731000000106', on: '2026-11-23' })
    await call(navigator, 'POST', `/referrals/${id}/withdraw`, { body: { reason: 'changed_mind' } })
    for (const who of [referrer, navigator])
      expect(await codes(who)).toMatchObject([referred, { code: '871711000000103', on: '2026-11-23' }])
  })
})
