import { openPlacement } from '../../actions/placements/open-placement.ts'
import type { PlacementView } from '../../actions/placements/view.ts'
import { openReferral } from '../../actions/referrals/open-referral.ts'
import type { ReferralView } from '../../actions/referrals/view.ts'
import { getLimits } from '../../actions/steps/limits.ts'
import { type Moves, statesFor } from '../../domain/moves.ts'
import { LIMITS } from '../../domain/next-action.ts'
import type { Actor } from '../../domain/organisation.ts'
import { moversFor, type Ties } from '../../domain/permissions.ts'
import { PLACEMENT_MOVES } from '../../domain/placement-moves.ts'
import { REFERRAL_MOVES } from '../../domain/referral-moves.ts'
import type { App } from '../site.ts'
import { type Noun, registerMoves } from './move-pages.ts'
import { PLACEMENT_PROVIDING } from './placement-providing.ts'
import { PLACEMENT_QUEUE } from './placement-queue.ts'
import { PLACEMENT_WAITING, whoOf } from './placement-waiting.ts'
import { REFERRAL_ELSEWHERE } from './referral-elsewhere.ts'
import { REFERRAL_PAUSES } from './referral-pauses.ts'
import { placementWays, referralWays } from './ways.ts'

function isDoorOf<S extends string>(moves: Moves<S>, door: string, actor: Actor, ties: Ties): boolean {
  const movers = moversFor(actor, ties)
  return Object.values(moves).some(
    (move) => move.door === door && movers.some((mover) => statesFor(move, mover).length > 0),
  )
}

/** Whoever sees a referral and neither sent nor received it was asked to take it on. */
function tiesOf({ referringOrganisation, receivingOrganisation }: ReferralView, { organisationId }: Actor): Ties {
  const [referring, receiving] = [referringOrganisation?.id ?? null, receivingOrganisation?.id ?? null]
  const isTied = referring === organisationId || receiving === organisationId
  return { referring, receiving, redirected: isTied ? null : organisationId }
}

const REFERRALS: Noun<ReferralView> = {
  path: 'referrals',
  moves: [...REFERRAL_PAUSES, ...REFERRAL_ELSEWHERE],
  open: openReferral,
  limitsOf: async ({ db }, _actor, { receivingOrganisation }) =>
    receivingOrganisation ? getLimits(db.read, { receivingOrganisationId: receivingOrganisation.id }) : LIMITS,
  // What is possible now was asked of the record itself; the table tells the rest from what this role never does.
  mayEver: (actor, view, verb) =>
    view.allowedActions.includes(verb) || isDoorOf(REFERRAL_MOVES, verb, actor, tiesOf(view, actor)),
  backTo: ({ id, person }, base) => ({ href: `${base}/referrals/${id}`, text: person.fullName }),
  nameless: (view) => ({ ...view, person: { ...view.person, fullName: view.reference } }),
  ways: referralWays,
  goTo: ({ id }, verb, base) => `${base}/referrals/${id}?done=${verb}`,
}

/** What a project does on the placement's own page, with a button there. */
function onItsOwnPage({ id, referralId, allowedActions }: PlacementView, base: string) {
  const words: [door: string, text: string][] = [
    ['accept', 'Accept'],
    ['book', 'Arrange a session'],
    ['attendance', 'Record whether they came'],
  ]
  return words
    .filter(([door]) => referralId === null && allowedActions.includes(door))
    .map(([, text]) => ({ text, href: `${base}/placements/${id}` }))
}

const PLACEMENTS: Noun<PlacementView> = {
  path: 'placements',
  moves: [...PLACEMENT_PROVIDING, ...PLACEMENT_WAITING, ...PLACEMENT_QUEUE],
  open: openPlacement,
  // A project is not told whose limits hold, so what it reads says "usually".
  limitsOf: async ({ db }, { organisationId }, { referralId }) =>
    referralId === null ? LIMITS : getLimits(db.read, { receivingOrganisationId: organisationId }),
  // What somebody else gave up meanwhile is no matter of who may.
  mayEver: (actor, { provider, referralId }, verb) =>
    (verb === 'release-others' && referralId !== null) ||
    isDoorOf(PLACEMENT_MOVES, verb, actor, {
      provider: provider.id,
      receiving: referralId === null ? null : actor.organisationId,
    }),
  backTo: (view, base) =>
    view.referralId === null
      ? { href: `${base}/placements/${view.id}`, text: whoOf(view) }
      : { href: `${base}/referrals/${view.referralId}`, text: whoOf(view) },
  nameless: (view) => ({ ...view, person: null }),
  ways: (view, _actor, base) => [...onItsOwnPage(view, base), ...placementWays(view, base)],
  goTo: ({ id, referralId }, verb, base) =>
    referralId === null
      ? `${base}/placements/${id}?done=${verb}`
      : `${base}/referrals/${referralId}?done=place-${verb}`,
}

/** What a small move of a placement said when it was done, by what the address names. */
export const PLACEMENT_DONE: Record<string, string> = Object.fromEntries(
  PLACEMENTS.moves.map(({ verb, done }) => [verb, done]),
)

/** The same on the page of a referral: `hold`, or `place-recall`. */
export const DONE_WORDS: Record<string, string> = Object.fromEntries([
  ...REFERRALS.moves.map(({ verb, done }) => [verb, done]),
  ...PLACEMENTS.moves.map(({ verb, done }) => [`place-${verb}`, done]),
])

export function register(app: App): void {
  registerMoves(app, REFERRALS)
  registerMoves(app, PLACEMENTS)
}
