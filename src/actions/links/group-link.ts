import { addDays, type Day, londonDay, londonMoment } from '../../domain/day.ts'
import { type LinkPurpose, noticesFor, placesLinkEnds, registerLinkEnds } from '../../domain/link.ts'
import type { LinkHolder } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { findGroup, type GroupRow } from '../../store/groups.ts'
import { getOrganisation } from '../../store/organisations.ts'
import { findLaterMessage } from '../../store/outbox.ts'
import { countRegister, countRegisterPeople } from '../../store/project-week.ts'
import { hasVolunteers } from '../../store/volunteers.ts'
import type { Context } from '../context.ts'
import { presentGroup } from '../directory/open-group.ts'
import type { GroupView } from '../directory/view.ts'
import { getLink, holderOf, nothingThere } from './get-link.ts'
import { requireTheirMailbox } from './moved-link.ts'
import { type ToldMove, tellMoves } from './tell-moves.ts'

type ForGroups = Extract<LinkPurpose, 'register' | 'places'>

export interface GroupLink {
  group: GroupView
  provider: { name: string; slug: string }
  isCancelled: boolean
  hasEnded: boolean
  /** The last day on which it works. */
  endsOn: Day
  newerAt: Date | null
}

export interface PlacesLink extends GroupLink {
  /** What was said of the places, newest first. */
  moves: ToldMove[]
  /** Whether its places are volunteers written down by name: then no number is to be typed. */
  isByName: boolean
}

export interface RegisterLink extends GroupLink {
  /** The day of the session. */
  day: Day
  people: number
  saved: { came: number; missed: number }
}

async function getGroupLink(context: Context, db: Db, token: string, purpose: ForGroups, firstName?: string) {
  const link = await getLink(context, db, token)
  const group = link.purpose === purpose ? await findGroup(db, link.message.toId) : undefined
  if (!group) throw nothingThere()
  await requireTheirMailbox(context, db, link, group.providerOrganisationId)
  const askedAt = link.message.createdAt
  const endsOn = purpose === 'register' ? registerLinkEnds(askedAt) : placesLinkEnds(askedAt)
  const hasEnded = endsOn < londonDay(context.now())
  const holder = holderOf(link, group.providerOrganisationId, firstName)
  return { link, group, holder, day: londonDay(askedAt), endsOn, hasEnded }
}

async function show(
  context: Context,
  token: string,
  purpose: ForGroups,
): Promise<GroupLink & { row: GroupRow; day: Day }> {
  const { read } = context.db
  const { link, group, holder, endsOn, hasEnded, day } = await getGroupLink(context, read, token, purpose)
  const { name, slug } = await getOrganisation(read, group.providerOrganisationId)
  const newerAt = hasEnded ? ((await findLaterMessage(read, link.message, noticesFor(purpose))) ?? null) : null
  return {
    row: group,
    day,
    group: await presentGroup(context, read, holder, group),
    provider: { name, slug },
    isCancelled: group.cancelledAt !== null,
    hasEnded,
    endsOn,
    newerAt,
  }
}

/** Only shows, as every link does: opening it confirms nothing. */
export async function readPlacesLink(context: Context, token: string): Promise<PlacesLink> {
  const { row, ...shown } = await show(context, token, 'places')
  const { read } = context.db
  const isByName = row.capacityKind === 'one_to_one' && (await hasVolunteers(read, row.id))
  return { ...shown, moves: await tellMoves(read, row.id), isByName }
}

/** How many people are on the register, and what was saved of it. Names are for a code to open. */
export async function readRegisterLink(context: Context, token: string): Promise<RegisterLink> {
  const { row, ...shown } = await show(context, token, 'register')
  const { read } = context.db
  const people = await countRegisterPeople(read, row.id, londonMoment(addDays(shown.day, 1), 0))
  return { ...shown, people, saved: await countRegister(read, row.id, shown.day) }
}

/** Whoever holds the link, for what it may do: refused where it has ended. */
export async function takeUpGroup(
  context: Context,
  token: string,
  purpose: ForGroups,
  firstName?: string,
): Promise<{ holder: LinkHolder; groupId: string; day: Day }> {
  const { group, holder, day, hasEnded } = await getGroupLink(context, context.db.read, token, purpose, firstName)
  if (hasEnded) throw new Refusal('wrong-status', 'This link has run out. Nothing was changed.')
  return { holder, groupId: group.id, day }
}
