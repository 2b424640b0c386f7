import { describe, expect, it } from 'vitest'
import { answers, referrals } from '../../src/store/schema.ts'
import { openApp } from '../support/app.ts'
import { conforming } from '../support/conforming.ts'
import { countRows } from '../support/no-trace.ts'
import { REQUEST } from './requests.ts'

describe('a resident who asks for themselves', () => {
  it('gets a reference and what happens next, and nothing of their health', async () => {
    const app = await openApp()
    const { service, navigator } = await app.given.city()
    const call = await conforming(app)
    const answer = await call(null, 'POST', '/self-referrals', { body: REQUEST })
    expect(answer.status).toBe(201)
    expect(answer.body).toEqual({
      reference: expect.stringMatching(/^SP-\w{4}-\w{4}$/),
      nextAction: {
        owner: { kind: 'organisation', id: service.id, name: service.name },
        what: 'triage',
        text: 'Decide who takes this referral',
        due: '2026-11-25',
        isOverdue: false,
      },
    })
    const found = await call(navigator, 'GET', `/referrals?search=${answer.body.reference}`)
    const seen = await call(navigator, 'GET', `/referrals/${found.body.items[0].id}`)
    expect(seen.body).toMatchObject({ origin: 'self', referringOrganisation: null, onBehalfOf: null })
  })

  it('answers a question by the navigator, who writes down what they say', async () => {
    const { call, given } = await openApp()
    const { navigator } = await given.city()
    const { body } = await call(null, 'POST', '/self-referrals', { body: REQUEST })
    const found = await call(navigator, 'GET', `/referrals?search=${body.reference}`)
    const at = `/referrals/${found.body.items[0].id}`
    await call(navigator, 'POST', `${at}/assign`, { body: { toMe: true } })
    const asked = await call(navigator, 'POST', `${at}/ask`, { body: { question: 'Which days suit you?' } })
    expect(asked.body).toMatchObject({ status: 'information_needed', nextAction: { owner: { kind: 'person' } } })
    expect(asked.body.allowedActions).toContain('answer')
    const answered = await call(navigator, 'POST', `${at}/answer`, { body: { text: 'Mondays.' } })
    expect(answered).toMatchObject({ status: 200, body: { status: 'assigned', questions: [{ answer: 'Mondays.' }] } })
  })

  it('may be somebody who cares for them', async () => {
    const app = await openApp()
    const { navigator } = await app.given.city()
    for (const [sent, kept] of [
      ['Ben Okafor', { name: 'Ben Okafor', relationship: null }],
      [
        { name: 'Ben Okafor', relationship: 'son' },
        { name: 'Ben Okafor', relationship: 'son' },
      ],
    ] as const) {
      const answer = await app.call(null, 'POST', '/self-referrals', { body: { ...REQUEST, onBehalfOf: sent } })
      const found = await app.call(navigator, 'GET', `/referrals?search=${answer.body.reference}`)
      const seen = await app.call(navigator, 'GET', `/referrals/${found.body.items[0].id}`)
      expect(seen.body.onBehalfOf).toEqual(kept)
    }
  })

  it('goes straight to a project that takes them, as a referrer would', async () => {
    const app = await openApp()
    const { project, provider } = await app.given.city()
    const consent = { shareWithNavigator: true, shareWithProject: true }
    const body = { ...REQUEST, consent, projectId: project.id }
    const answer = await app.call(null, 'POST', '/self-referrals', { body })
    expect(answer).toMatchObject({ status: 201, body: { nextAction: { what: 'decide', owner: { id: provider.id } } } })
    const young = { ...body, person: { ...REQUEST.person, dateOfBirth: '2012-01-01' } }
    expect(await app.call(null, 'POST', '/self-referrals', { body: young })).toMatchObject({
      status: 409,
      body: { code: 'not-eligible', errors: [{ code: 'age' }] },
    })
  })

  it('has to agree, and to send what is asked for', async () => {
    const app = await openApp()
    await app.given.city()
    const before = await countRows(app.context.db)
    const body = { ...REQUEST, consent: { shareWithNavigator: false }, person: { fullName: '' }, onBehalfOf: {} }
    const answer = await app.call(null, 'POST', '/self-referrals', { body })
    expect(answer.status).toBe(400)
    const pointers = answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)
    expect(pointers).toEqual(expect.arrayContaining(['/person/fullName', '/person/dateOfBirth', '/onBehalfOf/name']))
    const unwilling = { ...REQUEST, consent: { shareWithNavigator: false } }
    const refused = await app.call(null, 'POST', '/self-referrals', { body: unwilling })
    expect(refused.body.errors).toMatchObject([{ pointer: '/consent/shareWithNavigator' }])
    expect(await countRows(app.context.db)).toEqual(before)
  })

  it('is received once however often the form is sent', async () => {
    const app = await openApp()
    await app.given.city()
    expect(await app.call(null, 'POST', '/self-referrals', { body: REQUEST, key: null })).toMatchObject({
      status: 400,
      body: { code: 'key-missing' },
    })
    const again = { body: REQUEST, key: 'a form' }
    const first = await app.call(null, 'POST', '/self-referrals', again)
    const second = await app.call(null, 'POST', '/self-referrals', again)
    expect([second.status, second.text]).toEqual([201, first.text])
    // Whoever guesses the key of somebody else learns nothing but that it was used.
    const other = await app.call(null, 'POST', '/self-referrals', { ...again, body: { ...REQUEST, reason: 'Mine.' } })
    expect(other).toMatchObject({ status: 422, body: { code: 'key-reused' } })
    expect(other.text).not.toContain(first.body.reference)
    expect(await app.context.db.read.$count(referrals)).toBe(1)
    const [kept] = await app.context.db.read.select().from(answers)
    expect(JSON.stringify(kept)).not.toMatch(/Maria|1958|husband/)
  })

  it('is slowed down where one address sends a flood', async () => {
    const app = await openApp({ DEMO: '0' })
    for (let n = 0; n < 60; n++)
      expect((await app.call(null, 'POST', '/self-referrals', { body: {} })).status).toBe(400)
    const answer = await app.call(null, 'POST', '/self-referrals', { body: REQUEST })
    expect(answer).toMatchObject({ status: 429, body: { code: 'too-many-requests' } })
    expect((await app.call(null, 'GET', '/openapi.json')).status).toBe(200)
  })
})
