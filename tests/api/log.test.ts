import { randomBytes } from 'node:crypto'
import { expect, it, onTestFinished } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { configFrom } from '../../src/config.ts'
import { openLog } from '../../src/logger.ts'
import { people } from '../../src/store/schema.ts'
import { TEST_SETTINGS, tokenOf } from '../support/app.ts'
import { freshDatabase } from '../support/database.ts'
import { givenIn } from '../support/given.ts'
import { testContext } from '../support/small-city.ts'
import { REQUEST } from './requests.ts'

/** A log that is kept as lines. */
function keptLog() {
  const lines: string[] = []
  return { lines, log: openLog('trace', { write: (line: string) => void lines.push(line) }) }
}

it('tells of requests by pattern and id, never what was asked for or sent', async () => {
  const { lines, log } = keptLog()
  const context = { ...testContext(await freshDatabase()).context, randomBytes }
  const app = await buildApp(context, configFrom(TEST_SETTINGS), log)
  onTestFinished(() => app.close())
  const { referrer, navigator } = await givenIn(context).city()
  const headers = { authorization: `Bearer ${tokenOf(app, referrer)}`, 'idempotency-key': 'Okafor' }
  await app.inject({ method: 'POST', url: '/api/v1/referrals', headers, payload: REQUEST })
  await app.inject({
    method: 'POST',
    url: '/api/v1/referrals',
    headers,
    payload: { ...REQUEST, person: { fullName: 'Okafor' } },
  })
  const as = { authorization: `Bearer ${tokenOf(app, navigator)}` }
  await app.inject({ url: '/api/v1/referrals?search=Okafor', headers: as })
  await app.inject({ url: '/api/v1/referrals/Okafor', headers: as })
  await app.inject({ url: '/Okafor?name=Okafor', headers: { referer: 'http://x/Okafor', cookie: 'trellis=Okafor' } })
  await app.inject({
    method: 'POST',
    url: '/api/v1/sessions',
    payload: { email: 'okafor@x.example', password: 'Okafor' },
  })
  const text = lines.join('')
  expect(lines.length).toBeGreaterThanOrEqual(6)
  expect(text).not.toMatch(/okafor|Bearer|1958-03-27/i)
  expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({
    method: 'POST',
    route: '/api/v1/referrals',
    status: 201,
    user: referrer.userId,
    request: expect.any(String),
    msg: 'answered',
  })
})

it('tells of a failed query without what was in it', async () => {
  const { lines, log } = keptLog()
  const { db } = testContext(await freshDatabase()).context
  const row = { id: 'x', fullName: 'Maria Okafor' } as typeof people.$inferInsert
  const err = await db.write((tx) => tx.insert(people).values(row)).catch((error: unknown) => error)
  log.error(err, 'directly')
  log.error({ err }, 'as a fact')
  log.error({ err: new Error('Outside', { cause: err }) }, 'inside another')
  expect(lines).toHaveLength(3)
  for (const line of lines) {
    expect(line).not.toContain('Okafor')
    expect(line).toMatch(/DatabaseFailure|not_null|NOTNULL|23502/i)
  }
})
