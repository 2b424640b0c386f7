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
import { referralStates } from '../support/every-state.ts'
import { A_PLAN } from '../support/given-referral.ts'

const OPEN = ['submitted', 'assigned', 'information_needed', 'contacted', 'active', 'on_hold', 'redirected']
/** Closed early because the person died is a case of its own: it stays closed. */
const MAY_REOPEN = [
  'completed',
  'closed_early',
  'disengaged',
  'unreachable',
  'not_suitable',
  'duplicate',
  'withdrawn',
  'transferred',
]
const ANY = [...OPEN, ...MAY_REOPEN, 'died']
/** How every-state.ts reaches what is left again: a question and a redirection from assigned, a hold from active. */
const BEFORE = { information_needed: 'assigned', on_hold: 'active', redirected: 'assigned' }
const UNDONE = {
  ...BEFORE,
  assigned: 'submitted',
  contacted: 'assigned',
  active: 'contacted',
  completed: 'contacted',
  closed_early: 'contacted',
  died: 'contacted',
  disengaged: 'contacted',
  unreachable: 'assigned',
  not_suitable: 'submitted',
  duplicate: 'submitted',
}

/** A triage lead does what a navigator does, too. */
const NAVIGATOR: Role[] = ['navigator', 'lead']
const LEAD: Role[] = ['lead']
const REFERRER: Role[] = ['referrer']

/** The model, section 2, written again from the model and not taken from the code; the clock's own rows have no door. */
// biome-ignore format: a table reads as a table
const CELLS: Cell[] = [
  { name: 'assign to me', from: ['submitted'], to: 'assigned', who: NAVIGATOR },
  { name: 'assign to another', from: ['submitted'], to: 'assigned', who: LEAD },
  { name: 'assign to another', from: ['assigned', 'contacted', 'active', 'information_needed', 'on_hold', 'redirected'], to: 'same', who: LEAD },
  { name: 'ask', from: ['submitted', 'assigned', 'contacted'], to: 'information_needed', who: NAVIGATOR },
  { name: 'answer', from: ['information_needed'], to: BEFORE, who: REFERRER },
  { name: 'speak', from: ['assigned'], to: 'contacted', who: NAVIGATOR },
  { name: 'speak', from: ['contacted', 'active'], to: 'same', who: NAVIGATOR },
  { name: 'try', from: ['assigned', 'contacted', 'active'], to: 'same', who: NAVIGATOR },
  { name: 'unreachable', from: ['assigned', 'contacted'], to: 'unreachable', who: NAVIGATOR, after: { assigned: 'triedInVain', contacted: 'contactedThenTriedInVain' } },
  { name: 'activate', from: ['contacted'], to: 'active', who: NAVIGATOR },
  { name: 'place', from: ['active'], to: 'same', who: NAVIGATOR },
  { name: 'signpost', from: ['contacted', 'active'], to: 'same', who: NAVIGATOR },
  { name: 'record unmet need', from: ['contacted', 'active'], to: 'same', who: NAVIGATOR },
  { name: 'redirect', from: ['submitted', 'assigned', 'contacted', 'active'], to: 'redirected', who: NAVIGATOR },
  { name: 'take on', from: ['redirected'], to: 'transferred', who: [...NAVIGATOR, 'teamLead'] },
  { name: 'turn back', from: ['redirected'], to: BEFORE, who: [...NAVIGATOR, 'teamLead'] },
  { name: 'hold', from: ['contacted', 'active'], to: 'on_hold', who: NAVIGATOR },
  { name: 'resume', from: ['on_hold'], to: BEFORE, who: NAVIGATOR },
  { name: 'not suitable', from: ['submitted', 'assigned', 'contacted'], to: 'not_suitable', who: NAVIGATOR },
  { name: 'duplicate', from: ['submitted', 'assigned', 'contacted'], to: 'duplicate', who: NAVIGATOR },
  { name: 'complete', from: ['contacted', 'active'], to: 'completed', who: NAVIGATOR },
  { name: 'close early', from: ['contacted', 'active', 'on_hold'], to: 'closed_early', who: NAVIGATOR },
  { name: 'disengaged', from: ['contacted', 'active', 'on_hold'], to: 'disengaged', who: NAVIGATOR },
  { name: 'died', from: ANY, to: 'closed_early', who: NAVIGATOR },
  { name: 'withdraw', from: OPEN, to: 'withdrawn', who: NAVIGATOR },
  // "Until contacted": every-state.ts asks and redirects before anybody spoke with the person.
  { name: 'withdraw', from: ['submitted', 'assigned', 'information_needed', 'redirected'], to: 'withdrawn', who: REFERRER },
  { name: 'reopen', from: MAY_REOPEN, to: 'assigned', who: NAVIGATOR },
  // The same actor, and nothing having followed: whoever brought it there in every-state.ts.
  { name: 'undo', from: Object.keys(UNDONE), to: UNDONE, who: ['navigator'] },
  { name: 'undo', from: ['withdrawn'], to: 'submitted', who: REFERRER },
  { name: 'undo', from: ['transferred'], to: 'redirected', who: ['teamLead'] },
]

async function table(app: TestApp): Promise<{ table: Table; who: Awaited<ReturnType<typeof everybody>>['who'] }> {
  const { who, city } = await everybody(app)
  const colleague = await app.given.user('navigator', city.service)
  const original = await app.given.referral(city).submitted()
  const why = { reason: 'Agreed with the person.', summary: 'Agreed with the person.' }
  const tries: Try[] = [
    { name: 'assign to me', door: 'assign', body: { toMe: true } },
    { name: 'assign to another', door: 'assign', body: { navigatorId: colleague.userId } },
    { name: 'ask', door: 'ask', body: { question: 'Which language?' } },
    { name: 'answer', door: 'answer', body: { text: 'Polish.' } },
    { name: 'speak', door: 'contacts', body: { outcome: 'spoke', channel: 'phone' } },
    { name: 'try', door: 'contacts', body: { outcome: 'no_answer', channel: 'phone' } },
    { name: 'activate', door: 'activate', body: A_PLAN },
    { name: 'place', door: 'placements', body: { groupId: city.group.id }, status: 201 },
    { name: 'signpost', door: 'signposts', body: { text: 'The library’s reading hour' }, status: 201 },
    { name: 'record unmet need', door: 'unmet-needs', body: { why: 'nothing_fits' }, status: 201 },
    { name: 'redirect', door: 'redirect', body: { to: city.team.organisation, reason: 'They can do more.' } },
    { name: 'take on', door: 'answer-redirect', body: { accepted: true } },
    { name: 'turn back', door: 'answer-redirect', body: { accepted: false, note: 'Not for us.' } },
    { name: 'hold', door: 'hold', body: { reason: 'In hospital', restartsOn: '2026-12-14' } },
    { name: 'resume', door: 'resume' },
    { name: 'unreachable', door: 'close', body: { ...why, outcome: 'unreachable' } },
    { name: 'not suitable', door: 'close', body: { ...why, outcome: 'not_suitable' } },
    { name: 'duplicate', door: 'close', body: { ...why, outcome: 'duplicate', duplicateOf: original.id } },
    { name: 'complete', door: 'close', body: { ...why, outcome: 'completed' } },
    { name: 'close early', door: 'close', body: { ...why, outcome: 'closed_early' } },
    { name: 'disengaged', door: 'close', body: { ...why, outcome: 'disengaged' } },
    { name: 'died', door: 'close', body: { outcome: 'closed_early', reason: 'died' } },
    { name: 'withdraw', door: 'withdraw', body: { reason: 'changed_mind' } },
    { name: 'reopen', door: 'reopen', body: { reason: 'Wants to try again', consent: { shareWithNavigator: true } } },
    { name: 'undo', door: 'undo' },
  ]
  const builders: Record<string, () => Promise<string>> = referralStates({ ...app, city })
  return {
    who,
    table: {
      noun: 'referrals',
      tries,
      cells: CELLS,
      states: ANY,
      seenBy: (state) => [
        'referrer',
        'navigator',
        'lead',
        ...(state === 'redirected' || state === 'transferred' ? (['teamLead'] as const) : []),
      ],
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
