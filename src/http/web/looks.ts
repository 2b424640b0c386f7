import type { FastifyReply, FastifyRequest } from 'fastify'
import { readChainState } from '../../actions/audit/chain-state.ts'
import { listLooks, listLooksOfColleague, requireReporter } from '../../actions/audit/list-looks.ts'
import { search } from '../../actions/search/search.ts'
import { MOST_TYPED } from '../../domain/search.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, atRecord, queryWord } from './addresses.ts'
import { text, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { openSearch, sealSearch } from './search-address.ts'

async function findPage(request: FastifyRequest, reply: FastifyReply) {
  const actor = actorOf(request)
  requireReporter(actor)
  const part = `${baseOf(actor)}/looks`
  const typed = openSearch(request, queryWord(request.query, 'found') ?? '') ?? ''
  if (typed) request.server.countSearch(request)
  const after = queryWord(request.query, 'after')
  const found = typed ? await search(request.context, actor, typed, { after, permission: 'look.report' }) : null
  const address = request.url.replace(/[?&]after=[^&]*/, '')
  const people = found?.items.map(({ name, dateOfBirth, records }) => ({
    name,
    dateOfBirth,
    records: records.map(({ kind, id, reference, at }) => ({ reference, at, href: `${part}/${kind}/${id}` })),
  }))
  const model = {
    typed,
    found: found && { words: found.words, notes: found.notes, people: people ?? [] },
    more: found?.next ? `${address}&after=${encodeURIComponent(found.next)}` : null,
    action: part,
    chain: await readChainState(request.context),
    colleagues: `${baseOf(actor)}/colleagues`,
  }
  return show(request, reply, 'looks', { title: 'Who looked', part }, model)
}

function olderOf(request: FastifyRequest, next: string | null): string | null {
  return next ? `${request.url.replace(/\?.*/, '')}?after=${encodeURIComponent(next)}` : null
}

export function register(app: App): void {
  app.get('/o/:organisation/looks', atOrganisation, (request, reply) => findPage(request, reply))

  app.post('/o/:organisation/looks', atOrganisation, (request, reply) => {
    const actor = actorOf(request)
    requireReporter(actor)
    const typed = (text(valuesOf(request.body), 'q') ?? '').slice(0, MOST_TYPED)
    const part = `${baseOf(actor)}/looks`
    return reply.redirect(typed === '' ? part : `${part}?found=${sealSearch(request, typed)}`, 303)
  })

  for (const kind of ['referral', 'placement'] as const)
    app.get(`/o/:organisation/looks/${kind}/:id`, atRecord, async (request, reply) => {
      const actor = actorOf(request)
      const part = `${baseOf(actor)}/looks`
      const after = queryWord(request.query, 'after')
      const of = { kind, id: request.params.id }
      const { items, next, reference } = await listLooks(request.context, actor, of, after)
      const model = {
        reference,
        looks: items,
        isFirst: !after,
        hasOutside: items.some(({ isOwnTeam }) => !isOwnTeam),
        older: olderOf(request, next),
        chain: await readChainState(request.context),
        back: part,
      }
      const frame = { title: `Who looked at ${reference}`, part, back: { href: part, text: 'Who looked' } }
      return show(request, reply, 'looks-at', frame, model)
    })

  app.get('/o/:organisation/looks/by/:id', atRecord, async (request, reply) => {
    const actor = actorOf(request)
    const base = baseOf(actor)
    const after = queryWord(request.query, 'after')
    const { items, next, name } = await listLooksOfColleague(request.context, actor, request.params.id, after)
    const title = `What ${name} looked at`
    const back = { href: `${base}/colleagues/${request.params.id}`, text: name }
    const model = { title, looks: items, older: olderOf(request, next), chain: await readChainState(request.context) }
    return show(request, reply, 'looks-by', { title, part: `${base}/looks`, back }, model)
  })
}
