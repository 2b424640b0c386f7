import type { Listing } from '../../domain/listing.ts'
import type { Context } from '../context.ts'
import { listPublished } from './list-published.ts'

const AT_ONCE = 100

/** The whole public directory. */
export async function exportDirectory(context: Context): Promise<Listing[]> {
  const all: Listing[] = []
  for (let total = 1; all.length < total; ) {
    const part = await listPublished(context, {}, { limit: AT_ONCE, offset: all.length })
    all.push(...part.listings)
    if (part.listings.length === 0) break
    total = part.total
  }
  return all
}
