import { basisOf, type Footing } from '../../domain/consent.ts'
import type { RouteKind } from '../../domain/eligibility.ts'
import type { NextAction } from '../../domain/next-action.ts'
import type { Actor } from '../../domain/organisation.ts'
import { referenceFrom } from '../../domain/reference.ts'
import { type ReferralStep, submit, submitDirect } from '../../domain/referral.ts'
import { REFERRAL_MOVES } from '../../domain/referral-moves.ts'
import type { OnBehalfOf, ReferralRequest, SelfReferralRequest } from '../../domain/referral-request.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { deleteDraft } from '../../store/drafts.ts'
import { findLies } from '../../store/geography.ts'
import { insertGrant } from '../../store/grants.ts'
import { getOrganisations, getServiceFor } from '../../store/organisations.ts'
import { insertPerson, type PersonRow } from '../../store/people.ts'
import { insertRisks } from '../../store/referral-details.ts'
import { insertReferral, nextColumns, type ReferralRow } from '../../store/referrals.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { type NextActionView, ownerNames, viewNextAction } from '../next-action-view.ts'
import { findOwnDuplicates, type PossibleDuplicate } from '../people/duplicates.ts'
import { indexPerson } from '../people/index-people.ts'
import { newPerson, postcodeOf, requireBorn } from '../people/new-person.ts'
import { type Author, record } from '../record.ts'
import { changesBetween } from '../steps/changes.ts'
import { getLimits } from '../steps/limits.ts'
import { createPlacement } from '../steps/new-placement.ts'
import { referralParties } from '../steps/referral-step.ts'
import { type Direct, decideDirect } from './direct-route.ts'
import { type ReferralView, viewReferral } from './view.ts'

/** Who asks: an organisation through one of its staff, or somebody for themselves. */
interface Asker {
  origin: RouteKind
  organisationId: string | null
  userId: string | null
  onBehalfOf: OnBehalfOf | null
}

/** A practice refers people it looks after: their practice is known without asking. */
export async function ownPracticeCode(db: Db, actor: Actor): Promise<string | undefined> {
  if (actor.organisationKind !== 'gp_practice') return undefined
  return (await getOrganisations(db, [actor.organisationId])).get(actor.organisationId)?.odsCode ?? undefined
}

/**
 * Receives a request to help somebody: person, risks, referral, the receiving service's grant, the event and the
 * messages in one transaction. The draft it came from goes with it. Answers with the referral as the actor may see it.
 */
export async function submitReferral(context: Context, actor: Actor, request: ReferralRequest): Promise<ReferralView> {
  return submitAnd(context, actor, request, undefined, async (tx, referral, possibleDuplicates) => ({
    ...(await viewReferral(context, tx, actor, referral)),
    possibleDuplicates,
  }))
}

/** The same, answered with no more than whoever sends one is told at once: nothing else of it is read again. */
export async function submitForReceipt(context: Context, actor: Actor, request: ReferralRequest, draftId?: string) {
  return submitAnd(context, actor, request, draftId, async (tx, referral, possibleDuplicates) => {
    const { id, reference, status, version } = referral
    const nextAction = viewNextAction(referral, await ownerNames(tx, [referral]), context.now())
    return { id, reference, status, version, nextAction, possibleDuplicates }
  })
}

async function submitAnd<T>(
  context: Context,
  actor: Actor,
  request: ReferralRequest,
  draftId: string | undefined,
  show: (tx: Db, referral: ReferralRow, possibleDuplicates: PossibleDuplicate[]) => Promise<T>,
): Promise<T> {
  permit(actor, 'referral.create')
  requireBorn(request.person, context.now())
  return context.db.write(async (tx) => {
    const practiceOdsCode = request.person.practiceOdsCode ?? (await ownPracticeCode(tx, actor))
    const asker = {
      origin: actor.organisationKind,
      organisationId: actor.organisationId,
      userId: actor.userId,
      onBehalfOf: null,
    }
    const whole = { ...request, person: { ...request.person, practiceOdsCode } }
    const { referral, person } = await receive(context, tx, asker, () => actor, whole)
    if (draftId) await deleteDraft(tx, actor, draftId)
    return show(tx, referral, await findOwnDuplicates(tx, actor, person, context.now()))
  })
}

/** What somebody who referred themselves is told: the reference to quote, and who does what by when. */
export interface SelfReceipt {
  reference: string
  nextAction: NextActionView | null
}

/**
 * Somebody asks for themselves, or a relative does for them.
 * @param andThen what else is written with it, in the same transaction
 */
export async function submitSelfReferral(
  context: Context,
  request: SelfReferralRequest,
  andThen: (tx: Db, receipt: SelfReceipt) => Promise<void> = async () => {},
): Promise<SelfReceipt> {
  requireBorn(request.person, context.now())
  return context.db.write(async (tx) => {
    const asker = {
      origin: 'self' as const,
      organisationId: null,
      userId: null,
      onBehalfOf: request.onBehalfOf ?? null,
    }
    const { referral } = await receive(context, tx, asker, ({ id }) => ({ personId: id }), request)
    const nextAction = viewNextAction(referral, await ownerNames(tx, [referral]), context.now())
    const receipt = { reference: referral.reference, nextAction }
    await andThen(tx, receipt)
    return receipt
  })
}

async function receive(
  context: Context,
  tx: Db,
  asker: Asker,
  authorFor: (person: PersonRow) => Author,
  request: ReferralRequest,
): Promise<{ referral: ReferralRow; person: PersonRow }> {
  const now = context.now()
  const basis = basisOf(request.consent.shareWithNavigator, request.basis)
  if (!basis)
    throw new Refusal('consent-missing', 'The person has not agreed to be referred, and no other basis is given.')
  const lies = await findLies(tx, postcodeOf(request.person))
  const person = await insertPerson(tx, newPerson(request.person, lies, context.newId(), now))
  await indexPerson(tx, person)
  const receivingOrganisationId = await getServiceFor(tx, person)
  const limits = await getLimits(tx, { receivingOrganisationId })
  const way = {
    origin: asker.origin,
    referringOrganisationId: asker.organisationId,
    receivingOrganisationId,
    needs: request.needs,
  }
  const direct = await decideDirect(tx, request, way, person, { now, limits })
  const facts = { priority: request.priority, receivedAt: now, contactedAt: null, navigatorId: null }
  const id = context.newId()
  const step = direct ? submitDirect(direct.next) : submit({ id, receivingOrganisationId, ...facts }, limits)
  const referral = await insertReferral(tx, {
    ...rowOf(request, basis, step),
    ...facts,
    ...way,
    id,
    version: 1,
    reference: referenceFrom(context.randomBytes(7)),
    personId: person.id,
    referredBy: asker.userId,
    onBehalfOf: asker.onBehalfOf,
    changedAt: now,
  })
  const author = authorFor(person)
  await writeWhatComesWith(context, tx, { referral, request, basis, recordedBy: asker.userId })
  await record(context, tx, author, [
    {
      type: REFERRAL_MOVES[step.move].event,
      subject: { kind: 'referral', id, version: 1 },
      referralId: id,
      from: step.from,
      to: step.to,
      changes: changesBetween(undefined, referral),
      // Somebody who was not asked is not written to.
      parties: { ...referralParties(referral), personId: basis.basis === 'consent' ? person.id : null },
    },
  ])
  if (direct) await createDirect(context, tx, author, referral, direct)
  return { referral, person }
}

function rowOf(request: ReferralRequest, basis: Footing, step: ReferralStep) {
  // Whoever agreed to projects at this point need not be asked again; the navigator confirms it with the plan.
  const forProjects = request.consent.shareWithProject ? basis : undefined
  const next: NextAction | null = step.next === 'kept' ? null : step.next
  return {
    status: step.to,
    ...nextColumns(next),
    isDirect: step.move === 'submitDirect',
    wantedProjectId: step.move === 'submit' ? (request.projectId ?? null) : null,
    reason: request.reason,
    whatMattersToMe: request.whatMattersToMe || null,
    strengths: request.strengths ?? [],
    projectBasis: forProjects?.basis ?? null,
    projectBasisReason: forProjects?.reason ?? null,
  }
}

async function createDirect(context: Context, tx: Db, author: Author, referral: ReferralRow, direct: Direct) {
  await createPlacement(context, tx, author, { referral, group: direct.group, step: direct.step })
}

/** The risks, kept apart, and the receiving service's own grant. */
async function writeWhatComesWith(
  context: Context,
  tx: Db,
  it: { referral: ReferralRow; request: ReferralRequest; basis: Footing; recordedBy: string | null },
): Promise<void> {
  const { referral, request, basis, recordedBy } = it
  if (request.risks !== 'none_known')
    await insertRisks(
      tx,
      request.risks.map(({ kind, detail }) => ({ id: context.newId(), referralId: referral.id, kind, detail })),
    )
  await insertGrant(tx, {
    id: context.newId(),
    personId: referral.personId,
    referralId: referral.id,
    organisationId: referral.receivingOrganisationId,
    ...basis,
    recordedBy,
    grantedAt: context.now(),
  })
}
