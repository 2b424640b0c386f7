import { footingForTeam } from '../../domain/consent.ts'
import { type Actor, isHealthTeam, isTeam } from '../../domain/organisation.ts'
import { redirect, type Team, transfer, turnBack } from '../../domain/pauses.ts'
import { takesAPlace } from '../../domain/placement.ts'
import type { BasisInput } from '../../domain/referral-request.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { insertGrant } from '../../store/grants.ts'
import { findOrganisationBySlug } from '../../store/organisations.ts'
import { listPlacementsOf } from '../../store/placements.ts'
import type { ReferralRow } from '../../store/referrals.ts'
import { answersHere } from '../../store/teams.ts'
import type { Context } from '../context.ts'
import { endPlacementsOf } from '../steps/cascades.ts'
import { moveReferral } from './move.ts'
import type { ReferralView } from './view.ts'

export interface Redirection {
  /** The slug of an organisation that works with this service, or the name of a team that does not. */
  to: string
  reason: string
  /** Whether the person agreed to share with that team; where nobody asked, another footing. */
  consent?: { shareWithTeam: boolean } | undefined
  basis?: BasisInput | undefined
}

async function findTeam(tx: Db, { receivingOrganisationId }: ReferralRow, to: string) {
  const organisation = await findOrganisationBySlug(tx, to)
  if (organisation?.id === receivingOrganisationId)
    throw new Refusal('invalid-input', 'This is your own service. Assign the referral to a colleague instead.', [
      { pointer: '/to', code: 'own-service', detail: 'Choose another team' },
    ])
  if (organisation && !isTeam(organisation.kind))
    throw new Refusal('invalid-input', 'Nobody there takes referrals on.', [
      { pointer: '/to', code: 'not-a-team', detail: 'Choose another team' },
    ])
  // Where nobody could answer here, the navigator finds out, as with any team outside.
  const isHere = organisation !== undefined && (await answersHere(tx, organisation.id))
  const team: Team = { name: organisation?.name ?? to, organisationId: isHere ? organisation.id : null }
  return { team, isClinical: organisation !== undefined && isHealthTeam(organisation.kind) }
}

/** To another team, a clinical one included: it is theirs to answer, and until they do it stays in sight here. */
export async function redirectReferral(
  context: Context,
  actor: Actor,
  id: string,
  redirection: Redirection,
): Promise<ReferralView> {
  return moveReferral(context, actor, id, 'referral.redirect', async ({ tx, referral, movers, now, limits }) => {
    const { team, isClinical } = await findTeam(tx, referral, redirection.to)
    const step = redirect(referral, { team, reason: redirection.reason }, movers, now, limits)
    const footing = footingForTeam(referral, redirection, { isClinical })
    return {
      step,
      detail: { to: team.name, basis: footing.basis },
      andThen: async () =>
        team.organisationId &&
        insertGrant(tx, {
          id: context.newId(),
          personId: referral.personId,
          referralId: id,
          organisationId: team.organisationId,
          ...footing,
          recordedBy: actor.userId,
          grantedAt: now,
        }),
    }
  })
}

/** The team takes it on and it closes here, or it comes back to where it was. */
export async function answerRedirect(
  context: Context,
  actor: Actor,
  id: string,
  { accepted, note }: { accepted: boolean; note?: string | undefined },
): Promise<ReferralView> {
  const permission = accepted ? 'referral.transfer' : 'referral.turnBack'
  return moveReferral(context, actor, id, permission, async ({ tx, referral, movers, now, limits }) => {
    const detail = note ? { note } : {}
    if (!accepted) return { step: turnBack(referral, movers, now, limits), detail }
    const held = (await listPlacementsOf(tx, id)).filter(({ status }) => takesAPlace(status))
    return {
      step: transfer(referral, held.length, movers),
      changes: { closingSummary: note || `Taken on by ${referral.redirectedTo ?? 'another team'}.` },
      detail,
      andThen: ({ eventId }) => endPlacementsOf(context, tx, id, eventId),
    }
  })
}
