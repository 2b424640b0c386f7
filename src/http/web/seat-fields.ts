import type { FastifyRequest } from 'fastify'
import { suggestVolunteers } from '../../actions/placements/suggest-volunteers.ts'
import type { PlacementView } from '../../actions/placements/view.ts'
import { actorOf } from '../plugins/auth.ts'
import { text, type Values } from './forms.ts'
import type { Choice, Field } from './move-page.ts'

/** Sessions with room, where there are several to choose from, and volunteers who are free, best first. */
export async function seatChoices(request: FastifyRequest, view: PlacementView) {
  const withRoom = view.capacity.sessions.filter(({ places, taken }) => places === null || taken < places)
  const sessions: Choice[] = withRoom.map(({ id, words, places, taken }) => ({
    value: id,
    text: words,
    ...(places === null ? {} : { hint: { text: `${places - taken} of ${places} places not taken` } }),
  }))
  const isOneToOne = view.capacity.capacityKind === 'one_to_one'
  const free = isOneToOne ? await suggestVolunteers(request.context, actorOf(request), view.id) : []
  const volunteers: Choice[] = free.map(({ id, name, why }, at) => ({
    value: id,
    text: [at === 0 ? `${name}, suggested` : name, why].filter(Boolean).join(': '),
  }))
  return { sessions: sessions.length > 1 ? sessions : [], volunteers }
}

/** The same as fields of a small move. */
export async function seatFields(request: FastifyRequest, view: PlacementView): Promise<Field[]> {
  const { sessions, volunteers } = await seatChoices(request, view)
  return [
    ...(sessions.length > 0
      ? [{ kind: 'radios' as const, name: 'sessionTimeId', label: 'Which session?', items: sessions }]
      : []),
    ...(volunteers.length > 0
      ? [
          {
            kind: 'select' as const,
            name: 'volunteerId',
            label: 'Which volunteer?',
            items: volunteers,
            value: volunteers[0]?.value ?? '',
          },
        ]
      : []),
  ]
}

/** What was chosen, as the action takes it. */
export function seatFrom(values: Values) {
  const [sessionTimeId, volunteerId] = [text(values, 'sessionTimeId'), text(values, 'volunteerId')]
  return { ...(sessionTimeId ? { sessionTimeId } : {}), ...(volunteerId ? { volunteerId } : {}) }
}
