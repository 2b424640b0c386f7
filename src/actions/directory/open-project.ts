import { londonDay } from '../../domain/day.ts'
import type { Actor } from '../../domain/organisation.ts'
import { isTeam } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import { listGroupRows } from '../../store/groups.ts'
import { listLocationsOf } from '../../store/locations.ts'
import { listProjectsOf } from '../../store/projects.ts'
import { listOrganisationNames, listWards } from '../../store/world.ts'
import { getVisibleGroup } from '../access/get-group.ts'
import { getOwnProject, getProject } from '../access/get-project.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { type EntryView, viewEntry } from './own-entry-view.ts'

/** One project of the directory; one that is not published yet only for its own provider. */
export async function openProject(context: Context, actor: Actor, id: string): Promise<EntryView> {
  permit(actor, 'directory.view')
  const { read } = context.db
  return viewEntry(context, read, actor, await getProject(read, actor, id))
}

/** The same for whoever may change it, and for nobody else. */
export async function openOwnProject(context: Context, actor: Actor, id: string): Promise<EntryView> {
  const { read } = context.db
  return viewEntry(context, read, actor, await getOwnProject(read, actor, id))
}

/** The entry of which a group of the actor's organisation is a part, with the group. */
export async function openOwnGroup(context: Context, actor: Actor, groupId: string) {
  const { read } = context.db
  const row = await getVisibleGroup(read, actor, groupId)
  const entry = await viewEntry(context, read, actor, await getOwnProject(read, actor, row.projectId))
  const group = entry.groups.find(({ id }) => id === groupId)
  if (!group) throw new Refusal('not-found', 'There is no such group.')
  return { entry, group }
}

/** Whoever supports nobody themselves has nothing to offer. */
export function requireProvider(actor: Actor): void {
  permit(actor, 'project.change', { provider: actor.organisationId })
  if (!isTeam(actor.organisationKind))
    throw new Refusal('not-allowed', 'An organisation of this kind has no projects of its own.')
}

/** The actor's own entries by name: what each lacks before it can be published, and how old the knowledge is. */
export async function listEntries(context: Context, actor: Actor) {
  requireProvider(actor)
  const { read } = context.db
  const groups = await listGroupRows(read, { providerOrganisationId: actor.organisationId })
  return (await listProjectsOf(read, actor.organisationId)).map((project) => ({
    id: project.id,
    name: project.name,
    summary: project.summary,
    isListed: project.isListed,
    status: project.status,
    isFromFeed: project.feed !== null,
    assuredOn: project.assuredOn,
    groups: groups.filter(({ projectId }) => projectId === project.id).length,
    today: londonDay(context.now()),
  }))
}

/** What rules and groups can name: organisations, wards, parts of the city, and the actor's own places. */
export async function listChoices(context: Context, actor: Actor) {
  requireProvider(actor)
  const { read } = context.db
  const wards = await listWards(read)
  return {
    organisations: await listOrganisationNames(read),
    wards,
    localities: [...new Set(wards.flatMap(({ locality }) => locality ?? []))].sort(),
    locations: await listLocationsOf(read, actor.organisationId),
  }
}
export type Choices = Awaited<ReturnType<typeof listChoices>>
