import {
  isOverdue,
  type Navigated,
  NEXT_STEPS,
  type NextColumns,
  type NextStep,
  ownerOf,
} from '../domain/next-action.ts'
import type { Db } from '../store/database.ts'
import { getOrganisations } from '../store/organisations.ts'
import { getUserNames } from '../store/users.ts'

/** A next action as people read it: who, what, by which day. */
export interface NextActionView {
  owner: { kind: 'user' | 'organisation' | 'person'; id: string; name: string }
  what: NextStep
  text: string
  due: string
  isOverdue: boolean
}

type Row = NextColumns & Navigated

/** The names behind the owners of many rows, in two queries. */
export async function ownerNames(db: Db, rows: Row[]): Promise<Map<string, string>> {
  const owners = rows.flatMap((row) => ownerOf(row) ?? [])
  const idsOf = (kind: 'user' | 'organisation') => [
    ...new Set(owners.flatMap((owner) => (owner.kind === kind ? [owner.id] : []))),
  ]
  const users = await getUserNames(db, idsOf('user'))
  const organisations = await getOrganisations(db, idsOf('organisation'))
  return new Map([...users, ...organisations].map(([id, { name }]) => [id, name]))
}

export function viewNextAction(row: Row, names: Map<string, string>, now: Date): NextActionView | null {
  const { nextStep: what, nextDueOn: due } = row
  const owner = ownerOf(row)
  if (!owner || !what || !due) return null
  // A person is named only where the rest of the view names them.
  const name = owner.kind === 'person' ? 'The person' : (names.get(owner.id) ?? '')
  return { owner: { ...owner, name }, what, text: NEXT_STEPS[what], due, isOverdue: isOverdue({ dueOn: due }, now) }
}
