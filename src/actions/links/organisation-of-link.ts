import { purposeOf } from '../../domain/link.ts'
import type { Db } from '../../store/database.ts'
import { findGroup } from '../../store/groups.ts'
import type { OutboxRow } from '../../store/outbox.ts'

/** For which organisation the holder of a message's link acts; undefined where it was sent to a person. */
export async function organisationOfLink(db: Db, { notice, toKind, toId }: OutboxRow): Promise<string | undefined> {
  const purpose = purposeOf(notice)
  if (purpose === 'register' || purpose === 'places') return (await findGroup(db, toId))?.providerOrganisationId
  return purpose === 'placement' && toKind === 'organisation' ? toId : undefined
}
