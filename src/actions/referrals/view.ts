import { BASIS_WORDS } from '../../domain/consent.ts'
import { needLabel } from '../../domain/needs.ts'
import type { Actor } from '../../domain/organisation.ts'
import { may } from '../../domain/permissions.ts'
import { isOpenReferral } from '../../domain/referral.ts'
import { REFERRAL_WORDS } from '../../domain/referral-moves.ts'
import type { RiskKind } from '../../domain/referral-request.ts'
import type { Db } from '../../store/database.ts'
import { getOrganisations } from '../../store/organisations.ts'
import { getPerson } from '../../store/people.ts'
import { getWholePlacementsOf } from '../../store/placements.ts'
import { findProject } from '../../store/projects.ts'
import { listQuestions } from '../../store/questions.ts'
import { listContacts, listGoals, listRisks } from '../../store/referral-details.ts'
import type { ReferralRow } from '../../store/referrals.ts'
import { listSignposts } from '../../store/signposts.ts'
import { getUserNames } from '../../store/users.ts'
import { referralTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { ownerNames, viewNextAction } from '../next-action-view.ts'
import { viewClinicalCodes } from '../people/clinical-codes.ts'
import { NO_LIKE_PEOPLE, viewLikePeople } from '../people/duplicates.ts'
import { whereTheyLive } from '../people/where-they-live.ts'
import { viewPerson, viewPersonForReferrer } from '../person-view.ts'
import { viewPlacements } from '../placements/view.ts'
import { listAllowedActions } from './allowed-actions.ts'

/**
 * A referral as this actor may see it. Those who refer see the status, the next step and how it ended; the work itself
 * (contacts, strengths, goals, risks) is for the service that received it. A team it was redirected to sees what it needs
 * to decide: who, why, and the kinds of risk.
 */
export async function viewReferral(context: Context, db: Db, actor: Actor, referral: ReferralRow) {
  const now = context.now()
  const ties = referralTies(referral)
  const canSeeWork = may(actor, 'referral.view-work', ties)
  const mayDecide = may(actor, 'referral.transfer', ties)
  const person = await getPerson(db, referral.personId)
  const organisations = await getOrganisations(
    db,
    [referral.referringOrganisationId, referral.receivingOrganisationId, referral.redirectedToOrganisationId].flatMap(
      (id) => id ?? [],
    ),
  )
  const named = (id: string | null) => {
    const organisation = id === null ? undefined : organisations.get(id)
    return organisation ? { id: organisation.id, slug: organisation.slug, name: organisation.name } : null
  }
  const navigators = await getUserNames(db, referral.navigatorId ? [referral.navigatorId] : [])
  const navigator = referral.navigatorId
    ? { id: referral.navigatorId, name: navigators.get(referral.navigatorId)?.name ?? '' }
    : null
  const goals = canSeeWork || !isOpenReferral(referral.status) ? await listGoals(db, referral.id) : []
  const names = await ownerNames(db, [referral])
  return {
    id: referral.id,
    reference: referral.reference,
    version: referral.version,
    status: referral.status,
    statusText: REFERRAL_WORDS[referral.status],
    priority: referral.priority,
    receivedAt: referral.receivedAt,
    contactedAt: referral.contactedAt,
    changedAt: referral.changedAt,
    closedAt: referral.closedAt,
    origin: referral.origin,
    referringOrganisation: named(referral.referringOrganisationId),
    receivingOrganisation: named(referral.receivingOrganisationId),
    navigator,
    livesIn: canSeeWork ? await whereTheyLive(db, person) : null,
    person: canSeeWork ? viewPerson(person, now) : viewPersonForReferrer(person, now),
    reason: referral.reason,
    whatMattersToMe: referral.whatMattersToMe,
    needs: referral.needs.map((code) => ({ code, label: needLabel(code) })),
    strengths: canSeeWork ? referral.strengths : [],
    riskKinds: canSeeWork || mayDecide ? await riskKinds(db, referral.id) : null,
    goals: goals.map(({ id, text, importance, result }) => ({ id, text, importance, result })),
    contacts: canSeeWork ? await listContacts(db, referral.id) : null,
    questions: await questionsFor(db, referral, { canSeeWork, mayAnswer: may(actor, 'referral.answer', ties) }),
    signposts: canSeeWork ? await listSignposts(db, referral.id) : null,
    isDirect: referral.isDirect,
    wantedProject: await nameProject(db, referral.wantedProjectId),
    onBehalfOf: referral.onBehalfOf,
    redirectedTo: redirectedTo(referral, named(referral.redirectedToOrganisationId)?.slug ?? null),
    restartsOn: referral.restartsOn,
    projectBasis: referral.projectBasis
      ? { basis: referral.projectBasis, text: BASIS_WORDS[referral.projectBasis], reason: referral.projectBasisReason }
      : null,
    placements: await viewPlacements(context, db, actor, await getWholePlacementsOf(db, referral.id)),
    nextAction: viewNextAction(referral, names, now),
    closing: isOpenReferral(referral.status)
      ? null
      : { outcome: referral.status, reason: referral.closingReason, summary: referral.closingSummary },
    allowedActions: await listAllowedActions(db, actor, referral, now),
    canSeeWork,
    clinicalCodes: await viewClinicalCodes(db, actor, referral),
    ...(canSeeWork ? await viewLikePeople(db, referral, person) : NO_LIKE_PEOPLE),
  }
}
export type ReferralView = Awaited<ReturnType<typeof viewReferral>>

async function riskKinds(db: Db, referralId: string): Promise<RiskKind[]> {
  return (await listRisks(db, [referralId])).map(({ kind }) => kind)
}

/** Those who do the work read every question; whoever referred reads what they themselves are asked. */
async function questionsFor(
  db: Db,
  { id }: ReferralRow,
  { canSeeWork, mayAnswer }: { canSeeWork: boolean; mayAnswer: boolean },
) {
  if (!canSeeWork && !mayAnswer) return []
  const questions = await listQuestions(db, [id])
  return questions.filter(({ placementId }) => canSeeWork || placementId === null)
}

async function nameProject(db: Db, id: string | null) {
  const project = id === null ? undefined : await findProject(db, id)
  return project ? { id: project.id, name: project.name } : null
}

/** The other team, while it decides and once it has taken the referral on. */
function redirectedTo({ status, redirectedTo: name }: ReferralRow, organisation: string | null) {
  return name !== null && (status === 'redirected' || status === 'transferred') ? { name, organisation } : null
}
