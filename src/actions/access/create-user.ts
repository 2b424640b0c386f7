import { z } from 'zod'
import { ORGANISATION_KINDS, type OrganisationKind, ROLES } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { uniqueViolation } from '../../store/failures.ts'
import { findOrganisationBySlug, hasDefaultService, insertOrganisation } from '../../store/organisations.ts'
import { findUserByEmail, insertMembership, insertUser } from '../../store/users.ts'
import type { Context } from '../context.ts'
import { recordAct } from '../record.ts'
import { hashPassword } from './passwords.ts'

const NewUser = z.strictObject({
  email: z.string().trim().toLowerCase().pipe(z.email('The e-mail address must be like name@example.com')),
  name: z.string().trim().min(1, 'The name is missing').max(120),
  role: z.enum(ROLES, { error: `The role must be one of ${ROLES.join(', ')}` }),
  password: z.string().min(12, 'The password must have 12 characters or more').max(200),
  organisation: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'The organisation must be a short name like so-linked'),
  /** Makes the organisation where there is none of that short name yet. */
  newOrganisation: z
    .strictObject({
      name: z.string().trim().min(1).max(120),
      kind: z.enum(ORGANISATION_KINDS, { error: `The kind must be one of ${ORGANISATION_KINDS.join(', ')}` }),
    })
    .optional(),
})
export type NewUser = z.output<typeof NewUser>

/**
 * Lets somebody in: the first people of an installation, from its own machine. Whoever has a sign-in already keeps the
 * password and joins another organisation.
 */
export async function createUser(context: Context, input: z.input<typeof NewUser>) {
  const parsed = NewUser.safeParse(input)
  if (!parsed.success)
    throw new Refusal('invalid-input', parsed.error.issues.map(({ message }) => `${message}.`).join(' '))
  const wanted = parsed.data
  const passwordHash = await hashPassword(wanted.password)
  const ids = { user: context.newId(), membership: context.newId(), organisation: context.newId() }
  try {
    return await context.db.write(async (tx) => {
      const organisationId = await organisationFor(context, tx, wanted, ids.organisation)
      const known = await findUserByEmail(tx, wanted.email)
      const userId = known?.id ?? ids.user
      const createdAt = context.now()
      const { email, name, role } = wanted
      const membership = { id: ids.membership, userId, organisationId, role, suspendedAt: null, createdAt }
      const user = { id: userId, email, name, passwordHash, suspendedAt: null, createdAt }
      await (known ? insertMembership(tx, membership) : insertUser(tx, user, membership))
      const action = known ? 'membership.created' : 'user.created'
      await recordAct(context, tx, 'system', { action, subjectKind: 'user', subjectId: userId, detail: { role } })
      return { userId, organisationId, isNew: !known }
    })
  } catch (error) {
    if (!uniqueViolation(error)?.startsWith('memberships.')) throw error
    throw new Refusal('invalid-input', `${wanted.email} already belongs to ${wanted.organisation}.`)
  }
}

async function organisationFor(context: Context, tx: Db, wanted: NewUser, id: string): Promise<string> {
  const { organisation: slug, newOrganisation } = wanted
  const found = await findOrganisationBySlug(tx, slug)
  if (found) return found.id
  if (!newOrganisation)
    throw new Refusal('not-found', `There is no organisation ${slug}. To make it, give its name and kind.`)
  const { name, kind } = newOrganisation
  const isDefaultService = isService(kind) && !(await hasDefaultService(tx))
  // Notices for the organisation need an address: its first user's, until it has one of its own.
  await insertOrganisation(tx, { id, slug, name, kind, odsCode: null, email: wanted.email, isDefaultService })
  await recordAct(context, tx, 'system', { action: 'organisation.created', subjectKind: 'organisation', subjectId: id })
  return id
}

const isService = (kind: OrganisationKind): boolean => kind === 'navigation_service'
