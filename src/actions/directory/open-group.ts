import type { Party } from '../../domain/organisation.ts'
import type { Db } from '../../store/database.ts'
import { countGroup, type GroupRow } from '../../store/groups.ts'
import { findProject } from '../../store/projects.ts'
import { getVisibleGroup } from '../access/get-group.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { type GroupView, viewGroup } from './view.ts'

export async function presentGroup(context: Context, db: Db, actor: Party, group: GroupRow): Promise<GroupView> {
  const project = await findProject(db, group.projectId)
  const counts = await countGroup(db, group, context.now())
  return viewGroup(group, project?.name ?? '', counts, actor, context.now())
}

export async function openGroup(context: Context, actor: Party, id: string): Promise<GroupView> {
  permit(actor, 'directory.view')
  return presentGroup(context, context.db.read, actor, await getVisibleGroup(context.db.read, actor, id))
}
