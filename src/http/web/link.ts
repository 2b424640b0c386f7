import type { FastifyReply } from 'fastify'
import { MESSAGE_TOKEN_LENGTH } from '../../actions/access/message-token.ts'
import { getLink, nothingThere } from '../../actions/links/get-link.ts'
import { findMovedLink } from '../../actions/links/moved-link.ts'
import type { LinkPurpose } from '../../domain/link.ts'
import { ENGLISH } from '../../words/files.ts'
import { type Language, languagesOn } from '../../words/language.ts'
import type { App } from '../site.ts'
import { accessLinkPage, useAccessLink } from './access-link.ts'
import { ACCESS_TOKEN_LENGTH, byToken } from './addresses.ts'
import { confirmEntry, entryLinkPage } from './entry-link.ts'
import { movedLinkPage } from './link-moved.ts'
import { personActs, personLinkPage } from './link-person.ts'
import { placementLinkPage } from './link-placement.ts'
import { placementActs } from './link-placement-acts.ts'
import { placesActs, placesLinkPage } from './link-places.ts'
import { registerActs, registerLinkPage } from './link-register.ts'
import { actOf, type Door, type Visit } from './link-visit.ts'
import { ownActsByName } from './own-acts.ts'
import { ownPage } from './own-page.ts'

const DOORS: Record<LinkPurpose, Door> = {
  placement: { page: placementLinkPage, acts: placementActs },
  offer: { page: personLinkPage, acts: personActs },
  'still-wanted': { page: personLinkPage, acts: personActs },
  register: { page: registerLinkPage, acts: registerActs },
  own: { page: ownPage, acts: ownActsByName },
  places: { page: placesLinkPage, acts: placesActs },
}

/** Nothing of such an address is passed on, found or kept. */
function hide(reply: FastifyReply): void {
  void reply.header('referrer-policy', 'no-referrer').header('x-robots-tag', 'noindex, nofollow')
}

/** The page behind the link of a message, or what the form on it does. Nothing of either where its mailbox is not theirs any more. */
async function visitDoor(visit: Visit, use: (door: Door) => Promise<unknown>): Promise<unknown> {
  const { context } = visit.request
  const link = await getLink(context, context.db.read, visit.token)
  const moved = await findMovedLink(context, link)
  return moved ? movedLinkPage(visit, moved) : use(DOORS[link.purpose])
}

/**
 * Signed links of every kind, told apart by their length. GET shows and changes nothing, since programs that read mail
 * open every link; only a form that somebody sends acts, with or without cookies and scripts.
 */
export function register(app: App): void {
  for (const tongue of languagesOn({ withDrafts: app.site.isDemo }))
    if (tongue.code === ENGLISH) inEnglish(app, tongue)
    else inAnother(app, tongue)
}

function inEnglish(app: App, tongue: Language): void {
  app.get('/l/:token', byToken, async (request, reply) => {
    const { token } = request.params
    hide(reply)
    if (token.length === ACCESS_TOKEN_LENGTH) return accessLinkPage(request, reply, token)
    if (token.length !== MESSAGE_TOKEN_LENGTH) return entryLinkPage(request, reply, token)
    const visit = { request, reply, token, tongue }
    return visitDoor(visit, ({ page }) => page(visit))
  })

  app.post('/l/:token', byToken, async (request, reply) => {
    const { token } = request.params
    hide(reply)
    if (token.length === ACCESS_TOKEN_LENGTH) return useAccessLink(request, reply, token)
    if (token.length !== MESSAGE_TOKEN_LENGTH) return confirmEntry(request, reply, token)
    const visit = { request, reply, token, tongue }
    return visitDoor(visit, (door) => actOf(door, visit))
  })
}

function inAnother(app: App, tongue: Language): void {
  const path = `${tongue.prefix}/l/:token`

  app.get(path, byToken, async (request, reply) => {
    const { token } = request.params
    hide(reply)
    if (token.length !== MESSAGE_TOKEN_LENGTH) throw nothingThere()
    const visit = { request, reply, token, tongue }
    return visitDoor(visit, async (door) =>
      isForPersons(door) ? door.page(visit) : reply.redirect(`/l/${token}`, 302),
    )
  })

  app.post(path, byToken, async (request, reply) => {
    const { token } = request.params
    hide(reply)
    if (token.length !== MESSAGE_TOKEN_LENGTH) throw nothingThere()
    const visit = { request, reply, token, tongue }
    return visitDoor(visit, async (door) =>
      isForPersons(door) ? actOf(door, visit) : reply.redirect(`/l/${token}`, 303),
    )
  })
}

/** Only persons are written to in other languages than English. */
function isForPersons(door: Door): boolean {
  return [DOORS.offer, DOORS['still-wanted'], DOORS.own].includes(door)
}
