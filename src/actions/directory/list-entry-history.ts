import { changedWords } from '../../domain/entry-history.ts'
import { EVENT_WORDS } from '../../domain/events.ts'
import type { Actor } from '../../domain/organisation.ts'
import { listEventsOf } from '../../store/events.ts'
import { getGroupNames } from '../../store/groups.ts'
import { getOwnProject } from '../access/get-project.ts'
import type { Context } from '../context.ts'

const SHOWN = 100

/** Who changed what of an entry and its groups, newest first: each column before and after, in words. */
export async function listEntryHistory(context: Context, actor: Actor, projectId: string) {
  const { read } = context.db
  const project = await getOwnProject(read, actor, projectId)
  const groups = await getGroupNames(read, projectId)
  const rows = await listEventsOf(read, [projectId, ...groups.keys()], SHOWN)
  return {
    project: { id: project.id, name: project.name },
    isAll: rows.length < SHOWN,
    items: rows.map(({ event, actorName, organisationName }) => ({
      id: event.id,
      at: event.at,
      by: actorName ?? (event.actorKind === 'system' ? 'Trellis' : null),
      organisation: organisationName,
      text: EVENT_WORDS[event.type],
      about: groups.get(event.subjectId) ?? null,
      // Of what was begun there is nothing before.
      changes: event.type.endsWith('.created') ? [] : changedWords(event.changes),
      detail: event.detail,
      reason: event.reason,
    })),
  }
}
export type EntryHistory = Awaited<ReturnType<typeof listEntryHistory>>
