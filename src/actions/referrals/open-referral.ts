import { EVENT_WORDS, type EventType } from '../../domain/events.ts'
import { firstNameIn } from '../../domain/link.ts'
import type { Actor } from '../../domain/organisation.ts'
import { may } from '../../domain/permissions.ts'
import { REASON_WORDS } from '../../domain/placement-reasons.ts'
import { type RiskShown, showRisk } from '../../domain/sealed.ts'
import { listReferralEvents } from '../../store/events.ts'
import { listRisks } from '../../store/referral-details.ts'
import { getReferral } from '../access/get-referral.ts'
import { referralTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { recordAct, recordRiskLook } from '../record.ts'
import { type ReferralView, viewReferral } from './view.ts'

/** Looking at a person is recorded, whoever looks. */
export async function openReferral(context: Context, actor: Actor, id: string): Promise<ReferralView> {
  const referral = await getReferral(context.db.read, actor, id)
  const view = await viewReferral(context, context.db.read, actor, referral)
  await context.db.write((tx) =>
    recordAct(context, tx, actor, { action: 'referral.viewed', subjectKind: 'referral', subjectId: id }),
  )
  return view
}

/**
 * The detail of the risks, for those who work with the person; what is sealed, for the referral's own navigator and the
 * leads. Every read is recorded, with what was shown.
 */
export async function readRisks(context: Context, actor: Actor, id: string): Promise<RiskShown[]> {
  const referral = await getReferral(context.db.read, actor, id, 'risk.read')
  const opensSeals = may(actor, 'risk.read-sealed', referralTies(referral)) || referral.navigatorId === actor.userId
  const risks = (await listRisks(context.db.read, [id])).map((risk) => showRisk(risk, { opensSeals }))
  await context.db.write((tx) => recordRiskLook(context, tx, actor, id, risks))
  return risks
}

// A referrer follows the steps; how the work is done is for those who do it.
export const NOT_FOR_REFERRERS: readonly EventType[] = [
  'referral.contact-logged',
  'referral.handed-back',
  'referral.placed',
  'placement.seen',
  'placement.attended',
  'placement.missed',
  // Would tell of referrals by others, and of what the person or a court said.
  'person.changed',
  'person.messages-stopped',
  'person.messages-resumed',
  'person.merged',
  'person.unmerged',
]

/** What happened, oldest first, in words. */
export async function listHistory(context: Context, actor: Actor, id: string) {
  const referral = await getReferral(context.db.read, actor, id)
  const canSeeWork = may(actor, 'referral.view-work', referralTies(referral))
  const rows = await listReferralEvents(context.db.read, id)
  const isCoded = ({ reason }: { reason: string | null }) => Object.hasOwn(REASON_WORDS, reason ?? '')
  // The team that is asked has to read why.
  const isForThem = ({ type }: { type: string }) =>
    type === 'referral.redirected' && referral.redirectedToOrganisationId === actor.organisationId
  return rows
    .filter(({ event }) => canSeeWork || !NOT_FOR_REFERRERS.includes(event.type))
    .map(({ event, actorName, organisationName }) => ({
      id: event.id,
      type: event.type,
      text: EVENT_WORDS[event.type],
      at: event.at,
      by: {
        kind: event.actorKind,
        name: event.actorKind === 'user' ? actorName : event.actorKind === 'link' ? firstNameIn(event.detail) : null,
        organisation: organisationName,
      },
      from: event.fromStatus,
      to: event.toStatus,
      // Coded reasons are for everybody; what somebody wrote is for those who do the work.
      reason: canSeeWork || isCoded(event) || isForThem(event) ? event.reason : null,
      detail: canSeeWork ? event.detail : {},
      placementId: event.subjectKind === 'placement' ? event.subjectId : null,
      /** The entry that this one took back. */
      undoes: event.undoes,
    }))
}
export type HistoryEntry = Awaited<ReturnType<typeof listHistory>>[number]
