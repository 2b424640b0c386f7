import type { Actor } from '../../domain/organisation.ts'
import type { GroupInput } from '../../domain/project-entry.ts'
import { withSessionIds } from '../../domain/session-room.ts'
import { timesWords } from '../../domain/session-times.ts'
import { indexProject } from '../../store/directory-index.ts'
import { insertGroup } from '../../store/groups.ts'
import { getOwnProject, requireKeptHere } from '../access/get-project.ts'
import type { Context } from '../context.ts'
import { record } from '../record.ts'
import { changesBetween } from '../steps/changes.ts'
import { requireCourse, requireOwnLocation, requireSessionRoom } from './group-details.ts'
import { presentGroup } from './open-group.ts'
import { requireSoundRules } from './require-sound-rules.ts'
import type { GroupView } from './view.ts'

/** Adds a group to a project of the actor's own organisation. It takes nobody until it is opened. */
export async function createGroup(
  context: Context,
  actor: Actor,
  projectId: string,
  input: GroupInput,
): Promise<GroupView> {
  return context.db.write(async (tx) => {
    const project = await getOwnProject(tx, actor, projectId)
    requireKeptHere(project)
    const { rules = [], places, ...said } = input
    await requireSoundRules(tx, rules, [{ whose: project.name, rules: project.rules }])
    requireCourse(said)
    requireSessionRoom(said.times, said.capacityKind)
    const location = await requireOwnLocation(tx, project.providerOrganisationId, said.locationId)
    const group = await insertGroup(tx, {
      id: context.newId(),
      version: 1,
      projectId,
      providerOrganisationId: project.providerOrganisationId,
      name: said.name,
      schedule: said.schedule ?? timesWords(said.times ?? []),
      venue: said.venue ?? location?.name ?? '',
      rules,
      capacityKind: said.capacityKind,
      places: places ?? null,
      capacityConfirmedAt: context.now(),
      intakePaused: true,
      courseStartsOn: said.courseStartsOn ?? null,
      courseEndsOn: said.courseEndsOn ?? null,
      times: said.times ? withSessionIds(said.times) : null,
      intakeFrom: said.intakeFrom ?? null,
      intakeUntil: said.intakeUntil ?? null,
      weeklyQuota: said.weeklyQuota ?? null,
      locationId: said.locationId ?? null,
    })
    await record(context, tx, actor, [
      {
        type: 'group.created',
        subject: { kind: 'group', id: group.id, version: 1 },
        changes: changesBetween(undefined, group),
      },
    ])
    await indexProject(tx, context.now(), projectId)
    return presentGroup(context, tx, actor, group)
  })
}
