import { basisOf } from '../../domain/consent.ts'
import { ageOn, londonDay } from '../../domain/day.ts'
import type { Actor } from '../../domain/organisation.ts'
import { NO_SAFE_CONTACT_KNOWN, type PersonInput, searchName } from '../../domain/person.ts'
import { referenceFrom } from '../../domain/reference.ts'
import { submit } from '../../domain/referral.ts'
import type { ReferralRequest } from '../../domain/referral-request.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { deleteDraft } from '../../store/drafts.ts'
import { insertGrant } from '../../store/grants.ts'
import { getDefaultService, getOrganisations } from '../../store/organisations.ts'
import { insertPerson } from '../../store/people.ts'
import { insertRisks } from '../../store/referral-details.ts'
import { insertReferral, nextColumns } from '../../store/referrals.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { record } from '../record.ts'
import { referralParties } from './get-referral.ts'
import { type ReferralView, viewReferral } from './view.ts'

function personRow(person: PersonInput, id: string, createdAt: Date) {
  return {
    id,
    version: 1,
    fullName: person.fullName,
    givenName: person.givenName ?? null,
    familyName: person.familyName ?? null,
    searchName: searchName(person.fullName),
    dateOfBirth: person.dateOfBirth,
    nhsNumber: person.nhsNumber ?? null,
    addressLines: person.address?.lines ?? null,
    postcode: person.address?.postcode ?? person.postcode ?? null,
    noFixedAddress: person.noFixedAddress ?? false,
    wardCode: null,
    phone: person.phone ?? null,
    email: person.email ?? null,
    practiceOdsCode: person.practiceOdsCode ?? null,
    gender: person.gender ?? null,
    ethnicity: person.ethnicity ?? null,
    preferredLanguage: person.preferredLanguage ?? null,
    interpreter: person.interpreter ?? null,
    communicationNeeds: person.communicationNeeds || null,
    safeContact: person.safeContact ?? NO_SAFE_CONTACT_KNOWN,
    facts: person.facts ?? {},
    createdAt,
  }
}

/** A practice refers people it looks after: their practice is known without asking. */
async function ownPracticeCode(db: Db, actor: Actor): Promise<string | undefined> {
  if (actor.organisationKind !== 'gp_practice') return undefined
  return (await getOrganisations(db, [actor.organisationId])).get(actor.organisationId)?.odsCode ?? undefined
}

/** Born today at the latest, which only the clock can tell. */
function requireBorn(request: ReferralRequest, now: Date): void {
  if (request.person.dateOfBirth > londonDay(now) || ageOn(request.person.dateOfBirth, londonDay(now)) > 120)
    throw new Refusal('invalid-input', 'The date of birth is not right.', [
      {
        pointer: '/person/dateOfBirth',
        code: 'impossible',
        detail: 'The date of birth must be in the past, and no more than 120 years ago',
      },
    ])
}

/**
 * Receives a request to help somebody: person, risks, referral, the receiving service's grant, the event and the
 * messages in one transaction. The draft it came from goes with it.
 */
export async function submitReferral(
  context: Context,
  actor: Actor,
  request: ReferralRequest,
  draftId?: string,
): Promise<ReferralView> {
  permit(actor, 'referral.create')
  const now = context.now()
  requireBorn(request, now)
  const basis = basisOf(request.consent.shareWithNavigator, request.basis)
  if (!basis)
    throw new Refusal('consent-missing', 'The person has not agreed to be referred, and no other basis is given.')
  // Whoever agreed to projects at this point need not be asked again; the navigator confirms it with the plan.
  const forProjects = request.consent.shareWithProject ? basis : undefined
  return context.db.write(async (tx) => {
    const service = await getDefaultService(tx)
    const practiceOdsCode = request.person.practiceOdsCode ?? (await ownPracticeCode(tx, actor))
    const person = await insertPerson(tx, personRow({ ...request.person, practiceOdsCode }, context.newId(), now))
    const facts = {
      id: context.newId(),
      priority: request.priority,
      receivedAt: now,
      contactedAt: null,
      navigatorId: null,
      receivingOrganisationId: service.id,
    }
    const step = submit(facts)
    const referral = await insertReferral(tx, {
      ...facts,
      ...nextColumns(step.next === 'kept' ? null : step.next),
      version: 1,
      reference: referenceFrom(context.randomBytes(7)),
      personId: person.id,
      status: step.to,
      origin: actor.organisationKind,
      referringOrganisationId: actor.organisationId,
      referredBy: actor.userId,
      reason: request.reason,
      whatMattersToMe: request.whatMattersToMe || null,
      needs: request.needs,
      strengths: request.strengths ?? [],
      projectBasis: forProjects?.basis ?? null,
      projectBasisReason: forProjects?.reason ?? null,
      changedAt: now,
    })
    if (request.risks !== 'none_known')
      await insertRisks(
        tx,
        request.risks.map(({ kind, detail }) => ({ id: context.newId(), referralId: referral.id, kind, detail })),
      )
    await insertGrant(tx, {
      id: context.newId(),
      personId: person.id,
      referralId: referral.id,
      organisationId: service.id,
      ...basis,
      recordedBy: actor.userId,
      grantedAt: now,
    })
    if (draftId) await deleteDraft(tx, actor, draftId)
    await record(context, tx, actor, [
      {
        type: 'referral.submitted',
        subject: { kind: 'referral', id: referral.id, version: 1 },
        referralId: referral.id,
        from: step.from,
        to: step.to,
        // Somebody who was not asked is not written to.
        parties: { ...referralParties(referral), personId: basis.basis === 'consent' ? person.id : null },
      },
    ])
    return viewReferral(context, tx, actor, referral)
  })
}
