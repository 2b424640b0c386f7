import { endSession } from '../../store/sessions.ts'
import type { Context } from '../context.ts'
import { recordAct } from '../record.ts'

/** Ends the session in the store: its token is refused from the next request on. */
export async function signOut(context: Context, sessionId: string): Promise<void> {
  const at = context.now()
  await context.db.write(async (tx) => {
    const userId = await endSession(tx, sessionId, at)
    if (!userId) return
    const signer = { userId, organisationId: null }
    await recordAct(context, tx, signer, { action: 'session.ended', subjectKind: 'session', subjectId: sessionId })
  })
}
