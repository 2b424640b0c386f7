import { describe, expect, test } from 'vitest'
import { reopen } from '../../src/domain/closing.ts'
import { LIMITS } from '../../src/domain/next-action.ts'
import { answer, ask, hold, type OnTheClock, redirect, resume, transfer, turnBack } from '../../src/domain/pauses.ts'
import { REFERRAL_STATUSES, type ReferralStatus } from '../../src/domain/referral-moves.ts'
import { refusalOf } from './refused.ts'

/** A Monday morning. */
const NOW = new Date('2026-11-23T09:00:00Z')
const navigator = { ownerKind: 'navigator', ownerId: 'so-linked' } as const

type Whole = OnTheClock & { referringOrganisationId: string | null; personId: string }

function referral(of: Partial<Whole> = {}): Whole {
  return {
    id: 'r1',
    status: 'assigned',
    priority: 'routine',
    receivedAt: NOW,
    contactedAt: null,
    navigatorId: 'nav',
    receivingOrganisationId: 'so-linked',
    referringOrganisationId: 'surgery',
    personId: 'maria',
    nextOwnerKind: 'navigator',
    nextStep: 'first_contact',
    nextDueOn: '2026-12-07',
    beforeStatus: null,
    beforeStep: null,
    beforeDaysLeft: null,
    restartsOn: null,
    redirectedTo: null,
    redirectedToOrganisationId: null,
    isDirect: false,
    ...of,
  }
}

const asked = (of: Partial<Whole> = {}) =>
  referral({
    status: 'information_needed',
    beforeStatus: 'assigned',
    beforeStep: 'first_contact',
    beforeDaysLeft: 10,
    ...of,
  })

function onlyFrom(states: ReferralStatus[], rule: (status: ReferralStatus) => unknown) {
  for (const status of REFERRAL_STATUSES) {
    if (states.includes(status)) expect(() => rule(status)).not.toThrow()
    else expect(refusalOf(() => rule(status)).code).toBe('wrong-status')
  }
}

describe('a question', () => {
  test('is the referrer’s to answer in five working days, and the navigator’s clock stands still', () => {
    expect(ask(referral(), ['navigator'], NOW)).toEqual({
      move: 'ask',
      from: 'assigned',
      to: 'information_needed',
      next: { ownerKind: 'organisation', ownerId: 'surgery', step: 'answer', dueOn: '2026-11-30' },
      sets: { beforeStatus: 'assigned', beforeStep: 'first_contact', beforeDaysLeft: 10 },
    })
  })

  test('of a self-referral is the person’s', () => {
    const { next } = ask(referral({ referringOrganisationId: null }), ['navigator'], NOW)
    expect(next).toMatchObject({ ownerKind: 'person', ownerId: 'maria' })
  })

  test('may be asked until the plan is agreed, by the navigator', () => {
    onlyFrom(['submitted', 'assigned', 'contacted'], (status) => ask(referral({ status }), ['navigator'], NOW))
    expect(refusalOf(() => ask(referral(), ['referrer'], NOW)).code).toBe('wrong-status')
  })

  test.each([
    ['what was left', 7, '2026-12-02'],
    ['two working days at least', 1, '2026-11-25'],
    ['two, where the day had passed', 0, '2026-11-25'],
  ])('answered: back where it was, with %s', (_, beforeDaysLeft, dueOn) => {
    expect(answer(asked({ beforeDaysLeft }), ['referrer'], NOW)).toEqual({
      move: 'answer',
      from: 'information_needed',
      to: 'assigned',
      next: { ...navigator, step: 'first_contact', dueOn },
      sets: { beforeStatus: null, beforeStep: null, beforeDaysLeft: null },
    })
  })

  test('asked on a Friday and answered after Christmas: holidays are nobody’s days', () => {
    const friday = new Date('2026-12-18T09:00:00Z')
    const step = ask(referral({ nextDueOn: '2026-12-31' }), ['navigator'], friday)
    expect(step.sets?.beforeDaysLeft).toBe(7)
    const back = answer(asked({ beforeDaysLeft: 7 }), ['referrer'], new Date('2026-12-24T18:00:00Z'))
    expect(back.next).toMatchObject({ dueOn: '2027-01-08' })
  })

  test('a service may give more time', () => {
    expect(ask(referral(), ['navigator'], NOW, { ...LIMITS, answer: 10 }).next).toMatchObject({ dueOn: '2026-12-07' })
  })
})

describe('a hold', () => {
  const active = (of: Partial<Whole> = {}) => referral({ status: 'active', nextStep: 'review', ...of })

  test('stands until the agreed day', () => {
    expect(hold(active(), { reason: 'In hospital', restartsOn: '2027-01-11' }, ['navigator'], NOW)).toMatchObject({
      move: 'hold',
      to: 'on_hold',
      reason: 'In hospital',
      next: { ...navigator, step: 'restart', dueOn: '2027-01-11' },
      sets: { beforeStatus: 'active', beforeStep: 'review', restartsOn: '2027-01-11' },
    })
  })

  test.each([
    ['today', '2026-11-23'],
    ['yesterday', '2026-11-22'],
    ['beyond twelve weeks', '2027-02-16'],
  ])('not until %s', (_, restartsOn) => {
    const refusal = refusalOf(() => hold(active(), { reason: 'x', restartsOn }, ['navigator'], NOW))
    expect(refusal).toMatchObject({ code: 'invalid-input', faults: [{ pointer: '/restartsOn', code: 'out-of-range' }] })
  })

  test.each(['2026-11-24', '2027-02-15'])('the first and the last day that may be: %s', (restartsOn) => {
    expect(hold(active(), { reason: 'x', restartsOn }, ['navigator'], NOW).to).toBe('on_hold')
  })

  test('ends where it was, with two working days', () => {
    const held = referral({ status: 'on_hold', beforeStatus: 'active', beforeStep: 'review', restartsOn: '2026-11-23' })
    expect(resume(held, ['system'], NOW)).toMatchObject({
      move: 'resume',
      to: 'active',
      next: { ...navigator, step: 'review', dueOn: '2026-11-25' },
      sets: { beforeStatus: null, restartsOn: null },
    })
  })

  test('only while the person is known', () => {
    onlyFrom(['contacted', 'active'], (status) =>
      hold(referral({ status }), { reason: 'x', restartsOn: '2026-12-01' }, ['navigator'], NOW),
    )
  })
})

describe('a redirection', () => {
  const team = { name: 'Enhanced Primary Care Mental Health team', organisationId: 'epcmht' }

  test.each([
    ['routine', '2026-11-30'],
    ['priority', '2026-11-30'],
    ['urgent: triaged on the day', '2026-11-23'],
  ])('%s: the team answers by its day', (situation, dueOn) => {
    const priority = situation.split(':')[0] as Whole['priority']
    const step = redirect(referral({ priority }), { team, reason: 'Step-up' }, ['navigator'], NOW)
    expect(step).toMatchObject({
      to: 'redirected',
      reason: 'Step-up',
      next: { ownerKind: 'organisation', ownerId: 'epcmht', step: 'answer_redirect', dueOn },
      sets: { redirectedTo: team.name, redirectedToOrganisationId: 'epcmht', beforeStatus: 'assigned' },
    })
  })

  test('to a team outside: the navigator finds out', () => {
    const outside = { name: 'A private clinic', organisationId: null }
    const { next } = redirect(referral(), { team: outside, reason: 'x' }, ['navigator'], NOW)
    expect(next).toMatchObject({ ...navigator, step: 'hear_redirect' })
  })

  const redirected = referral({
    status: 'redirected',
    beforeStatus: 'contacted',
    beforeStep: 'plan',
    ...{ redirectedToOrganisationId: 'epcmht' },
  })

  test('taken on, it closes here; never while the person has a place', () => {
    expect(transfer(redirected, 0, ['receiving_team'])).toMatchObject({ to: 'transferred', next: null })
    expect(transfer(redirected, 0, ['navigator'])).toMatchObject({ to: 'transferred' })
    expect(refusalOf(() => transfer(redirected, 1, ['receiving_team'])).code).toBe('placement-open')
  })

  test.each(['receiving_team', 'system'] as const)('refused or silent (%s), it is where it was', (mover) => {
    expect(turnBack(redirected, [mover], NOW)).toMatchObject({
      to: 'contacted',
      next: { ...navigator, step: 'plan', dueOn: '2026-11-25' },
      sets: { redirectedToOrganisationId: null, beforeStatus: null },
    })
  })
})

describe('opening again', () => {
  const closed = (of: object = {}) => ({
    ...referral({ status: 'closed_early' }),
    closedAt: NOW,
    closingReason: 'moved',
    ...of,
  })
  const by = { navigatorId: 'nav', freshConsent: false }

  test('the navigator has it for five working days', () => {
    expect(reopen(closed(), by, ['navigator'], NOW)).toMatchObject({
      to: 'assigned',
      next: { ...navigator, step: 'contact_again', dueOn: '2026-11-30' },
      sets: { navigatorId: 'nav' },
    })
  })

  test('on the ninetieth day, and not on the day after', () => {
    expect(reopen(closed(), by, ['navigator'], new Date('2027-02-21T09:00:00Z')).to).toBe('assigned')
    const late = new Date('2027-02-22T09:00:00Z')
    expect(refusalOf(() => reopen(closed(), by, ['navigator'], late)).code).toBe('wrong-status')
  })

  test('never after a death', () => {
    const died = closed({ closingReason: 'died' })
    expect(refusalOf(() => reopen(died, by, ['navigator'], NOW)).message).toMatch(/died/)
  })

  test('where the person withdrew they say yes again; a slip needs none', () => {
    const withdrawn = (closingReason: string) => closed({ status: 'withdrawn', closingReason })
    expect(refusalOf(() => reopen(withdrawn('changed_mind'), by, ['navigator'], NOW)).code).toBe('consent-missing')
    const agreed = { ...by, freshConsent: true }
    expect(reopen(withdrawn('changed_mind'), agreed, ['navigator'], NOW).to).toBe('assigned')
    expect(reopen(withdrawn('sent_in_error'), by, ['navigator'], NOW).to).toBe('assigned')
  })
})
