import type { Party } from '../../domain/organisation.ts'
import { may } from '../../domain/permissions.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { findProject, type ProjectRow } from '../../store/projects.ts'
import { permit } from './permit.ts'

const NO_PROJECT = 'There is no such project.'

/** A project of the directory, or one that only its own provider knows of yet. */
export async function getProject(db: Db, actor: Party, id: string): Promise<ProjectRow> {
  const project = await findProject(db, id)
  if (!project) throw new Refusal('not-found', NO_PROJECT)
  if (!project.isListed && !may(actor, 'project.change', { provider: project.providerOrganisationId }))
    throw new Refusal('not-found', NO_PROJECT, [], { kind: 'project', id })
  return project
}

/** A project that the actor's own organisation keeps right, and keeps here. */
export async function getOwnProject(db: Db, actor: Party, id: string): Promise<ProjectRow> {
  const project = await getProject(db, actor, id)
  permit(actor, 'project.change', { provider: project.providerOrganisationId }, { kind: 'project', id })
  return project
}

/** What a feed brings would be overwritten by its next reading, and nobody would know why. */
export function requireKeptHere({ feed }: Pick<ProjectRow, 'feed'>): void {
  if (feed)
    throw new Refusal('wrong-status', 'This entry is read from a feed, so it is changed there and not here.', [])
}
