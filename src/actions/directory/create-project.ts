import { londonDay } from '../../domain/day.ts'
import type { Actor } from '../../domain/organisation.ts'
import { type ProjectInput, slugOf } from '../../domain/project-entry.ts'
import type { Db } from '../../store/database.ts'
import { indexProject } from '../../store/directory-index.ts'
import { insertProject, listSlugsLike } from '../../store/projects.ts'
import type { Context } from '../context.ts'
import { record } from '../record.ts'
import { changesBetween } from '../steps/changes.ts'
import { requireProvider } from './open-project.ts'
import { type EntryView, viewEntry } from './own-entry-view.ts'
import { requireSoundRules } from './require-sound-rules.ts'

/** Begins an entry of the actor's own organisation. It stands in the directory when it is published. */
export async function createProject(context: Context, actor: Actor, input: ProjectInput): Promise<EntryView> {
  requireProvider(actor)
  return context.db.write(async (tx) => {
    const { rules = [], ...said } = input
    await requireSoundRules(tx, rules, [])
    const now = context.now()
    const project = await insertProject(tx, {
      ...given(said),
      rules,
      id: context.newId(),
      slug: await freeSlug(tx, slugOf(input.name)),
      providerOrganisationId: actor.organisationId,
      isCrisis: false,
      isListed: false,
      version: 1,
      assuredOn: londonDay(now),
      assuredBy: actor.userId,
      changedAt: now,
    })
    await record(context, tx, actor, [
      {
        type: 'project.created',
        subject: { kind: 'project', id: project.id, version: 1 },
        changes: changesBetween(undefined, project),
      },
    ])
    await indexProject(tx, now, project.id)
    return viewEntry(context, tx, actor, project)
  })
}

/** What was left out is not a column that is set to nothing. */
export function given<T extends object>(said: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(said).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> }
}

async function freeSlug(tx: Db, wanted: string): Promise<string> {
  const taken = new Set(await listSlugsLike(tx, wanted))
  let slug = wanted
  for (let number = 2; taken.has(slug); number++) slug = `${wanted}-${number}`
  return slug
}
