import type { Toward } from '../../domain/self-referral.ts'
import type { Context } from '../context.ts'
import type { Entry } from '../directory/entry-view.ts'
import { openEntry } from '../directory/open-entry.ts'

/** The groups of an entry that somebody may ask for by themselves now. Where people just go, there is nothing to ask for. */
export function groupsToAskFor(entry: Entry) {
  if (entry.isOpenAccess || entry.isCrisis || entry.isClosedForNow) return []
  return entry.groups.filter(({ takesSelf, room }) => takesSelf && room.isOpen)
}

/** What stands behind the choice on an entry's page; undefined where it is not, or no longer, to be asked for. */
export async function findToward(
  context: Context,
  { project, group }: { project: string; group: string },
): Promise<Toward | undefined> {
  const entry = await openEntry(context, project)
  const chosen = groupsToAskFor(entry).find(({ id }) => id === group)
  return chosen && { projectId: entry.id, groupId: chosen.id, name: entry.name }
}
