import { assess } from '../../domain/eligibility.ts'
import type { Actor } from '../../domain/organisation.ts'
import { moversFor } from '../../domain/permissions.ts'
import { send } from '../../domain/placement.ts'
import { place, requireReferralMove } from '../../domain/referral.ts'
import { Refusal } from '../../domain/refusal.ts'
import { insertGrant } from '../../store/grants.ts'
import { intakeOf } from '../../store/groups.ts'
import { getPerson } from '../../store/people.ts'
import { dueDays, findOpenPlacementIn, insertPlacement, listOpenPlacementsOf } from '../../store/placements.ts'
import { findProject } from '../../store/projects.ts'
import { nextColumns } from '../../store/referrals.ts'
import { referralTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { getGroup } from '../directory/open-group.ts'
import { record } from '../record.ts'
import { eligibilityFacts } from '../referrals/facts.ts'
import { getReferral, referralParties } from '../referrals/get-referral.ts'
import { takeStep } from '../referrals/step.ts'
import { presentPlacement } from './get-placement.ts'
import type { PlacementView } from './view.ts'

/** Sends a person to a group. The provider's own grant is written with it; what it shows waits for acceptance. */
export async function sendPlacement(
  context: Context,
  actor: Actor,
  referralId: string,
  to: { groupId: string; overrideReason?: string | undefined },
): Promise<PlacementView> {
  const now = context.now()
  return context.db.write(async (tx) => {
    const referral = await getReferral(tx, actor, referralId, 'referral.place')
    const movers = moversFor(actor, referralTies(referral))
    requireReferralMove('place', referral.status, movers)
    if (!referral.projectBasis)
      throw new Refusal(
        'consent-missing',
        'The person has not agreed to share with projects, and no other basis is recorded.',
      )
    const group = await getGroup(tx, to.groupId)
    const project = await findProject(tx, group.projectId)
    if (!project?.isListed) throw new Refusal('not-found', 'There is no such group.')
    if (await findOpenPlacementIn(tx, referralId, group.id))
      throw new Refusal('already-placed', 'This person was already sent to this group, and it is still open.')
    const person = await getPerson(tx, referral.personId)
    const fit = assess(await eligibilityFacts(tx, referral, person, now), [...project.rules, ...group.rules])
    const step = send(
      {
        providerOrganisationId: group.providerOrganisationId,
        intake: intakeOf(group),
        endsOn: group.courseEndsOn,
      },
      fit,
      to.overrideReason || undefined,
      now,
    )
    const placement = await insertPlacement(tx, {
      id: context.newId(),
      version: 1,
      referralId,
      groupId: group.id,
      projectId: group.projectId,
      providerOrganisationId: group.providerOrganisationId,
      receivingOrganisationId: referral.receivingOrganisationId,
      status: step.to,
      overrideReason: to.overrideReason || null,
      sentAt: now,
      missedInARow: 0,
      ...nextColumns(step.next === 'kept' ? null : step.next),
      changedAt: now,
    })
    await insertGrant(tx, {
      id: context.newId(),
      personId: person.id,
      referralId,
      placementId: placement.id,
      organisationId: group.providerOrganisationId,
      basis: referral.projectBasis,
      reason: referral.projectBasisReason,
      recordedBy: actor.userId,
      grantedAt: now,
    })
    await record(context, tx, actor, [
      {
        type: 'placement.sent',
        subject: { kind: 'placement', id: placement.id, version: 1 },
        referralId,
        placementId: placement.id,
        from: step.from,
        to: step.to,
        reason: step.reason ?? null,
        parties: { ...referralParties(referral), providerOrganisationId: group.providerOrganisationId },
      },
    ])
    const due = dueDays(await listOpenPlacementsOf(tx, referralId))
    await takeStep(context, tx, actor, referral, place(referral, due, movers, now), {
      detail: { placementId: placement.id },
    })
    return presentPlacement(context, tx, actor, placement.id)
  })
}
