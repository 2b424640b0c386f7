import { endSession } from '../../store/sessions.ts'
import type { Context } from '../context.ts'

/** Ends the session in the store: its token is refused from the next request on. */
export async function signOut(context: Context, sessionId: string): Promise<void> {
  await context.db.write((tx) => endSession(tx, sessionId, context.now()))
}
