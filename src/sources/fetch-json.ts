import http from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import { SourceFault } from '../domain/directory-source.ts'
import { type Address, isListed, resolveHost } from './hosts.ts'

export interface Limits {
  /** For one answer, from asking to its last byte. */
  requestMs: number
  /** For the whole source. */
  totalMs: number
  answerBytes: number
  totalBytes: number
}

export const LIMITS: Limits = {
  requestMs: 20_000,
  totalMs: 30 * 60_000,
  answerBytes: 10 * 1024 * 1024,
  totalBytes: 300 * 1024 * 1024,
}

const MOST_REDIRECTS = 3
const JSON_TYPE = /^(application\/([\w.+-]+\+)?json|text\/json|text\/plain)$/

export interface Fetcher {
  /** Undefined where there is nothing at the address (404, 410). */
  json(path: URL): Promise<unknown>
  close(): void
}

/**
 * Asks one host for JSON, and nobody else: its addresses are looked up and proved once, and only these are used; another
 * host is not followed to. What is slow, large or no JSON is refused by name.
 */
export async function openFetcher(start: URL, hosts: string[], limits: Limits = LIMITS): Promise<Fetcher> {
  if (!isListed(start, hosts))
    throw new SourceFault(`${start.host} is not in IMPORT_HOSTS: add it there if it should be read.`)
  const addresses = await resolveHost(start.hostname, hosts)
  const agents = { 'http:': new http.Agent({ keepAlive: true }), 'https:': new https.Agent({ keepAlive: true }) }
  const endAt = performance.now() + limits.totalMs
  let bytesLeft = limits.totalBytes

  async function ask(url: URL, redirects = 0): Promise<unknown> {
    if (performance.now() > endAt) throw new SourceFault(`The whole took longer than ${words(limits.totalMs)}.`)
    const answer = await request(url, { addresses, agents, limits })
    const { status, location } = answer
    bytesLeft -= answer.body.byteLength
    if (bytesLeft < 0) throw new SourceFault(`The whole is larger than ${size(limits.totalBytes)}.`)
    if (status >= 300 && status < 400 && location) {
      if (!URL.canParse(location, url.href)) throw new SourceFault(`${url.host} leads on to no address.`)
      const next = new URL(location, url)
      if (!isSamePlace(url, next))
        throw new SourceFault(`${url.host} leads on to ${next.host}, which was not asked for.`)
      if (redirects >= MOST_REDIRECTS) throw new SourceFault(`${url.host} leads round in circles.`)
      return ask(next, redirects + 1)
    }
    if (status === 404 || status === 410) return undefined
    if (status !== 200) throw new SourceFault(`${url.host} answered with status ${status}.`)
    return parse(answer, url)
  }

  return {
    json: (url) => ask(url),
    close: () => {
      for (const agent of Object.values(agents)) agent.destroy()
    },
  }
}

function isSamePlace(from: URL, to: URL): boolean {
  const isSafer = from.protocol === 'http:' && to.protocol === 'https:' && from.port === '' && to.port === ''
  return from.hostname === to.hostname && (from.origin === to.origin || isSafer)
}

interface Answer {
  status: number
  location: string | undefined
  type: string
  body: Buffer
}

interface How {
  addresses: Address[]
  agents: { 'http:': http.Agent; 'https:': https.Agent }
  limits: Limits
}

function request(url: URL, { addresses, agents, limits }: How): Promise<Answer> {
  const isSecure = url.protocol === 'https:'
  const [first] = addresses
  const pinned: LookupFunction = (_host, options, done) => {
    if (options.all) done(null, addresses)
    else done(null, first?.address ?? '', first?.family ?? 4)
  }
  const signal = AbortSignal.timeout(limits.requestMs)
  const options = {
    agent: agents[isSecure ? 'https:' : 'http:'],
    lookup: pinned,
    signal,
    headers: { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'Trellis directory import' },
  }
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(faultOf(error, url, signal, limits))
    const giveUp = (words: string) => {
      reject(new SourceFault(words))
      asked.destroy()
    }
    const asked = (isSecure ? https : http).get(url, options, (answer) => {
      const { statusCode: status = 0, headers } = answer
      const chunks: Buffer[] = []
      let bytes = 0
      if (headers['content-encoding'] && headers['content-encoding'] !== 'identity')
        return giveUp(`${url.host} packs its answers (${headers['content-encoding']}), unasked.`)
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        chunks.push(chunk)
        if (bytes > limits.answerBytes) giveUp(`One answer of ${url.host} is larger than ${size(limits.answerBytes)}.`)
      })
      answer.on('error', fail)
      answer.on('end', () => {
        if (!answer.complete) return fail(new Error('cut'))
        const type = headers['content-type'] ?? ''
        resolve({ status, location: headers.location, type, body: Buffer.concat(chunks) })
      })
    })
    asked.on('error', fail)
  })
}

function faultOf(error: Error, url: URL, signal: AbortSignal, limits: Limits): SourceFault {
  if (error instanceof SourceFault) return error
  if (signal.aborted) return new SourceFault(`${url.host} did not answer within ${words(limits.requestMs)}.`)
  const { code } = error as NodeJS.ErrnoException
  return new SourceFault(`${url.host} cannot be reached, or broke off in the middle${code ? ` (${code})` : ''}.`)
}

function parse({ type, body }: Answer, url: URL): unknown {
  const [media = '', ...parameters] = type
    .toLowerCase()
    .split(';')
    .map((part) => part.trim())
  const charset =
    parameters
      .find((part) => part.startsWith('charset='))
      ?.slice(8)
      .replace(/"/g, '') ?? 'utf-8'
  if (media !== '' && !JSON_TYPE.test(media)) throw new SourceFault(`${url.pathname} is ${media}, not JSON.`)
  try {
    return JSON.parse(new TextDecoder(charset, { fatal: true }).decode(body))
  } catch (error) {
    if (error instanceof SyntaxError) throw new SourceFault(`${url.pathname} is not JSON that can be read.`)
    throw new SourceFault(`${url.pathname} is not the text (${charset}) that it says it is.`)
  }
}

const words = (ms: number) => (ms >= 120_000 ? `${ms / 60_000} minutes` : `${ms / 1000} seconds`)
const size = (bytes: number) => (bytes >= 1024 * 1024 ? `${bytes / 1024 / 1024} MB` : `${bytes} bytes`)
