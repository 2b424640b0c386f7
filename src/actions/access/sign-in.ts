import { Refusal } from '../../domain/refusal.ts'
import { insertSession } from '../../store/sessions.ts'
import { findUserByEmail, listMemberships, setLastSignedIn } from '../../store/users.ts'
import type { Context } from '../context.ts'
import { recordAct } from '../record.ts'
import { isPassword, spendTheSameTime } from './passwords.ts'

/** A working day; afterwards people sign in again. */
const SESSION_HOURS = 10

/** One answer for every mismatch: an unknown address, a wrong password and a suspended user look the same. */
export async function signIn(context: Context, { email, password }: { email: string; password: string }) {
  const user = await findUserByEmail(context.db.read, email.trim().toLowerCase())
  const matches = user ? await isPassword(password, user.passwordHash) : await spendTheSameTime(password)
  if (!user || !matches || user.suspendedAt)
    throw new Refusal('sign-in-failed', 'The e-mail address or password is not right.')
  const now = context.now()
  const session = {
    id: context.newId(),
    userId: user.id,
    createdAt: now,
    expiresAt: new Date(now.getTime() + SESSION_HOURS * 3_600_000),
  }
  await context.db.write(async (tx) => {
    await insertSession(tx, session)
    await setLastSignedIn(tx, user.id, now)
    const signer = { userId: user.id, organisationId: null }
    await recordAct(context, tx, signer, { action: 'session.started', subjectKind: 'session', subjectId: session.id })
  })
  const memberships = await listMemberships(context.db.read, user.id)
  return { session, user: { id: user.id, name: user.name, email: user.email, memberships } }
}
