import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Helpline } from '../../actions/self/read-helpline.ts'
import { render } from '../../templates.ts'
import { type Language, languagesOn } from '../../words/language.ts'
import { queryWord } from './addresses.ts'
import { ASSETS, ASSETS_FROM_RIGHT, scriptPath } from './assets.ts'
import type { FieldFault, Form, Values } from './forms.ts'
import { keepChoice, LANGUAGE_QUERY, wayTo } from './language-choice.ts'

/** What a page for the person says of itself to the frame around it. */
export interface PublicFrame {
  tongue: Language
  title: string
  /** Where the page before is. */
  back: string | null
  /** Where the answers are deleted, for whoever must not be seen here; null where there is nothing to leave. */
  leave: string | null
  faults: FieldFault[]
  isOpen?: boolean
  /** What was just done, said once at the top. */
  done?: string | undefined
}

/** Whom to ring, in the page's language; null where nobody gave a number. */
export function ringModel({ say }: Language, helpline: Helpline | null) {
  return helpline && { words: say('site.ring', { service: helpline.service }), phone: helpline.phone }
}

/** Answers with a page in the person's language. Nothing of it is kept by the browser or by anything on the way. */
export function showPublic(
  request: FastifyRequest,
  reply: FastifyReply,
  template: string,
  { tongue, title, back, leave, faults, isOpen = false, done }: PublicFrame,
  model: object,
  status = faults.length > 0 ? 400 : 200,
): FastifyReply {
  const { isDemo } = request.server.site
  let token: string | undefined
  const page = {
    title,
    back,
    leave,
    done: done ?? null,
    tag: tongue.tag,
    direction: tongue.direction,
    isDraft: tongue.isDraft,
    assets: tongue.direction === 'rtl' ? ASSETS_FROM_RIGHT : ASSETS,
    scripts: [...(leave ? ['leave'] : []), ...(faults.length > 0 ? ['faults'] : [])].map(scriptPath),
    isFindable: isOpen && !isDemo,
    demo: isDemo,
    hasErrors: faults.length > 0,
    faults: faults.map(({ field, text }) => ({ text, ...(field ? { href: `#${field}` } : {}) })),
    home: tongue.prefix || '/',
    languages: languageLinks(request, tongue),
    get csrf() {
      token ??= reply.formToken()
      return token
    },
    key: request.context.newId(),
    by: null,
  }
  if (queryWord(request.query, LANGUAGE_QUERY) === tongue.code) keepChoice(request, reply, tongue)
  const html = render(`pages/${template}.njk`, { ...model, page, t: tongue.say })
  return reply.code(status).header('Cache-Control', 'no-store').type('text/html; charset=utf-8').send(html)
}

/** The same page in each language, by the language's own name; none where there is only one. */
export function languageLinks(request: FastifyRequest, tongue: Language) {
  const languages = languagesOn({ withDrafts: request.server.site.isDemo })
  const own = request.url.replace(/\?.*/, '').slice(tongue.prefix.length)
  if (languages.length < 2) return []
  return languages.map((one) => ({
    tag: one.tag,
    href: wayTo(one, own),
    plain: request.server.site.baseUrl + (one.prefix + own || '/'),
    ownName: one.ownName,
    isThis: one.code === tongue.code,
  }))
}

/** A form again as it was sent, with what is wrong beside each field, in the person's language. */
export function publicForm({ say }: Language, values: Values, faults: FieldFault[]): Form {
  const errors: Record<string, { text: string; visuallyHiddenText: string }> = {}
  for (const { field, text } of faults) errors[field] ??= { text, visuallyHiddenText: say('site.error') }
  return { values, errors }
}
