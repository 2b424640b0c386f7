import type { LinkPurpose } from '../../domain/link.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { getOrganisation } from '../../store/organisations.ts'
import { findPlacement } from '../../store/placements.ts'
import { hasLeft } from '../../store/users.ts'
import { wentTo } from '../access/message-token.ts'
import type { Context } from '../context.ts'
import type { Link } from './get-link.ts'
import { organisationOfLink } from './organisation-of-link.ts'

/** A link that went to a mailbox which is not the project's any more: how its own people go on, and whom they may ask. */
export interface MovedLink {
  purpose: LinkPurpose
  provider: { name: string; slug: string }
  /** The placement or the group that it is about. */
  subjectId: string
  /** Who can send it again; null where nobody does but the software itself. */
  service: { name: string; email: string | null; phone: string | null } | null
}

/** Undefined where the link is still theirs who have it, and for a person's: such a link is nothing at all by then. */
export async function findMovedLink(context: Context, link: Link): Promise<MovedLink | undefined> {
  const { read } = context.db
  const organisationId = await organisationOfLink(read, link.message)
  if (!organisationId || (await isTheirs(context, read, link, organisationId))) return undefined
  const { name, slug } = await getOrganisation(read, organisationId)
  const { placementId, toId } = link.message
  const placement = placementId ? await findPlacement(read, placementId) : undefined
  const service = placement && (await getOrganisation(read, placement.receivingOrganisationId))
  return {
    purpose: link.purpose,
    provider: { name, slug },
    subjectId: placementId ?? toId,
    service: service ? { name: service.name, email: service.email, phone: service.phone } : null,
  }
}

/** Whoever reads a mailbox may not act for a project that has another one now, or that they have left. */
export async function requireTheirMailbox(context: Context, db: Db, link: Link, organisationId: string): Promise<void> {
  if (!(await isTheirs(context, db, link, organisationId)))
    throw new Refusal('wrong-status', 'This link went to an address that is not in use any more. Nothing was changed.')
}

async function isTheirs(context: Context, db: Db, { copy }: Link, organisationId: string): Promise<boolean> {
  const { email } = await getOrganisation(db, organisationId)
  return email !== null && wentTo(context, copy, email) && !(await hasLeft(db, organisationId, email))
}
