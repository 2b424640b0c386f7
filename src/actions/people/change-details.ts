import { isSameJson } from '../../domain/json.ts'
import { factsAfterMoving } from '../../domain/known-facts.ts'
import { searchName } from '../../domain/person.ts'
import type { PersonChange } from '../../domain/person-change.ts'
import type { Db } from '../../store/database.ts'
import { findLies } from '../../store/geography.ts'
import { type PersonChanges, type PersonRow, savePerson } from '../../store/people.ts'
import type { Context } from '../context.ts'
import { type Author, type Parties, record } from '../record.ts'
import { indexPerson } from './index-people.ts'

interface Correction {
  person: PersonRow
  /** In whose history it stands. */
  referralId: string
  reason?: string | undefined
  /** Who is told; nobody where they are left out. */
  parties?: Parties | undefined
}

const WHERE_THEY_LIVE = ['postcode', 'addressLines', 'noFixedAddress']

/**
 * Saves what has changed of somebody's details, with what follows from it. History keeps which were changed, and none of
 * what they were or are.
 */
export async function changeDetails(
  context: Context,
  tx: Db,
  author: Author,
  { person, referralId, reason, parties }: Correction,
  columns: PersonChanges,
): Promise<void> {
  const changed = Object.entries(columns).filter(([name, value]) => !isSameJson(person[name as keyof PersonRow], value))
  if (changed.length === 0) return
  const changes: PersonChanges = Object.fromEntries(changed)
  const saved = await savePerson(tx, person, {
    ...changes,
    ...(changes.fullName ? { searchName: searchName(changes.fullName) } : {}),
    // The old ward would be a wrong one, also where the list does not have the new postcode.
    ...('postcode' in changes ? await findLies(tx, changes.postcode ?? null) : {}),
    ...(WHERE_THEY_LIVE.some((name) => name in changes) ? { facts: factsAfterMoving(person.facts) } : {}),
  })
  if (['fullName', 'givenName', 'familyName'].some((name) => name in changes)) await indexPerson(tx, saved, person)
  await record(context, tx, author, [
    {
      type: 'person.changed',
      subject: { kind: 'person', id: saved.id, version: saved.version },
      referralId,
      reason: reason ?? null,
      detail: { fields: changed.map(([name]) => name).sort() },
      ...(parties ? { parties } : {}),
    },
  ])
}

/** The columns that a change sets: what belongs together changes together. */
export function columnsOf({ address, ...details }: Omit<PersonChange, 'messages' | 'reason'>): PersonChanges {
  const { fullName, givenName, familyName, noFixedAddress } = details
  const given = Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined))
  return {
    ...given,
    // Parts of the old name would go on being used in letters.
    ...(fullName ? { givenName: givenName ?? null, familyName: familyName ?? null } : {}),
    ...(address ? { addressLines: address.lines, postcode: address.postcode, noFixedAddress: false } : {}),
    ...(address === null || noFixedAddress ? { addressLines: null } : {}),
  }
}
