import { type Day, londonDay } from '../../domain/day.ts'
import { needLabel } from '../../domain/needs.ts'
import type { Actor } from '../../domain/organisation.ts'
import { may } from '../../domain/permissions.ts'
import { initials } from '../../domain/person.ts'
import { areaShown } from '../../domain/place.ts'
import { PLACEMENT_WORDS } from '../../domain/placement-moves.ts'
import { isOpenReferral } from '../../domain/referral.ts'
import { REFERRAL_WORDS } from '../../domain/referral-moves.ts'
import { understand } from '../../domain/search.ts'
import { type Show, type Stage, stageWhenOnTime, troublesOf } from '../../domain/stages.ts'
import { workingDaysBetween } from '../../domain/working-day.ts'
import { countFailedTries, countUnheard } from '../../store/board.ts'
import { getWards } from '../../store/geography.ts'
import { getOrganisations } from '../../store/organisations.ts'
import { listPlacementHeadlines } from '../../store/placements.ts'
import { listRisks } from '../../store/referral-details.ts'
import type { ReferralFilter } from '../../store/referral-filter.ts'
import { type ListedReferral, listReferralRows, type ReferralOrder, sortValue } from '../../store/referral-lists.ts'
import { REFERRAL_TIES, waysTo } from '../../store/scope.ts'
import { getUserNames } from '../../store/users.ts'
import { referralTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { ownerNames, viewNextAction } from '../next-action-view.ts'
import { PAGE_SIZE, type Page, readCursor, toPage } from '../page.ts'
import { hasAccessNeeds } from '../person-view.ts'
import { recordAct, recordListLook } from '../record.ts'
import { soughtPeople } from '../search/sought-people.ts'

export interface ReferralListing {
  status?: string | readonly string[] | undefined
  ward?: string | undefined
  need?: string | undefined
  /** A navigator's id, `me`, `none`, or `mine`: the actor's own with what nobody has taken. */
  assignee?: string | undefined
  priority?: string | undefined
  overdue?: boolean | undefined
  /** One column of the board. */
  stage?: Stage | undefined
  /** Everything named holds. */
  shows?: readonly Show[] | undefined
  search?: string | undefined
  /** Only those that came to the actor's organisation, only those it sent, or only those redirected to it. */
  as?: 'receiving' | 'referring' | 'redirected' | undefined
  order?: ReferralOrder | undefined
  limit?: number | undefined
  after?: string | undefined
}

export function filterOf(listing: ReferralListing, actor: Actor, now: Date): ReferralFilter & { today: Day } {
  const { status, assignee } = listing
  return {
    status: typeof status === 'string' ? [status] : status,
    ward: listing.ward,
    need: listing.need,
    navigatorId:
      assignee === 'me' ? actor.userId : assignee === 'none' ? null : assignee === 'mine' ? undefined : assignee,
    ofOrNobodys: assignee === 'mine' ? actor.userId : undefined,
    stage: listing.stage,
    shows: listing.shows,
    today: londonDay(now),
    priority: listing.priority,
    overdueOn: listing.overdue ? londonDay(now) : undefined,
    sought: listing.search ? soughtPeople(understand(listing.search, londonDay(now)).sought) : undefined,
  }
}

type Row = ListedReferral

/** A page of the referrals that the actor may see: a handful of queries, however many rows. */
export async function listReferrals(
  context: Context,
  actor: Actor,
  listing: ReferralListing,
): Promise<Page<ReferralSummary>> {
  const now = context.now()
  const limit = Math.min(listing.limit ?? PAGE_SIZE.usual, PAGE_SIZE.most)
  const order = listing.order ?? 'newest'
  const rows = await listReferralRows(
    context.db.read,
    waysTo(actor, 'referral.view', listing.as ? { [listing.as]: REFERRAL_TIES[listing.as] } : REFERRAL_TIES),
    filterOf(listing, actor, now),
    { order, limit: limit + 1, after: readCursor(listing.after) },
  )
  const shown = rows.slice(0, limit)
  const summaries = await summarise(context, actor, shown, now)
  const ids = summaries.map(({ id }) => id)
  if (listing.search) await recordSearch(context, actor, listing.search, ids)
  else await recordListLook(context, actor, 'referral', ids)
  return toPage(
    rows,
    limit,
    (row) => ({ value: sortValue(row.referral, order), id: row.referral.id }),
    () => summaries,
  )
}

/** By what was looked for and whom it showed, never the text. */
async function recordSearch(context: Context, actor: Actor, text: string, ids: string[]): Promise<void> {
  const { by } = understand(text, londonDay(context.now()))
  const detail = { by, results: ids.length, ids }
  const look = { action: 'search.made', subjectKind: 'search', subjectId: null, detail }
  await context.db.write((tx) => recordAct(context, tx, actor, look))
}

/** Rows as summaries, with a handful of queries for all of them. Whoever asks records the look. */
export async function summarise(context: Context, actor: Actor, rows: Row[], now: Date) {
  const { read } = context.db
  const referrals = rows.map(({ referral }) => referral)
  const ids = referrals.map(({ id }) => id)
  const names = await ownerNames(read, referrals)
  const navigators = await getUserNames(read, [...new Set(referrals.flatMap(({ navigatorId }) => navigatorId ?? []))])
  const organisations = await getOrganisations(read, [
    ...new Set(referrals.flatMap(({ referringOrganisationId }) => referringOrganisationId ?? [])),
  ])
  const placements = await listPlacementHeadlines(read, ids)
  const placementsOf = new Map<string, typeof placements>()
  for (const one of placements) placementsOf.set(one.referralId, [...(placementsOf.get(one.referralId) ?? []), one])
  const tries = await countFailedTries(read, ids)
  const wards = await getWards(
    read,
    rows.map(({ person }) => person.wardCode),
  )
  const today = londonDay(now)
  const unheard = await countUnheard(read, ids)
  const atRisk = new Set((await listRisks(read, ids)).map(({ referralId }) => referralId))
  return rows.map(({ referral, person }) => {
    const canSeeWork = may(actor, 'referral.view-work', referralTies(referral))
    const itsPlacements = placementsOf.get(referral.id) ?? []
    const standing = {
      ...referral,
      placements: itsPlacements,
      failedTries: tries.get(referral.id) ?? 0,
      unheard: unheard.get(referral.id) ?? 0,
    }
    return {
      id: referral.id,
      reference: referral.reference,
      version: referral.version,
      status: referral.status,
      statusText: REFERRAL_WORDS[referral.status],
      priority: referral.priority,
      personName: person.fullName,
      initials: initials(person.fullName),
      area: areaShown(person, wards),
      needs: referral.needs.map((code) => ({ code, label: needLabel(code) })),
      receivedAt: referral.receivedAt,
      contactedAt: referral.contactedAt,
      changedAt: referral.changedAt,
      closedAt: referral.closedAt,
      daysWaiting: workingDaysBetween(
        londonDay(referral.receivedAt),
        referral.closedAt ? londonDay(referral.closedAt) : today,
      ),
      navigator: referral.navigatorId
        ? { id: referral.navigatorId, name: navigators.get(referral.navigatorId)?.name ?? '' }
        : null,
      referringOrganisation: referral.referringOrganisationId
        ? (organisations.get(referral.referringOrganisationId)?.name ?? null)
        : null,
      nextAction: viewNextAction(referral, names, now),
      placements: itsPlacements.map(({ status, projectName }) => ({
        status,
        statusText: PLACEMENT_WORDS[status],
        projectName,
      })),
      /** Where it stands in the work, late or not, and what holds it up: for those who do the work. */
      stage: stageWhenOnTime(standing),
      troubles: canSeeWork && isOpenReferral(referral.status) ? troublesOf(standing, today) : [],
      closingSummary: isOpenReferral(referral.status) ? null : referral.closingSummary,
      closingReason: isOpenReferral(referral.status) ? null : referral.closingReason,
      flags: {
        interpreter: person.interpreter === true,
        accessNeeds: hasAccessNeeds(person),
        risk: canSeeWork && atRisk.has(referral.id),
      },
    }
  })
}
export type ReferralSummary = Awaited<ReturnType<typeof summarise>>[number]
