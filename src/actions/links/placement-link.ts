import { londonDay } from '../../domain/day.ts'
import { linkDoors, noticesFor, placementLinkEnds } from '../../domain/link.ts'
import type { LinkHolder } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { getOrganisation } from '../../store/organisations.ts'
import { findLaterMessage } from '../../store/outbox.ts'
import { findPlacement, type PlacementRow } from '../../store/placements.ts'
import type { Context } from '../context.ts'
import { type PlacementView, presentPlacement } from '../placements/view.ts'
import { getLink, holderOf, type Link, nothingThere } from './get-link.ts'
import { type ToldMove, tellMoves } from './tell-moves.ts'

export interface PlacementLink {
  /** Without a name, whatever the state: that is for a code to open. */
  view: PlacementView
  /** Whether a code would open who it is. */
  isKnown: boolean
  provider: { name: string; slug: string }
  /** Who sent the person, and the number to ring them by. */
  service: { name: string; phone: string | null }
  /** What may be done by this link now, by the doors of the transition table. */
  doors: string[]
  hasEnded: boolean
  /** The last day on which it works. */
  endsOn: string
  /** The moves that decided something, newest first. */
  moves: ToldMove[]
  /** When a newer message with a link about the same placement went out. */
  newerAt: Date | null
}

interface Found {
  link: Link
  placement: PlacementRow
  holder: LinkHolder
  endsOn: string
  hasEnded: boolean
}

async function getPlacementLink(context: Context, db: Db, token: string, firstName?: string): Promise<Found> {
  const link = await getLink(context, db, token)
  const { placementId, toKind, toId, createdAt } = link.message
  const isOurs = link.purpose === 'placement' && toKind === 'organisation' && placementId !== null
  const placement = isOurs ? await findPlacement(db, placementId) : undefined
  if (placement?.providerOrganisationId !== toId) throw nothingThere()
  const endsOn = placementLinkEnds(createdAt, placement)
  const hasEnded = endsOn < londonDay(context.now())
  return { link, placement, holder: holderOf(link, toId, firstName), endsOn, hasEnded }
}

/** Only shows: programs that read e-mail follow every link in it, so a look marks nothing, not even as seen. */
export async function readPlacementLink(context: Context, token: string): Promise<PlacementLink> {
  const { read } = context.db
  const { link, placement, holder, endsOn, hasEnded } = await getPlacementLink(context, read, token)
  const whole = await presentPlacement(context, read, holder, placement.id)
  const { name, slug } = await getOrganisation(read, holder.organisationId)
  const service = await getOrganisation(read, placement.receivingOrganisationId)
  const possible = linkDoors(placement.status)
  return {
    view: withoutThem(whole),
    isKnown: whole.person !== null && !hasEnded,
    provider: { name, slug },
    service: { name: service.name, phone: service.phone },
    doors: hasEnded ? [] : whole.allowedActions.filter((door) => possible.includes(door)),
    hasEnded,
    endsOn,
    moves: await tellMoves(read, placement.id),
    newerAt: hasEnded ? ((await findLaterMessage(read, link.message, noticesFor('placement'))) ?? null) : null,
  }
}

/** The placement as it may stand on a page that anybody sees who has the mail. */
function withoutThem(view: PlacementView): PlacementView {
  const accessNeeds = { ...view.accessNeeds, communicationNeeds: null }
  const kept = { ...view, accessNeeds, person: null, overrideReason: null, queueReason: null, note: null }
  return { ...kept, goals: [], attendances: [], otherLists: [] }
}

/** Whoever holds the link, for one of its moves: refused where it has ended, or was used for what it could do. */
export async function takeUp(
  context: Context,
  token: string,
  door: string,
  firstName?: string,
): Promise<{ holder: LinkHolder; placementId: string }> {
  const { placement, holder, hasEnded } = await getPlacementLink(context, context.db.read, token, firstName)
  if (hasEnded) throw new Refusal('wrong-status', 'This link has run out. Nothing was changed.')
  if (!linkDoors(placement.status).includes(door))
    throw new Refusal('wrong-status', 'Something else happened meanwhile. Nothing was changed by this click.')
  return { holder, placementId: placement.id }
}

/** Whoever holds the link, where a code may show them who it is. */
export async function holderToKnow(context: Context, token: string) {
  const { placement, holder, hasEnded } = await getPlacementLink(context, context.db.read, token)
  if (hasEnded) throw new Refusal('wrong-status', 'This link has run out. Nothing was changed.')
  const { person } = await presentPlacement(context, context.db.read, holder, placement.id)
  if (!person) throw new Refusal('wrong-status', 'You learn who it is when you say yes. Nothing was changed.')
  return { holder, placementId: placement.id }
}
