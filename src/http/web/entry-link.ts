import type { FastifyReply, FastifyRequest } from 'fastify'
import { assureByLink, readEntryLink } from '../../actions/directory/assure-by-link.ts'
import { entryModel } from './directory-words.ts'
import { answerable, faultsOf, statusOf } from './forms.ts'
import { show } from './layout.ts'

/** The entry as everybody sees it, and one button. */
export async function entryLinkPage(request: FastifyRequest, reply: FastifyReply, token: string) {
  const { state, entry } = await readEntryLink(request.context, token)
  const title = state === 'done' ? 'Thank you' : `Is the entry for ${entry.name} still right?`
  const model = { state, entry: entryModel(entry, false), action: `/l/${token}`, referHref: null }
  return show(request, reply, 'entry-check', { title }, model, state === 'expired' ? 410 : 200)
}

export async function confirmEntry(request: FastifyRequest, reply: FastifyReply, token: string) {
  try {
    await assureByLink(request.context, token)
  } catch (error) {
    const refusal = answerable(error)
    if (refusal.code !== 'wrong-status') throw error
    const { state, entry } = await readEntryLink(request.context, token)
    const frame = { title: `Is the entry for ${entry.name} still right?`, faults: faultsOf(refusal) }
    const model = { state, entry: entryModel(entry, false), action: `/l/${token}`, referHref: null }
    return show(request, reply, 'entry-check', frame, model, statusOf(refusal))
  }
  return reply.redirect(`/l/${token}`, 303)
}
