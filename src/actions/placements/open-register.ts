import { addDays, type Day, londonMoment } from '../../domain/day.ts'
import type { Acting } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import { getWholePlacements } from '../../store/placements.ts'
import { countRegister, listRegister } from '../../store/project-week.ts'
import { getVisibleGroup } from '../access/get-group.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { presentGroup } from '../directory/open-group.ts'
import { recordListLook } from '../record.ts'
import { viewPlacements } from './view.ts'

/** People on one page of a register: as many as are saved at once. */
export const REGISTER_PAGE = 60

/**
 * The register of a group for a day: everybody accepted who was sent by then, by name, with what was saved of the day.
 * @param after the last placement of the page before
 */
export async function openRegister(
  context: Context,
  actor: Acting,
  groupId: string,
  { day, after }: { day: Day; after?: string | undefined },
) {
  const { read } = context.db
  const group = await getVisibleGroup(read, actor, groupId)
  permit(actor, 'placement.start', { provider: group.providerOrganisationId }, { kind: 'group', id: groupId })
  const ids = await listRegister(read, groupId, londonMoment(addDays(day, 1), 0), { limit: REGISTER_PAGE + 1, after })
  if (!ids) throw new Refusal('invalid-input', 'The list has moved on. Start again from its first page.')
  const shown = ids.slice(0, REGISTER_PAGE)
  const views = await viewPlacements(context, read, actor, await getWholePlacements(read, shown))
  const people = shown.flatMap((id) => views.find((view) => view.id === id && view.person !== null) ?? [])
  await recordListLook(
    context,
    actor,
    'placement',
    people.map(({ id }) => id),
  )
  return {
    group: await presentGroup(context, read, actor, group),
    people,
    saved: await countRegister(read, groupId, day),
    next: ids.length > REGISTER_PAGE ? (shown.at(-1) ?? null) : null,
  }
}
