import type { FastifyRequest } from 'fastify'
import { type Draft, saveDraft } from '../../actions/referrals/drafts.ts'
import { Refusal } from '../../domain/refusal.ts'
import { actorOf } from '../plugins/auth.ts'
import type { DraftForm } from './draft-form.ts'

/**
 * The key of a new draft's form is the draft's id: a second click, or Back and Continue again, is the same draft and
 * not another one.
 */
export async function keepNewDraft(request: FastifyRequest, form: DraftForm): Promise<Draft> {
  const { context } = request
  const actor = actorOf(request)
  const key = String((request.body as { _key?: unknown } | null)?._key)
  const id = /^[\w-]{36}$/.test(key) ? key : context.newId()
  const again = () => saveDraft(context, actor, id, { ...form })
  try {
    return await again()
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'not-found') throw error
  }
  try {
    return await saveDraft({ ...context, newId: () => id }, actor, null, { ...form })
  } catch {
    // The other click of two came first.
    return again()
  }
}
