import { describe, expect, test } from 'vitest'
import { type ContactAttempts, close, requireEnoughAttempts, withdraw } from '../../src/domain/closing.ts'
import {
  activate,
  assign,
  handBack,
  isOpenReferral,
  logContact,
  navigatorOf,
  place,
  type Referral,
  submit,
  watchPlacements,
} from '../../src/domain/referral.ts'
import { REFERRAL_STATUSES } from '../../src/domain/referral-moves.ts'
import { refusalOf } from './refused.ts'

/** A Monday morning; the Monday after is 2026-11-30. */
const NOW = new Date('2026-11-23T09:00:00Z')

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

const navigator = { ownerKind: 'navigator', ownerId: 'so-linked' } as const
const queue = { ownerKind: 'navigator', ownerId: 'so-linked' } as const

describe('received', () => {
  test.each([
    ['routine', '2026-11-23T09:00:00Z', '2026-11-25'],
    ['priority', '2026-11-23T09:00:00Z', '2026-11-25'],
    ['urgent: the same working day', '2026-11-23T09:00:00Z', '2026-11-23'],
    ['urgent, after five', '2026-11-23T17:01:00Z', '2026-11-24'],
    ['urgent, on a Saturday', '2026-11-28T09:00:00Z', '2026-11-30'],
    ['routine, on a Friday evening', '2026-11-27T19:00:00Z', '2026-12-02'],
  ])('%s: the receiving service decides who takes it', (situation, receivedAt, dueOn) => {
    const priority = situation.split(/[:,]/)[0] as Referral['priority']
    expect(submit(referral({ priority, receivedAt: new Date(receivedAt) }))).toEqual({
      move: 'submit',
      from: 'new',
      to: 'submitted',
      next: { ...queue, step: 'triage', dueOn },
    })
  })
})

describe('assigned', () => {
  test.each([
    ['routine', '2026-12-07'],
    ['priority', '2026-11-30'],
    ['urgent', '2026-11-23'],
  ] as const)('%s: first contact, counted from receipt however late the assignment', (priority, dueOn) => {
    const step = assign(referral({ status: 'submitted', navigatorId: null, priority }), 'ada', ['triage_lead'])
    expect(step).toEqual({
      move: 'assign',
      from: 'submitted',
      to: 'assigned',
      next: { ownerKind: 'navigator', ownerId: 'so-linked', step: 'first_contact', dueOn },
    })
  })

  test.each(['assigned', 'contacted', 'active', 'information_needed', 'on_hold', 'redirected'] as const)(
    'to another navigator while %s: state and clock stay',
    (status) => {
      expect(assign(referral({ status }), 'ada', ['triage_lead'])).toEqual({
        move: 'reassign',
        from: status,
        to: status,
        next: 'kept',
      })
      expect(refusalOf(() => assign(referral({ status }), 'ada', ['navigator'])).code).toBe('wrong-status')
    },
  )

  test('never once closed', () => {
    expect(refusalOf(() => assign(referral({ status: 'completed' }), 'ada', ['triage_lead'])).code).toBe('wrong-status')
  })
})

describe('a contact', () => {
  test('speaking with the person moves an assigned referral on', () => {
    expect(logContact(referral(), { spoke: true, reviewing: null }, ['navigator'], NOW)).toEqual({
      move: 'contact',
      from: 'assigned',
      to: 'contacted',
      next: { ...navigator, step: 'plan', dueOn: '2026-11-30' },
    })
  })

  test.each([
    ['assigned', false],
    ['contacted', true],
    ['contacted', false],
    ['active', true],
    ['active', false],
  ] as const)('while %s (spoke: %s) is counted and changes nothing', (status, spoke) => {
    const step = logContact(referral({ status }), { spoke, reviewing: null }, ['navigator'], NOW)
    expect(step).toEqual({ move: 'attempt', from: status, to: status, next: 'kept' })
  })

  test.each(['submitted', 'information_needed', 'on_hold', 'redirected', 'completed'] as const)(
    'not while %s',
    (status) => {
      expect(
        refusalOf(() => logContact(referral({ status }), { spoke: true, reviewing: null }, ['navigator'], NOW)).code,
      ).toBe('wrong-status')
    },
  )
})

describe('the plan', () => {
  const plan = { needs: ['loneliness'], mayShare: true }

  test('agreed: place or signpost in five working days', () => {
    expect(activate(referral({ status: 'contacted' }), plan, ['navigator'], NOW)).toEqual({
      move: 'activate',
      from: 'contacted',
      to: 'active',
      next: { ...navigator, step: 'place', dueOn: '2026-11-30' },
    })
  })

  test.each([
    ['no need', { ...plan, needs: [] }, 'contacted', 'need-missing'],
    ['no agreement to share', { ...plan, mayShare: false }, 'contacted', 'consent-missing'],
    ['before contact', plan, 'assigned', 'wrong-status'],
    ['twice', plan, 'active', 'wrong-status'],
    ['the state comes first', { needs: [], mayShare: false }, 'on_hold', 'wrong-status'],
  ] as const)('refused: %s', (_, given, status, code) => {
    const tried = () => activate(referral({ status }), { ...given, needs: [...given.needs] }, ['navigator'], NOW)
    expect(refusalOf(tried).code).toBe(code)
  })
})

describe('while placements are open the navigator looks again', () => {
  test.each([
    ['when the first of them hands back', ['2026-12-10', '2026-12-01'], '2026-12-01'],
    ['at most in twelve weeks', ['2027-06-01'], '2027-02-15'],
    ['at most in twelve weeks, with none', [], '2027-02-15'],
  ])('%s', (_, due, dueOn) => {
    const active = referral({ status: 'active' })
    expect(watchPlacements(active, due, NOW)).toEqual({ ...navigator, step: 'review', dueOn })
    expect(place(active, due, ['navigator'], NOW)).toEqual({
      move: 'place',
      from: 'active',
      to: 'active',
      next: { ...navigator, step: 'review', dueOn },
    })
  })

  test('a place is only sent out of an active referral', () => {
    for (const status of REFERRAL_STATUSES.filter((status) => status !== 'active'))
      expect(refusalOf(() => place(referral({ status }), [], ['navigator'], NOW)).code).toBe('wrong-status')
  })
})

describe('the last placement ended', () => {
  test.each([
    ['without a start: two working days', false, '2026-11-25'],
    ['after a start: five', true, '2026-11-30'],
  ])('%s to agree what next, or close', (_, hadStarted, dueOn) => {
    expect(handBack(referral({ status: 'active' }), hadStarted, [], NOW)).toEqual({
      move: 'handBack',
      from: 'active',
      to: 'active',
      next: { ...navigator, step: 'agree_next', dueOn },
    })
  })

  test('while another placement is open, it is a reason to look again, not the end', () => {
    const { next } = handBack(referral({ status: 'active' }), false, ['2026-12-30'], NOW)
    expect(next).toMatchObject({ step: 'review', dueOn: '2026-11-25' })
  })

  test('where nobody has taken the referral, its service’s queue is the owner', () => {
    expect(navigatorOf(referral({ navigatorId: null }))).toEqual(queue)
    expect(handBack(referral({ status: 'active', navigatorId: null }), true, [], NOW).next).toMatchObject(queue)
  })
})

const ENOUGH: ContactAttempts = {
  count: 3,
  overWorkingDays: 5,
  channelsTried: ['phone', 'text'],
  usableChannels: ['phone', 'text', 'email'],
}

describe('closing', () => {
  const closing = { placesHeld: 0, attempts: ENOUGH, reason: 'Moved to Leeds.' }

  // biome-ignore format: a table reads as a table
  test.each([
    ['completed', 'complete', ['contacted', 'active']],
    ['closed_early', 'closeEarly', ['contacted', 'active', 'on_hold']],
    ['disengaged', 'closeEarly', ['contacted', 'active', 'on_hold']],
    ['unreachable', 'giveUp', ['assigned', 'contacted']],
    ['not_suitable', 'turnAway', ['submitted', 'assigned', 'contacted']],
    ['duplicate', 'turnAway', ['submitted', 'assigned', 'contacted']],
  ] as const)('as %s: from its own states and no other, and then there is no next action', (outcome, move, from) => {
    for (const status of REFERRAL_STATUSES) {
      const tried = () => close(referral({ status }), { ...closing, outcome }, ['navigator'])
      if ((from as readonly string[]).includes(status))
        expect(tried()).toEqual({ move, from: status, to: outcome, next: null, reason: closing.reason })
      else expect(refusalOf(tried).code).toBe('wrong-status')
      expect(refusalOf(() => close(referral({ status }), { ...closing, outcome }, ['referrer'])).code).toBe('wrong-status')
    }
  })

  test('not as completed while a place is held; other endings end the placement with them', () => {
    const active = referral({ status: 'active' })
    const held = { ...closing, placesHeld: 1 }
    expect(refusalOf(() => close(active, { ...held, outcome: 'completed' }, ['navigator'])).code).toBe('placement-open')
    expect(close(active, { ...held, outcome: 'disengaged' }, ['navigator']).to).toBe('disengaged')
  })

  test('not as unreachable after too few attempts', () => {
    const tried = () =>
      close(referral(), { ...closing, outcome: 'unreachable', attempts: { ...ENOUGH, count: 2 } }, ['navigator'])
    expect(refusalOf(tried).code).toBe('too-few-attempts')
    expect(close(referral(), { ...closing, outcome: 'unreachable' }, ['navigator']).to).toBe('unreachable')
  })
})

describe('attempts enough to call somebody unreachable', () => {
  test.each<[string, Partial<ContactAttempts>]>([
    ['three, over five working days, on two ways', {}],
    ['more of everything', { count: 9, overWorkingDays: 30, channelsTried: ['phone', 'text', 'email'] }],
    ['the only usable way', { channelsTried: ['phone'], usableChannels: ['phone'] }],
    ['a third way that is not usable does not matter', { channelsTried: ['phone', 'text', 'post'] }],
  ])('yes: %s', (_, attempts) => {
    expect(() => requireEnoughAttempts({ ...ENOUGH, ...attempts })).not.toThrow()
  })

  test.each<[string, Partial<ContactAttempts>, RegExp]>([
    ['two', { count: 2 }, /: 2 of 3 attempts\.$/],
    ['within four working days', { overWorkingDays: 4 }, /: 4 of 5 working days\.$/],
    ['one way of several', { channelsTried: ['phone'] }, /: 1 of 2 ways to reach the person\.$/],
    ['one way twice', { channelsTried: ['phone', 'phone'] }, /: 1 of 2 ways/],
    ['a second way that is not usable', { channelsTried: ['phone', 'post'] }, /: 1 of 2 ways/],
    ['only ways that are not usable', { channelsTried: ['post'], usableChannels: ['phone'] }, /: 0 of 1 ways/],
    ['none', { count: 0, overWorkingDays: 0, channelsTried: [] }, /: 0 of 3 .*, 0 of 5 .*, 0 of 2 ways/],
  ])('no: %s, and what is missing is said', (_, attempts, words) => {
    expect(refusalOf(() => requireEnoughAttempts({ ...ENOUGH, ...attempts })).message).toMatch(words)
  })
})

describe('withdrawing', () => {
  test('the navigator, from any open state', () => {
    for (const status of REFERRAL_STATUSES) {
      const tried = () => withdraw(referral({ status }), 'Feels better', ['navigator'])
      if (isOpenReferral(status))
        expect(tried()).toEqual({ move: 'withdraw', from: status, to: 'withdrawn', next: null, reason: 'Feels better' })
      else expect(refusalOf(tried).code).toBe('wrong-status')
    }
  })

  test.each(['contacted', 'active', 'on_hold'] as const)('not the referrer once contact was made: %s', (status) => {
    expect(refusalOf(() => withdraw(referral({ status }), 'x', ['referrer'])).code).toBe('wrong-status')
  })
})
