import type { Party } from '../../domain/organisation.ts'
import { may, type Permission, type Ties } from '../../domain/permissions.ts'
import { Refusal } from '../../domain/refusal.ts'

interface Subject {
  kind: string
  id: string
}

const NOTHING_HERE = 'There is nothing here that you can see.'

/** Hides what the actor may not see: the answer is the same as for a record that does not exist. */
export function requireVisible<T>(
  record: T | undefined,
  actor: Party,
  permission: Permission,
  ties: (record: T) => Ties,
  subject: Subject,
): T {
  if (record === undefined) throw new Refusal('not-found', NOTHING_HERE)
  if (!may(actor, permission, ties(record))) throw new Refusal('not-found', NOTHING_HERE, [], subject)
  return record
}

/** For what the actor may see but not do. */
export function permit(actor: Party, permission: Permission, ties: Ties = {}, subject?: Subject): void {
  if (may(actor, permission, ties)) return
  throw new Refusal('not-allowed', 'Your role in this organisation does not allow this.', [], subject ?? null)
}
