import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { verifyAudit } from '../../src/actions/audit/verify-audit.ts'
import { listMail } from '../../src/actions/outbox/mailbox.ts'
import { runJob, startJobs } from '../../src/jobs/clockwork.ts'
import { answers, auditRows, drafts, outbox, sessions, users } from '../../src/store/schema.ts'
import { freshFolder } from '../support/database.ts'
import { MONDAY, smallCity } from '../support/small-city.ts'
import { stages } from '../support/stages.ts'

const DAY = 86_400_000
const daysFromNow = (days: number) => new Date(MONDAY.getTime() + days * DAY)

function theJobs() {
  const post = { mailer: null, from: 'a@trellis.example', baseUrl: 'https://trellis.example', retryBaseMs: 1000 }
  return { post, headFile: join(freshFolder(), 'audit-head.json') }
}

test('the clockwork delivers and seals within seconds, and what stop leaves is sealed', {
  timeout: 20_000,
}, async () => {
  const city = await smallCity()
  const { context } = city
  const deps = theJobs()
  const clockwork = startJobs(context, deps)
  await stages(city).accepted()
  await vi.waitFor(async () => expect(await listMail(context)).not.toEqual([]), { timeout: 8000 })
  await stages(city).submitted({ fullName: 'Another Person' })
  await clockwork.stop()
  expect(await verifyAudit(context, deps.headFile)).toMatchObject({ ok: true, unsealed: 0 })
})

test('all jobs by hand leave nothing to do', async () => {
  const city = await smallCity()
  const { context, db } = city
  await stages(city).started()
  const outcomes = await runJob(context, theJobs(), 'all')
  expect(outcomes.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
    'answer-lapsed done',
    'turn-back-silent done',
    'resume-holds done',
    'resume-waiting done',
    'hand-over done',
    'assign done',
    'chase-providers done',
    'reopen-intakes done',
    'volunteers-back done',
    'pass-on-offers done',
    'offer-places done',
    'ask-still-wanted done',
    'remind done',
    'assurance done',
    'ask-projects done',
    'remind-visits done',
    'deliver-messages done',
    'seal-audit done',
    'index-directory done',
    'responses done',
    'erase-expired done',
    'check-invariants done',
  ])
  const rows = await db.read.select().from(outbox)
  expect(rows.every(({ sentAt, endedAt }) => sentAt ?? endedAt)).toBe(true)
})

test('a row that was not written by us makes the sealing job fail, but the others are sealed', async () => {
  const city = await smallCity()
  const { context, db } = city
  await stages(city).submitted()
  const [row] = await db.read.select().from(auditRows)
  await db.write((tx) =>
    tx.insert(auditRows).values({ ...row, id: 'made-up', eventId: null } as typeof auditRows.$inferInsert),
  )
  await expect(runJob(context, theJobs(), 'seal-audit')).rejects.toThrow('1 audit rows are not as they were written')
  expect(await db.read.$count(auditRows, eq(auditRows.sequence, 1))).toBe(1)
})

test('what has served its time is erased, and nothing else', async () => {
  const { context, db, practice } = await smallCity()
  const { userId, organisationId } = practice
  await db.write(async (tx) => {
    const draft = { userId, organisationId, content: {}, createdAt: MONDAY }
    await tx.insert(drafts).values([
      { ...draft, id: 'old', expiresAt: daysFromNow(-1) },
      { ...draft, id: 'young', expiresAt: daysFromNow(1) },
    ])
    const answer = { bodyDigest: '', status: 201, body: {} }
    await tx.insert(answers).values([
      { ...answer, id: 'old', createdAt: daysFromNow(-8) },
      { ...answer, id: 'young', createdAt: daysFromNow(-6) },
    ])
    const session = { userId, createdAt: daysFromNow(-40) }
    await tx.insert(sessions).values([
      { ...session, id: 'ended', endedAt: daysFromNow(-31), expiresAt: daysFromNow(1) },
      { ...session, id: 'expired', expiresAt: daysFromNow(-31) },
      { ...session, id: 'lately', endedAt: daysFromNow(-29), expiresAt: daysFromNow(1) },
      { ...session, id: 'live', expiresAt: daysFromNow(1) },
    ])
    await tx
      .insert(answers)
      .values(Array.from({ length: 450 }, (_, n) => ({ ...answer, id: `${n}`, createdAt: daysFromNow(-9) })))
  })
  await runJob(context, theJobs(), 'erase-expired')
  const left = async (table: typeof drafts | typeof answers | typeof sessions) =>
    (await db.read.select({ id: table.id }).from(table)).map(({ id }) => id).sort()
  expect([await left(drafts), await left(answers), await left(sessions)]).toEqual([
    ['young'],
    ['young'],
    ['lately', 'live'],
  ])
  expect(await db.read.$count(users)).toBeGreaterThan(0)
})
