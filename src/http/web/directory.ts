import type { FastifyReply, FastifyRequest } from 'fastify'
import { permit } from '../../actions/access/permit.ts'
import { readResponses } from '../../actions/directory/count-responses.ts'
import type { Entry } from '../../actions/directory/entry-view.ts'
import { listCrisisHelp } from '../../actions/directory/list-crisis-help.ts'
import { openEntry, openEntryAtWork } from '../../actions/directory/open-entry.ts'
import { countWith, type FoundEntries, listChoices, searchDirectory } from '../../actions/directory/search-directory.ts'
import { groupsToAskFor } from '../../actions/self/find-toward.ts'
import { speaksOfDanger } from '../../domain/crisis-words.ts'
import { may } from '../../domain/permissions.ts'
import { Refusal } from '../../domain/refusal.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atEntry, atOrganisation, atPublicEntry, inPublic, queryWord } from './addresses.ts'
import {
  addressWith,
  type Chosen,
  chosenIn,
  filterModel,
  filterOf,
  type Offered,
  offeredIn,
  widerThan,
} from './directory-filter.ts'
import { entryModel, entryRow } from './directory-words.ts'
import { baseOf, type Frame, show } from './layout.ts'

const MOST_WIDER = 10

/** What finds something after all, with how much: which part to leave out. */
async function widerModel(request: FastifyRequest, path: string, chosen: Chosen, offered: Offered) {
  const ways = widerThan(chosen, offered).slice(0, MOST_WIDER)
  const counts = await countWith(
    request.context,
    ways.map((way) => filterOf(way.chosen)),
  )
  return ways.flatMap(({ text, chosen: other }, index) => {
    const count = counts[index] ?? 0
    return count > 0 ? [{ text, count, href: addressWith(path, other) }] : []
  })
}

async function foundFor(request: FastifyRequest, chosen: Chosen): Promise<{ page: FoundEntries; hasMovedOn: boolean }> {
  const after = queryWord(request.query, 'after')
  try {
    return { page: await searchDirectory(request.context, filterOf(chosen), { after }), hasMovedOn: false }
  } catch (error) {
    // A cursor of another day, or of nobody's: the list begins again, and says so.
    if (!(error instanceof Refusal) || error.code !== 'invalid-input' || after === undefined) throw error
    return { page: await searchDirectory(request.context, filterOf(chosen)), hasMovedOn: true }
  }
}

/** Above what is found, where the words may mean that a life is in danger. */
async function helpModel(request: FastifyRequest, path: string, { q }: Chosen) {
  if (!speaksOfDanger(q)) return null
  const entries = await listCrisisHelp(request.context)
  return entries.map((entry) => ({
    name: entry.name,
    href: `${path}/${entry.slug}`,
    phone: entry.contact.phone,
    summary: entry.summary,
    times: [...new Set(entry.groups.map(({ schedule }) => schedule))].slice(0, 1),
  }))
}

async function listPage(request: FastifyRequest, reply: FastifyReply, path: string, frame: Frame, isStaff: boolean) {
  const offered = offeredIn(await listChoices(request.context))
  const chosen = chosenIn(request.query, offered)
  const { page, hasMovedOn } = await foundFor(request, chosen)
  const ids = page.items.map(({ id }) => id)
  const responses = isStaff ? await readResponses(request.context, actorOf(request), ids) : new Map<string, string[]>()
  const isFirst = !queryWord(request.query, 'after') || hasMovedOn
  return show(request, reply, 'directory', frame, {
    title: frame.title,
    isStaff,
    localitiesHref:
      isStaff && may(actorOf(request), 'locality.change') ? `${baseOf(actorOf(request))}/localities` : null,
    mapHref: isStaff && may(actorOf(request), 'colleague.list') ? `${baseOf(actorOf(request))}/places-map` : null,
    filter: filterModel(path, chosen, offered),
    help: await helpModel(request, path, chosen),
    total: page.total,
    rows: page.items.map((entry) => ({ ...entryRow(entry, path, isStaff), responses: responses.get(entry.id) ?? [] })),
    wider: page.total === 0 ? await widerModel(request, path, chosen, offered) : [],
    nextHref: page.next && addressWith(path, chosen, { after: page.next }),
    firstHref: isFirst ? null : addressWith(path, chosen),
    hasMovedOn,
  })
}

/** Back to the list as it was left, where one came from there. */
function listOf(request: FastifyRequest, path: string): { href: string; text: string } {
  const { host, referer } = request.headers
  const from = referer && URL.canParse(referer) ? new URL(referer) : undefined
  const isList = from?.host === host && from?.pathname === path
  return { href: isList ? `${path}${from.search}` : path, text: 'All projects' }
}

/** For whoever may ask for a place by themselves: which group. */
function askModel(entry: Entry) {
  const groups = groupsToAskFor(entry)
  if (groups.length === 0) return null
  return {
    project: entry.slug,
    groups: groups.map(({ id, name, schedule }) => ({ id, says: groups.length > 1 ? `${name}: ${schedule}` : null })),
  }
}

export function register(app: App): void {
  app.get('/directory', inPublic, (request, reply) =>
    listPage(request, reply, '/directory', { title: 'Find a project', isOpen: true }, false),
  )

  app.get('/directory/:slug', atPublicEntry, async (request, reply) => {
    const entry = await openEntry(request.context, request.params.slug)
    const frame = { title: entry.name, back: listOf(request, '/directory'), isOpen: true }
    return show(request, reply, 'directory-entry', frame, {
      entry: entryModel(entry, false),
      referHref: null,
      pointHref: null,
      responses: [],
      ask: askModel(entry),
    })
  })

  app.get('/o/:organisation/directory', atOrganisation, (request, reply) => {
    const actor = actorOf(request)
    permit(actor, 'directory.view')
    const path = `${baseOf(actor)}/directory`
    return listPage(request, reply, path, { title: 'Directory', part: path }, true)
  })

  app.get('/o/:organisation/directory/:slug', atEntry, async (request, reply) => {
    const actor = actorOf(request)
    const entry = await openEntryAtWork(request.context, actor, request.params.slug)
    const path = `${baseOf(actor)}/directory`
    const frame = { title: entry.name, part: path, back: listOf(request, path) }
    const referHref =
      may(actor, 'referral.create') && !entry.isOpenAccess ? `${baseOf(actor)}/refer?project=${entry.id}` : null
    const responses = (await readResponses(request.context, actor, [entry.id])).get(entry.id) ?? []
    const mayPoint = entry.isOpenAccess && may(actor, 'referral.signpost', { receiving: actor.organisationId })
    const pointHref = mayPoint ? `${baseOf(actor)}/point/${entry.id}` : null
    const model = { entry: entryModel(entry, true), referHref, pointHref, responses }
    return show(request, reply, 'directory-entry', frame, model)
  })
}
