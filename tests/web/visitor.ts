import { expect } from 'vitest'
import type { App } from '../../src/http/site.ts'
import { type Caller, tokenOf } from '../support/app.ts'
import { markupFaults } from '../support/markup.ts'

export interface Visited {
  status: number
  html: string
  location: string | undefined
  /** The words a reader sees in the summary of what is wrong. */
  faults: string[]
  headers: Record<string, unknown>
}

/** What every form carries: its token, its key, and for whom the page was made (empty for nobody). */
export interface Hidden extends Fields {
  _csrf: string
  _key: string
  _by: string
}

type Fields = Record<string, string | string[]>

export interface Visitor {
  get(path: string): Promise<Visited>
  /** Opens `from` (the form's own page unless given), fills in `fields` and sends the form to `path`. */
  send(path: string, fields?: Fields, from?: string): Promise<Visited>
  /** Sends exactly these fields, with the token and key of a page only where they are among them. */
  post(path: string, fields: Fields): Promise<Visited>
  /** The token and key that a page's forms carry. */
  hiddenOf(path: string): Promise<Hidden>
}

/** Somebody with a browser that runs no script: keeps cookies, follows nothing by itself. */
export function visitor(app: App, who: Caller | null = null): Visitor {
  const cookies = new Map<string, string>(who ? [['trellis', tokenOf(app, who, 'pages')]] : [])

  async function ask(method: 'GET' | 'POST', path: string, fields?: Fields): Promise<Visited> {
    const pairs = Object.entries(fields ?? {}).flatMap(([name, value]) => [value].flat().map((one) => [name, one]))
    const response = await app.inject({
      method,
      url: path,
      headers: {
        accept: 'text/html',
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(fields ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      ...(fields ? { payload: new URLSearchParams(pairs as [string, string][]).toString() } : {}),
    })
    for (const { name, value } of response.cookies) cookies.set(name, value)
    // Every page that any test sees is valid, in whichever state.
    if (String(response.headers['content-type']).startsWith('text/html'))
      expect([path, markupFaults(response.body)]).toEqual([path, []])
    const summary = /class="nhsuk-error-summary"[\s\S]*?<\/ul>/.exec(response.body)?.[0] ?? ''
    return {
      status: response.statusCode,
      html: response.body,
      location: response.headers.location,
      faults: [...summary.matchAll(/<li>([\s\S]*?)<\/li>/g)].map(([, item]) => readable(item ?? '')),
      headers: response.headers,
    }
  }

  async function hiddenOf(path: string): Promise<Hidden> {
    const { html, location } = await ask('GET', path)
    // An address that only leads to the form's own.
    if (location) return hiddenOf(location)
    const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
    return { _csrf: field('_csrf'), _key: field('_key'), _by: field('_by') }
  }

  return {
    get: (path) => ask('GET', path),
    send: async (path, fields = {}, from = path) => ask('POST', path, { ...(await hiddenOf(from)), ...fields }),
    post: (path, fields) => ask('POST', path, fields),
    hiddenOf,
  }
}

/** Markup as its words. */
export function readable(html: string): string {
  return html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim()
}
