import type { Actor } from '../../domain/organisation.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { appendAudit } from '../../store/audit-trail.ts'
import type { Context } from '../context.ts'

/** An access refusal leaves one audit row and nothing else; other refusals leave no trace. */
export async function recordRefusedAccess(context: Context, actor: Actor | null, refusal: Refusal): Promise<void> {
  if (!actor || (refusal.kind !== 'forbidden' && !refusal.subject)) return
  await context.db.write((tx) =>
    appendAudit(tx, context.auditKey, [
      {
        id: context.newId(),
        at: context.now(),
        actorKind: 'user',
        actorId: actor.userId,
        organisationId: actor.organisationId,
        action: 'access.refused',
        subjectKind: refusal.subject?.kind ?? 'none',
        subjectId: refusal.subject?.id ?? null,
        eventId: null,
        requestId: context.requestId,
        detail: { code: refusal.code },
      },
    ]),
  )
}
