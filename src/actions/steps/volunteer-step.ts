import type { EventType } from '../../domain/events.ts'
import type { Db } from '../../store/database.ts'
import { type GroupRow, saveGroup } from '../../store/groups.ts'
import type { Context } from '../context.ts'
import { type Author, record } from '../record.ts'
import { offerPlaces } from './carry-out.ts'
import { keepPlaces } from './seat.ts'

type VolunteerEvent = Extract<EventType, `group.volunteer-${string}`>

/**
 * What a change of a volunteer brings with it, in its transaction: the group's places, its history, and an offer where a
 * place is free now. Who the volunteer is stands with the volunteer, not in the history.
 */
export async function followVolunteer(
  context: Context,
  tx: Db,
  author: Author,
  group: GroupRow,
  { type, volunteerId }: { type: VolunteerEvent; volunteerId: string },
): Promise<void> {
  const now = context.now()
  const places = (await keepPlaces(tx, group, now)) ?? group.places
  // Whoever changes places has looked at them; the clock has not.
  const saved = await saveGroup(tx, group, { places, ...(author === 'system' ? {} : { capacityConfirmedAt: now }) })
  await record(context, tx, author, [
    {
      type,
      subject: { kind: 'group', id: group.id, version: saved.version },
      detail: { volunteerId, from: group.places, to: places },
    },
  ])
  await offerPlaces(context, tx, group.id)
}
