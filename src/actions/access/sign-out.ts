import { appendAudit } from '../../store/audit-trail.ts'
import { endSession } from '../../store/sessions.ts'
import type { Context } from '../context.ts'

/** Ends the session in the store: its token is refused from the next request on. */
export async function signOut(context: Context, sessionId: string): Promise<void> {
  const at = context.now()
  await context.db.write(async (tx) => {
    const userId = await endSession(tx, sessionId, at)
    if (!userId) return
    await appendAudit(tx, context.auditKey, [
      {
        id: context.newId(),
        at,
        actorKind: 'user',
        actorId: userId,
        organisationId: null,
        action: 'session.ended',
        subjectKind: 'session',
        subjectId: sessionId,
        eventId: null,
        requestId: context.requestId,
        detail: {},
      },
    ])
  })
}
