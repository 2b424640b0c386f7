import type { Actor } from '../../domain/organisation.ts'
import { listTeamRows } from '../../store/teams.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'

/** The other organisations that work with Trellis and can take somebody on, by name. */
export async function listTeams(context: Context, actor: Actor) {
  permit(actor, 'directory.view')
  return (await listTeamRows(context.db.read)).filter(({ id }) => id !== actor.organisationId)
}
