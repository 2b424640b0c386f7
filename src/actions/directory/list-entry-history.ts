import { changedWords, ofTheirPlaces, placesIn } from '../../domain/entry-history.ts'
import { EVENT_WORDS } from '../../domain/events.ts'
import type { Actor } from '../../domain/organisation.ts'
import type { Db } from '../../store/database.ts'
import { listEventsOf } from '../../store/events.ts'
import { listGroupsEver } from '../../store/groups.ts'
import { getLocationNames } from '../../store/locations.ts'
import { getOwnProject } from '../access/get-project.ts'
import type { Context } from '../context.ts'

const SHOWN = 100

/** Who changed what of an entry, its groups and their places, newest first: each column before and after, in words. */
export async function listEntryHistory(context: Context, actor: Actor, projectId: string) {
  const { read } = context.db
  const project = await getOwnProject(read, actor, projectId)
  const { rows, about, places, isAll } = await readHistory(read, projectId)
  return {
    project: { id: project.id, name: project.name },
    isAll,
    items: rows.map(({ event, actorName, organisationName }) => ({
      id: event.id,
      at: event.at,
      by: actorName ?? (event.actorKind === 'system' ? 'Trellis' : null),
      organisation: organisationName,
      text: EVENT_WORDS[event.type],
      about: about.get(event.subjectId) ?? null,
      // Of what was begun there is nothing before.
      changes: event.type.endsWith('.created') ? [] : changedWords(event.subjectKind, event.changes, places),
      detail: event.detail,
      reason: event.reason,
    })),
  }
}
export type EntryHistory = Awaited<ReturnType<typeof listEntryHistory>>

async function readHistory(read: Db, projectId: string) {
  const groups = await listGroupsEver(read, projectId)
  const subjects = [projectId, ...groups.map(({ id }) => id)]
  const own = await listEventsOf(read, subjects, SHOWN)
  const met = [...groups.flatMap(({ locationId }) => locationId ?? []), ...placesIn(own.map(({ event }) => event))]
  const locations = [...new Set(met)]
  const all = locations.length > 0 ? await listEventsOf(read, [...subjects, ...locations], SHOWN) : own
  const kept = new Set(
    ofTheirPlaces(
      all.map(({ event }) => event),
      groups,
    ),
  )
  const places = await getLocationNames(read, locations)
  return {
    rows: all.filter(({ event }) => kept.has(event)),
    about: new Map([...groups.map(({ id, name }) => [id, name] as const), ...places]),
    places,
    isAll: all.length < SHOWN,
  }
}
