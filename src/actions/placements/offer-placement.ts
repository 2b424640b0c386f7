import type { Actor } from '../../domain/organisation.ts'
import { requirePlacementMove, withdrawPlacement } from '../../domain/placement.ts'
import { acceptOffer, type OfferAnswer, offer, postpone } from '../../domain/waiting.ts'
import { capacityOf, countGroup, intakeOf } from '../../store/groups.ts'
import { listQueue } from '../../store/queues.ts'
import { getGroup } from '../access/get-group.ts'
import type { Context } from '../context.ts'
import { confirmPlaces } from '../steps/carry-out.ts'
import { reachOf } from '../steps/reach.ts'
import { type SeatAsked, seatFor } from '../steps/seat.ts'
import { movePlacement, type PlacementCase, type PlacementDecision } from './move.ts'
import type { PlacementView } from './view.ts'

/** The provider offers a place to somebody who waits: the next, or another with a reason. */
export async function offerPlacement(
  context: Context,
  actor: Actor,
  id: string,
  { outOfOrder, ...seat }: { outOfOrder?: string | undefined } & SeatAsked = {},
): Promise<PlacementView> {
  return movePlacement(context, actor, id, 'placement.offer', async ({ tx, placement, movers, now, limits }) => {
    const group = await getGroup(tx, placement.groupId)
    const counts = await countGroup(tx, group, now)
    const [first] = await listQueue(tx, group.id, 1)
    const it = { capacity: capacityOf(group, counts), intake: intakeOf(group, counts), isFirst: first?.id === id }
    const reach = await reachOf(tx, placement, now)
    const asked = { reach, outOfOrder: outOfOrder || undefined }
    const step = offer(placement, it, asked, movers, now, limits)
    return { step, changes: await seatFor(tx, group, counts, placement, seat, { now }) }
  })
}

const PERMISSION = {
  accept: 'placement.acceptOffer',
  not_now: 'placement.postpone',
  no_longer_wanted: 'placement.withdraw',
} as const

/** Staff record what the person said to the offer. */
export async function answerOffer(
  context: Context,
  actor: Actor,
  id: string,
  { answer }: { answer: OfferAnswer },
): Promise<PlacementView> {
  return movePlacement(context, actor, id, PERMISSION[answer], (it) => decideAnswer(context, it, answer))
}

/** What an answer means, whoever gives it. */
export async function decideAnswer(
  context: Context,
  { tx, placement, movers, now, limits }: PlacementCase,
  answer: OfferAnswer,
): Promise<PlacementDecision> {
  if (answer === 'not_now') return { step: postpone(placement, movers, now, limits) }
  if (answer === 'no_longer_wanted') {
    // Anything open may be withdrawn; an answer needs an offer.
    requirePlacementMove('postpone', placement.status, movers)
    return { step: withdrawPlacement(placement, 'changed_mind', movers) }
  }
  const group = await getGroup(tx, placement.groupId)
  return {
    step: acceptOffer(placement, group.courseStartsOn, movers, now, limits),
    changes: { acceptedAt: now },
    andThen: () => confirmPlaces(context, tx, group),
  }
}
