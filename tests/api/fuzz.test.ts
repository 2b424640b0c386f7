import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openApp } from '../support/app.ts'
import { A_PLAN } from '../support/given-referral.ts'
import { REQUEST } from './requests.ts'

/** Texts that have hurt somebody before, and any others. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\ud800',
    '😀',
    "'; drop table people; --",
    '%',
    '__proto__',
    'x'.repeat(3000),
    '٠',
    '\u202e',
  ),
)

const anything: fc.Arbitrary<unknown> = fc.oneof(
  text,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(null, true, false, [], {}, 1e308, -1, 2 ** 53, 2 ** 31),
  fc.jsonValue({ maxDepth: 2 }),
)

/** A body that was right, with parts of it changed, dropped or added. */
function spoiled(body: Record<string, unknown>): fc.Arbitrary<unknown> {
  const keys = ['x', ...Object.keys(body)]
  const change = fc.record({ key: fc.constantFrom(...keys), value: anything, drop: fc.boolean(), deep: fc.boolean() })
  return fc.oneof(
    { weight: 1, arbitrary: anything },
    {
      weight: 6,
      arbitrary: fc
        .tuple(fc.array(change, { maxLength: 3 }), fc.dictionary(text, anything, { maxKeys: 1 }))
        .map(([changes, more]) => {
          const result: Record<string, unknown> = { ...body, ...more }
          for (const { key, value, drop, deep } of changes) {
            const old = result[key]
            if (drop) delete result[key]
            else if (deep && typeof old === 'object' && old !== null && !Array.isArray(old)) {
              const [inner = 'x'] = Object.keys(old)
              result[key] = { ...old, [inner]: value }
            } else result[key] = value
          }
          return result
        }),
    },
  )
}

const whole = (words: string) => words.replace(/\p{Surrogate}/gu, '')

it('never answers 5xx, whatever is sent', async () => {
  const { app, given, call } = await openApp()
  const city = await given.city({ places: 100 })
  const { referrer, navigator, worker, group } = city
  const referral = await given.referral(city).active()
  const placement = await given.referral(city, { fullName: 'Ada Two' }).sent()
  const at = `/referrals/${referral.id}`
  const there = `/placements/${placement.id}`
  const calls = [
    [
      referrer,
      'POST',
      '/referrals',
      { ...REQUEST, whatMattersToMe: 'x', strengths: ['x'], basis: { kind: 'direct_care', reason: 'x' } },
    ],
    [navigator, 'POST', `${at}/assign`, { navigatorId: navigator.userId }],
    [navigator, 'POST', `${at}/contacts`, { outcome: 'no_answer', channel: 'phone', note: 'x' }],
    [navigator, 'POST', `${at}/activate`, A_PLAN],
    [navigator, 'POST', `${at}/placements`, { groupId: group.id, overrideReason: 'x' }],
    [
      navigator,
      'POST',
      `${at}/close`,
      { outcome: 'duplicate', duplicateOf: 'x', reason: 'x', summary: 'x', goals: [{ id: 'x', result: 'not' }] },
    ],
    [navigator, 'POST', `${at}/withdraw`, { reason: 'bored' }],
    [navigator, 'POST', `${at}/ask`, { question: 'x' }],
    [referrer, 'POST', `${at}/answer`, { text: 'x' }],
    [
      navigator,
      'POST',
      `${at}/redirect`,
      { to: 'x', reason: 'x', consent: { shareWithTeam: true }, basis: { kind: 'direct_care', reason: 'x' } },
    ],
    [navigator, 'POST', `${at}/answer-redirect`, { accepted: false, note: 'x' }],
    [navigator, 'POST', `${at}/hold`, { reason: 'x', restartsOn: '2026-12-14' }],
    [navigator, 'POST', `${at}/resume`, {}],
    [navigator, 'POST', `${at}/reopen`, { reason: 'x', consent: { shareWithNavigator: true } }],
    [navigator, 'POST', `${at}/signposts`, { projectId: 'x', text: 'x' }],
    [navigator, 'POST', `${at}/withdraw-consent`, { provider: 'x' }],
    [navigator, 'POST', `${at}/undo`, {}],
    [null, 'POST', '/self-referrals', { ...REQUEST, onBehalfOf: { name: 'x', relationship: 'x' }, projectId: 'x' }],
    [worker, 'POST', `${there}/accept`, { overOthers: 'x' }],
    [worker, 'POST', `${there}/decline`, { reason: 'bored', rule: 'x', note: 'x' }],
    [worker, 'POST', `${there}/ask`, { question: 'x' }],
    [navigator, 'POST', `${there}/answer`, { text: 'x' }],
    [worker, 'POST', `${there}/waitlist`, {}],
    [worker, 'POST', `${there}/offer`, { outOfOrder: 'x' }],
    [navigator, 'POST', `${there}/answer-offer`, { answer: 'not_now' }],
    [navigator, 'POST', `${there}/pause`, { restartsOn: '2026-12-14' }],
    [worker, 'POST', `${there}/redirect`, { projectId: 'x', note: 'x' }],
    [worker, 'POST', `${there}/did-not-start`, { note: 'x' }],
    [worker, 'POST', `${there}/review`, { note: 'x' }],
    [worker, 'POST', `${there}/contacts`, { outcome: 'no_answer', channel: 'phone', note: 'x' }],
    [worker, 'POST', `${there}/undo`, {}],
    [worker, 'POST', `/groups/${group.id}/cancel`, { reason: 'bored' }],
    [worker, 'POST', `${there}/book`, { startsAt: '2026-11-26T10:00:00Z' }],
    [worker, 'POST', `${there}/attendance`, { sessionOn: '2026-11-23', attended: false, reason: 'x' }],
    [worker, 'POST', `${there}/complete`, { outcome: 'completed', note: 'x' }],
    [worker, 'PATCH', `/groups/${group.id}`, { places: 50, intake: { paused: false, reopensOn: '2027-01-01' } }],
    [null, 'POST', '/sessions', { email: 'x', password: 'y', code: '1' }],
  ] as const
  const one = fc
    .constantFrom(...calls)
    .chain(([who, method, path, body]) =>
      fc.record({ who: fc.constant(who), method: fc.constant(method), path: fc.constant(path), body: spoiled(body) }),
    )
  await fc.assert(
    fc.asyncProperty(one, async ({ who, method, path, body }) => {
      const answer = await call(who, method, path, { body: JSON.stringify(body), headers: { 'if-match': '"1"' } })
      expect(answer.status).toBeLessThan(500)
      if (answer.status >= 400)
        expect(answer.body).toMatchObject({ status: answer.status, instance: expect.any(String) })
    }),
    { numRuns: 800 },
  )
  const query = fc.record(
    Object.fromEntries(
      [
        'status',
        'ward',
        'need',
        'assignee',
        'priority',
        'overdue',
        'search',
        'limit',
        'after',
        'project',
        'group',
        'role',
      ].map((name) => [name, text]),
    ),
    { requiredKeys: [] },
  )
  const lists = fc.constantFrom('/referrals', '/placements', '/users', '/projects', `${at}/history`, `${at}/matches`)
  await fc.assert(
    fc.asyncProperty(lists, query, fc.string({ unit: 'binary', maxLength: 30 }), async (list, values, id) => {
      const words = Object.entries(values).map(([name, value]) => `${name}=${encodeURIComponent(whole(String(value)))}`)
      expect((await call(navigator, 'GET', `${list}?${words.join('&')}`)).status).toBeLessThan(500)
      const path = `/api/v1/referrals/${encodeURIComponent(whole(id))}`
      const headers = { authorization: `Bearer ${id.replace(/[^ -~]/g, '')}`, 'acting-organisation': 'x' }
      expect((await app.inject({ url: path, headers })).statusCode).toBeLessThan(500)
      expect((await call(navigator, 'GET', path)).status).toBeLessThan(500)
    }),
    { numRuns: 200 },
  )
}, 180_000)
