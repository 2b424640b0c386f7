import type { FastifyRequest } from 'fastify'
import { suggestVolunteers } from '../../actions/placements/suggest-volunteers.ts'
import type { PlacementView } from '../../actions/placements/view.ts'
import { actorOf } from '../plugins/auth.ts'
import { text, type Values } from './forms.ts'
import type { Choice, Field } from './move-page.ts'

function sessionsWithRoom({ capacity }: PlacementView): Choice[] {
  const withRoom = capacity.sessions.filter(({ places, taken }) => places === null || taken < places)
  return withRoom.map(({ id, words, places, taken }) => ({
    value: id,
    text: words,
    ...(places === null ? {} : { hint: { text: `${places - taken} of ${places} places not taken` } }),
  }))
}

async function freeVolunteers(request: FastifyRequest, { id, capacity }: PlacementView): Promise<Choice[]> {
  if (capacity.capacityKind !== 'one_to_one') return []
  const free = await suggestVolunteers(request.context, actorOf(request), id)
  return free.map(({ id, name, why }, at) => ({
    value: id,
    text: [at === 0 ? `${name}, suggested` : name, why].filter(Boolean).join(': '),
  }))
}

/** Sessions with room, where there are several to choose from, and volunteers who are free, best first. */
export async function seatChoices(request: FastifyRequest, view: PlacementView) {
  const sessions = sessionsWithRoom(view)
  return { sessions: sessions.length > 1 ? sessions : [], volunteers: await freeVolunteers(request, view) }
}

const sessionField = (items: Choice[]): Field => ({
  kind: 'radios',
  name: 'sessionTimeId',
  label: 'Which session?',
  items,
})

const volunteerField = (items: Choice[]): Field => ({
  kind: 'select',
  name: 'volunteerId',
  label: 'Which volunteer?',
  items,
  value: items[0]?.value ?? '',
})

/** The same as fields of a small move. */
export async function seatFields(request: FastifyRequest, view: PlacementView): Promise<Field[]> {
  const { sessions, volunteers } = await seatChoices(request, view)
  return [
    ...(sessions.length > 0 ? [sessionField(sessions)] : []),
    ...(volunteers.length > 0 ? [volunteerField(volunteers)] : []),
  ]
}

/** Where else somebody who has a place could be: never where they are, and even where only one other is left. */
export async function otherSeatFields(request: FastifyRequest, view: PlacementView): Promise<Field[]> {
  const sessions = sessionsWithRoom(view).filter(({ value }) => value !== view.session?.id)
  const volunteers = (await freeVolunteers(request, view)).filter(({ value }) => value !== view.volunteer?.id)
  const own = sessions.length > 0 ? sessionField(sessions) : volunteers.length > 0 ? volunteerField(volunteers) : null
  const [only, ...others] = sessions
  return own ? [{ ...own, ...(only && others.length === 0 ? { value: only.value } : {}) }] : []
}

/** What was chosen, as the action takes it. */
export function seatFrom(values: Values) {
  const [sessionTimeId, volunteerId] = [text(values, 'sessionTimeId'), text(values, 'volunteerId')]
  return { ...(sessionTimeId ? { sessionTimeId } : {}), ...(volunteerId ? { volunteerId } : {}) }
}
