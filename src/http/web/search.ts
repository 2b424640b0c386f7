import type { FastifyReply, FastifyRequest } from 'fastify'
import { permit } from '../../actions/access/permit.ts'
import type { FoundRecord } from '../../actions/search/found.ts'
import { type Searched, search } from '../../actions/search/search.ts'
import { PLACEMENT_WORDS } from '../../domain/placement-moves.ts'
import { normaliseReference } from '../../domain/reference.ts'
import { MOST_TYPED } from '../../domain/search.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, queryWord } from './addresses.ts'
import { text, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { openSearch, sealSearch } from './search-address.ts'
import { placementTag, referralTag } from './tags.ts'

/** A reference alone says nothing about anybody, so it may stand in an address and be kept as a bookmark. */
function isReference(typed: string): boolean {
  return /^[\w\s-]+$/.test(typed) && normaliseReference(typed) !== undefined
}

function addressOf(request: FastifyRequest, typed: string): string {
  const base = `${baseOf(actorOf(request))}/search`
  if (typed === '') return base
  return isReference(typed) ? `${base}?q=${encodeURIComponent(typed)}` : `${base}?found=${sealSearch(request, typed)}`
}

export function recordLine(record: FoundRecord, base: string) {
  const { kind, id, reference, at } = record
  return {
    reference,
    at,
    href: `${base}/${kind}s/${id}`,
    tag: kind === 'referral' ? referralTag(record.status) : placementTag(record.status),
    what: kind === 'referral' ? 'Referral' : `Place: ${PLACEMENT_WORDS[record.status].toLowerCase()}`,
  }
}

function resultsOf({ words, notes, items, next }: Searched, base: string, address: string) {
  return {
    words,
    notes,
    people: items.map(({ name, dateOfBirth, postcode, records }) => ({
      name,
      dateOfBirth,
      postcode,
      records: records.map((record) => recordLine(record, base)),
    })),
    more: next ? `${address}${address.includes('?') ? '&' : '?'}after=${encodeURIComponent(next)}` : null,
  }
}

async function page(request: FastifyRequest, reply: FastifyReply, typed: string, isPlain: boolean) {
  const actor = actorOf(request)
  permit(actor, 'search.use')
  const base = baseOf(actor)
  const after = queryWord(request.query, 'after')
  const address = request.url.replace(/[?&]after=[^&]*/, '')
  let results: ReturnType<typeof resultsOf> | null = null
  // A name that somebody put into an address themselves is shown in the box, and looked for when they press the button.
  if (typed !== '' && !isPlain) {
    request.server.countSearch(request)
    results = resultsOf(await search(request.context, actor, typed, { after }), base, address)
  }
  const frame = { title: 'Search', part: `${base}/search` }
  return show(request, reply, 'search', frame, {
    typed,
    results,
    isFirst: !after,
    isLarge: actor.role === 'provider_worker',
    isProject: actor.role === 'provider_worker',
    action: `${base}/search`,
    home: base,
  })
}

export function register(app: App): void {
  app.get('/o/:organisation/search', atOrganisation, (request, reply) => {
    const token = queryWord(request.query, 'found')
    const opened = token && openSearch(request, token)
    if (opened) return page(request, reply, opened, false)
    const typed = (queryWord(request.query, 'q') ?? '').trim().slice(0, MOST_TYPED)
    return page(request, reply, typed, !isReference(typed))
  })

  app.post('/o/:organisation/search', atOrganisation, (request, reply) => {
    permit(actorOf(request), 'search.use')
    const typed = (text(valuesOf(request.body), 'q') ?? '').slice(0, MOST_TYPED)
    return reply.redirect(addressOf(request, typed), 303)
  })
}
