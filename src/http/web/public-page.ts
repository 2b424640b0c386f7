import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Helpline } from '../../actions/self/read-helpline.ts'
import { render } from '../../templates.ts'
import { type Language, language, languageCodes } from '../../words.ts'
import { ASSETS, scriptPath } from './assets.ts'
import type { FieldFault } from './forms.ts'

/** What a page for the person says of itself to the frame around it. */
export interface PublicFrame {
  tongue: Language
  title: string
  /** Where the page before is. */
  back: string | null
  /** Where the answers are deleted, for whoever must not be seen here; null where there is nothing to leave. */
  leave: string | null
  faults: FieldFault[]
  /** The same page in another language stands at the same address behind that language's prefix. */
  path: string
  isOpen?: boolean
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
  { tongue, title, back, leave, faults, isOpen = false }: PublicFrame,
  model: object,
  status = faults.length > 0 ? 400 : 200,
): FastifyReply {
  const { isDemo } = request.server.site
  const own = request.url.replace(/\?.*/, '').slice(tongue.prefix.length)
  const languages = languageCodes().map(language)
  let token: string | undefined
  const page = {
    title,
    back,
    leave,
    code: tongue.code,
    direction: tongue.direction,
    assets: ASSETS,
    scripts: [...(leave ? ['leave'] : []), ...(faults.length > 0 ? ['faults'] : [])].map(scriptPath),
    isFindable: isOpen && !isDemo,
    demo: isDemo,
    hasErrors: faults.length > 0,
    faults: faults.map(({ field, text }) => ({ text, href: `#${field}` })),
    home: `${tongue.prefix}/refer-yourself`,
    languages:
      languages.length > 1
        ? languages.map(({ code, prefix, ownName }) => ({
            code,
            href: prefix + own,
            ownName,
            isThis: code === tongue.code,
          }))
        : [],
    get csrf() {
      token ??= reply.formToken()
      return token
    },
    key: request.context.newId(),
    by: null,
  }
  const html = render(`pages/${template}.njk`, { ...model, page, t: tongue.say })
  return reply.code(status).header('Cache-Control', 'no-store').type('text/html; charset=utf-8').send(html)
}
