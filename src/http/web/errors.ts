import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RefusalCode } from '../../domain/refusal.ts'
import { type Link, show } from './layout.ts'

interface Problem {
  status: number
  code: RefusalCode
  detail: string
  instance: string
}

interface Words {
  title: string
  lines: string[]
  go?: Link
}

const START: Link = { href: '/', text: 'Go to the start page' }

function signInAgain(request: FastifyRequest): Link {
  const next = request.method === 'GET' ? `?next=${encodeURIComponent(request.url)}` : ''
  return { href: `/sign-in${next}`, text: 'Sign in' }
}

function wordsFor(request: FastifyRequest, { status, code, detail, instance }: Problem): Words {
  if (code === 'not-signed-in')
    return {
      title: 'Your sign-in has ended',
      lines: ['For safety a sign-in ends after a working day. Sign in again and send the form once more.'],
      go: signInAgain(request),
    }
  if (code === 'form-expired')
    return {
      title: 'The page was open for too long',
      lines: ['Nothing was saved. Go back with your browser, load the page again, and send the form once more.'],
      go: START,
    }
  if (status === 403)
    return {
      title: 'You cannot do this',
      lines: [detail, 'If you need it for your work, ask the administrator of your organisation.'],
      go: START,
    }
  if (status === 404)
    return {
      title: 'Page not found',
      lines: [
        'There is nothing at this address that you can see.',
        'If you typed the address, check it. If somebody sent you a link, ask them whether it is for your organisation.',
      ],
      go: START,
    }
  if (status === 429) return { title: 'Too many tries', lines: [detail] }
  if (status < 500) return { title: 'This did not work', lines: [detail, 'Nothing was changed.'], go: START }
  return {
    title: 'Sorry, something went wrong',
    lines: [
      'We have logged it. Try again in a few minutes; what you sent before is not lost unless this page says so.',
      `If it goes on, tell your administrator this number: ${instance}`,
    ],
    go: START,
  }
}

/** Every refusal that no form can answer, as a page. Whoever is not signed in is asked to, and then goes on. */
export function renderError(request: FastifyRequest, reply: FastifyReply, problem: Problem): unknown {
  if (problem.code === 'not-signed-in' && request.method === 'GET')
    return reply.redirect(signInAgain(request).href, 303)
  const { title, lines, go } = wordsFor(request, problem)
  return show(request, reply, 'problem', { title }, { title, lines, go: go ?? null }, problem.status)
}
