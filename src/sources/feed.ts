import { createHash } from 'node:crypto'
import { type DirectorySource, SourceFault, type SourcePage } from '../domain/directory-source.ts'
import type { ReadEntry } from '../domain/listing.ts'
import { readService } from '../standards/open-referral-read.ts'
import { isObject } from '../standards/read-fields.ts'
import { type Fetcher, LIMITS, type Limits, openFetcher } from './fetch-json.ts'

type Json = Record<string, unknown>

const PER_PAGE = 50
const MOST_PAGES = 2000
const MOST_ENTRIES = 1000

/** What a service has where it is told whole; the standard lets lists leave all of it out. */
const INSIDE = ['service_at_locations', 'attributes', 'schedules', 'contacts', 'cost_options', 'service_areas']

/**
 * An Open Referral UK feed at an address, which may be that of the feed or of its /services.
 * @param hosts whom IMPORT_HOSTS lets us ask
 * @throws SourceFault
 */
export async function openFeed(address: string, hosts: string[], limits: Limits = LIMITS): Promise<DirectorySource> {
  const base = baseOf(address)
  const fetcher = await openFetcher(base, hosts, limits)
  try {
    await requireVersion(fetcher, base)
  } catch (error) {
    fetcher.close()
    throw error
  }
  const feed = base.href
  const seen = new Map<string, number>()
  return {
    name: feed,
    feed,
    close: fetcher.close,
    async page(number) {
      if (number > MOST_PAGES) throw new SourceFault(`The feed has more than ${MOST_PAGES} pages.`)
      const raw = await fetcher.json(under(base, `services?page=${number}&per_page=${PER_PAGE}`))
      const page = readPage(raw, number)
      const mark = markOf(page.contents)
      const before = seen.get(mark)
      // Without end, if each page were believed to be another one.
      if (page.contents.length > 0 && before !== undefined && before !== number)
        throw new SourceFault(`Page ${number} of the feed is page ${before} once more.`)
      seen.set(mark, number)
      const entries: ReadEntry[] = []
      for (const [index, one] of page.contents.entries())
        entries.push(await readEntry(fetcher, base, one, { feed, place: `page ${number}, entry ${index + 1}` }))
      return { entries, isLast: page.isLast, of: page.of } satisfies SourcePage
    },
  }
}

function baseOf(address: string): URL {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address))
    throw new SourceFault('The address must begin with https:// or http://.')
  const url = new URL(address)
  if (url.username || url.password) throw new SourceFault('The address has a password in it: a feed needs none.')
  url.hash = ''
  url.search = ''
  url.pathname = url.pathname.replace(/\/+$/, '').replace(/\/services$/, '')
  return url
}

function under(base: URL, path: string): URL {
  return new URL(`${base.href.replace(/\/+$/, '')}/${path}`)
}

async function requireVersion(fetcher: Fetcher, base: URL): Promise<void> {
  const about = await fetcher.json(under(base, ''))
  const version = isObject(about) ? about.version : undefined
  // Some feeds have no front page: their services will show what they are.
  if (version === undefined || version === null) return
  if (/^(HSDS-(UK-)?)?v?3\b/i.test(String(version))) return
  throw new SourceFault(`The feed speaks ${String(version).slice(0, 40)}; only Open Referral UK 3 can be read.`)
}

function readPage(raw: unknown, number: number): { contents: unknown[]; isLast: boolean; of: number | null } {
  if (raw === undefined) throw new SourceFault('There are no services at this address.')
  if (!isObject(raw)) throw new SourceFault(`Page ${number} of the feed is no page of services.`)
  if (Array.isArray(raw.content) && !raw.contents)
    throw new SourceFault('The feed speaks an older version; only Open Referral UK 3 can be read.')
  if (!Array.isArray(raw.contents)) throw new SourceFault(`Page ${number} of the feed has no contents.`)
  if (raw.contents.length > MOST_ENTRIES)
    throw new SourceFault(`Page ${number} of the feed has more than ${MOST_ENTRIES} services.`)
  const total = typeof raw.total_pages === 'number' && Number.isInteger(raw.total_pages) ? raw.total_pages : null
  // What a feed says of its own length may be wrong: an empty page ends it, whatever it says.
  const isLast = raw.contents.length === 0 || (total === null ? raw.last_page !== false : number >= total)
  return { contents: raw.contents, isLast, of: total }
}

function markOf(contents: unknown[]): string {
  const ids = contents.map((one) => (isObject(one) ? String(one.id) : ''))
  return createHash('sha1').update(JSON.stringify(ids)).digest('hex')
}

/** Lists may tell of a service only what it is called: then it is asked for by itself. */
async function readEntry(fetcher: Fetcher, base: URL, raw: unknown, where: { feed: string; place: string }) {
  if (!isObject(raw) || typeof raw.id !== 'string' || INSIDE.some((name) => name in raw)) return readService(raw, where)
  const whole = await fetcher.json(under(base, `services/${encodeURIComponent(raw.id.slice(0, 200))}`))
  const isIt = isObject(whole) && whole.id === raw.id
  return readService(isIt ? { ...raw, ...(whole as Json) } : raw, where)
}
