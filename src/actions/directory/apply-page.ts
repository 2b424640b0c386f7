import { addDays, londonDay, londonMoment } from '../../domain/day.ts'
import type { ImportDeed } from '../../domain/directory.ts'
import { nameOfFeed } from '../../domain/directory-source.ts'
import { foldWords } from '../../domain/directory-words.ts'
import type { ReadEntry, ReadListing, SourceId } from '../../domain/listing.ts'
import type { Db } from '../../store/database.ts'
import {
  changeReadOrganisation,
  findKnown,
  insertReadGroup,
  insertReadLocation,
  insertReadOrganisation,
  insertReadProject,
  saveReadGroup,
  saveReadLocation,
  saveReadProject,
} from '../../store/directory-imports.ts'
import {
  groupFacts,
  groupRow,
  locationFacts,
  locationRow,
  organisationFacts,
  organisationRow,
  projectFacts,
  projectRow,
  saysAlready,
} from './read-rows.ts'

type Known = Awaited<ReturnType<typeof findKnown>>

/** What became of one entry. */
export interface Deed {
  did: ImportDeed | 'unchanged'
  /** The project here; null where it was left out. */
  projectId: string | null
  detail: string | null
  /** What of it was not kept. */
  notes: string[]
}

const KEPT_HERE = 'This entry is kept here already: only its own provider changes it.'

/** Writes one page of a source, in one transaction: each entry whole, or not at all and said why. */
export async function applyPage(tx: Db, feed: string, entries: ReadEntry[], now: Date): Promise<Deed[]> {
  const known = new KnownHere(feed, await findKnown(tx, idsIn(entries)))
  const deeds: Deed[] = []
  for (const { listing, fault } of entries)
    deeds.push(listing ? await applyListing(tx, known, withoutFuture(listing, now), now) : leftOut(fault))
  return deeds
}

const leftOut = (detail: string | null): Deed => ({ did: 'left_out', projectId: null, detail, notes: [] })

/** A day after today is a mistake of the source, by which an entry would never grow old. */
function withoutFuture(listing: ReadListing, now: Date): { listing: ReadListing; notes: string[] } {
  const today = londonDay(now)
  const { assuredOn, changedAt } = listing
  const isAssuredLater = assuredOn !== null && assuredOn > today
  const isChangedLater = changedAt !== null && changedAt >= londonMoment(addDays(today, 1), 0)
  return {
    listing: {
      ...listing,
      assuredOn: isAssuredLater ? null : assuredOn,
      changedAt: isChangedLater ? null : changedAt,
    },
    notes: [
      ...(isAssuredLater ? [`the day on which it was assured, ${assuredOn}, lies in the future: not kept`] : []),
      ...(isChangedLater ? ['the day of its last change lies in the future: not kept'] : []),
    ],
  }
}

function idsIn(entries: ReadEntry[]) {
  const both = ({ id, spareId }: SourceId) => [id, spareId]
  const listings = entries.flatMap(({ listing }) => listing ?? [])
  const groups = listings.flatMap((listing) => listing.groups)
  return {
    organisations: listings.flatMap(({ organisation }) => both(organisation)),
    projects: listings.flatMap(both),
    locations: groups.flatMap(({ location }) => (location ? both(location) : [])),
    groups: groups.flatMap(both),
  }
}

/** What stands here under the ids of a page, kept up as the page is written. */
class KnownHere {
  readonly feed: string
  readonly organisations: Map<string, Known['organisations'][number]>
  readonly projects: Map<string, Known['projects'][number]>
  readonly locations: Map<string, Known['locations'][number]>
  readonly groups: Map<string, Known['groups'][number]>

  constructor(feed: string, known: Known) {
    const byId = <T extends { id: string }>(rows: T[]) => new Map(rows.map((row) => [row.id, row]))
    this.feed = feed
    this.organisations = byId(known.organisations)
    this.projects = byId(known.projects)
    this.locations = byId(known.locations)
    this.groups = byId(known.groups)
  }

  /**
   * Why it is not for this source to bring; null where it is. Two feeds may give one id to two things, and each is then
   * an entry of its own: but the same id and the same name is the same entry, as in a table that we wrote ourselves.
   */
  whose({ id, spareId, name }: ReadListing): string | null {
    const row = this.projects.get(id)
    if (!row || row.feed === this.feed) return null
    if (row.feed === null) return KEPT_HERE
    const isSame = foldWords(row.name).join(' ') === foldWords(name).join(' ')
    return isSame && !this.projects.has(spareId)
      ? `This entry is here already: it was read from ${nameOfFeed(row.feed)}, and only that changes it.`
      : null
  }

  /** The id it has here, or will have: its own, unless somebody else has that. */
  idFor<T>(rows: Map<string, T>, { id, spareId }: SourceId, isOurs: (row: T) => boolean): string {
    if (rows.has(spareId)) return spareId
    const row = rows.get(id)
    return row === undefined || isOurs(row) ? id : spareId
  }
}

async function applyListing(
  tx: Db,
  known: KnownHere,
  { listing, notes }: { listing: ReadListing; notes: string[] },
  now: Date,
): Promise<Deed> {
  const isOfFeed = (row: { feed: string | null }) => row.feed === known.feed
  const whose = known.whose(listing)
  if (whose) return leftOut(whose)
  const provider = await applyOrganisation(tx, known, listing)
  const id = known.idFor(known.projects, listing, isOfFeed)
  const before = known.projects.get(id)
  const facts = projectFacts(listing, provider.id)
  const isSame = before !== undefined && saysAlready(before, facts)
  if (!before) {
    const row = projectRow(listing, id, provider.id, known.feed)
    await insertReadProject(tx, row)
    known.projects.set(id, row as Known['projects'][number])
  } else if (!isSame) {
    const saved = await saveReadProject(tx, before, facts)
    if (saved) known.projects.set(id, saved)
  }
  const groupsChanged = await applyGroups(tx, known, { listing, projectId: id, provider: provider.id, now })
  const isChanged = !isSame || groupsChanged || provider.isChanged
  return { did: before ? (isChanged ? 'updated' : 'unchanged') : 'created', projectId: id, detail: null, notes }
}

async function applyOrganisation(tx: Db, known: KnownHere, listing: ReadListing) {
  const id = known.idFor(known.organisations, listing.organisation, ({ feed }) => feed === known.feed)
  const before = known.organisations.get(id)
  const facts = organisationFacts(listing)
  if (before && saysAlready(before, facts)) return { id, isChanged: false }
  const row = before ? { ...before, ...facts } : organisationRow(listing, id, known.feed)
  if (before) await changeReadOrganisation(tx, id, facts)
  else await insertReadOrganisation(tx, row)
  known.organisations.set(id, row as Known['organisations'][number])
  return { id, isChanged: true }
}

interface Whose {
  listing: ReadListing
  projectId: string
  provider: string
  now: Date
}

/** Groups as the source has them; one that it has no more does not meet any more. Answers whether anything changed. */
async function applyGroups(tx: Db, known: KnownHere, { listing, projectId, provider, now }: Whose): Promise<boolean> {
  let isChanged = false
  const kept = new Set<string>()
  for (const group of listing.groups) {
    const place = group.location ? await applyLocation(tx, known, group.location, provider) : null
    const locationId = place?.id ?? null
    // A venue that moved is a change, though the group still meets at the same one.
    isChanged ||= place?.isChanged ?? false
    const id = known.idFor(known.groups, group, (row) => row.projectId === projectId)
    // Even the spare id may stand under another project of the feed, where it gave one id to two things.
    const before = known.groups.get(id)
    if (kept.has(id) || (before && before.projectId !== projectId)) continue
    kept.add(id)
    const facts = groupFacts(group, locationId, provider)
    if (before && saysAlready(before, facts)) continue
    isChanged = true
    if (before) known.groups.set(id, (await saveReadGroup(tx, before, facts)) ?? before)
    else {
      const row = groupRow(id, projectId, facts)
      await insertReadGroup(tx, row)
      known.groups.set(id, row as Known['groups'][number])
    }
  }
  for (const row of known.groups.values()) {
    if (row.projectId !== projectId || kept.has(row.id) || row.cancelledAt) continue
    known.groups.set(row.id, (await saveReadGroup(tx, row, { cancelledAt: now })) ?? row)
    isChanged = true
  }
  return isChanged
}

async function applyLocation(
  tx: Db,
  known: KnownHere,
  place: NonNullable<ReadListing['groups'][number]['location']>,
  provider: string,
): Promise<{ id: string; isChanged: boolean }> {
  const id = known.idFor(known.locations, place, ({ feed }) => feed === known.feed)
  const before = known.locations.get(id)
  const facts = locationFacts(place)
  if (before && saysAlready(before, facts)) return { id, isChanged: false }
  if (before) known.locations.set(id, (await saveReadLocation(tx, before, facts)) ?? before)
  else {
    const row = locationRow(place, id, provider, known.feed)
    await insertReadLocation(tx, row)
    known.locations.set(id, row as Known['locations'][number])
  }
  return { id, isChanged: true }
}
