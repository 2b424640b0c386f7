import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { permit } from '../../actions/access/permit.ts'
import { changeGroup, confirmCapacity, type GroupChange } from '../../actions/directory/change-group.ts'
import { listOwnProjects } from '../../actions/directory/list-projects.ts'
import type { GroupView } from '../../actions/directory/view.ts'
import { findGroupsWithVolunteers } from '../../actions/directory/volunteers.ts'
import { listPlacements } from '../../actions/placements/list-placements.ts'
import { countWeeks } from '../../actions/placements/list-week.ts'
import { addDays, type Day, daysBetween, londonDay } from '../../domain/day.ts'
import { dayWords } from '../../templates.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, atRecord, doneIn, queryWord } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { type FieldFault, faultyForm, parse, text, type Values, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { chairs, flowPicture } from './pictures.ts'
import { pauseWords, roomWords } from './places-words.ts'

const NUMBER = 'Enter the number of places, from 0 to 500'

export const PlacesChange = z.object({
  version: z.coerce.number().int(),
  places: z.coerce.number({ error: NUMBER }).int(NUMBER).min(0, NUMBER).max(500, NUMBER).optional(),
  intake: z.object({ paused: z.boolean(), reopensOn: z.iso.date('Enter a day after today').nullable() }).optional(),
})

const DONE: Record<string, string> = {
  saved: 'Saved. Navigators see it now.',
  confirmed: 'Saved: still right. You are asked again in two weeks.',
  paused: 'Paused. Nobody new is sent to this group until it opens again.',
  opened: 'The group takes new people again.',
}

// Presets of a pause, in days; without a day the group stays paused until somebody opens it.
export const PAUSES = [
  { value: '14', text: '2 weeks' },
  { value: '28', text: '4 weeks' },
  { value: 'open', text: 'Until I say' },
]
const MOST_PLACES = 500
const MOST_NAMED = 50

/** How old the knowledge of the places is: "You said so 16 days ago, on Fri 6 November". */
export function knownWords({ confirmedAt }: GroupView, today: Day): string {
  if (!confirmedAt) return 'Nobody has said yet how many places there are.'
  const days = daysBetween(londonDay(confirmedAt), today)
  if (days <= 0) return 'Last confirmed today.'
  return `Last confirmed ${days === 1 ? 'yesterday' : `${days} days ago`}, on ${dayWords(confirmedAt)}.`
}

/** @param wanted a number that was stepped to and is not saved yet */
function card(group: GroupView, base: string, today: Day, wanted: number | null) {
  const places = wanted ?? group.places ?? 0
  const stepTo = (number: number) => `${base}/places?set=${group.id}.${number}#group-${group.id}`
  return {
    ...group,
    room: roomWords(group),
    people: group.taken + group.held,
    chairs: chairs(group),
    known: knownWords(group, today),
    isUnsaved: wanted !== null && wanted !== group.places,
    shown: places,
    fewer: places > 0 ? stepTo(places - 1) : null,
    more: places < MOST_PLACES ? stepTo(places + 1) : null,
    isPaused: group.intake.paused && !group.intake.isOpen,
    pause: pauseWords(group.intake),
    confirmed: group.confirmedAt ? dayWords(group.confirmedAt) : null,
    volunteersHref: group.capacityKind === 'one_to_one' ? `${base}/groups/${group.id}/volunteers` : null,
    closed: group.intake.paused ? null : group.intake.closedBecause,
    links: { save: `${base}/places/${group.id}`, confirm: `${base}/places/${group.id}/confirm` },
  }
}

interface Affected {
  groupId: string
  people: { name: string; href: string }[]
}

/** Who has a place in a group or an offer of one, by name where the actor knows it: a look at each of them. */
async function whoIsIn(request: FastifyRequest, groupId: string): Promise<Affected> {
  const actor = actorOf(request)
  const status = ['offered', 'accepted', 'booked', 'started'] as const
  const { items } = await listPlacements(request.context, actor, { group: groupId, status, limit: MOST_NAMED })
  const href = (id: string) => `${baseOf(actor)}/placements/${id}`
  return {
    groupId,
    people: items.map(({ id, person, reference }) => ({ name: person?.fullName ?? reference, href: href(id) })),
  }
}

async function page(
  request: FastifyRequest,
  reply: FastifyReply,
  values: Values = {},
  faults: FieldFault[] = [],
  status = 200,
  affected: Affected | null = null,
) {
  const actor = actorOf(request)
  permit(actor, 'group.change', { provider: actor.organisationId })
  const base = baseOf(actor)
  const today = londonDay(request.context.now())
  const projects = await listOwnProjects(request.context, actor)
  const [wantedFor, wanted] = wantedOf(queryWord(request.query, 'set'))
  const frame = {
    title: 'Places',
    part: `${base}/places`,
    faults,
    done: doneIn(request.query, DONE),
    scripts: ['places'],
  }
  const oneToOne = projects.flatMap(({ groups }) => groups).filter(({ capacityKind }) => capacityKind === 'one_to_one')
  const named = await findGroupsWithVolunteers(request.context, oneToOne)
  const model = {
    form: faultyForm(values, faults),
    projects: projects.map(({ name, groups }) => ({
      name,
      groups: groups.map((group) => ({
        ...card(group, base, today, group.id === wantedFor && status === 200 ? wanted : null),
        isTyped: group.capacityKind !== 'open' && !named.has(group.id),
      })),
    })),
    pauses: PAUSES,
    affected,
    flow: flowPicture(await countWeeks(request.context, actor)),
  }
  return show(request, reply, 'places', frame, model, status)
}

/** A number of places that a link stepped to: `groupId.8`. */
function wantedOf(set: string | undefined): [string, number] | [null, null] {
  const [, id, number] = /^([\w-]{1,64})\.(\d{1,3})$/.exec(set ?? '') ?? []
  return id && Number(number) <= MOST_PLACES ? [id, Number(number)] : [null, null]
}

/** The fields that were sent as the change they ask for: a number of places, or a pause and its end. */
export function changeOf(values: Values, today: Day) {
  const pause = text(values, 'pause')
  const preset = Number(text(values, 'pauseFor'))
  const reopensOn = preset > 0 ? addDays(today, preset) : (text(values, 'reopensOn') ?? null)
  return {
    version: text(values, 'version'),
    ...(values.places === undefined ? {} : { places: text(values, 'places') ?? 'none' }),
    ...(pause === undefined
      ? {}
      : { intake: { paused: pause === 'yes', reopensOn: pause === 'yes' ? reopensOn : null } }),
  }
}

export function register(app: App): void {
  app.get('/o/:organisation/places', atOrganisation, (request, reply) => page(request, reply))

  app.post('/o/:organisation/places/:id', atRecord, (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    const values = valuesOf(request.body)
    const field = values.places === undefined ? 'reopensOn' : 'places'
    const fieldOf = () => `${field}-${id}`
    const kept = { ...values, [fieldOf()]: values[field] ?? '' }
    const { data, faults } = parse(PlacesChange, changeOf(values, londonDay(request.context.now())), fieldOf)
    if (!data) return page(request, reply, kept, faults, 400)
    const { version, places, intake } = data
    const change: GroupChange = { places, intake }
    const done = intake ? (intake.paused ? 'paused' : 'opened') : 'saved'
    return carryOut(request, reply, {
      act: (context) => changeGroup(context, actor, id, version, change),
      goTo: () => `${baseOf(actor)}/places?done=${done}#group-${id}`,
      again: async (refused, status) =>
        page(
          request,
          reply,
          kept,
          refused.map((fault) => ({ ...fault, field: fieldOf() })),
          status,
          refused.some(({ text }) => text.includes('a place or an offer')) ? await whoIsIn(request, id) : null,
        ),
      fieldOf,
    })
  })

  app.post('/o/:organisation/places/:id/confirm', atRecord, (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    return carryOut(request, reply, {
      act: (context) => confirmCapacity(context, actor, id),
      goTo: () => `${baseOf(actor)}/places?done=confirmed#group-${id}`,
      again: (faults, status) => page(request, reply, {}, faults, status),
    })
  })
}
