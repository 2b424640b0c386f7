import { describe, expect, it } from 'vitest'
import { answersOnOwnPage } from '../../src/domain/link-person.ts'
import type { NextStep, OwnerKind } from '../../src/domain/next-action.ts'
import { askCall, ownActs } from '../../src/domain/own-page.ts'
import type { ReferralStatus } from '../../src/domain/referral-moves.ts'

// A Monday morning.
const now = new Date('2026-11-02T10:00:00Z')

function referral(
  status: ReferralStatus,
  nextStep: NextStep,
  nextDueOn: string,
  nextOwnerKind: OwnerKind = 'navigator',
) {
  return {
    id: 'r',
    status,
    priority: 'routine' as const,
    receivedAt: now,
    contactedAt: null,
    navigatorId: null,
    receivingOrganisationId: 'service',
    nextOwnerKind,
    nextOwnerId: 'service',
    nextStep,
    nextDueOn,
  }
}

describe('what somebody may do on their own page', () => {
  it.each([
    ['submitted', ['tell', 'withdraw']],
    ['assigned', ['tell', 'withdraw']],
    ['contacted', ['tell', 'pause', 'withdraw']],
    ['active', ['tell', 'pause', 'withdraw']],
    ['on_hold', ['tell', 'restart', 'withdraw']],
    ['completed', []],
    ['withdrawn', []],
  ] as const)('%s', (status, acts) => {
    expect(ownActs(referral(status, 'review', '2026-11-20'))).toEqual(acts)
  })

  it('answers a question only where it was asked of them', () => {
    expect(ownActs(referral('information_needed', 'answer', '2026-11-09', 'person'))).toContain('answer')
    expect(ownActs(referral('information_needed', 'answer', '2026-11-09', 'organisation'))).not.toContain('answer')
  })

  it('says of each place what can be said of it', () => {
    expect(answersOnOwnPage('offered')).toEqual(['take', 'not-now', 'no-longer'])
    expect(answersOnOwnPage('waitlisted')).toEqual(['still-wanted', 'pause', 'no-longer'])
    expect(answersOnOwnPage('paused')).toEqual(['wait-again', 'no-longer'])
    expect(answersOnOwnPage('started')).toEqual(['no-longer'])
    expect(answersOnOwnPage('completed')).toEqual([])
  })
})

describe('asking to be called', () => {
  const nextOf = (...of: Parameters<typeof referral>) => askCall(referral(...of), now).next

  it('is what is next while projects have them', () => {
    expect(nextOf('active', 'review', '2026-11-20')).toMatchObject({ step: 'call_back', dueOn: '2026-11-04' })
  })

  it('brings forward what the navigator owes them anyway', () => {
    expect(nextOf('assigned', 'first_contact', '2026-11-16')).toMatchObject({
      step: 'first_contact',
      dueOn: '2026-11-04',
    })
    expect(nextOf('active', 'agree_next', '2026-11-03')).toMatchObject({ step: 'agree_next', dueOn: '2026-11-03' })
  })

  it('leaves the day on which somebody starts again, and what others owe', () => {
    expect(nextOf('on_hold', 'restart', '2026-12-01')).toBe('kept')
    expect(nextOf('information_needed', 'answer', '2026-11-09', 'organisation')).toBe('kept')
    expect(nextOf('active', 'decide', '2026-11-09', 'organisation')).toBe('kept')
  })

  it('is not possible once it is closed', () => {
    expect(() => nextOf('completed', 'review', '2026-11-20')).toThrow('not possible')
  })
})
