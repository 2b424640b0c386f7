import { confirmedSince } from '../../domain/capacity.ts'
import { londonDay } from '../../domain/day.ts'
import { type DirectoryFilter, facetsSought } from '../../domain/directory-filter.ts'
import { wordsSought } from '../../domain/directory-words.ts'
import { assuredSince } from '../../domain/freshness.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { countEntries, type EntriesSought, type EntryPlace, listEntries } from '../../store/directory-search.ts'
import { listLocalities, listWardsOf } from '../../store/localities.ts'
import { countFacets } from '../../store/project-index.ts'
import { listOfferedWards } from '../../store/world.ts'
import type { Context } from '../context.ts'
import { type Entry, viewEntries } from './entry-view.ts'

const PAGE = 20

export interface FoundEntries {
  items: Entry[]
  next: string | null
  /** On all pages. */
  total: number
}

async function soughtBy(db: Db, filter: DirectoryFilter, now: Date): Promise<EntriesSought> {
  const today = londonDay(now)
  const wards = filter.locality ? await listWardsOf(db, filter.locality) : []
  return {
    starts: wordsSought(filter.q ?? '').map(({ start }) => start),
    facets: facetsSought(filter, wards),
    room: filter.room ? { confirmedSince: confirmedSince(now), today } : undefined,
    assuredSince: assuredSince(today),
  }
}

/** A page of the directory, for everybody: nothing in it tells of anybody who is helped. */
export async function searchDirectory(
  { db, now }: Pick<Context, 'db' | 'now'>,
  filter: DirectoryFilter,
  { after, limit = PAGE }: { after?: string | undefined; limit?: number } = {},
): Promise<FoundEntries> {
  const rows = await searchRows({ db, now }, filter, { after, limit })
  return {
    items: await viewEntries(db.read, rows.items, now()),
    next: rows.next,
    total: await countEntries(db.read, await soughtBy(db.read, filter, now())),
  }
}

/** The same as rows. */
export async function searchRows(
  { db, now }: Pick<Context, 'db' | 'now'>,
  filter: DirectoryFilter,
  { after, limit = PAGE }: { after?: string | undefined; limit?: number } = {},
) {
  const place = after === undefined ? undefined : readPlace(after)
  const sought = await soughtBy(db.read, filter, now())
  const rows = await listEntries(db.read, sought, { place, limit: limit + 1 })
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? writePlace(last.place) : null }
}

/** How many there would be with each of these other filters. */
export async function countWith(
  { db, now }: Pick<Context, 'db' | 'now'>,
  filters: DirectoryFilter[],
): Promise<number[]> {
  const counts: number[] = []
  for (const filter of filters) counts.push(await countEntries(db.read, await soughtBy(db.read, filter, now())))
  return counts
}

/** What there is to choose from: facets that an entry has, the parts of the city, and its wards. */
export async function listChoices({ db }: Pick<Context, 'db'>) {
  return {
    facets: await countFacets(db.read),
    localities: await listLocalities(db.read),
    wards: await listOfferedWards(db.read),
  }
}

function writePlace({ sinks, score, assuredOn, name, id }: EntryPlace): string {
  return Buffer.from(JSON.stringify([sinks, score, assuredOn, name, id])).toString('base64url')
}

function readPlace(text: string): EntryPlace {
  try {
    const [sinks, score, assuredOn, name, id, ...rest]: unknown[] = JSON.parse(
      Buffer.from(text, 'base64url').toString(),
    )
    const isPlace =
      (sinks === 0 || sinks === 1) &&
      typeof score === 'number' &&
      Number.isFinite(score) &&
      typeof assuredOn === 'string' &&
      typeof name === 'string' &&
      typeof id === 'string' &&
      rest.length === 0
    if (isPlace && !`${assuredOn}${name}${id}`.includes('\0')) return { sinks, score, assuredOn, name, id }
  } catch {
    // Falls through: whatever is wrong with it, the answer is the same.
  }
  throw new Refusal('invalid-input', 'The list has moved on. Search again.', [
    { pointer: '/after', code: 'bad-cursor', detail: 'This is not a page of this list.' },
  ])
}
