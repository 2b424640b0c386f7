import { desc, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { DatabaseBusy } from '../../src/store/failures.ts'
import {
  accessLinks,
  auditRows,
  mailbox,
  memberships,
  outbox,
  referrals,
  sessions,
  users,
} from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import { type City, PASSWORD, type TestUser } from '../support/given.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

const BASE = '/o/so-linked'
const NEW = { name: 'Ada Núñez', email: 'Ada@So-Linked.example', role: 'navigator' }
const POST = { mailer: null, from: 'no-reply@trellis.example', baseUrl: 'https://trellis.example', retryBaseMs: 1000 }

let test: TestApp
let city: City
let boss: TestUser
let admin: Visitor

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city()
  boss = await test.given.user('organisation_admin', city.service)
  admin = visitor(test.app, boss)
})

/** Sends what is owed, and answers with the path of the link in the newest e-mail. */
async function mailedLink(): Promise<string> {
  await deliverMessages(test.context, POST)
  const [mail] = await test.context.db.read
    .select()
    .from(mailbox)
    .orderBy(desc(mailbox.receivedAt), desc(mailbox.id))
    .limit(1)
  return /https:\/\/trellis\.example(\/l\/[\w-]{22})$/m.exec(mail?.text ?? '')?.[1] ?? 'no link'
}

const invite = (fields: Record<string, string> = NEW) => admin.send(`${BASE}/colleagues/invite`, fields)
const words = async (path: string) => readable((await admin.get(path)).html)
const linkRows = () => test.context.db.read.select().from(accessLinks)

describe('inviting a colleague', () => {
  it('sends a link that shows by GET, sets the password by POST, works once, and then they sign in', async () => {
    const { context, app } = test
    expect((await invite()).location).toBe(`${BASE}/colleagues?done=invited`)
    expect(await words(`${BASE}/colleagues`)).toContain('Ada Núñez Navigator · ada@so-linked.example')
    const path = await mailedLink()
    const [row] = await linkRows()
    expect(JSON.stringify(row)).not.toContain(path.slice(3))
    const guest = visitor(app)
    for (let looks = 0; looks < 3; looks++)
      expect(readable((await guest.get(path)).html)).toContain('invites you, Ada Núñez')
    const short = await guest.send(path, { password: 'short', again: 'short' })
    expect([short.status, short.faults]).toEqual([400, ['The password must have 12 characters or more']])
    const unlike = await guest.send(path, { password: 'four words in a row', again: 'three words' })
    expect(unlike.faults).toEqual(['The two passwords are not the same. Type it again'])
    const password = ' four words in a row '
    expect((await guest.send(path, { password, again: password })).location).toBe('/sign-in?done=password')
    const again = await guest.get(path)
    expect([again.status, readable(again.html)]).toEqual([410, expect.stringContaining('used already')])
    expect(again.html).not.toContain('<input id="password"')
    const signedIn = await visitor(app).send('/sign-in', { email: NEW.email, password })
    expect(signedIn.location).toBe(`${BASE}/board`)
    const [user] = await context.db.read.select().from(users).where(eq(users.email, 'ada@so-linked.example'))
    expect(user?.lastSignedInAt).toEqual(context.now())
    expect(await words(`${BASE}/colleagues`)).toContain('Signed in last on')
    const kept = JSON.stringify([
      await context.db.read.select().from(auditRows),
      await context.db.read.select().from(outbox),
    ])
    expect(kept).not.toMatch(/ada@|Núñez/i)
    expect(kept).not.toContain(path.slice(3))
  })

  it('never sends back a password, though it was typed twice and something of ours went wrong', async () => {
    await invite()
    const path = await mailedLink()
    const password = 'four words in a row'
    // Signed in beside it, as on a shared computer: forms of theirs are given back.
    const fields = { ...(await admin.hiddenOf(path)), password, again: password }
    const old = visitor(test.app)
    await old.send('/sign-in', { email: boss.email, password: PASSWORD })
    const stale = await old.post(path, fields)
    expect([stale.status, stale.html.includes(password)]).toEqual([403, false])
    Object.assign(test.context.db, { write: () => Promise.reject(new DatabaseBusy('busy')) })
    const busy = await admin.post(path, fields)
    expect([busy.status, busy.html.includes(password)]).toEqual([503, false])
  })

  it('joins somebody known with the password they have', async () => {
    const { email } = city.worker
    await invite({ ...NEW, email })
    const path = await mailedLink()
    const guest = visitor(test.app)
    expect(readable((await guest.get(path)).html)).toContain('You have a password already')
    expect((await guest.send(path, {})).location).toBe('/sign-in?done=joined')
    const hats = await test.context.db.read.select().from(memberships).where(eq(memberships.userId, city.worker.userId))
    expect(hats.map(({ role }) => role).sort()).toEqual(['navigator', 'provider_worker'])
    expect((await visitor(test.app).send('/sign-in', { email, password: PASSWORD })).status).toBe(303)
  })

  it('says every fault at once, keeps what was typed, and writes nothing', async () => {
    const before = await test.context.db.read.$count(auditRows)
    const { status, faults, html } = await invite({ name: '', email: 'ada at home' })
    expect(status).toBe(400)
    expect(faults).toEqual([
      'Enter their name',
      'Enter an e-mail address, like name@example.com',
      'Choose what they do',
    ])
    expect(html).toContain('ada at home')
    expect((await invite({ ...NEW, role: 'provider_worker' })).faults).toEqual([
      'Choose a role that your organisation has',
    ])
    expect((await invite({ ...NEW, role: 'system_admin' })).status).toBe(400)
    expect((await invite({ ...NEW, email: city.navigator.email })).faults).toEqual([
      'This address belongs to a colleague already',
    ])
    expect([await linkRows(), await test.context.db.read.$count(auditRows)]).toEqual([[], before])
  })

  it('may be sent again, which ends the first link, and taken back; a link runs out after seven days', async () => {
    await invite()
    const first = await mailedLink()
    const [row] = await linkRows()
    await admin.send(`${BASE}/invitations/${row?.id}/resend`, {}, `${BASE}/colleagues`)
    test.clock.set('2026-11-23T09:00:01Z')
    const second = await mailedLink()
    expect(second).not.toBe(first)
    expect((await visitor(test.app).get(first)).status).toBe(410)
    expect((await visitor(test.app).get(second)).status).toBe(200)
    const guest = visitor(test.app)
    const fields = { ...(await guest.hiddenOf(second)), password: 'four words in a row', again: 'four words in a row' }
    test.clock.set('2026-11-30T09:00:00Z')
    expect(readable((await guest.get(second)).html)).toContain('has run out')
    expect((await guest.post(second, fields)).status).toBe(409)
    expect(await test.context.db.read.$count(users, eq(users.email, 'ada@so-linked.example'))).toBe(0)
  })

  it('of a link that nobody sent, nothing is said', async () => {
    for (const token of ['AAAAAAAAAAAAAAAAAAAAAA', 'x', '%00', '..%2f'])
      expect([token, (await visitor(test.app).get(`/l/${token}`)).status]).toEqual([token, 404])
  })
})

describe('removing a leaver', () => {
  it('ends their sessions at once and gives their work to the lead’s queue', async () => {
    const { id } = await test.given.referral(city).assigned()
    const leaver = visitor(test.app, city.navigator)
    expect((await leaver.get(`${BASE}/board`)).status).toBe(200)
    const path = `${BASE}/colleagues/${city.navigator.userId}/remove`
    expect((await admin.send(path)).location).toBe(`${BASE}/colleagues?done=removed`)
    expect((await leaver.get(`${BASE}/board`)).location).toContain('/sign-in')
    const [row] = await test.context.db.read.select().from(referrals).where(eq(referrals.id, id))
    expect(row?.navigatorId).toBeNull()
    expect(
      (await test.context.db.read.select().from(sessions).where(eq(sessions.userId, city.navigator.userId)))[0]
        ?.endedAt,
    ).not.toBeNull()
    await admin.send(`${BASE}/colleagues/${city.navigator.userId}/restore`, {}, `${BASE}/colleagues`)
    const back = visitor(test.app)
    await back.send('/sign-in', { email: city.navigator.email, password: PASSWORD })
    expect((await back.get(`${BASE}/board`)).status).toBe(200)
  })

  it('nobody removes themselves or changes their own role', async () => {
    const own = `${BASE}/colleagues/${boss.userId}`
    expect((await admin.send(`${own}/remove`, {}, `${own}/remove`)).status).toBe(403)
    expect(readable((await admin.get(own)).html)).toContain('Nobody changes their own role')
    await admin.send(own, { role: 'navigator', from: '', until: '' })
    const role = await test.call(boss, 'PATCH', `/users/${boss.userId}`, { body: { role: 'navigator' } })
    expect([role.status, role.body.code]).toEqual([403, 'not-allowed'])
    const [still] = await test.context.db.read.select().from(memberships).where(eq(memberships.userId, boss.userId))
    expect(still?.role).toBe('organisation_admin')
  })

  it('two administrators who remove each other at once leave one', async () => {
    const other = await test.given.user('organisation_admin', city.service)
    const remove = (who: TestUser, whom: TestUser) =>
      test.call(who, 'PATCH', `/users/${whom.userId}`, { body: { suspended: true } })
    const answers = await Promise.all([remove(boss, other), remove(other, boss)])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const left = await test.context.db.read.select().from(memberships).where(eq(memberships.role, 'organisation_admin'))
    expect(left.filter(({ suspendedAt }) => suspendedAt === null)).toHaveLength(1)
  })
})

describe('one colleague', () => {
  const path = () => `${BASE}/colleagues/${city.navigator.userId}`

  it('gets another role, leave and e-mails; faults come all at once', async () => {
    const wrong = await admin.send(path(), { role: 'navigator', from: '2026-12-20', until: '' })
    expect([wrong.status, wrong.faults.length]).toEqual([400, 1])
    const saved = await admin.send(path(), {
      role: 'triage_lead',
      from: '2026-12-20',
      until: '2027-01-03',
      notices: ['referral-assigned'],
    })
    expect(saved.location).toBe(`${BASE}/colleagues?done=saved`)
    const [row] = await test.context.db.read
      .select()
      .from(memberships)
      .where(eq(memberships.userId, city.navigator.userId))
    expect(row).toMatchObject({ role: 'triage_lead', leaveFrom: '2026-12-20', leaveUntil: '2027-01-03' })
    expect(row?.mutedNotices).not.toContain('referral-assigned')
    expect(row?.mutedNotices).toContain('placement-accepted')
  })

  it('is not written to of what they do not want, and always of what went wrong', async () => {
    await admin.send(path(), { role: 'navigator', from: '', until: '' })
    await test.given.referral(city).accepted()
    await deliverMessages(test.context, POST)
    const owed = await test.context.db.read.select().from(outbox).where(eq(outbox.toId, city.navigator.userId))
    expect(owed.map(({ notice, outcome }) => [notice, outcome])).toEqual([
      ['placement-accepted', 'they chose not to get this e-mail'],
    ])
  })

  it('is sent a link for a new password, which ends every earlier sign-in', async () => {
    const colleague = visitor(test.app, city.navigator)
    await admin.send(`${path()}/password`, {}, path())
    const link = await mailedLink()
    expect((await colleague.get(`${BASE}/board`)).status).toBe(200)
    const password = 'quite another password'
    expect((await visitor(test.app).send(link, { password, again: password })).location).toBe('/sign-in?done=password')
    expect((await colleague.get(`${BASE}/board`)).location).toContain('/sign-in')
    const { email } = city.navigator
    expect((await visitor(test.app).send('/sign-in', { email, password: PASSWORD })).status).toBe(401)
    expect((await visitor(test.app).send('/sign-in', { email, password })).status).toBe(303)
  })
})

describe('somebody who is no administrator here', () => {
  it('sees none of it and changes nothing; each try leaves one audit row', async () => {
    const { context, app } = test
    const strange = await test.given.user('organisation_admin', city.practice)
    const own = `${BASE}/colleagues`
    for (const [who, status, base] of [
      [city.navigator, 403, BASE],
      [city.lead, 403, BASE],
      [strange, 404, '/o/st-marys-surgery'],
    ] as const) {
      const visit = visitor(app, who)
      const before = await context.db.read.$count(auditRows)
      expect((await visit.get(`${base}/colleagues/${city.worker.userId}`)).status).toBe(status)
      expect(await context.db.read.$count(auditRows)).toBe(before + (status === 403 ? 1 : 0))
      const fields = await visit.hiddenOf(status === 403 ? `${BASE}/board` : `${base}/colleagues`)
      const sent = await visit.post(`${base}/colleagues/${city.worker.userId}/remove`, fields)
      expect([who.role, sent.status]).toEqual([who.role, status])
    }
    expect((await visitor(app, strange).get(own)).status).toBe(404)
    const rows = await context.db.read.select().from(memberships)
    expect(rows.filter(({ suspendedAt }) => suspendedAt !== null)).toEqual([])
  })
})
