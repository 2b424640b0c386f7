import { QUIET } from '../../domain/events.ts'
import type { ReferralStep } from '../../domain/referral.ts'
import { REFERRAL_MOVES } from '../../domain/referral-moves.ts'
import { forgetAnswersAbout } from '../../store/answers.ts'
import type { Db } from '../../store/database.ts'
import { endTeamGrants } from '../../store/grants.ts'
import { nextColumns, type ReferralChanges, type ReferralRow, saveReferral } from '../../store/referrals.ts'
import type { Context } from '../context.ts'
import { type Author, record } from '../record.ts'
import { changesBetween } from './changes.ts'

export interface Taken<Row> {
  saved: Row
  /** The event that tells of it: what it brings about names it. */
  eventId: string
}

/** The parties of a referral, for the notices of what happens to it. */
export function referralParties(referral: ReferralRow) {
  return {
    referringOrganisationId: referral.referringOrganisationId,
    receivingOrganisationId: referral.receivingOrganisationId,
    navigatorId: referral.navigatorId,
    teamOrganisationId: referral.redirectedToOrganisationId,
    personId: referral.personId,
  }
}

const CLOSED_CLEARS = { beforeStatus: null, beforeStep: null, beforeDaysLeft: null, restartsOn: null } as const

/** Carries out a decided step: the new state with its one next action, the event, the audit row and the messages. */
export async function takeReferralStep(
  context: Context,
  tx: Db,
  author: Author,
  referral: ReferralRow,
  step: ReferralStep,
  more: { changes?: ReferralChanges; detail?: Record<string, unknown>; causedBy?: string } = {},
): Promise<Taken<ReferralRow>> {
  const now = context.now()
  const closes = step.next === null
  // The other team goes on knowing only what it took on.
  const lets = closes && step.to !== 'transferred' ? referral.redirectedToOrganisationId : null
  const saved = await saveReferral(tx, referral, {
    status: step.to,
    ...(step.next === 'kept' ? {} : nextColumns(step.next)),
    ...(closes ? { ...CLOSED_CLEARS, closedAt: now } : {}),
    ...(lets ? { redirectedToOrganisationId: null } : {}),
    // Lists of what is new are in this order, and a reminder is no news.
    ...(QUIET.includes(REFERRAL_MOVES[step.move].event) ? {} : { changedAt: now }),
    ...step.sets,
    ...more.changes,
  })
  const left = referral.redirectedToOrganisationId
  if (left && !saved.redirectedToOrganisationId) {
    await endTeamGrants(tx, saved.id, left, now)
    await forgetAnswersAbout(tx, saved.id)
  }
  const [eventId = ''] = await record(context, tx, author, [
    {
      type: REFERRAL_MOVES[step.move].event,
      subject: { kind: 'referral', id: saved.id, version: saved.version },
      referralId: saved.id,
      from: step.from,
      to: step.to,
      reason: step.reason ?? null,
      detail: more.detail ?? {},
      causedBy: more.causedBy ?? null,
      changes: changesBetween(referral, saved),
      parties: referralParties(saved),
    },
  ])
  return { saved, eventId }
}
