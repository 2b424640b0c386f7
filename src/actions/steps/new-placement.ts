import type { EligibilityFacts } from '../../domain/eligibility.ts'
import { assessFor, ruleSentence } from '../../domain/eligibility.ts'
import type { Limits } from '../../domain/next-action.ts'
import { type PlacementStep, send } from '../../domain/placement.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { insertGrant } from '../../store/grants.ts'
import { countGroup, findGroup, type GroupCounts, type GroupRow, intakeOf, NOBODY } from '../../store/groups.ts'
import { insertPlacement, type PlacementRow, placementNextColumns } from '../../store/placements.ts'
import { findProject, type ProjectRow } from '../../store/projects.ts'
import type { ReferralRow } from '../../store/referrals.ts'
import { NO_GROUP, requireRunning } from '../access/get-group.ts'
import type { Context } from '../context.ts'
import { type Author, record } from '../record.ts'
import { changesBetween } from './changes.ts'
import { referralParties, type Taken } from './referral-step.ts'

export interface Destination {
  group: GroupRow
  counts: GroupCounts
  project: ProjectRow
}

/** Where somebody may be sent: a group that is not cancelled, of a project that is listed. */
export async function getDestination(tx: Db, groupId: string, now: Date): Promise<Destination> {
  const found = await findGroup(tx, groupId)
  const project = found && (await findProject(tx, found.projectId))
  // First: of what is in no directory nobody hears that it was cancelled either.
  if (!project?.isListed) throw new Refusal('not-found', NO_GROUP)
  const group = requireRunning(found)
  // A request to somebody else's project would lie unread: nobody there signs in here.
  if (project.feed !== null)
    throw new Refusal('not-eligible', 'Nobody at this project works with Trellis. Signpost the person to it instead.')
  // Places are counted when one is taken; sending asks only for a quota.
  const counts = group.weeklyQuota === null ? NOBODY : await countGroup(tx, group, now)
  return { group, counts, project }
}

/** The rule of sending, asked for this person and this group. */
export function decideToSend(
  { group, counts, project }: Destination,
  facts: EligibilityFacts,
  options: { overrideReason?: string | undefined; isDirect?: boolean; now: Date; limits: Limits },
): PlacementStep {
  const fit = assessFor(facts, project, group)
  const to = {
    providerOrganisationId: group.providerOrganisationId,
    intake: intakeOf(group, counts),
    endsOn: group.courseEndsOn,
    status: project.status,
  }
  const { overrideReason, isDirect = false, now, limits } = options
  return send({ ...to, isDirect }, fit, overrideReason || undefined, now, limits)
}

/** The project's own rules that do not fit this person, as they stand on its page: nothing of the person's in them. */
export function rulesAgainst({ group, project }: Destination, facts: EligibilityFacts): string[] {
  const rules = [...project.rules, ...group.rules]
  const { reasons } = assessFor(facts, project, group)
  return rules.filter((_, index) => reasons[index]?.verdict === 'not_eligible').map(ruleSentence)
}

/** Writes a placement that was decided on. The provider's own grant is written with it; what it shows waits for acceptance. */
export async function createPlacement(
  context: Context,
  tx: Db,
  author: Author,
  {
    referral,
    group,
    step,
    although = [],
  }: { referral: ReferralRow; group: GroupRow; step: PlacementStep; although?: string[] },
): Promise<Taken<PlacementRow>> {
  const now = context.now()
  if (!referral.projectBasis)
    throw new Refusal(
      'consent-missing',
      'The person has not agreed to share with projects, and no other basis is recorded.',
    )
  const saved = await insertPlacement(tx, {
    id: context.newId(),
    version: 1,
    referralId: referral.id,
    groupId: group.id,
    projectId: group.projectId,
    providerOrganisationId: group.providerOrganisationId,
    receivingOrganisationId: referral.receivingOrganisationId,
    status: step.to,
    overrideReason: step.reason ?? null,
    sentAt: now,
    missedInARow: 0,
    ...placementNextColumns(step.next === 'kept' ? null : step.next),
    ...step.sets,
    changedAt: now,
  })
  await insertGrant(tx, {
    id: context.newId(),
    personId: referral.personId,
    referralId: referral.id,
    placementId: saved.id,
    organisationId: group.providerOrganisationId,
    basis: referral.projectBasis,
    reason: referral.projectBasisReason,
    recordedBy: author !== 'system' && 'userId' in author ? author.userId : null,
    grantedAt: now,
  })
  const [eventId = ''] = await record(context, tx, author, [
    {
      type: 'placement.sent',
      subject: { kind: 'placement', id: saved.id, version: 1 },
      referralId: referral.id,
      placementId: saved.id,
      from: step.from,
      to: step.to,
      reason: step.reason ?? null,
      detail: although.length > 0 ? { although } : {},
      changes: changesBetween(undefined, saved),
      parties: { ...referralParties(referral), providerOrganisationId: group.providerOrganisationId },
    },
  ])
  return { saved, eventId }
}
