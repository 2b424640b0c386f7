import type { Acting } from '../../domain/organisation.ts'
import { fillsAPlace, isOpenPlacement } from '../../domain/placement.ts'
import { PLACEMENT_MOVES } from '../../domain/placement-moves.ts'
import { REFERRAL_MOVES } from '../../domain/referral-moves.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { type EventRow, findLastEvent, listCausedBy } from '../../store/events.ts'
import { countGroup, findGroup } from '../../store/groups.ts'
import { findOpenPlacementIn, findPlacement, type PlacementRow, savePlacement } from '../../store/placements.ts'
import { getReferralRow, type ReferralRow, saveReferral } from '../../store/referrals.ts'
import type { Context } from '../context.ts'
import { type Author, record } from '../record.ts'
import { followUp, passOn } from '../steps/carry-out.ts'
import { resumePlacementsOf } from '../steps/cascades.ts'
import { changesBetween, columnsBefore } from '../steps/changes.ts'
import { referralParties } from '../steps/referral-step.ts'
import { keepPlaces, requireSeat } from '../steps/seat.ts'
import { takeBackWhatCameWith } from './what-came-with.ts'

// The clock sets these days again by itself, so having been set since is nothing that followed.
const SET_AGAIN = ['referral.watched', 'referral.handed-back', 'referral.placed']

const WROTE_A_NOTE = ['placement.declined', 'placement.redirected', 'placement.ended', 'placement.did-not-start']

/**
 * Takes an event back with all that it brought about. Refuses where something followed from it; a placement that a
 * closing had ended stays ended where its place went to somebody else.
 */
export async function takeBack(context: Context, tx: Db, actor: Acting, event: EventRow): Promise<void> {
  const caused = await listCausedBy(tx, event.id)
  for (const effect of caused) await requireNothingFollowed(tx, effect)
  // The event itself first: its placements may only be open again under an open referral.
  const undoing = await restore(context, tx, actor, event, { mayFail: false })
  for (const effect of caused) {
    const restored = await restore(context, tx, 'system', effect, { mayFail: true, causedBy: undoing })
    if (!restored && effect.subjectKind === 'placement') await goOnWithout(context, tx, effect, undoing)
  }
}

/** What could not be restored is not forgotten: it waits again where it paused, or its end is the navigator's to talk about. */
async function goOnWithout(context: Context, tx: Db, { subjectId }: EventRow, undoing = ''): Promise<void> {
  const saved = await findPlacement(tx, subjectId)
  if (saved?.pausedByHold) await resumePlacementsOf(context, tx, saved.referralId, undoing)
  else if (saved) await followUp(context, tx, { saved, eventId: undoing })
}

async function requireNothingFollowed(tx: Db, effect: EventRow): Promise<void> {
  // A detail corrected, or a judgement changed: neither stands in the way, and both are kept.
  if (effect.subjectKind === 'person') return
  const last = await findLastEvent(tx, effect.subjectId)
  if (!last || last.id === effect.id || (SET_AGAIN.includes(effect.type) && last.actorKind === 'system')) return
  throw new Refusal('wrong-status', 'Something has followed from it already. Make the move that is right now instead.')
}

interface Manner {
  /** An effect that cannot be restored stays as it is; the move itself is then refused. */
  mayFail: boolean
  causedBy?: string | undefined
}

async function restore(context: Context, tx: Db, author: Author, event: EventRow, manner: Manner) {
  if (event.subjectKind === 'referral') return restoreReferral(context, tx, author, event, manner)
  if (event.subjectKind === 'placement') return restorePlacement(context, tx, author, event, manner)
  await takeBackWhatCameWith(context, tx, author, event)
  return undefined
}

async function restoreReferral(context: Context, tx: Db, author: Author, event: EventRow, { causedBy }: Manner) {
  const referral = await getReferralRow(tx, event.subjectId)
  const last = await findLastEvent(tx, referral.id)
  // Set again since by the clock: the present day to look again stands.
  if (last?.id !== event.id) return undefined
  const before = columnsBefore(event.changes ?? {}) as Partial<ReferralRow>
  const saved = await saveReferral(tx, referral, { ...before, changedAt: context.now() })
  await takeBackWhatCameWith(context, tx, author, event)
  const [undoing] = await record(context, tx, author, [
    {
      type: REFERRAL_MOVES.undo.event,
      subject: { kind: 'referral', id: saved.id, version: saved.version },
      referralId: saved.id,
      from: referral.status,
      to: saved.status,
      undoes: event.id,
      causedBy: causedBy ?? null,
      detail: { undid: event.type },
      changes: changesBetween(referral, saved),
      parties: referralParties(saved),
    },
  ])
  return undoing
}

async function restorePlacement(
  context: Context,
  tx: Db,
  author: Author,
  event: EventRow,
  { mayFail, causedBy }: Manner,
) {
  const placement = await findPlacement(tx, event.subjectId)
  if (!placement) return undefined
  const before = columnsBefore(event.changes ?? {}) as Partial<PlacementRow>
  const stands = await standsInTheWay(tx, placement, before, context.now())
  if (stands && mayFail) return undefined
  if (stands) throw stands
  const note = WROTE_A_NOTE.includes(event.type) ? { note: null } : {}
  const saved = await savePlacement(tx, placement, { ...before, ...note, changedAt: context.now() })
  await takeBackWhatCameWith(context, tx, author, event)
  const group = await findGroup(tx, saved.groupId)
  if (group) await keepPlaces(tx, group, context.now())
  const referral = await getReferralRow(tx, saved.referralId)
  const [undoing = ''] = await record(context, tx, author, [
    {
      type: PLACEMENT_MOVES.undo.event,
      subject: { kind: 'placement', id: saved.id, version: saved.version },
      referralId: saved.referralId,
      placementId: saved.id,
      from: placement.status,
      to: saved.status,
      undoes: event.id,
      causedBy: causedBy ?? null,
      detail: { undid: event.type },
      changes: changesBetween(placement, saved),
      parties: { ...referralParties(referral), providerOrganisationId: saved.providerOrganisationId },
    },
  ])
  if (!causedBy && !(await restoresItsReferral(tx, event))) await followUp(context, tx, { saved, eventId: undoing })
  // An offer that was a mistake is not made again at once, to the same person where they are first.
  if (event.type !== 'placement.offered')
    await passOn(context, tx, saved, { move: 'undo', from: placement.status, to: saved.status, next: 'kept' })
  return undoing
}

/** Whether the referral's own event, which this one caused, is restored as it was, with its day. */
async function restoresItsReferral(tx: Db, event: EventRow): Promise<boolean> {
  for (const effect of await listCausedBy(tx, event.id)) {
    const last = await findLastEvent(tx, effect.subjectId)
    if (effect.subjectKind === 'referral' && last?.id === effect.id) return true
  }
  return false
}

/** A group or a place that is gone meanwhile, or another open placement in the same group. */
async function standsInTheWay(
  tx: Db,
  placement: PlacementRow,
  before: Partial<PlacementRow>,
  now: Date,
): Promise<Refusal | undefined> {
  const to = before.status ?? placement.status
  const other = await findOpenPlacementIn(tx, placement.referralId, placement.groupId)
  if (other && other.id !== placement.id)
    return new Refusal('already-placed', 'The person was sent to this group again meanwhile.')
  const group = await findGroup(tx, placement.groupId)
  const isGone = !group || group.cancelledAt !== null
  if (isGone && isOpenPlacement(to)) return new Refusal('wrong-status', 'The group was cancelled meanwhile.')
  if (isGone || !fillsAPlace(to) || fillsAPlace(placement.status)) return undefined
  const counts = await countGroup(tx, group, now)
  try {
    const { sessionTimeId, volunteerId } = { ...placement, ...before }
    await requireSeat(tx, group, counts, { sessionTimeId, volunteerId }, now)
    return undefined
  } catch {
    return new Refusal('group-full', 'The place went to somebody else meanwhile.')
  }
}
