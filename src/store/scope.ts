import { eq, or, type SQL, sql } from 'drizzle-orm'
import type { Party } from '../domain/organisation.ts'
import { type Permission, type Tie, tiesFor } from '../domain/permissions.ts'
import type { AnyColumn } from './columns.ts'
import { placements, referrals } from './schema.ts'

type TieColumns = Partial<Record<Tie, AnyColumn>>

/** Where each tie of the permission table stands in a table: the guard's facts, as columns. */
export const REFERRAL_TIES = {
  referring: referrals.referringOrganisationId,
  receiving: referrals.receivingOrganisationId,
  redirected: referrals.redirectedToOrganisationId,
} satisfies TieColumns

export const PLACEMENT_TIES = {
  provider: placements.providerOrganisationId,
  receiving: placements.receivingOrganisationId,
} satisfies TieColumns

/** The same as the columns of which any one has to name the organisation; null stands for every row there is. */
export interface Ways {
  organisationId: string
  columns: (AnyColumn | null)[]
}

export function waysTo(actor: Party, permission: Permission, columns: TieColumns): Ways {
  const ties = tiesFor(actor, permission)
  return {
    organisationId: actor.organisationId,
    columns: ties.includes('own') ? [null] : ties.flatMap((tie) => columns[tie] ?? []),
  }
}

/** The list filter: exactly the rows for which the guard `may(actor, permission, …)` says yes. */
export function scope(actor: Party, permission: Permission, columns: TieColumns): SQL {
  const conditions = tiesFor(actor, permission).flatMap((tie) => {
    if (tie === 'own') return [sql`1 = 1`]
    const column = columns[tie]
    return column ? [eq(column, actor.organisationId)] : []
  })
  return or(...conditions) ?? sql`1 = 0`
}
