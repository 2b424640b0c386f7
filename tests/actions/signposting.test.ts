import { beforeEach, describe, expect, it } from 'vitest'
import { answerSignpost } from '../../src/actions/referrals/answer-signpost.ts'
import { assignReferral } from '../../src/actions/referrals/assign-referral.ts'
import { listDueSignposts } from '../../src/actions/referrals/list-due-signposts.ts'
import { logContact } from '../../src/actions/referrals/log-contact.ts'
import { listHistory } from '../../src/actions/referrals/open-referral.ts'
import { undoReferral } from '../../src/actions/referrals/undo-referral.ts'
import type { SignpostAnswer } from '../../src/domain/signpost.ts'
import { people, placements, unmetNeeds } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City } from '../support/given.ts'
import { expectRefusal } from '../support/no-trace.ts'

const LIBRARY = { text: 'The library’s reading hour' }

describe('pointing somebody to something open', () => {
  let app: TestApp
  let city: City
  let referralId: string
  let at: string
  beforeEach(async () => {
    app = await openApp()
    city = await app.given.city()
    referralId = (await app.given.referral(city).active()).id
    at = `/referrals/${referralId}`
  })

  const point = async () => {
    const { body } = await app.call(city.navigator, 'POST', `${at}/signposts`, { body: LIBRARY })
    return body.signposts[0] as { id: string; askOn: string }
  }
  const answer = (id: string, said: string, who = city.navigator) =>
    app.call(who, 'POST', `${at}/signposts/${id}/answer`, { body: { answer: said } })
  // Weeks later nobody is signed in any more.
  const answerLater = (signpostId: string, said: SignpostAnswer) =>
    answerSignpost(app.context, city.navigator, referralId, { signpostId, answer: said })
  const due = async (who = city.navigator) => (await listDueSignposts(app.context, who)).items.map(({ text }) => text)

  it('is no placement, and is asked about three weeks later', async () => {
    const { askOn } = await point()
    expect(askOn).toBe('2026-12-14')
    expect(await app.context.db.read.$count(placements)).toBe(0)
    expect(await due()).toEqual([])
    app.clock.set('2026-12-14T08:00:00Z')
    expect(await due()).toEqual([LIBRARY.text])
    expect(await due(city.lead)).toEqual([LIBRARY.text])
    expect(await due(city.otherNavigator)).toEqual([])
    await expect(due(city.worker)).rejects.toThrow()
  })

  it('“not yet” asks again; an answer is the end of it, and can be taken back', async () => {
    const { id } = await point()
    app.clock.set('2026-12-14T08:00:00Z')
    expect((await answerLater(id, 'not_yet')).signposts).toMatchObject([{ answer: 'not_yet', askOn: '2027-01-04' }])
    expect(await due()).toEqual([])
    app.clock.set('2027-01-04T08:00:00Z')
    expect(await due()).toEqual([LIBRARY.text])
    expect(await answerLater(id, 'went')).toMatchObject({
      status: 'active',
      signposts: [{ answer: 'went', askOn: null, answeredAt: new Date('2027-01-04T08:00:00Z') }],
    })
    await expectRefusal(app.context.db, 'wrong-status', () => answerLater(id, 'went'))
    const undone = await undoReferral(app.context, city.navigator, referralId)
    expect(undone.signposts).toMatchObject([{ answer: 'not_yet', askOn: '2027-01-04' }])
    const history = await listHistory(app.context, city.navigator, referralId)
    expect(history.map(({ type }) => type)).toContain('referral.signpost-answered')
  })

  it('is asked about after the referral was completed, and not once messages are stopped', async () => {
    const { id } = await point()
    const closing = { outcome: 'completed', summary: 'Goes to the library.' }
    await app.call(city.navigator, 'POST', `${at}/close`, { body: closing })
    app.clock.set('2026-12-14T08:00:00Z')
    expect(await due()).toEqual([LIBRARY.text])
    await app.context.db.write((tx) => tx.update(people).set({ messagesStopped: 'do_not_contact' }))
    expect(await due()).toEqual([])
    await app.context.db.write((tx) => tx.update(people).set({ messagesStopped: null }))
    expect(await answerLater(id, 'did_not_go')).toMatchObject({ status: 'completed', nextAction: null })
    expect(await due()).toEqual([])
  })

  it('is answered only by those who do the work, about what is there, in words that are known', async () => {
    const { id } = await point()
    expect((await answer(id, 'went', city.otherNavigator)).status).toBe(404)
    expect((await answer(id, 'went', city.referrer)).status).toBe(403)
    expect((await answer('nothing', 'went')).status).toBe(404)
    expect((await answer(id, 'went')).body.signposts).toMatchObject([{ answer: 'went', askOn: null }])
    expect(await answer(id, 'maybe')).toMatchObject({ status: 400, body: { errors: [{ pointer: '/answer' }] } })
  })
})

describe('a need that nothing meets', () => {
  let app: TestApp
  let city: City
  beforeEach(async () => {
    app = await openApp()
    city = await app.given.city()
  })
  const rows = () => app.context.db.read.select().from(unmetNeeds)

  it('is recorded by a navigator: a row for each need, with why; and can be taken back', async () => {
    const { id } = await app.given.referral(city).active()
    const at = `/referrals/${id}`
    const recorded = await app.call(city.navigator, 'POST', `${at}/unmet-needs`, {
      body: { why: 'too_far', note: 'Nothing east of the river' },
    })
    expect(recorded).toMatchObject({
      status: 201,
      body: { status: 'active', unmetNeeds: [{ need: { code: 'loneliness' }, why: 'too_far', placementId: null }] },
    })
    expect(await rows()).toMatchObject([{ recordedBy: city.navigator.userId, note: 'Nothing east of the river' }])
    const seen = await app.call(city.referrer, 'GET', at)
    expect(seen.body.unmetNeeds).toBeNull()
    await app.call(city.navigator, 'POST', `${at}/undo`)
    expect(await rows()).toEqual([])
  })

  it('stands once, however often it is recorded: by two tabs, or again with a need that came later', async () => {
    const { id } = await app.given.referral(city, {}, { needs: ['loneliness', 'housing'] }).submitted()
    await assignReferral(app.context, city.navigator, id, { toMe: true })
    await logContact(app.context, city.navigator, id, { outcome: 'spoke', channel: 'phone' })
    const record = (body: object) => app.call(city.navigator, 'POST', `/referrals/${id}/unmet-needs`, { body })
    const first = await record({ why: 'nothing_fits', needs: ['housing'] })
    const again = await record({ why: 'too_far', needs: ['housing'] })
    expect([again.status, again.body.unmetNeeds, again.body.version]).toEqual([
      201,
      first.body.unmetNeeds,
      first.body.version,
    ])
    const both = await record({ why: 'no_room' })
    expect(both.body.unmetNeeds).toMatchObject([
      { need: { code: 'housing' }, why: 'nothing_fits' },
      { need: { code: 'loneliness' }, why: 'no_room' },
    ])
    // Only what it recorded itself is taken back, and may then be recorded again.
    await app.call(city.navigator, 'POST', `/referrals/${id}/undo`)
    expect(await rows()).toMatchObject([{ need: 'housing' }])
    expect((await record({ why: 'too_far' })).body.unmetNeeds).toHaveLength(2)
  })

  it('is recorded beside what a project’s refusal told: that one goes with the refusal', async () => {
    const { id, referralId } = await app.given.referral(city).sent()
    await app.call(city.worker, 'POST', `/placements/${id}/decline`, { body: { reason: 'no_capacity' } })
    await app.call(city.navigator, 'POST', `/referrals/${referralId}/unmet-needs`, { body: { why: 'nothing_fits' } })
    expect((await rows()).map(({ why }) => why).sort()).toEqual(['no_room', 'nothing_fits'])
  })

  it('refuses needs of somebody else, and a reason that is none', async () => {
    const { id } = await app.given.referral(city).active()
    const record = (body: object) => app.call(city.navigator, 'POST', `/referrals/${id}/unmet-needs`, { body })
    expect(await record({ why: 'nothing_fits', needs: ['housing'] })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/needs' }] },
    })
    expect(await record({ why: 'because' })).toMatchObject({ status: 400, body: { errors: [{ pointer: '/why' }] } })
    expect(await rows()).toEqual([])
  })

  it.each([
    ['no_capacity', 'no_room'],
    ['not_eligible', 'not_eligible'],
    ['outside_area', 'outside_area'],
  ])('is told by a refusal for %s, and goes with it when it is taken back', async (reason, why) => {
    const { id, referralId } = await app.given.referral(city).sent()
    const there = `/placements/${id}`
    expect((await app.call(city.worker, 'POST', `${there}/decline`, { body: { reason } })).status).toBe(200)
    expect(await rows()).toMatchObject([{ referralId, placementId: id, need: 'loneliness', why, recordedBy: null }])
    expect((await app.call(city.worker, 'POST', `${there}/undo`)).status).toBe(200)
    expect(await rows()).toEqual([])
  })

  it.each(['not_our_work', 'person_declined', 'already_attending'])(
    'a refusal for %s tells of none',
    async (reason) => {
      const { id } = await app.given.referral(city).sent()
      await app.call(city.worker, 'POST', `/placements/${id}/decline`, { body: { reason } })
      expect(await rows()).toEqual([])
    },
  )
})
