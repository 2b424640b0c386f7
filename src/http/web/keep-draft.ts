import type { FastifyRequest } from 'fastify'
import { type Draft, openDraft, saveDraft } from '../../actions/referrals/drafts.ts'
import { Refusal } from '../../domain/refusal.ts'
import { actorOf } from '../plugins/auth.ts'
import { queryWord } from './addresses.ts'
import type { DraftForm } from './draft-form.ts'

const isId = (word: string) => /^[\w-]{36}$/.test(word)

async function orElse<T>(first: () => Promise<T>, otherwise: () => Promise<T> | T): Promise<T> {
  try {
    return await first()
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'not-found') throw error
    return otherwise()
  }
}

/** The draft that a new form's address names; empty while nothing of it was kept, and again once it was sent. */
export function openBegun(request: FastifyRequest, id: string): Promise<Pick<Draft, 'content'>> {
  return orElse<Pick<Draft, 'content'>>(
    () => openDraft(request.context, actorOf(request), id),
    () => ({ content: {} }),
  )
}

/**
 * Keeps the form as the draft that its address names; without one, the form's key is the draft's id. So a second click,
 * or Back and Continue again, is the same draft and not another one. What the second screen already said stays.
 */
export async function keepNewDraft(request: FastifyRequest, who: DraftForm['who']): Promise<Draft> {
  const { context } = request
  const actor = actorOf(request)
  const key = String((request.body as { _key?: unknown } | null)?._key)
  const id = [queryWord(request.query, 'new') ?? '', key].find(isId) ?? context.newId()
  const again = async () => saveDraft(context, actor, id, { ...(await openDraft(context, actor, id)).content, who })
  return orElse(again, async () => {
    try {
      return await saveDraft({ ...context, newId: () => id }, actor, null, { who, why: {} })
    } catch {
      // The other click of two came first.
      return again()
    }
  })
}
