import { describe, expect, test } from 'vitest'
import { doorsOpen } from '../../src/domain/moves.ts'
import {
  CLOSED_REFERRAL,
  OPEN_REFERRAL,
  REFERRAL_MOVES,
  REFERRAL_STATUSES,
  REFERRAL_WORDS,
} from '../../src/domain/referral-moves.ts'
import { allowed, cellsOf, type Row, rowsOf, withoutEnds } from './cells.ts'

const OPEN = ['submitted', 'assigned', 'information_needed', 'contacted', 'active', 'on_hold', 'redirected']
const CLOSED = [
  'completed',
  'closed_early',
  'disengaged',
  'unreachable',
  'not_suitable',
  'duplicate',
  'withdrawn',
  'transferred',
]
const ANY = [...OPEN, ...CLOSED]

/** The model, section 2, copied row by row and not taken from the code. An import is the system's doing. */
// biome-ignore format: a table reads as a table
const MODEL: Row[] = [
  { move: 'submit', from: ['new'], to: ['submitted'], who: ['referrer', 'person', 'system'] },
  { move: 'submitDirect', from: ['new'], to: ['active'], who: ['referrer', 'person'] },
  { move: 'assign', from: ['submitted'], to: ['assigned'], who: ['triage_lead', 'navigator', 'system'] },
  { move: 'reassign', from: ['assigned', 'contacted', 'active', 'information_needed', 'on_hold', 'redirected'], to: 'same', who: ['triage_lead', 'system'] },
  { move: 'ask', from: ['submitted', 'assigned', 'contacted'], to: ['information_needed'], who: ['navigator'] },
  // Of a self-referral it is the person who is asked, and so the person who answers.
  { move: 'answer', from: ['information_needed'], to: 'before', who: ['referrer', 'person', 'system'] },
  { move: 'contact', from: ['assigned'], to: ['contacted'], who: ['navigator'] },
  { move: 'giveUp', from: ['assigned', 'contacted'], to: ['unreachable'], who: ['navigator'] },
  { move: 'activate', from: ['contacted'], to: ['active'], who: ['navigator'] },
  { move: 'place', from: ['active'], to: 'same', who: ['navigator'] },
  // On hold and redirected too: a placement that stays there may end, and the navigator hears of it.
  { move: 'handBack', from: ['active', 'on_hold', 'redirected'], to: 'same', who: ['system'] },
  { move: 'redirect', from: ['submitted', 'assigned', 'contacted', 'active'], to: ['redirected'], who: ['navigator'] },
  { move: 'transfer', from: ['redirected'], to: ['transferred'], who: ['receiving_team', 'navigator'] },
  { move: 'turnBack', from: ['redirected'], to: 'before', who: ['receiving_team', 'navigator', 'system'] },
  { move: 'fallBack', from: ['active'], to: ['submitted'], who: ['system'] },
  { move: 'hold', from: ['contacted', 'active'], to: ['on_hold'], who: ['navigator', 'person'] },
  { move: 'resume', from: ['on_hold'], to: 'before', who: ['navigator', 'person', 'system'] },
  { move: 'turnAway', from: ['submitted', 'assigned', 'contacted'], to: ['not_suitable', 'duplicate'], who: ['navigator'] },
  { move: 'complete', from: ['contacted', 'active'], to: ['completed'], who: ['navigator'] },
  { move: 'closeEarly', from: ['contacted', 'active', 'on_hold'], to: ['closed_early', 'disengaged'], who: ['navigator'] },
  { move: 'withdraw', from: OPEN, to: ['withdrawn'], who: ['person', 'navigator'] },
  // "Until contacted": the states in which nobody can have spoken with the person, and the question that may come before.
  { move: 'withdraw', from: ['submitted', 'assigned', 'information_needed', 'redirected'], to: ['withdrawn'], who: ['referrer'] },
  { move: 'recordDeath', from: ANY, to: ['closed_early'], who: ['navigator', 'triage_lead'] },
  { move: 'reopen', from: CLOSED, to: ['assigned'], who: ['navigator'] },
  // "The same actor": whoever has a move of their own, the clock aside.
  { move: 'undo', from: ANY, to: 'before', who: ['referrer', 'navigator', 'triage_lead', 'receiving_team', 'person'] },
  // "System when the owner is suspended or on leave (to the lead's queue)": no other navigator yet.
  { move: 'release', from: ['assigned', 'contacted', 'active', 'information_needed', 'on_hold', 'redirected'], to: 'same', who: ['system'] },
  // Beside the table: the day to look again, reminders, and signposting, which the model counts and calls enough to close on;
  // whether they went, after a close too, and needs that nothing was found for.
  { move: 'watch', from: ['active'], to: 'same', who: ['system'] },
  // A first session that somebody missed goes to a human.
  { move: 'missFirst', from: ['active'], to: 'same', who: ['system'] },
  { move: 'remind', from: OPEN, to: 'same', who: ['system'] },
  // "By signed link to their safe contact, they act": section 5 lets the person ask for the link, or for a call back.
  { move: 'askOwnLink', from: OPEN, to: 'same', who: ['person'] },
  { move: 'askCall', from: OPEN, to: 'same', who: ['person'] },
  { move: 'signpost', from: ['contacted', 'active'], to: 'same', who: ['navigator'] },
  { move: 'answerSignpost', from: [...OPEN, 'completed'], to: 'same', who: ['navigator'] },
  { move: 'recordUnmet', from: ['contacted', 'active'], to: 'same', who: ['navigator'] },
  // The contact log: beside the row "by logging a two-way contact", tries that the software counts.
  { move: 'attempt', from: ['assigned', 'contacted', 'active'], to: 'same', who: ['navigator'] },
]

describe('the states', () => {
  test('are the model’s, each open or closed, each with a word of its own', () => {
    expect([...OPEN_REFERRAL]).toEqual(OPEN)
    expect([...CLOSED_REFERRAL]).toEqual(CLOSED)
    expect([...REFERRAL_STATUSES]).toEqual(ANY)
    expect(Object.keys(REFERRAL_WORDS)).toEqual(ANY)
    expect(new Set(Object.values(REFERRAL_WORDS)).size).toBe(ANY.length)
  })
})

describe('the moves', () => {
  test.each([...new Set(MODEL.map(({ move }) => move))])('%s: exactly the cells of the model', (name) => {
    const ours = rowsOf(REFERRAL_MOVES).filter(({ move }) => move === name)
    const theirs = MODEL.filter(({ move }) => move === name)
    expect([...cellsOf(ours)].sort()).toEqual([...cellsOf(theirs)].sort())
  })

  test('there is no move that the model does not have', () => {
    expect(Object.keys(REFERRAL_MOVES).sort()).toEqual([...new Set(MODEL.map(({ move }) => move))].sort())
  })

  test('tried one by one, from every state by everybody, nothing else passes', () => {
    const passed = allowed(REFERRAL_MOVES, REFERRAL_WORDS)
    const table = withoutEnds(cellsOf(rowsOf(REFERRAL_MOVES)))
    expect([...passed].sort()).toEqual([...table].sort())
    expect(passed.size).toBeLessThan(Object.keys(REFERRAL_MOVES).length * ANY.length * 7 * 0.1)
  })

  test('each writes an event of its own', () => {
    const events = Object.values(REFERRAL_MOVES).map(({ event }) => event)
    expect(new Set(events).size).toBe(events.length)
    for (const event of events) expect(event).toMatch(/^referral\.[a-z]+(-[a-z]+)*$/)
  })
})

describe('the doors on a page', () => {
  // biome-ignore format: a table reads as a table
  test.each([
    ['submitted', ['assign', 'ask', 'redirect', 'close', 'withdraw', 'undo'], ['assign', 'close', 'undo'], ['withdraw', 'undo']],
    ['assigned', ['ask', 'contacts', 'redirect', 'close', 'withdraw', 'undo'], ['assign', 'close', 'undo'], ['withdraw', 'undo']],
    ['information_needed', ['close', 'withdraw', 'undo'], ['assign', 'close', 'undo'], ['answer', 'withdraw', 'undo']],
    ['contacted', ['ask', 'contacts', 'activate', 'signposts', 'unmet-needs', 'redirect', 'hold', 'close', 'withdraw', 'undo'], ['assign', 'close', 'undo'], ['undo']],
    ['active', ['contacts', 'placements', 'signposts', 'unmet-needs', 'redirect', 'hold', 'close', 'withdraw', 'undo'], ['assign', 'close', 'undo'], ['undo']],
    ['on_hold', ['resume', 'close', 'withdraw', 'undo'], ['assign', 'close', 'undo'], ['undo']],
    ['redirected', ['answer-redirect', 'close', 'withdraw', 'undo'], ['assign', 'close', 'undo'], ['withdraw', 'undo']],
    ['completed', ['close', 'reopen', 'undo'], ['close', 'undo'], ['undo']],
    ['withdrawn', ['close', 'reopen', 'undo'], ['close', 'undo'], ['undo']],
  ] as const)('%s', (status, navigator, lead, referrer) => {
    expect(doorsOpen(REFERRAL_MOVES, status, ['navigator'])).toEqual(navigator)
    expect(doorsOpen(REFERRAL_MOVES, status, ['triage_lead'])).toEqual(lead)
    expect(doorsOpen(REFERRAL_MOVES, status, ['referrer'])).toEqual(referrer)
    expect(doorsOpen(REFERRAL_MOVES, status, ['provider'])).toEqual([])
    expect(doorsOpen(REFERRAL_MOVES, status, [])).toEqual([])
  })

  test('each stands once, however many hats somebody wears', () => {
    expect(doorsOpen(REFERRAL_MOVES, 'submitted', ['referrer', 'navigator', 'triage_lead'])).toEqual([
      'assign',
      'ask',
      'redirect',
      'close',
      'withdraw',
      'undo',
    ])
  })
})
