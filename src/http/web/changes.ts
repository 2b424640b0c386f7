import { changedSince, type WhatChanged, whatChanged } from '../../actions/referrals/what-changed.ts'
import { withAnd } from '../../domain/phrases.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, atRecord, queryWord } from './addresses.ts'

const many = (count: number) => `${count} ${count === 1 ? 'referral' : 'referrals'}`

/** What others did, in one sentence; null where they did nothing that the page would show. */
export function changeWords({ arrived, taken, changed }: WhatChanged): string | null {
  const parts = [
    ...taken.map(({ by, count }) => `${by} took ${many(count)}`),
    ...(arrived > 0 ? [`${many(arrived)} came`] : []),
    ...(changed > 0 ? [`${changed} changed`] : []),
  ]
  return parts.length > 0 ? `${withAnd(parts)}.` : null
}

/** Small answers for templates/scripts/changes.js: one sentence, or none. They name nobody who is supported. */
export function register(app: App): void {
  app.get('/o/:organisation/changes', atOrganisation, async (request, reply) => {
    const changed = await whatChanged(request.context, actorOf(request), queryWord(request.query, 'since') ?? '')
    return reply.header('cache-control', 'no-store').send({ text: changeWords(changed) })
  })

  app.get('/o/:organisation/referrals/:id/changes', atRecord, async (request, reply) => {
    const since = queryWord(request.query, 'since') ?? ''
    const change = await changedSince(request.context, actorOf(request), request.params.id, since)
    const text = change ? `${change.by ?? 'Somebody'} changed this since you opened it.` : null
    return reply.header('cache-control', 'no-store').send({ text })
  })
}
