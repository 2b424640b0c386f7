import { findLastLink, listUnsealed } from '../../store/audit-trail.ts'
import { findLastEnd } from '../../store/job-leases.ts'
import type { Context } from '../context.ts'

/** How far the audit trail is sealed, and whether the sealing failed when it was last tried. */
export interface ChainState {
  sealedUpTo: Date | null
  unsealedSince: Date | null
  hasFailed: boolean
}

/** Cheap enough for every look at the page: the whole proof is `npm run cli -- verify`. */
export async function readChainState({ db }: Context): Promise<ChainState> {
  const last = await findLastLink(db.read)
  const [oldest] = await listUnsealed(db.read, '', 1)
  const end = await findLastEnd(db.read, 'seal-audit')
  return { sealedUpTo: last?.at ?? null, unsealedSince: oldest?.at ?? null, hasFailed: Boolean(end?.error) }
}
