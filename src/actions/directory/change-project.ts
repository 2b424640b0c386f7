import { londonDay } from '../../domain/day.ts'
import { isSameJson } from '../../domain/json.ts'
import type { Actor } from '../../domain/organisation.ts'
import type { ProjectChange } from '../../domain/project-entry.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { indexProject } from '../../store/directory-index.ts'
import { listGroupRows } from '../../store/groups.ts'
import { type ProjectChanges, type ProjectRow, saveProject } from '../../store/projects.ts'
import { getOwnProject, requireKeptHere } from '../access/get-project.ts'
import type { Context } from '../context.ts'
import { record } from '../record.ts'
import { changesBetween } from '../steps/changes.ts'
import { type EntryView, viewEntry } from './own-entry-view.ts'
import { requireSoundRules } from './require-sound-rules.ts'

/**
 * Changes an entry of the actor's own organisation. Whoever changes it has looked at it: it counts as confirmed today.
 * @param version what the caller read; another number means that somebody changed the entry meanwhile
 */
export async function changeProject(
  context: Context,
  actor: Actor,
  id: string,
  version: number,
  change: ProjectChange,
): Promise<EntryView> {
  return context.db.write(async (tx) => {
    const project = await getOwnProject(tx, actor, id)
    if (project.version !== version)
      throw new Refusal('stale-version', 'Somebody changed this project in the meantime. Look at it again.')
    requireKeptHere(project)
    await requirePossible(tx, project, change)
    const changes = differing(project, change)
    if (Object.keys(changes).length === 0) return viewEntry(context, tx, actor, project)
    const now = context.now()
    const saved = await saveProject(tx, project, {
      ...changes,
      assuredOn: londonDay(now),
      assuredBy: actor.userId,
      changedAt: now,
    })
    await record(context, tx, actor, [
      {
        type: 'project.changed',
        subject: { kind: 'project', id, version: saved.version },
        changes: changesBetween(project, saved),
      },
    ])
    await indexProject(tx, now, id)
    return viewEntry(context, tx, actor, saved)
  })
}

async function requirePossible(tx: Db, project: ProjectRow, { rules, isListed }: ProjectChange): Promise<void> {
  const groups = await listGroupRows(tx, { projectId: project.id })
  if (rules)
    await requireSoundRules(
      tx,
      rules,
      groups.map((group) => ({ whose: group.name, rules: group.rules })),
    )
  if (isListed && !project.isListed && groups.length === 0) {
    const detail = 'Add a group first: it is what people are sent to.'
    throw new Refusal('invalid-input', detail, [{ pointer: '/isListed', code: 'no-group', detail }])
  }
}

/** Only what is not as it was, so that history says what was changed and nothing else. */
function differing(project: ProjectRow, change: ProjectChange): ProjectChanges {
  const row: Record<string, unknown> = project
  const entries = Object.entries(change).filter(([name, value]) => value !== undefined && !isSameJson(row[name], value))
  return Object.fromEntries(entries)
}
