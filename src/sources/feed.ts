import { type DirectorySource, SourceFault, type SourcePage } from '../domain/directory-source.ts'
import type { ReadEntry } from '../domain/listing.ts'
import { readService } from '../standards/open-referral-read.ts'
import { isObject } from '../standards/read-fields.ts'
import { FeedPages, PER_PAGE } from './feed-pages.ts'
import { type Fetcher, LIMITS, type Limits, openFetcher } from './fetch-json.ts'

type Json = Record<string, unknown>

const MOST_PAGES = 2000

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
  let pages = new FeedPages()
  return {
    name: feed,
    reading: feed,
    feed,
    close: fetcher.close,
    async page(number) {
      if (number > MOST_PAGES) throw new SourceFault(`The feed has more than ${MOST_PAGES} pages.`)
      const raw = await fetcher.json(under(base, `services?page=${number}&per_page=${PER_PAGE}`))
      if (number === 1) pages = new FeedPages()
      const { contents, ...about } = pages.take(raw, number)
      const entries: ReadEntry[] = []
      for (const [index, one] of contents.entries())
        entries.push(await readEntry(fetcher, base, one, { feed, place: `page ${number}, entry ${index + 1}` }))
      return { entries, ...about } satisfies SourcePage
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

/** Lists may tell of a service only what it is called: then it is asked for by itself. */
async function readEntry(fetcher: Fetcher, base: URL, raw: unknown, where: { feed: string; place: string }) {
  if (!isObject(raw) || typeof raw.id !== 'string' || INSIDE.some((name) => name in raw)) return readService(raw, where)
  const whole = await fetcher.json(under(base, `services/${encodeURIComponent(raw.id.slice(0, 200))}`))
  const isIt = isObject(whole) && whole.id === raw.id
  return readService(isIt ? { ...raw, ...(whole as Json) } : raw, where)
}
