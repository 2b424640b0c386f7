import type { FastifyReply, FastifyRequest } from 'fastify'
import { ENGLISH } from '../../words/files.ts'
import { type Language, languagesOn } from '../../words/language.ts'
import { queryWord } from './addresses.ts'

/** Of the links that change the language: only there it is chosen, and never guessed from anything else. */
export const LANGUAGE_QUERY = 'language'

const COOKIE = 'trellis-language'
const KEPT_SECONDS = 365 * 24 * 3600

/** A page in another language, by its address in English. */
export function wayTo({ code, prefix }: Language, own: string): string {
  return `${prefix + own || '/'}?${LANGUAGE_QUERY}=${code}`
}

/** The browser keeps what was chosen: a language and nothing else, the same for everybody who speaks it. */
export function keepChoice(request: FastifyRequest, reply: FastifyReply, { code }: Language): void {
  const { isSecure } = request.server.site
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure, maxAge: KEPT_SECONDS } as const
  void reply.setCookie(COOKIE, code, cookie)
}

export function forgetChoice(reply: FastifyReply): void {
  void reply.clearCookie(COOKIE, { path: '/' })
}

/**
 * Where whoever chose another language before goes on from the English address of a first page; undefined where they
 * stay. Whoever chooses English now stays.
 */
export function chosenInstead(request: FastifyRequest, own: string): string | undefined {
  if (queryWord(request.query, LANGUAGE_QUERY)) return undefined
  const code = request.cookies[COOKIE]
  if (!code || code === ENGLISH) return undefined
  const chosen = languagesOn({ withDrafts: request.server.site.isDemo }).find((one) => one.code === code)
  return chosen && (chosen.prefix + own).replace(/\/$/, '')
}

/** In which language an address is: `/pl/where` is Polish. Undefined in English, and where nothing is in that language. */
export function tongueOfAddress(request: FastifyRequest): Language | undefined {
  const first = `/${request.url.split(/[/?]/)[1] ?? ''}`
  return languagesOn({ withDrafts: request.server.site.isDemo }).find(({ prefix }) => prefix === first)
}
