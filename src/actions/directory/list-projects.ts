import { isInDirectory } from '../../domain/directory.ts'
import type { DirectoryFilter } from '../../domain/directory-filter.ts'
import type { Actor } from '../../domain/organisation.ts'
import { listEntryGroups } from '../../store/entry-groups.ts'
import { countGroups, listGroupRows, NOBODY } from '../../store/groups.ts'
import { listProjectRows, type ProjectRow } from '../../store/projects.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { searchRows } from './search-directory.ts'
import { type ProjectView, viewGroup, viewProject } from './view.ts'

interface Part {
  projectId?: string
  providerOrganisationId?: string
}

async function listPart(
  context: Context,
  actor: Actor,
  part: Part,
  isWanted: (project: ProjectRow) => boolean = () => true,
): Promise<ProjectView[]> {
  permit(actor, 'directory.view')
  const { read } = context.db
  const now = context.now()
  const groups = await listGroupRows(read, part)
  const counts = await countGroups(read, groups, now)
  const projects = (await listProjectRows(read, part)).filter(({ project }) => isWanted(project))
  return projects.map(({ project, provider }) => {
    const own = groups.filter(({ projectId }) => projectId === project.id)
    const views = own.map((group) => viewGroup(group, project.name, counts.get(group.id) ?? NOBODY, actor, now))
    return viewProject(project, provider, views)
  })
}

/** The directory by name, each project with its groups and how full they are; what no longer runs is left out. */
export async function listProjects(context: Context, actor: Actor): Promise<ProjectView[]> {
  return listPart(context, actor, {}, isInDirectory)
}

/** A page of what holds all that is asked for, in the order of the search: what was confirmed lately first. */
export async function findProjects(
  context: Context,
  actor: Actor,
  filter: DirectoryFilter,
  page: { after?: string | undefined; limit?: number },
): Promise<{ items: ProjectView[]; next: string | null }> {
  permit(actor, 'directory.view')
  const { read } = context.db
  const now = context.now()
  const { items, next } = await searchRows(context, filter, page)
  const ofThem = await listEntryGroups(
    read,
    items.map(({ project }) => project.id),
  )
  const counts = await countGroups(
    read,
    ofThem.map(({ group }) => group),
    now,
  )
  const views = items.map(({ project, provider }) => {
    const own = ofThem.filter(({ group }) => group.projectId === project.id)
    const groups = own.map(({ group }) => viewGroup(group, project.name, counts.get(group.id) ?? NOBODY, actor, now))
    return viewProject(project, provider, groups)
  })
  return { items: views, next }
}

/** The projects of the actor's own organisation. */
export async function listOwnProjects(context: Context, actor: Actor): Promise<ProjectView[]> {
  return listPart(context, actor, { providerOrganisationId: actor.organisationId })
}
