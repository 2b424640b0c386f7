import { londonDay } from '../../domain/day.ts'
import type { Actor } from '../../domain/organisation.ts'
import type { Db } from '../../store/database.ts'
import { type ProjectRow, saveProject } from '../../store/projects.ts'
import { getOwnProject } from '../access/get-project.ts'
import type { Context } from '../context.ts'
import { type Author, record } from '../record.ts'
import { changesBetween } from '../steps/changes.ts'

/** "Still right": the entry is as it should be today. A feed's entry may be confirmed, too. */
export async function assureProject(context: Context, actor: Actor, id: string): Promise<ProjectRow> {
  return context.db.write(async (tx) => assure(context, tx, actor, await getOwnProject(tx, actor, id)))
}

/** Carried out for whoever said so: somebody signed in, or the holder of a signed link, who is not named. */
export async function assure(context: Context, tx: Db, author: Author, project: ProjectRow): Promise<ProjectRow> {
  const assuredBy = author !== 'system' && 'userId' in author ? author.userId : null
  const saved = await saveProject(tx, project, { assuredOn: londonDay(context.now()), assuredBy })
  await record(context, tx, author, [
    {
      type: 'project.assured',
      subject: { kind: 'project', id: project.id, version: saved.version },
      changes: changesBetween(project, saved),
    },
  ])
  return saved
}
