import { isOverdue, NEXT_STEPS, type NextAction, type NextStep } from '../domain/next-action.ts'
import type { Db } from '../store/database.ts'
import { getOrganisations } from '../store/organisations.ts'
import { getUserNames } from '../store/users.ts'

/** A next action as people read it: who, what, by which day. */
export interface NextActionView {
  owner: { kind: NextAction['ownerKind']; id: string; name: string }
  what: NextStep
  text: string
  due: string
  isOverdue: boolean
}

interface NextColumns {
  nextOwnerKind: NextAction['ownerKind'] | null
  nextOwnerId: string | null
  nextStep: NextStep | null
  nextDueOn: string | null
}

/** The names behind the owners of many rows, in two queries. */
export async function ownerNames(db: Db, rows: NextColumns[]): Promise<Map<string, string>> {
  const idsOf = (kind: NextAction['ownerKind']) => [
    ...new Set(
      rows.flatMap(({ nextOwnerKind, nextOwnerId }) => (nextOwnerKind === kind && nextOwnerId ? [nextOwnerId] : [])),
    ),
  ]
  const users = await getUserNames(db, idsOf('user'))
  const organisations = await getOrganisations(db, idsOf('organisation'))
  return new Map([...users, ...organisations].map(([id, { name }]) => [id, name]))
}

export function viewNextAction(row: NextColumns, names: Map<string, string>, now: Date): NextActionView | null {
  const { nextOwnerKind: kind, nextOwnerId: id, nextStep: what, nextDueOn: due } = row
  if (!kind || !id || !what || !due) return null
  // A person is named only where the rest of the view names them.
  const name = kind === 'person' ? 'The person' : (names.get(id) ?? '')
  return { owner: { kind, id, name }, what, text: NEXT_STEPS[what], due, isOverdue: isOverdue({ dueOn: due }, now) }
}
