import type { FastifyReply, FastifyRequest } from 'fastify'
import type { KeptForm } from '../plugins/sealing.ts'
import { localAddress } from './addresses.ts'
import { show } from './layout.ts'
import { refill } from './refill.ts'

// Sealed, it goes through a form again, which has its own limit.
const MOST_KEPT = 150_000

// A password, and the same one typed again.
const SECRETS = ['password', 'again']

const isKept = (name: string) => !name.startsWith('_') && !SECRETS.includes(name)

/** The fields of a form as they came, without what is ours and without secrets. */
export function sentFields(body: unknown): [name: string, value: string][] {
  if (typeof body !== 'object' || body === null) return []
  return Object.entries(body)
    .filter(([name]) => isKept(name))
    .flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, String(one)]))
}

/** For whom the page was made from which this form came; undefined unless it was a page of ours. */
export function formOwner(request: FastifyRequest): string | undefined {
  const by = (request.body as { _by?: unknown } | null | undefined)?._by
  return request.server.ownerOf(by, request.context.now())
}

/** The page on which the form stood: its own address where the browser does not say. */
function pageBefore({ headers, url, server, host }: FastifyRequest): string {
  const referer = headers.referer && URL.canParse(headers.referer) ? new URL(headers.referer) : undefined
  const isOurs = referer && (referer.origin === server.site.baseUrl || referer.host === host)
  return (isOurs && localAddress(referer.pathname + referer.search)) || url
}

/** What was sent, whole and bound to its owner; undefined where it is not theirs to keep, or too long. */
export function keptForm(request: FastifyRequest): KeptForm | undefined {
  const userId = formOwner(request)
  const fields = sentFields(request.body)
  const length = fields.reduce((sum, [name, value]) => sum + name.length + value.length, 0)
  if (!userId || length > MOST_KEPT) return undefined
  return { userId, from: pageBefore(request), to: request.url, fields }
}

/**
 * Shows the page with the form again, filled with what its owner had typed. The page is asked for as any other, so it
 * shows what this person may see now; nothing is sent until they send it.
 */
export async function giveBack(
  request: FastifyRequest,
  reply: FastifyReply,
  { from, to, fields }: KeptForm,
  { cookie, words, status }: { cookie: string; words: string; status: number },
): Promise<FastifyReply> {
  const asked = { method: 'GET', url: from, headers: { accept: 'text/html', cookie, host: request.host } } as const
  const page = await request.server.inject(asked)
  const html = page.statusCode === 200 ? refill(page.body, to, fields) : undefined
  if (!html) {
    const typed = fields.filter(([, value]) => value.trim() !== '').map(([, text]) => ({ label: 'You typed', text }))
    return show(request, reply, 'gone', { title: 'This form is no longer there' }, { words, typed }, status)
  }
  for (const one of page.cookies)
    void reply.setCookie(one.name, one.value, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: one.secure ?? false,
    })
  const note = `<div class="trellis-needs" role="status"><p><strong>${words}</strong> What you typed is back in the form. It has not been sent: look at it, then send it.</p></div>`
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .send(html.replace(/(<main\b[^>]*>)/, (main) => main + note))
}
