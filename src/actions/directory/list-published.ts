import type { ListedGroup, Listing } from '../../domain/listing.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { countGroups, type GroupRow, NOBODY } from '../../store/groups.ts'
import {
  findCentroid,
  findListedGroup,
  findListedProject,
  getLocations,
  type ListingFilter,
  listGroupsOfProjects,
  listListedGroups,
  listListedProjects,
  type PageWanted,
} from '../../store/listings.ts'
import type { Context } from '../context.ts'
import { viewListedGroup, viewListing } from './listing-view.ts'

export type { ListingFilter, PageWanted } from '../../store/listings.ts'

/** One group with the project it belongs to, as one entry of a public list. */
export interface ListedPlace {
  listing: Listing
  group: ListedGroup
}

/** Locations and numbers of places in one query each, for a whole page of groups. */
async function viewGroups(db: Db, rows: GroupRow[], now: Date): Promise<Map<string, ListedGroup>> {
  const counts = await countGroups(db, rows, now)
  const places = await getLocations(
    db,
    rows.flatMap(({ locationId }) => locationId ?? []),
  )
  const view = (row: GroupRow) =>
    viewListedGroup(row, places.get(row.locationId ?? ''), counts.get(row.id) ?? NOBODY, now)
  return new Map(rows.map((row) => [row.id, view(row)]))
}

type ProjectFound = NonNullable<Awaited<ReturnType<typeof findListedProject>>>

async function withGroups(context: Context, rows: ProjectFound[]): Promise<Listing[]> {
  const { read } = context.db
  const groups = await listGroupsOfProjects(
    read,
    rows.map(({ project }) => project.id),
  )
  const views = await viewGroups(read, groups, context.now())
  return rows.map(({ project, organisation }) => {
    const own = groups.filter(({ projectId }) => projectId === project.id)
    return viewListing(
      project,
      organisation,
      own.flatMap(({ id }) => views.get(id) ?? []),
    )
  })
}

/** A page of the public directory. Nobody is asked who they are, and nothing of it is about a person. */
export async function listPublished(context: Context, filter: ListingFilter, page: PageWanted) {
  const { rows, total } = await listListedProjects(context.db.read, filter, page)
  return { total, listings: await withGroups(context, rows) }
}

export async function openPublished(context: Context, id: string): Promise<Listing> {
  const found = await findListedProject(context.db.read, id)
  const [listing] = found ? await withGroups(context, [found]) : []
  if (!listing) throw new Refusal('not-found', 'There is no such service.')
  return listing
}

/** The same, group by group. */
export async function listPublishedPlaces(context: Context, filter: ListingFilter, page: PageWanted) {
  const { rows, total } = await listListedGroups(context.db.read, filter, page)
  return { total, places: await placesOf(context, rows) }
}

export async function openPublishedPlace(context: Context, id: string): Promise<ListedPlace> {
  const found = await findListedGroup(context.db.read, id)
  const [place] = found ? await placesOf(context, [found]) : []
  if (!place) throw new Refusal('not-found', 'There is no such service at a location.')
  return place
}

type GroupFound = NonNullable<Awaited<ReturnType<typeof findListedGroup>>>

async function placesOf(context: Context, rows: GroupFound[]): Promise<ListedPlace[]> {
  const views = await viewGroups(
    context.db.read,
    rows.map(({ group }) => group),
    context.now(),
  )
  return rows.flatMap(({ group: row, project, organisation }) => {
    const group = views.get(row.id)
    return group ? [{ listing: viewListing(project, organisation, [group]), group }] : []
  })
}

/** The middle of a postcode. Refuses, and says why, where it is not known here. */
export async function locatePostcode(context: Context, postcode: string) {
  const { isLoaded, point } = await findCentroid(context.db.read, postcode)
  if (point) return point
  const detail = isLoaded
    ? `The postcode ${postcode} is not in the list of postcodes that is loaded here.`
    : 'No list of postcodes is loaded here yet, so nothing can be searched by distance.'
  throw new Refusal('invalid-input', detail, [{ pointer: '/postcode', code: 'not-on-list', detail }])
}
