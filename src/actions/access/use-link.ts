import type { Role } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import { findAccessLinkByDigest, useAccessLink, type WholeLink } from '../../store/access-links.ts'
import type { Db } from '../../store/database.ts'
import {
  endSessionsOf,
  findMember,
  findUserByEmail,
  insertMembership,
  insertUser,
  setPassword,
} from '../../store/users.ts'
import type { Context } from '../context.ts'
import { recordAct } from '../record.ts'
import { digestOfToken } from './link-token.ts'
import { hashPassword } from './passwords.ts'

/** What stands behind a link, for whoever holds it. */
export interface LinkView {
  kind: 'invitation' | 'password'
  /** `open` may be used; the others say what became of it. */
  state: 'open' | 'used' | 'cancelled' | 'expired'
  name: string
  email: string
  role: Role | null
  organisation: { slug: string; name: string }
  inviter: string
  /** The address has a password already: it is kept, and only the organisation is new. */
  isKnown: boolean
  usedAt: Date | null
}

const NOTHING = 'There is nothing at this address. Copy the whole link from the e-mail, or ask for another.'

async function getLink(db: Db, token: string): Promise<WholeLink> {
  const found = /^[\w-]{22}$/.test(token) ? await findAccessLinkByDigest(db, digestOfToken(token)) : undefined
  if (!found) throw new Refusal('not-found', NOTHING)
  return found
}

function stateOf({ link }: WholeLink, now: Date): LinkView['state'] {
  if (link.usedAt) return 'used'
  if (link.cancelledAt) return 'cancelled'
  return link.expiresAt <= now ? 'expired' : 'open'
}

/** Only shows: programs that read e-mail follow every link in it, so a look uses nothing up. */
export async function readLink({ db, now }: Context, token: string): Promise<LinkView> {
  const found = await getLink(db.read, token)
  const { link, organisation, inviter } = found
  const { kind, name, email, role, usedAt } = link
  const known = kind === 'invitation' ? await findUserByEmail(db.read, email) : undefined
  return {
    kind,
    state: stateOf(found, now()),
    name,
    email,
    role,
    organisation,
    inviter,
    isKnown: known !== undefined,
    usedAt,
  }
}

/**
 * Uses a link, once: an invitation makes a colleague, a password link sets the password and ends every earlier sign-in.
 * It never signs anybody in.
 * @param password none for somebody who has one and only joins
 */
export async function useLink(context: Context, token: string, password: string | null): Promise<void> {
  const passwordHash = password === null ? null : await hashPassword(password)
  await context.db.write(async (tx) => {
    const found = await getLink(tx, token)
    if (stateOf(found, context.now()) !== 'open')
      throw new Refusal('wrong-status', 'This link does not work any more. Ask your administrator for another.')
    const { link } = found
    const userId = link.kind === 'invitation' ? await join(context, tx, found, passwordHash) : link.userId
    if (!userId) throw new Error('A password link names nobody.')
    if (link.kind === 'password') await renew(context, tx, found, userId, passwordHash)
    if (!(await useAccessLink(tx, link.id, userId, context.now())))
      throw new Refusal('wrong-status', 'This link does not work any more. Ask your administrator for another.')
    const action = link.kind === 'invitation' ? 'invitation.accepted' : 'password.renewed'
    const signer = { userId, organisationId: null }
    await recordAct(context, tx, signer, { action, subjectKind: 'user', subjectId: userId, detail: { link: link.id } })
  })
}

async function join(context: Context, tx: Db, { link }: WholeLink, passwordHash: string | null): Promise<string> {
  const { email, name, role, organisationId } = link
  if (!role) throw new Error('An invitation has no role.')
  const known = await findUserByEmail(tx, email)
  const createdAt = context.now()
  const userId = known?.id ?? context.newId()
  if (known && (await findMember(tx, organisationId, userId)))
    throw new Refusal('wrong-status', 'You belong to this organisation already. Sign in.')
  const membership = { id: context.newId(), userId, organisationId, role, suspendedAt: null, createdAt }
  if (known) await insertMembership(tx, membership)
  else if (passwordHash) await insertUser(tx, { id: userId, email, name, passwordHash, createdAt }, membership)
  else throw passwordMissing()
  return userId
}

async function renew(context: Context, tx: Db, { link }: WholeLink, userId: string, passwordHash: string | null) {
  if (!passwordHash) throw passwordMissing()
  const member = await findMember(tx, link.organisationId, userId)
  if (!member || member.membership.suspendedAt || member.userSuspendedAt)
    throw new Refusal('wrong-status', 'Your access to this organisation was removed. Ask your administrator.')
  await setPassword(tx, userId, passwordHash)
  await endSessionsOf(tx, userId, context.now())
}

function passwordMissing(): Refusal {
  return new Refusal('invalid-input', 'Choose a password.', [
    { pointer: '/password', code: 'missing', detail: 'Enter a password' },
  ])
}
