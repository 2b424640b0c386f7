import { describe, expect, test } from 'vitest'
import { answerLapsed } from '../../../src/actions/clocks/answer-lapsed.ts'
import { turnBackSilent } from '../../../src/actions/clocks/turn-back-silent.ts'
import { answerNavigator, askReferrer } from '../../../src/actions/referrals/ask-referrer.ts'
import { assignReferral } from '../../../src/actions/referrals/assign-referral.ts'
import { answerRedirect, redirectReferral } from '../../../src/actions/referrals/redirect-referral.ts'
import { listQuestions } from '../../../src/store/questions.ts'
import { type ClockCity, clockCity, dying, overtaken } from './at-work.ts'

/** Assigned on the Monday, with a question to the practice from this moment on. */
async function askedAt(city: ClockCity, moment: string, question = 'Which language?') {
  const { id } = await city.stage.assigned()
  city.clock.set(moment)
  await askReferrer(city.context, city.navigator, id, { question })
  await city.mail()
  return id
}

describe('a question that nobody answers', () => {
  test('lapses after its five days, and the navigator has what was left, two days at least', async () => {
    const city = await clockCity()
    const id = await askedAt(city, '2026-11-24T09:00Z')
    expect(await city.referral(id)).toMatchObject({ status: 'information_needed', nextDueOn: '2026-12-01' })
    expect(await city.at('2026-12-01T23:59Z', answerLapsed)).toBe(0)
    expect(await city.twiceAt('2026-12-02T00:00Z', answerLapsed)).toBe(1)
    const back = { status: 'assigned', nextStep: 'first_contact', nextOwnerKind: 'navigator', beforeStatus: null }
    // Nine of ten days were left when the clock stood still.
    expect(await city.referral(id)).toMatchObject({ ...back, nextDueOn: '2026-12-15' })
    expect(await city.told(id)).toEqual(['submitted', 'assigned', 'asked', 'answered'])
    expect(await city.mail()).toEqual([`referral-answered → ${city.navigator.userId}`])
  })

  test('asked after five on the eve of a bank holiday has its days from the next working day', async () => {
    const city = await clockCity()
    const id = await askedAt(city, '2026-12-24T17:30Z')
    expect(await city.referral(id)).toMatchObject({ nextDueOn: '2027-01-06' })
    expect(await city.at('2027-01-06T12:00Z', answerLapsed)).toBe(0)
    expect(await city.at('2027-01-07T00:00Z', answerLapsed)).toBe(1)
  })

  test('has the service’s own number of days', async () => {
    const city = await clockCity()
    await city.limits({ answer: 1, leastRemainder: 4 })
    const id = await askedAt(city, '2026-12-04T09:00Z')
    expect(await city.at('2026-12-07T09:00Z', answerLapsed)).toBe(0)
    expect(await city.at('2026-12-08T09:00Z', answerLapsed)).toBe(1)
    expect(await city.referral(id)).toMatchObject({ nextDueOn: '2026-12-14' })
  })

  test('does not lapse when the answer is faster, or the process dies', async () => {
    const city = await clockCity()
    const { context, practice, clock } = city
    const id = await askedAt(city, '2026-11-24T09:00Z')
    clock.set('2026-12-02T09:00Z')
    const { signal } = new AbortController()
    await expect(answerLapsed(dying(context), signal)).rejects.toThrow('The process was killed')
    const late = overtaken(context, () => answerNavigator(context, practice, id, { text: 'Polish' }))
    expect(await answerLapsed(late, signal)).toBe(0)
    expect((await city.told(id)).filter((type) => type === 'answered')).toHaveLength(1)
  })

  test('stays without an answer: the next answer belongs to the next question', async () => {
    const city = await clockCity()
    const { context, navigator, practice } = city
    const id = await askedAt(city, '2026-11-24T09:00Z', 'Which language?')
    await city.at('2026-12-02T09:00Z', answerLapsed)
    await askReferrer(context, navigator, id, { question: 'Which phone?' })
    await answerNavigator(context, practice, id, { text: '023 8000 0000' })
    expect(await listQuestions(context.db.read, [id])).toMatchObject([
      { text: 'Which language?', answer: null },
      { text: 'Which phone?', answer: '023 8000 0000' },
    ])
  })

  test('lapses to the navigator it was given to meanwhile', async () => {
    const city = await clockCity()
    const { context, navigator, lead } = city
    const { id } = await city.stage.submitted()
    await askReferrer(context, navigator, id, { question: 'Which language?' })
    await assignReferral(context, lead, id, { navigatorId: navigator.userId })
    await city.at('2026-12-01T09:00Z', answerLapsed)
    expect(await city.referral(id)).toMatchObject({
      status: 'assigned',
      navigatorId: navigator.userId,
      nextStep: 'first_contact',
    })
  })
})

const TO_A_TEAM = { reason: 'Needs a clinician', consent: { shareWithTeam: true } }

describe('a team that says nothing', () => {
  test('loses sight of the referral after its five days, and the navigator has it again', async () => {
    const city = await clockCity()
    const { id } = await city.stage.contacted()
    await redirectReferral(city.context, city.navigator, id, { to: 'shirley-surgery', ...TO_A_TEAM })
    await city.mail()
    expect(await city.at('2026-11-30T23:59Z', turnBackSilent)).toBe(0)
    expect(await city.twiceAt('2026-12-01T00:00Z', turnBackSilent)).toBe(1)
    const back = { status: 'contacted', nextStep: 'plan', nextDueOn: '2026-12-03', redirectedToOrganisationId: null }
    expect(await city.referral(id)).toMatchObject(back)
    expect(await city.mail()).toEqual([`redirect-answered → ${city.navigator.userId}`])
  })

  test('that does not work with this service, the navigator hears of it all the same', async () => {
    const city = await clockCity()
    const { id } = await city.stage.assigned()
    await redirectReferral(city.context, city.navigator, id, { to: 'The hospital', ...TO_A_TEAM })
    expect(await city.referral(id)).toMatchObject({ nextOwnerKind: 'navigator', nextStep: 'hear_redirect' })
    expect(await city.at('2026-12-01T09:00Z', turnBackSilent)).toBe(1)
    expect(await city.referral(id)).toMatchObject({ status: 'assigned', nextStep: 'first_contact' })
  })

  test('has the same day for what is urgent, and the service’s own limits', async () => {
    const city = await clockCity()
    await city.limits({ redirect: { routine: 1, priority: 1, urgent: 0 } })
    const urgent = await city.stage.submitted({}, { priority: 'urgent' })
    const routine = await city.stage.submitted()
    for (const { id } of [urgent, routine])
      await redirectReferral(city.context, city.navigator, id, { to: 'shirley-surgery', ...TO_A_TEAM })
    expect(await city.at('2026-11-23T23:59Z', turnBackSilent)).toBe(0)
    expect(await city.at('2026-11-24T00:00Z', turnBackSilent)).toBe(1)
    expect(await city.referral(urgent.id)).toMatchObject({ status: 'submitted', nextStep: 'triage' })
    expect(await city.at('2026-11-25T00:00Z', turnBackSilent)).toBe(1)
  })

  test('may be faster than the clock', async () => {
    const city = await clockCity()
    const { context, navigator, clock } = city
    const { id } = await city.stage.contacted()
    await redirectReferral(context, navigator, id, { to: 'The hospital', ...TO_A_TEAM })
    clock.set('2026-12-01T09:00Z')
    const late = overtaken(context, () => answerRedirect(context, navigator, id, { accepted: true }))
    expect(await turnBackSilent(late, new AbortController().signal)).toBe(0)
    expect(await city.referral(id)).toMatchObject({ status: 'transferred' })
  })
})
