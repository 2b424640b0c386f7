import type { FastifyReply, FastifyRequest } from 'fastify'
import { GROUP_CANCELLED } from '../../actions/access/get-group.ts'
import { DRAFT_GONE } from '../../actions/referrals/drafts.ts'
import { type Helpline, readHelpline } from '../../actions/self/read-helpline.ts'
import type { RefusalCode } from '../../domain/refusal.ts'
import { giveBack, keptForm, sentFields } from './give-back.ts'
import { tongueOfAddress } from './language-choice.ts'
import { type Link, show } from './layout.ts'
import { showPublicProblem } from './public-problem.ts'
import { showSignIn } from './sign-in.ts'

interface Problem {
  status: number
  code: RefusalCode
  detail: string
  instance: string
}

interface Words {
  title: string
  lines: string[]
  ring?: { words: string; phone: string }
  go?: Link
}

// What was theirs and ended may be named: only what they never had is hidden.
const ENDED = [DRAFT_GONE, GROUP_CANCELLED]
const START: Link = { href: '/', text: 'Go to the start page' }
const BUSY_SECONDS = 5
const TOO_MANY_SECONDS = 60

const RECORD = /^\/o\/[^/]+\/(?:referrals|placements)\/[\w-]+(?=\/)/

/** Back to the record that a refusal is about, as it stands now; else to somebody's own work. */
function wayOn(request: FastifyRequest, status: number): Link {
  const record = status === 409 ? RECORD.exec(request.url)?.[0] : undefined
  if (record) return { href: record, text: 'See how it stands now' }
  return request.actor ? { href: `/o/${request.actor.organisation}`, text: 'Go to your work' } : START
}

function signInAgain(request: FastifyRequest): Link {
  const next = request.method === 'GET' ? `?next=${encodeURIComponent(request.url)}` : ''
  return { href: `/sign-in${next}`, text: 'Sign in' }
}

// Where e-mails lead whoever has no account.
const LINKED = /^(?:\/[a-zA-Z-]{2,7})?\/(?:l|visit)\//

/** One answer for every such address that is none, or no more; with a number, for whoever cannot be asked to sign in. */
function deadLink({ url }: FastifyRequest, helpline: Helpline | null): Words {
  const isVisit = url.startsWith('/visit/')
  const ring = helpline ? { ring: { words: `Or call ${helpline.service}:`, phone: helpline.phone } } : {}
  return isVisit
    ? {
        title: 'This appointment is not here any more',
        lines: ['It has passed, or was moved. If it was moved, you have a newer e-mail.'],
        ...ring,
      }
    : {
        title: 'This link does not work',
        lines: [
          'Part of it may be missing, or it is no longer in use. Nothing was changed.',
          'Open the newest e-mail you have about this, and use the whole link in it.',
        ],
        ...ring,
      }
}

function wordsFor(
  request: FastifyRequest,
  { status, code, detail, instance }: Problem,
  helpline: Helpline | null,
): Words {
  switch (true) {
    case code === 'not-signed-in':
      return {
        title: 'Your sign-in has ended',
        lines: [
          'For safety a sign-in ends after a working day. Nothing was sent. Sign in again, and go on from there.',
        ],
        go: signInAgain(request),
      }
    case code === 'form-expired':
      return {
        title: 'The page was open for too long',
        lines: ['Nothing was saved. Go back, load the page again, and send the form once more.'],
        go: START,
      }
    case status === 403:
      return {
        title: 'You cannot do this',
        lines: [detail, `If you need it for your work, ask the administrator of ${organisationOf(request)}.`],
        go: wayOn(request, status),
      }
    case status === 404 && ENDED.includes(detail):
      return { title: 'This is no longer here', lines: [detail], go: wayOn(request, status) }
    case status === 404 && LINKED.test(request.url):
      return deadLink(request, helpline)
    case status === 404:
      return {
        title: 'Page not found',
        lines: [
          'There is nothing at this address that you can see.',
          'If you typed the address, check it. If somebody sent you a link, ask them whether it is for your organisation.',
        ],
        go: START,
      }
    case status === 413:
      return {
        title: 'This is too long to send',
        lines: ['Nothing was saved. Go back, and make what you wrote or pasted shorter.'],
        go: START,
      }
    case status === 415:
      return { title: 'This did not work', lines: ['Nothing was changed. Use the form on the page.'], go: START }
    case status === 429:
      return { title: 'Too many tries', lines: [detail, 'Nothing is lost. Wait a minute, then try again.'] }
    case status === 503:
      return {
        title: 'Very busy at the moment',
        lines: [
          'Many people are using the service at once. Nothing was saved yet.',
          'Wait a few seconds, then try again.',
        ],
      }
    case status >= 500:
      return {
        title: 'Sorry, something went wrong',
        lines: [
          'We have logged it. Try again in a few minutes.',
          `If it goes on, tell your administrator this number: ${instance}`,
        ],
        go: START,
      }
    default:
      return { title: 'This did not work', lines: [detail, 'Nothing was changed.'], go: wayOn(request, status) }
  }
}

function organisationOf({ actor }: FastifyRequest): string {
  return actor?.organisationName ?? 'your organisation'
}

/** What was typed, to be sent once more with the same key by one press, after what was no fault of the sender. */
function sendAgain(request: FastifyRequest, { status }: Problem) {
  const isOurFault = status >= 500 || status === 429
  if (!isOurFault || request.method !== 'POST' || !request.user) return null
  // Only what came from a page of theirs: no other site may have a form shown here.
  if (keptForm(request)?.userId !== request.user.id) return null
  const key = (request.body as { _key?: unknown } | null)?._key
  return { action: request.url, key: typeof key === 'string' ? key : '', fields: sentFields(request.body) }
}

/** "/o//x/" is "/o/x" to everybody but a machine. */
function tidyAddress({ url, method, is404 }: FastifyRequest): string | undefined {
  if (method !== 'GET' || !is404) return undefined
  const [path = '', ...query] = url.split('?')
  const tidy = path.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '')
  return tidy === path ? undefined : [tidy, ...query].join('?')
}

/**
 * Every refusal that no form can answer, as a page. Whoever is not signed in is asked to, and then goes on where they
 * were; what somebody typed comes back to them, and to nobody else.
 */
export async function renderError(request: FastifyRequest, reply: FastifyReply, problem: Problem): Promise<unknown> {
  const { code, status } = problem
  const tidy = tidyAddress(request)
  if (tidy) return reply.redirect(tidy, 308)
  if (code === 'not-signed-in') {
    if (request.method === 'GET' || request.method === 'HEAD') return reply.redirect(signInAgain(request).href, 303)
    const kept = keptForm(request)
    if (kept)
      return showSignIn(request, reply, { next: kept.from, kept: request.server.sealForm(request, kept) }, [], 401)
  }
  if (code === 'form-expired') {
    const kept = keptForm(request)
    if (kept && kept.userId === request.user?.id) {
      const words = 'This page was from an earlier sign-in.'
      return giveBack(request, reply, kept, { cookie: request.headers.cookie ?? '', words, status })
    }
    if (request.routeOptions.url === '/sign-in') {
      const words = 'The page was open for too long. Enter your e-mail address and password again.'
      return showSignIn(request, reply, {}, [{ field: 'email', text: words }], status)
    }
  }
  if (status === 503) void reply.header('retry-after', BUSY_SECONDS)
  if (status === 429) void reply.header('retry-after', TOO_MANY_SECONDS)
  const helpline = status === 404 && LINKED.test(request.url) ? await readHelpline(request.context) : null
  const tongue = tongueOfAddress(request)
  if (tongue) return showPublicProblem(request, reply, tongue, problem, helpline)
  const { title, lines, ring, go } = wordsFor(request, problem, helpline)
  const again = sendAgain(request, problem)
  return show(request, reply, 'problem', { title }, { title, lines, ring: ring ?? null, go: go ?? null, again }, status)
}
