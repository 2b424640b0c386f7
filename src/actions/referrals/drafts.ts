import { addDays, londonDay } from '../../domain/day.ts'
import type { Actor } from '../../domain/organisation.ts'
import { DRAFT_KEPT_DAYS } from '../../domain/referral-request.ts'
import { Refusal } from '../../domain/refusal.ts'
import { deleteDraft, findDraft, insertDraft, listDraftRows, updateDraft } from '../../store/drafts.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'

export interface Draft {
  id: string
  content: Record<string, unknown>
}

export const DRAFT_GONE = 'This draft is gone. It was sent, or it was kept for 90 days.'

/** Keeps what was typed so far, whatever it is: only sending judges it. Drafts belong to one person. */
export async function saveDraft(
  context: Context,
  actor: Actor,
  draftId: string | null,
  content: Record<string, unknown>,
): Promise<Draft> {
  permit(actor, 'referral.create')
  const now = context.now()
  const id = draftId ?? context.newId()
  await context.db.write(async (tx) => {
    if (draftId) {
      if (!(await updateDraft(tx, actor, id, content))) throw new Refusal('not-found', DRAFT_GONE)
      return
    }
    const expiresAt = new Date(`${addDays(londonDay(now), DRAFT_KEPT_DAYS)}T00:00:00Z`)
    const { userId, organisationId } = actor
    await insertDraft(tx, { id, userId, organisationId, content, createdAt: now, expiresAt })
  })
  return { id, content }
}

export async function openDraft(context: Context, actor: Actor, id: string): Promise<Draft> {
  permit(actor, 'referral.create')
  const draft = await findDraft(context.db.read, actor, id, context.now())
  if (!draft) throw new Refusal('not-found', DRAFT_GONE)
  return { id: draft.id, content: draft.content }
}

/** Throws a draft away. One that is gone already is no matter: a second click finds what the first one wanted. */
export async function discardDraft(context: Context, actor: Actor, id: string): Promise<void> {
  permit(actor, 'referral.create')
  await context.db.write((tx) => deleteDraft(tx, actor, id))
}

export async function listDrafts(context: Context, actor: Actor) {
  permit(actor, 'referral.create')
  const rows = await listDraftRows(context.db.read, actor, context.now())
  return rows.map(({ id, content, createdAt, expiresAt }) => ({ id, content, createdAt, expiresAt }))
}
