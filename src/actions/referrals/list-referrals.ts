import { londonDay } from '../../domain/day.ts'
import { needLabel } from '../../domain/needs.ts'
import type { Actor } from '../../domain/organisation.ts'
import { may } from '../../domain/permissions.ts'
import { initials } from '../../domain/person.ts'
import { areaShown } from '../../domain/place.ts'
import { PLACEMENT_WORDS } from '../../domain/placement-moves.ts'
import { isOpenReferral } from '../../domain/referral.ts'
import { REFERRAL_WORDS } from '../../domain/referral-moves.ts'
import { workingDaysBetween } from '../../domain/working-day.ts'
import { getOrganisations } from '../../store/organisations.ts'
import { listPlacementHeadlines } from '../../store/placements.ts'
import { listRisks } from '../../store/referral-details.ts'
import { listReferralRows, type ReferralFilter, type ReferralOrder, sortValue } from '../../store/referral-lists.ts'
import { REFERRAL_TIES, waysTo } from '../../store/scope.ts'
import { getUserNames } from '../../store/users.ts'
import { referralTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { ownerNames, viewNextAction } from '../next-action-view.ts'
import { PAGE_SIZE, type Page, readCursor, toPage } from '../page.ts'
import { hasAccessNeeds } from '../person-view.ts'
import { recordListLook } from '../record.ts'

export interface ReferralListing {
  status?: string | readonly string[] | undefined
  ward?: string | undefined
  need?: string | undefined
  /** A navigator's id, `me`, or `none`. */
  assignee?: string | undefined
  priority?: string | undefined
  overdue?: boolean | undefined
  search?: string | undefined
  /** Only those that came to the actor's organisation, or only those it sent. */
  as?: 'receiving' | 'referring' | undefined
  order?: ReferralOrder | undefined
  limit?: number | undefined
  after?: string | undefined
}

function filterOf(listing: ReferralListing, actor: Actor, now: Date): ReferralFilter {
  const { status, assignee } = listing
  return {
    status: typeof status === 'string' ? [status] : status,
    ward: listing.ward,
    need: listing.need,
    navigatorId: assignee === 'me' ? actor.userId : assignee === 'none' ? null : assignee,
    priority: listing.priority,
    overdueOn: listing.overdue ? londonDay(now) : undefined,
    search: listing.search,
  }
}

type Row = Awaited<ReturnType<typeof listReferralRows>>[number]

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
  await recordListLook(
    context,
    actor,
    'referral',
    summaries.map(({ id }) => id),
  )
  return toPage(
    rows,
    limit,
    (row) => ({ value: sortValue(row.referral, order), id: row.referral.id }),
    () => summaries,
  )
}

async function summarise(context: Context, actor: Actor, rows: Row[], now: Date) {
  const { read } = context.db
  const referrals = rows.map(({ referral }) => referral)
  const ids = referrals.map(({ id }) => id)
  const names = await ownerNames(read, referrals)
  const navigators = await getUserNames(read, [...new Set(referrals.flatMap(({ navigatorId }) => navigatorId ?? []))])
  const organisations = await getOrganisations(read, [
    ...new Set(referrals.flatMap(({ referringOrganisationId }) => referringOrganisationId ?? [])),
  ])
  const placements = await listPlacementHeadlines(read, ids)
  const atRisk = new Set((await listRisks(read, ids)).map(({ referralId }) => referralId))
  const today = londonDay(now)
  return rows.map(({ referral, person }) => {
    const canSeeWork = may(actor, 'referral.view-work', referralTies(referral))
    return {
      id: referral.id,
      reference: referral.reference,
      version: referral.version,
      status: referral.status,
      statusText: REFERRAL_WORDS[referral.status],
      priority: referral.priority,
      personName: person.fullName,
      initials: initials(person.fullName),
      area: areaShown(person),
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
      placements: placements
        .filter(({ referralId }) => referralId === referral.id)
        .map(({ status, projectName }) => ({ status, statusText: PLACEMENT_WORDS[status], projectName })),
      closingSummary: isOpenReferral(referral.status) ? null : referral.closingSummary,
      flags: {
        interpreter: person.interpreter === true,
        accessNeeds: hasAccessNeeds(person),
        risk: canSeeWork && atRisk.has(referral.id),
      },
    }
  })
}
export type ReferralSummary = Awaited<ReturnType<typeof summarise>>[number]
