import { type AuditHead, readHead } from '../../store/audit-head.ts'
import { findLastLink, findLink } from '../../store/audit-trail.ts'
import type { Context } from '../context.ts'

/** Why the chain in the database cannot be the one that the file outside it vouches for. */
export class ChainBroken extends Error {
  override name = 'ChainBroken'
}

/** The head of a chain that has no link yet. */
export const NOTHING = { sequence: 0, seal: '' }

export interface Heads {
  /** The end of the chain in the database; row 0 where nothing is sealed yet. */
  last: { sequence: number; seal: string }
  outside: AuditHead | undefined
}

/** Compares the chain with the head that is kept outside the database. Throws ChainBroken where they cannot both be true. */
export async function requireSameHead({ db }: Pick<Context, 'db'>, headFile: string): Promise<Heads> {
  // The file first: the chain may grow while we look, and the file must never seem ahead of it.
  const outside = await readHead(headFile)
  const last = await findLastLink(db.read)
  if (!outside && !last) return { last: NOTHING, outside }
  if (!outside) {
    // Another process may have begun the chain between the two looks; it wrote the file before it sealed anything.
    if (await readHead(headFile)) return requireSameHead({ db }, headFile)
    throw new ChainBroken(
      `The file ${headFile} with the head of the audit chain is missing, although rows are sealed. ` +
        'If you moved the service, bring the file along.',
    )
  }
  if (outside.sequence === 0) return { last: last ?? NOTHING, outside }
  if (outside.sequence > (last?.sequence ?? 0))
    throw new ChainBroken(
      `The audit chain ends at row ${last?.sequence ?? 0}, but ${headFile} says that it reached row ` +
        `${outside.sequence}: rows were deleted, or this is another or an older database.`,
    )
  const vouched = last && (outside.sequence === last.sequence ? last : await findLink(db.read, outside.sequence))
  if (!last || vouched?.seal !== outside.seal)
    throw new ChainBroken(`Row ${outside.sequence} of the audit chain does not have the seal that ${headFile} names.`)
  return { last, outside }
}
