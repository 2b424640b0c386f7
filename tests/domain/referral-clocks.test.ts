import { describe, expect, test } from 'vitest'
import { type ContactAttempts, close, withdraw } from '../../src/domain/closing.ts'
import { assign, logContact, type Referral, watchPlacements } from '../../src/domain/referral.ts'
import { REFERRAL_STATUSES } from '../../src/domain/referral-moves.ts'
import { refusalOf } from './refused.ts'

const NOW = new Date('2026-11-23T09:00:00Z')
const navigator = { ownerKind: 'navigator', ownerId: 'so-linked' } as const
const ENOUGH: ContactAttempts = { count: 3, overWorkingDays: 5, channelsTried: ['phone'], usableChannels: ['phone'] }

function referral(of: Partial<Referral> = {}): Referral {
  return {
    id: 'r1',
    status: 'assigned',
    priority: 'routine',
    receivedAt: NOW,
    contactedAt: null,
    navigatorId: 'nav',
    receivingOrganisationId: 'so-linked',
    ...of,
  }
}

describe('who may no longer', () => {
  test('the referrer withdraws until contact, whatever the state is called', () => {
    const asked = referral({ status: 'information_needed', contactedAt: NOW })
    expect(refusalOf(() => withdraw(asked, 'health', ['referrer']))).toMatchObject({ code: 'wrong-status' })
    expect(withdraw(asked, 'health', ['navigator'])).toMatchObject({ to: 'withdrawn' })
    expect(withdraw(referral({ status: 'redirected' }), 'health', ['referrer'])).toMatchObject({ to: 'withdrawn' })
  })

  test('a referral is not given to the navigator who has it', () => {
    expect(refusalOf(() => assign(referral(), 'nav', ['triage_lead']))).toMatchObject({ code: 'wrong-status' })
  })
})

describe('watching placements', () => {
  test('one that is late already is looked at soon, not on a day that has passed', () => {
    const active = referral({ status: 'active' })
    expect(watchPlacements(active, ['2026-11-10', '2026-12-30'], NOW).dueOn).toBe('2026-11-25')
  })

  test('speaking with the person is the review that was due', () => {
    const active = referral({ status: 'active' })
    const { move, next } = logContact(active, { spoke: true, reviewing: ['2026-12-01'] }, ['navigator'], NOW)
    expect({ move, next }).toEqual({ move: 'attempt', next: { ...navigator, step: 'review', dueOn: '2026-12-01' } })
    expect(logContact(active, { spoke: false, reviewing: ['2026-12-01'] }, ['navigator'], NOW).next).toBe('kept')
  })
})

describe('death', () => {
  test.each(REFERRAL_STATUSES)('closes from %s, with no word asked for', (status) => {
    const closing = { outcome: 'closed_early', reason: 'died', placesHeld: 1, attempts: ENOUGH } as const
    expect(close(referral({ status }), closing, ['navigator'])).toMatchObject({
      move: 'recordDeath',
      to: 'closed_early',
    })
  })
})
