import { ENGLISH } from '../../words/files.ts'
import { language, languagesOn } from '../../words/language.ts'
import type { App } from '../site.ts'
import { inPublic, queryWord } from './addresses.ts'
import { chosenInstead, keepChoice, LANGUAGE_QUERY } from './language-choice.ts'
import { homeOf, show } from './layout.ts'
import { languageLinks, showPublic } from './public-page.ts'

/** The first page: in English for everybody, in other languages for residents alone. */
export function register(app: App): void {
  app.get('/', inPublic, (request, reply) => {
    const elsewhere = request.user ? undefined : chosenInstead(request, '/')
    if (elsewhere) return reply.header('cache-control', 'no-store').redirect(elsewhere, 302)
    const english = language(ENGLISH)
    if (queryWord(request.query, LANGUAGE_QUERY) === ENGLISH) keepChoice(request, reply, english)
    const work = (request.user?.memberships ?? []).map((membership) => ({
      href: homeOf(membership),
      text: membership.organisationName,
    }))
    const model = { work, languages: languageLinks(request, english) }
    return show(request, reply, 'start', { title: 'Social prescribing referrals' }, model)
  })

  for (const tongue of languagesOn({ withDrafts: app.site.isDemo })) {
    const { code, prefix, say } = tongue
    if (code === ENGLISH) continue
    app.get(prefix, inPublic, (request, reply) => {
      const frame = { tongue, title: say('home.title'), back: null, leave: null, faults: [], isOpen: true }
      return showPublic(request, reply, 'start-public', frame, {
        ask: `${prefix}/refer-yourself`,
        where: `${prefix}/where`,
      })
    })
  }
}
