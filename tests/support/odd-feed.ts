import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { Context } from '../../src/actions/context.ts'
import { importDirectory } from '../../src/actions/directory/import-directory.ts'
import { openFeed } from '../../src/sources/feed.ts'
import { LIMITS, type Limits } from '../../src/sources/fetch-json.ts'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A web server of the test's own, for feeds that behave as no feed should. Answers with its address. */
export async function serve(answer: Answer): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export function json(response: ServerResponse, body: unknown, type = 'application/json'): void {
  response.setHeader('content-type', type)
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

export interface OddFeed {
  pages: unknown[][]
  /** Over the envelope of a page that is as it should be. */
  envelope?: Record<string, unknown>
  about?: unknown
  /** Answers itself, for what no page is. */
  instead?: (path: string, response: ServerResponse) => boolean
}

/** An Open Referral feed of these pages. The pages may be changed between two readings. */
export async function serveFeed(feed: OddFeed): Promise<string> {
  return serve(({ url = '' }, response) => {
    if (feed.instead?.(url, response)) return
    const { pathname, searchParams } = new URL(url, 'http://feed.example')
    if (pathname === '/') return json(response, feed.about ?? { version: 'HSDS-UK-3.0' })
    const number = Number(searchParams.get('page') ?? 1)
    const contents = feed.pages[number - 1] ?? []
    const total = feed.pages.length
    json(response, {
      total_items: feed.pages.flat().length,
      total_pages: total,
      page_number: number,
      size: contents.length,
      first_page: number === 1,
      last_page: number >= total,
      empty: contents.length === 0,
      contents,
      ...feed.envelope,
    })
  })
}

/** A UUID that one can tell from others: id(7) ends in 7. */
export const uuid = (number: number, kind = 1) => `0${kind}000000-0000-4000-8000-${String(number).padStart(12, '0')}`

/** A service as a feed tells it, with what the test cares about changed. */
export function aService(number: number, more: Record<string, unknown> = {}) {
  const id = uuid(number)
  return {
    id,
    name: `Service ${number}`,
    status: 'active',
    description: 'Something to do.',
    organization: { id: uuid(1, 2), name: 'Their charity', description: 'They do good.' },
    service_at_locations: [
      {
        id: uuid(number, 3),
        service_id: id,
        location: { id: uuid(number, 4), location_type: 'physical', name: `Hall ${number}` },
      },
    ],
    ...more,
  }
}

/** Reads a feed of this machine in, as the command line does. */
export async function readFeed(context: Context, address: string, limits: Partial<Limits> = {}) {
  const source = await openFeed(address, ['127.0.0.1'], { ...LIMITS, ...limits })
  try {
    return await importDirectory(context, 'system', source)
  } finally {
    source.close()
  }
}
