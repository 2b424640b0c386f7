import { describe, expect, it } from 'vitest'
import { openApp, type TestApp } from '../support/app.ts'
import { conforming } from '../support/conforming.ts'
import type { City } from '../support/given.ts'

async function aCity(): Promise<TestApp & City> {
  const made = await openApp()
  const call = await conforming(made)
  return { ...made, call, ...(await made.given.city()) }
}

describe('a question to whoever referred', () => {
  it('is read and answered by them, and the navigator’s clock stands still', async () => {
    const app = await aCity()
    const { call, clock, navigator, referrer, practice } = app
    clock.set('2026-11-19T09:00:00Z')
    const { id } = await app.given.referral(app).assigned()
    const at = `/referrals/${id}`
    const asked = await call(navigator, 'POST', `${at}/ask`, { body: { question: 'Which language?' } })
    expect(asked.body).toMatchObject({
      status: 'information_needed',
      nextAction: { what: 'answer', owner: { kind: 'organisation', id: practice.id }, due: '2026-11-26' },
    })
    const seen = await call(referrer, 'GET', at)
    expect(seen.body).toMatchObject({
      questions: [{ text: 'Which language?', askedBy: navigator.name, answer: null, placementId: null }],
      allowedActions: ['answer', 'withdraw'],
    })
    clock.set('2026-11-23T09:00:00Z')
    const answered = await call(referrer, 'POST', `${at}/answer`, { body: { text: 'Polish.' } })
    expect(answered.body).toMatchObject({ status: 'assigned', nextAction: { owner: { id: navigator.userId } } })
    const work = await call(navigator, 'GET', at)
    expect(work.body.questions).toMatchObject([{ answer: 'Polish.' }])
    expect(work.body.nextAction).toMatchObject({ what: 'first_contact', due: '2026-12-07' })
  })

  it('is the person’s where they referred themselves', async () => {
    const app = await aCity()
    const { call, navigator } = app
    const { body } = await call(null, 'POST', '/self-referrals', {
      body: {
        person: { fullName: 'Maria Okafor', dateOfBirth: '1958-03-27' },
        needs: ['loneliness'],
        reason: 'Alone.',
        priority: 'routine',
        risks: 'none_known',
        consent: { shareWithNavigator: true },
      },
    })
    const found = await call(navigator, 'GET', `/referrals?search=${body.reference}`)
    const at = `/referrals/${found.body.items[0].id}`
    const asked = await call(navigator, 'POST', `${at}/ask`, { body: { question: 'Which language?' } })
    expect(asked.body.nextAction).toMatchObject({ owner: { kind: 'person', name: 'The person' } })
  })
})

describe('a project’s question before it decides', () => {
  it('is read by the navigator and by the project, with the answer, and by nobody else', async () => {
    const app = await aCity()
    const { call, navigator, referrer, worker, given } = app
    const { id, referralId } = await given.referral(app, { fullName: 'Zebedee Quillfeather' }).sent()
    const there = `/placements/${id}`
    const asked = await call(worker, 'POST', `${there}/ask`, { body: { question: 'Can they use stairs?' } })
    expect(asked.body).toMatchObject({
      status: 'information_needed',
      questions: [{ text: 'Can they use stairs?', answer: null }],
      nextAction: { what: 'answer', owner: { id: navigator.userId }, due: '2026-11-26' },
    })
    const open = await call(navigator, 'GET', `/referrals/${referralId}`)
    expect(open.body).toMatchObject({
      questions: [{ placementId: id }],
      placements: [{ questions: [{ text: 'Can they use stairs?' }] }],
    })
    await call(navigator, 'POST', `${there}/answer`, { body: { text: 'With a rail.' } })
    const seen = await call(worker, 'GET', there)
    expect(seen.body).toMatchObject({ status: 'seen', person: null, questions: [{ answer: 'With a rail.' }] })
    expect(seen.text).not.toContain('Quillfeather')
    const referring = await call(referrer, 'GET', `/referrals/${referralId}`)
    expect(referring.body).toMatchObject({ questions: [], placements: [{ questions: [], contacts: null }] })
    expect(referring.text).not.toMatch(/stairs|rail/)
    await call(navigator, 'POST', `${there}/recall`)
    const after = await call(worker, 'GET', there)
    expect(after.body.questions).toMatchObject([{ text: 'Can they use stairs?', answer: null }])
  })

  it('may end in a better project being named', async () => {
    const app = await aCity()
    const { call, navigator, worker, given, project } = app
    const better = await given.project(app.provider)
    const { id } = await given.referral(app).sent()
    const there = `/placements/${id}/redirect`
    for (const projectId of ['nothing', project.id])
      expect(await call(worker, 'POST', there, { body: { projectId } })).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: '/projectId', code: 'not-found' }] },
      })
    await call(worker, 'POST', there, { body: { projectId: better.id, note: 'They have a ramp.' } })
    expect((await call(navigator, 'GET', `/placements/${id}`)).body).toMatchObject({
      status: 'redirected',
      note: 'They have a ramp.',
      redirectedToProject: { id: better.id, name: better.name },
    })
  })

  it('tries to reach the person are told to the navigator', async () => {
    const app = await aCity()
    const { call, navigator, worker, given } = app
    const { id } = await given.referral(app).accepted()
    const body = { outcome: 'left_message', channel: 'phone', note: 'Will ring back.' }
    const logged = await call(worker, 'POST', `/placements/${id}/contacts`, { body })
    expect(logged.body).toMatchObject({ status: 'accepted', contacts: null })
    expect((await call(navigator, 'GET', `/placements/${id}`)).body.contacts).toMatchObject([
      { ...body, by: worker.name },
    ])
  })
})

describe('another team', () => {
  const RISKS = { risks: [{ kind: 'aggression', detail: 'Keeps a large dog' }] }

  async function redirected(app: TestApp & City) {
    const clinic = await app.given.organisation('mental_health_team', { name: 'The clinic' })
    const team = await app.given.user('triage_lead', clinic)
    const { id } = await app.given.referral(app, {}, RISKS).contacted()
    const at = `/referrals/${id}`
    await app.call(app.navigator, 'POST', `${at}/signposts`, { body: { text: 'The library’s reading hour' } })
    const body = { to: clinic.slug, reason: 'Needs a clinician.' }
    const answer = await app.call(app.navigator, 'POST', `${at}/redirect`, { body })
    return { clinic, team, at, answer }
  }

  it('sees who, why and the kinds of risk; not the work', async () => {
    const app = await aCity()
    const { clinic, team, at, answer } = await redirected(app)
    expect(answer.body).toMatchObject({
      status: 'redirected',
      redirectedTo: { name: 'The clinic', organisation: clinic.slug },
      signposts: [{ text: 'The library’s reading hour', projectId: null }],
      nextAction: { what: 'answer_redirect', owner: { id: clinic.id }, due: '2026-11-30' },
    })
    const seen = await app.call(team, 'GET', at)
    expect(seen.body).toMatchObject({
      person: { fullName: 'Maria Okafor' },
      riskKinds: ['aggression'],
      contacts: null,
      signposts: null,
      questions: [],
      goals: [],
      canSeeWork: false,
      allowedActions: ['answer-redirect'],
    })
    expect(seen.text).not.toContain('dog')
    expect((await app.call(team, 'GET', `${at}/risks`)).status).toBe(403)
    const history = await app.call(team, 'GET', `${at}/history`)
    expect(history.text).not.toMatch(/contact-logged/)
    expect(history.text).toContain('Needs a clinician.')
    expect((await app.call(team, 'GET', '/referrals')).body.items).toHaveLength(1)
  })

  it('that says no does not know the person any more, nor from an answer it had before', async () => {
    const app = await aCity()
    const { team, at } = await redirected(app)
    const again = { body: { accepted: true, note: 'Ours.' }, key: 'team' }
    expect((await app.call(team, 'POST', `${at}/answer-redirect`, again)).body.status).toBe('transferred')
    const undone = await app.call(team, 'POST', `${at}/undo`, { key: 'undo' })
    expect(undone.body).toMatchObject({ status: 'redirected', person: { fullName: 'Maria Okafor' } })
    const no = await app.call(team, 'POST', `${at}/answer-redirect`, { body: { accepted: false, note: 'Full.' } })
    expect(no).toMatchObject({ status: 200, body: { status: 'contacted', nextAction: { what: 'plan' } } })
    expect(no.text).not.toContain('Okafor')
    expect((await app.call(team, 'GET', at)).status).toBe(404)
    expect((await app.call(team, 'POST', `${at}/undo`, { key: 'undo' })).status).toBe(404)
    expect((await app.call(app.navigator, 'GET', at)).body.redirectedTo).toBeNull()
  })

  it('may be one that does not work with this service; then the navigator finds out', async () => {
    const app = await aCity()
    const { id } = await app.given.referral(app).active()
    const at = `/referrals/${id}`
    const body = { to: 'Housing Options', reason: 'Evicted.' }
    expect((await app.call(app.navigator, 'POST', `${at}/redirect`, { body })).body).toMatchObject({
      redirectedTo: { name: 'Housing Options', organisation: null },
      nextAction: { what: 'hear_redirect', owner: { id: app.navigator.userId } },
    })
    await app.call(app.navigator, 'POST', `${at}/answer-redirect`, { body: { accepted: true } })
    expect((await app.call(app.navigator, 'GET', at)).body).toMatchObject({
      status: 'transferred',
      closing: { summary: 'Taken on by Housing Options.' },
    })
  })

  it('is told nothing where nobody agreed to it', async () => {
    const app = await aCity()
    const { id } = await app.given.referral(app).assigned()
    const to = (await app.given.organisation('referral_partner')).slug
    const attempt = async (more: Record<string, unknown>) =>
      (await app.call(app.navigator, 'POST', `/referrals/${id}/redirect`, { body: { to, reason: 'Theirs.', ...more } }))
        .body
    expect((await attempt({})).code).toBe('consent-missing')
    expect((await attempt({ to: app.service.slug })).errors).toMatchObject([{ code: 'own-service' }])
    expect((await attempt({ consent: { shareWithTeam: false } })).code).toBe('consent-missing')
    expect((await attempt({ consent: { shareWithTeam: true } })).status).toBe('redirected')
  })
})
