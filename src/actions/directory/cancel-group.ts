import type { Actor } from '../../domain/organisation.ts'
import { giveBack } from '../../domain/placement-talk.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { indexProject } from '../../store/directory-index.ts'
import { type GroupRow, listGroupRows, saveGroup } from '../../store/groups.ts'
import { listOpenPlacementsInGroup } from '../../store/placements.ts'
import { findProject } from '../../store/projects.ts'
import { getVisibleGroup } from '../access/get-group.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { type Author, record } from '../record.ts'
import { carryOutStep } from '../steps/carry-out.ts'
import { presentGroup } from './open-group.ts'
import type { GroupView } from './view.ts'

/** The group will not meet any more: everybody in it or waiting for it goes back to a navigator. Nobody is dropped. */
export async function cancelGroup(
  context: Context,
  actor: Actor,
  id: string,
  { reason }: { reason: string },
): Promise<GroupView> {
  return context.db.write(async (tx) => {
    const group = await getVisibleGroup(tx, actor, id)
    permit(actor, 'group.change', { provider: group.providerOrganisationId }, { kind: 'group', id })
    return presentGroup(context, tx, actor, await cancel(context, tx, actor, group, reason))
  })
}

/** The agreement with a project ended: all its groups are cancelled. Answers with how many they were. */
export async function endAgreement(
  context: Context,
  actor: Actor,
  projectId: string,
  { reason }: { reason: string },
): Promise<{ groups: number }> {
  permit(actor, 'agreement.end', {}, { kind: 'project', id: projectId })
  return context.db.write(async (tx) => {
    if (!(await findProject(tx, projectId))) throw new Refusal('not-found', 'There is no such project.')
    const groups = await listGroupRows(tx, { projectId })
    for (const group of groups) await cancel(context, tx, actor, group, reason)
    return { groups: groups.length }
  })
}

async function cancel(context: Context, tx: Db, author: Author, group: GroupRow, reason: string): Promise<GroupRow> {
  const saved = await saveGroup(tx, group, { cancelledAt: context.now() })
  const [causedBy = ''] = await record(context, tx, author, [
    {
      type: 'group.cancelled',
      subject: { kind: 'group', id: group.id, version: saved.version },
      reason,
    },
  ])
  for (const placement of await listOpenPlacementsInGroup(tx, group.id))
    await carryOutStep(context, tx, 'system', placement, giveBack(placement, 'group_cancelled'), { causedBy })
  await indexProject(tx, context.now(), group.projectId)
  return saved
}
