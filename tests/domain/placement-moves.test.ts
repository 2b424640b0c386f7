import { describe, expect, test } from 'vitest'
import { doorsOpen } from '../../src/domain/moves.ts'
import {
  CLOSED_PLACEMENT,
  HOLDING_A_PLACE,
  IDENTITY_KNOWN,
  OPEN_PLACEMENT,
  PLACEMENT_MOVES,
  PLACEMENT_STATUSES,
  PLACEMENT_WORDS,
  TAKING_A_PLACE,
} from '../../src/domain/placement-moves.ts'
import { allowed, cellsOf, type Row, rowsOf, withoutEnds } from './cells.ts'

const OPEN = [
  'sent',
  'seen',
  'information_needed',
  'waitlisted',
  'paused',
  'offered',
  'accepted',
  'booked',
  'started',
  'did_not_start',
]
const CLOSED = [
  'declined',
  'redirected',
  'no_response',
  'recalled',
  'withdrawn',
  'returned',
  'completed',
  'left_early',
  'disengaged',
  'moved_on',
]
const ANY = [...OPEN, ...CLOSED]

/** The model, section 3, copied row by row and not taken from the code. A direct route sends by the system's hand. */
// biome-ignore format: a table reads as a table
const MODEL: Row[] = [
  { move: 'send', from: ['new'], to: ['sent'], who: ['navigator', 'system'] },
  { move: 'open', from: ['sent'], to: ['seen'], who: ['provider'] },
  { move: 'ask', from: ['sent', 'seen'], to: ['information_needed'], who: ['provider'] },
  { move: 'answer', from: ['information_needed'], to: ['seen'], who: ['navigator'] },
  { move: 'accept', from: ['sent', 'seen'], to: ['accepted'], who: ['provider'] },
  { move: 'waitlist', from: ['sent', 'seen'], to: ['waitlisted'], who: ['provider'] },
  { move: 'stillWanted', from: ['waitlisted'], to: 'same', who: ['person', 'navigator'] },
  { move: 'stillWantedUnanswered', from: ['waitlisted'], to: 'same', who: ['system'] },
  { move: 'lapse', from: ['sent', 'seen'], to: ['no_response'], who: ['system'] },
  { move: 'decline', from: ['sent', 'seen', 'information_needed', 'waitlisted', 'paused', 'accepted', 'booked'], to: ['declined'], who: ['provider'] },
  { move: 'redirect', from: ['sent', 'seen'], to: ['redirected'], who: ['provider'] },
  { move: 'recall', from: ['sent', 'seen', 'information_needed', 'waitlisted', 'paused', 'offered'], to: ['recalled'], who: ['navigator', 'system'] },
  { move: 'offer', from: ['waitlisted'], to: ['offered'], who: ['system', 'provider'] },
  // "Staff recording their answer": on either side.
  { move: 'acceptOffer', from: ['offered'], to: ['accepted'], who: ['person', 'navigator', 'provider'] },
  { move: 'postpone', from: ['offered'], to: ['paused'], who: ['person', 'navigator', 'system'] },
  { move: 'pause', from: ['waitlisted'], to: ['paused'], who: ['person', 'navigator', 'system'] },
  { move: 'resume', from: ['paused'], to: ['waitlisted'], who: ['person', 'navigator', 'system'] },
  { move: 'book', from: ['accepted', 'booked'], to: ['booked'], who: ['provider'] },
  { move: 'start', from: ['accepted', 'booked'], to: ['started'], who: ['provider'] },
  { move: 'didNotStart', from: ['accepted', 'booked'], to: ['did_not_start'], who: ['provider'] },
  { move: 'rebook', from: ['did_not_start'], to: ['booked'], who: ['navigator'] },
  { move: 'review', from: ['started'], to: 'same', who: ['provider'] },
  { move: 'end', from: ['started'], to: ['completed', 'left_early', 'disengaged', 'moved_on'], who: ['provider'] },
  { move: 'withdraw', from: OPEN, to: ['withdrawn'], who: ['person', 'navigator', 'system'] },
  { move: 'return', from: OPEN, to: ['returned'], who: ['system'] },
  // "The same actor": whoever has a move of their own, the clock aside.
  { move: 'undo', from: ANY, to: 'before', who: ['navigator', 'provider', 'person'] },
  // Beside the table: the order of the queue, with a reason, and whose place it is.
  { move: 'putForward', from: ['waitlisted', 'paused'], to: 'same', who: ['navigator', 'provider'] },
  { move: 'rematch', from: ['offered', 'accepted', 'booked', 'started'], to: 'same', who: ['provider'] },
  // Beside the table: what its third column has the clock do, and the project's own tries to reach somebody.
  { move: 'askStillWanted', from: ['waitlisted'], to: 'same', who: ['system'] },
  { move: 'nudge', from: ['sent', 'seen'], to: 'same', who: ['system'] },
  { move: 'escalate', from: ['sent', 'seen'], to: 'same', who: ['system'] },
  { move: 'remind', from: OPEN, to: 'same', who: ['system'] },
  { move: 'attempt', from: ['accepted', 'booked', 'started'], to: 'same', who: ['provider'] },
  // The register: sessions after the first, and missed ones, leave the state and are counted.
  { move: 'attend', from: ['started'], to: 'same', who: ['provider'] },
  { move: 'miss', from: ['accepted', 'booked', 'started'], to: 'same', who: ['provider'] },
  // Beside the table: whether the right person was sent; the person hears of a visit the day before; and an offer that did not
  // reach them is the navigator's to ask about.
  { move: 'sayFit', from: ['waitlisted', 'paused', 'offered', 'accepted', 'booked', 'started', 'did_not_start', 'declined', 'redirected', 'completed', 'left_early', 'disengaged', 'moved_on'], to: 'same', who: ['provider'] },
  { move: 'remindVisit', from: ['booked'], to: 'same', who: ['system'] },
  { move: 'offerUnreached', from: ['offered'], to: 'same', who: ['system'] },
]

describe('the states', () => {
  test('are the model’s, each open or closed, each with a word of its own', () => {
    expect([...OPEN_PLACEMENT]).toEqual(OPEN)
    expect([...CLOSED_PLACEMENT]).toEqual(CLOSED)
    expect([...PLACEMENT_STATUSES]).toEqual(ANY)
    expect(Object.keys(PLACEMENT_WORDS)).toEqual(ANY)
    expect(new Set(Object.values(PLACEMENT_WORDS)).size).toBe(ANY.length)
  })

  test('a place is taken by accepted, booked and started, and held by an offer', () => {
    expect([...TAKING_A_PLACE]).toEqual(['accepted', 'booked', 'started'])
    expect([...HOLDING_A_PLACE]).toEqual(['offered'])
  })

  test('nobody is known by name before acceptance, nor after a decline, a recall or a withdrawal', () => {
    const unknown = ['sent', 'seen', 'information_needed', 'waitlisted', 'paused', 'offered']
    const ended = ['declined', 'redirected', 'no_response', 'recalled', 'withdrawn', 'returned']
    expect(IDENTITY_KNOWN.filter((status) => [...unknown, ...ended].includes(status))).toEqual([])
    expect(IDENTITY_KNOWN).toEqual(expect.arrayContaining(['accepted', 'booked', 'started', 'did_not_start']))
  })
})

describe('the moves', () => {
  test.each([...new Set(MODEL.map(({ move }) => move))])('%s: exactly the cells of the model', (name) => {
    const ours = rowsOf(PLACEMENT_MOVES).filter(({ move }) => move === name)
    const theirs = MODEL.filter(({ move }) => move === name)
    expect([...cellsOf(ours)].sort()).toEqual([...cellsOf(theirs)].sort())
  })

  test('there is no move that the model does not have', () => {
    expect(Object.keys(PLACEMENT_MOVES).sort()).toEqual([...new Set(MODEL.map(({ move }) => move))].sort())
  })

  test('tried one by one, from every state by everybody, nothing else passes', () => {
    const passed = allowed(PLACEMENT_MOVES, PLACEMENT_WORDS)
    const table = withoutEnds(cellsOf(rowsOf(PLACEMENT_MOVES)))
    expect([...passed].sort()).toEqual([...table].sort())
    expect(passed.size).toBeLessThan(Object.keys(PLACEMENT_MOVES).length * ANY.length * 7 * 0.1)
  })

  test('a closed placement stays closed, but for a mistake taken back', () => {
    const reopening = rowsOf(PLACEMENT_MOVES).filter(
      ({ move, from, to }) => move !== 'undo' && to !== 'same' && from.some((state) => CLOSED.includes(state)),
    )
    expect(reopening).toEqual([])
  })

  test('each writes an event of its own', () => {
    const events = Object.values(PLACEMENT_MOVES).map(({ event }) => event)
    expect(new Set(events).size).toBe(events.length)
    for (const event of events) expect(event).toMatch(/^placement\.[a-z]+(-[a-z]+)*$/)
  })
})

describe('the doors on a page', () => {
  // biome-ignore format: a table reads as a table
  test.each([
    ['sent', ['open', 'ask', 'accept', 'waitlist', 'decline', 'redirect', 'undo'], ['recall', 'withdraw', 'undo']],
    ['seen', ['ask', 'accept', 'waitlist', 'decline', 'redirect', 'undo'], ['recall', 'withdraw', 'undo']],
    ['information_needed', ['decline', 'undo'], ['answer', 'recall', 'withdraw', 'undo']],
    ['waitlisted', ['decline', 'offer', 'put-forward', 'fit', 'undo'], ['still-wanted', 'recall', 'pause', 'put-forward', 'withdraw', 'undo']],
    ['paused', ['decline', 'put-forward', 'fit', 'undo'], ['recall', 'resume', 'put-forward', 'withdraw', 'undo']],
    ['offered', ['answer-offer', 'rematch', 'fit', 'undo'], ['recall', 'answer-offer', 'withdraw', 'undo']],
    ['accepted', ['contacts', 'decline', 'book', 'attendance', 'did-not-start', 'rematch', 'fit', 'undo'], ['withdraw', 'undo']],
    ['booked', ['contacts', 'decline', 'book', 'attendance', 'did-not-start', 'rematch', 'fit', 'undo'], ['withdraw', 'undo']],
    ['started', ['contacts', 'attendance', 'rematch', 'review', 'complete', 'fit', 'undo'], ['withdraw', 'undo']],
    ['did_not_start', ['fit', 'undo'], ['book', 'withdraw', 'undo']],
    ['declined', ['fit', 'undo'], ['undo']],
    ['completed', ['fit', 'undo'], ['undo']],
  ] as const)('%s', (status, provider, navigator) => {
    expect(doorsOpen(PLACEMENT_MOVES, status, ['provider'])).toEqual(provider)
    expect(doorsOpen(PLACEMENT_MOVES, status, ['navigator'])).toEqual(navigator)
    expect(doorsOpen(PLACEMENT_MOVES, status, ['referrer'])).toEqual([])
  })
})
