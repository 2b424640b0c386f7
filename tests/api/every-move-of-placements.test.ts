import { expect, it } from 'vitest'
import { openApp, type TestApp } from '../support/app.ts'
import {
  type Cell,
  everybody,
  type Role,
  type Table,
  type Try,
  tryEveryCell,
  tryEverythingElse,
} from '../support/every-move.ts'
import { placementStates } from '../support/every-state.ts'

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
/** How every-state.ts comes to what its worker did last. */
const UNDONE_BY_WORKER = {
  seen: 'sent',
  information_needed: 'sent',
  waitlisted: 'sent',
  offered: 'waitlisted',
  accepted: 'sent',
  booked: 'accepted',
  started: 'accepted',
  did_not_start: 'accepted',
  declined: 'sent',
  redirected: 'sent',
  completed: 'started',
  left_early: 'started',
  disengaged: 'started',
  moved_on: 'started',
}
const UNDONE_BY_NAVIGATOR = { paused: 'waitlisted', recalled: 'sent', withdrawn: 'accepted', returned: 'sent' }

/** A triage lead does what a navigator does, too. */
const NAVIGATOR: Role[] = ['navigator', 'lead']
const PROVIDER: Role[] = ['worker']

/** The model, section 3, written again from the model and not taken from the code; the clock's own rows have no door. */
// biome-ignore format: a table reads as a table
const CELLS: Cell[] = [
  { name: 'open', from: ['sent'], to: 'seen', who: PROVIDER },
  { name: 'ask', from: ['sent', 'seen'], to: 'information_needed', who: PROVIDER },
  { name: 'answer', from: ['information_needed'], to: 'seen', who: NAVIGATOR },
  { name: 'accept', from: ['sent', 'seen'], to: 'accepted', who: PROVIDER },
  { name: 'waitlist', from: ['sent', 'seen'], to: 'waitlisted', who: PROVIDER },
  { name: 'still wanted', from: ['waitlisted'], to: 'same', who: NAVIGATOR },
  { name: 'decline', from: ['sent', 'seen', 'information_needed', 'waitlisted', 'paused', 'accepted', 'booked'], to: 'declined', who: PROVIDER },
  { name: 'name a better one', from: ['sent', 'seen'], to: 'redirected', who: PROVIDER },
  { name: 'recall', from: ['sent', 'seen', 'information_needed', 'waitlisted', 'paused', 'offered'], to: 'recalled', who: NAVIGATOR },
  { name: 'offer', from: ['waitlisted'], to: 'offered', who: PROVIDER },
  // "Staff recording their answer": on either side. That the person does not want it is told to a navigator.
  { name: 'take the offer', from: ['offered'], to: 'accepted', who: [...NAVIGATOR, ...PROVIDER] },
  { name: 'not now', from: ['offered'], to: 'paused', who: NAVIGATOR },
  { name: 'no longer wanted', from: ['offered'], to: 'withdrawn', who: NAVIGATOR },
  { name: 'pause', from: ['waitlisted'], to: 'paused', who: NAVIGATOR },
  { name: 'resume', from: ['paused'], to: 'waitlisted', who: NAVIGATOR },
  { name: 'put forward', from: ['waitlisted', 'paused'], to: 'same', who: [...NAVIGATOR, ...PROVIDER] },
  { name: 'book', from: ['accepted', 'booked'], to: 'booked', who: PROVIDER },
  { name: 'book', from: ['did_not_start'], to: 'booked', who: NAVIGATOR },
  { name: 'came', from: ['accepted', 'booked', 'started'], to: 'started', who: PROVIDER },
  { name: 'missed', from: ['accepted', 'booked', 'started'], to: 'same', who: PROVIDER },
  { name: 'try', from: ['accepted', 'booked', 'started'], to: 'same', who: PROVIDER },
  { name: 'did not start', from: ['accepted', 'booked'], to: 'did_not_start', who: PROVIDER },
  { name: 'review', from: ['started'], to: 'same', who: PROVIDER },
  { name: 'completed', from: ['started'], to: 'completed', who: PROVIDER },
  { name: 'left early', from: ['started'], to: 'left_early', who: PROVIDER },
  { name: 'disengaged', from: ['started'], to: 'disengaged', who: PROVIDER, after: { started: 'missedTwice' } },
  { name: 'moved on', from: ['started'], to: 'moved_on', who: PROVIDER },
  // A project that has decided, of the referral itself.
  { name: 'fit', from: ['waitlisted', 'paused', 'offered', 'accepted', 'booked', 'started', 'did_not_start', 'declined', 'redirected', 'completed', 'left_early', 'disengaged', 'moved_on'], to: 'same', who: PROVIDER },
  { name: 'withdraw', from: OPEN, to: 'withdrawn', who: NAVIGATOR },
  // The same actor, and nothing having followed: whoever brought it there in every-state.ts.
  { name: 'undo', from: Object.keys(UNDONE_BY_WORKER), to: UNDONE_BY_WORKER, who: PROVIDER },
  { name: 'undo', from: Object.keys(UNDONE_BY_NAVIGATOR), to: UNDONE_BY_NAVIGATOR, who: ['navigator'] },
]

async function table(app: TestApp): Promise<{ table: Table; who: Awaited<ReturnType<typeof everybody>>['who'] }> {
  const { who, city } = await everybody(app)
  const session = { sessionOn: '2026-11-23' }
  const ended = { note: 'Rang twice.' }
  const tries: Try[] = [
    { name: 'open', door: 'open' },
    { name: 'ask', door: 'ask', body: { question: 'Can they use stairs?' } },
    { name: 'answer', door: 'answer', body: { text: 'With a rail.' } },
    { name: 'accept', door: 'accept' },
    { name: 'waitlist', door: 'waitlist' },
    { name: 'still wanted', door: 'still-wanted', body: {} },
    { name: 'decline', door: 'decline', body: { reason: 'not_our_work' } },
    { name: 'name a better one', door: 'redirect', body: { projectId: city.better.id } },
    { name: 'recall', door: 'recall', body: {} },
    { name: 'offer', door: 'offer', body: {} },
    { name: 'take the offer', door: 'answer-offer', body: { answer: 'accept' } },
    { name: 'not now', door: 'answer-offer', body: { answer: 'not_now' } },
    { name: 'no longer wanted', door: 'answer-offer', body: { answer: 'no_longer_wanted' } },
    { name: 'pause', door: 'pause', body: { restartsOn: '2026-12-14' } },
    { name: 'resume', door: 'resume' },
    { name: 'put forward', door: 'put-forward', body: { to: 'urgent', reason: 'Their carer starts work soon' } },
    { name: 'book', door: 'book', body: { startsAt: '2026-11-26T10:00:00Z' } },
    { name: 'came', door: 'attendance', body: { ...session, attended: true } },
    { name: 'missed', door: 'attendance', body: { ...session, attended: false } },
    { name: 'try', door: 'contacts', body: { outcome: 'no_answer', channel: 'phone' } },
    { name: 'did not start', door: 'did-not-start', body: ended },
    { name: 'review', door: 'review' },
    { name: 'completed', door: 'complete', body: { ...ended, outcome: 'completed' } },
    { name: 'left early', door: 'complete', body: { ...ended, outcome: 'left_early' } },
    { name: 'disengaged', door: 'complete', body: { ...ended, outcome: 'disengaged' } },
    { name: 'moved on', door: 'complete', body: { ...ended, outcome: 'moved_on' } },
    { name: 'fit', door: 'fit', body: { fit: 'right_person' } },
    { name: 'withdraw', door: 'withdraw', body: { reason: 'health' } },
    { name: 'undo', door: 'undo' },
  ]
  const builders: Record<string, () => Promise<string>> = placementStates({ ...app, city })
  return {
    who,
    table: {
      noun: 'placements',
      tries,
      cells: CELLS,
      states: [...OPEN, ...CLOSED],
      seenBy: () => ['navigator', 'lead', 'worker'],
      build: async (state) => (await builders[state]?.()) ?? `no way to ${state}`,
    },
  }
}

it('every row of the table is carried out, from each of its states, by each of those who stand in it', async () => {
  const app = await openApp()
  const { table: rows, who } = await table(app)
  expect(await tryEveryCell(app, rows, who)).toEqual([])
}, 240_000)

it('everything else is refused, whoever asks, writes nothing but the refusal of access, and stands in no list of doors', async () => {
  const app = await openApp()
  const { table: rows, who } = await table(app)
  expect(await tryEverythingElse(app, rows, who)).toEqual([])
}, 240_000)
