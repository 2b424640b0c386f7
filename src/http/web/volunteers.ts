import type { FastifyReply, FastifyRequest } from 'fastify'
import { openGroup } from '../../actions/directory/open-group.ts'
import {
  addVolunteer,
  changeVolunteer,
  endVolunteer,
  listGroupVolunteers,
  openVolunteer,
  type VolunteerView,
} from '../../actions/directory/volunteers.ts'
import { listWardChoices } from '../../actions/geography/list-ward-choices.ts'
import { type Day, londonDay, writtenDay } from '../../domain/day.ts'
import { isEnglish, languageName } from '../../domain/languages.ts'
import { awayFault, VolunteerInput } from '../../domain/volunteer.ts'
import { dayWords } from '../../templates.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord, doneIn } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { conflictOf } from './conflict.ts'
import { LANGUAGE_CHOICES } from './entry-form.ts'
import { type FieldFault, faultyForm, parse, several, text, type Values, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'

const DONE = {
  added: 'Added: one place more. If somebody waits, they are offered it.',
  saved: 'Saved.',
  ended: 'Saved. The place is gone with them.',
}

const LABELS = { name: 'Name', availability: 'When they are free', availableFrom: 'Away until' }

interface Sent {
  values: Values
  faults: FieldFault[]
  status: number
}

/** Names of wards by their codes, and as boxes to tick. */
async function wardsOf(request: FastifyRequest) {
  const choices = (await listWardChoices(request.context)).map(({ code, name }) => ({ value: code, text: name }))
  return { choices, nameOf: new Map(choices.map(({ value, text }) => [value, text])) }
}

/** A day of another year says which. */
const sinceWords = (day: Day, today: Day) => (day.slice(0, 4) === today.slice(0, 4) ? dayWords(day) : writtenDay(day))

function lineOf(volunteer: VolunteerView, base: string, nameOf: Map<string, string>, today: Day) {
  const { id, name, languages, wards, availability, availableFrom, isWithSomebody, placement, freeSince } = volunteer
  const facts = [
    availability,
    languages
      .filter((code) => !isEnglish(code))
      .map(languageName)
      .join(', '),
    wards.length > 0 ? `Goes to ${wards.map((code) => nameOf.get(code) ?? code).join(', ')}` : 'Goes everywhere',
  ]
  return {
    name,
    href: `${base}/volunteers/${id}`,
    facts: facts.filter(Boolean),
    away: availableFrom ? `Away until ${dayWords(availableFrom)}` : null,
    isWithSomebody,
    person: placement && { reference: placement.reference, href: `${base}/placements/${placement.id}` },
    freeSince: freeSince ? `Free since ${sinceWords(londonDay(freeSince), today)}` : null,
  }
}

function volunteerFrom(values: Values) {
  return {
    name: text(values, 'name') ?? '',
    wards: several(values, 'wards'),
    languages: several(values, 'languages'),
    availability: text(values, 'availability') ?? '',
    availableFrom: text(values, 'availableFrom') ?? null,
  }
}

function valuesFor({ name, wards, languages, availability, availableFrom }: VolunteerView): Values {
  return { name, wards, languages, availability, availableFrom: availableFrom ?? '' }
}

/** All that is wrong at once: also what only the day tells. */
function parseVolunteer({ context }: FastifyRequest, values: Values) {
  const input = volunteerFrom(values)
  const { data, faults } = parse(VolunteerInput, input, fieldOf)
  const away = awayFault(input.availableFrom, londonDay(context.now()))
  const all = [...faults, ...(away && !faults.some(({ field }) => field === 'availableFrom') ? [awayAt(away)] : [])]
  return all.length > 0 ? { data: undefined, faults: all } : { data, faults: [] }
}

const awayAt = (text: string): FieldFault => ({ field: 'availableFrom', text })

const fieldOf = (path: string) => path.split('/')[0] ?? path

async function listPage(request: FastifyRequest, reply: FastifyReply, groupId: string, sent?: Sent) {
  const actor = actorOf(request)
  const base = baseOf(actor)
  const group = await openGroup(request.context, actor, groupId)
  const volunteers = await listGroupVolunteers(request.context, actor, groupId)
  const { choices, nameOf } = await wardsOf(request)
  const frame = {
    title: `Volunteers of ${group.name}`,
    part: `${base}/places`,
    back: { href: `${base}/places#group-${groupId}`, text: 'Places' },
    faults: sent?.faults ?? [],
    done: doneIn(request.query, DONE),
  }
  const model = {
    group: group.name,
    isOneToOne: group.capacityKind === 'one_to_one',
    changeHref: `${base}/groups/${groupId}/edit`,
    volunteers: volunteers.map((one) => lineOf(one, base, nameOf, londonDay(request.context.now()))),
    form: faultyForm(sent?.values ?? {}, sent?.faults ?? []),
    wards: choices,
    languages: LANGUAGE_CHOICES.filter(({ value }) => !isEnglish(value)),
    action: `${base}/groups/${groupId}/volunteers`,
  }
  return show(request, reply, 'volunteers', frame, model, sent?.status ?? 200)
}

async function onePage(request: FastifyRequest, reply: FastifyReply, id: string, sent?: Sent) {
  const actor = actorOf(request)
  const base = baseOf(actor)
  const { groupId, groupName, volunteer } = await openVolunteer(request.context, actor, id)
  const { choices } = await wardsOf(request)
  const present = valuesFor(volunteer)
  const seen = sent && text(sent.values, 'version')
  const isConflict = sent?.status === 409 && seen !== undefined && seen !== String(volunteer.version)
  const faults = isConflict ? [] : (sent?.faults ?? [])
  const list = `${base}/groups/${groupId}/volunteers`
  const frame = {
    // A volunteer is named here, but not where others may read over somebody's shoulder.
    title: 'A volunteer',
    part: `${base}/places`,
    back: { href: list, text: `Volunteers of ${groupName}` },
    faults,
  }
  const model = {
    name: volunteer.name,
    version: volunteer.version,
    isWithSomebody: volunteer.isWithSomebody,
    person: volunteer.placement && {
      reference: volunteer.placement.reference,
      href: `${base}/placements/${volunteer.placement.id}/do/rematch`,
    },
    conflict: isConflict && sent ? conflictOf(LABELS, sent.values, present) : null,
    form: faultyForm({ ...present, ...sent?.values }, faults),
    wards: choices,
    languages: LANGUAGE_CHOICES.filter(({ value }) => !isEnglish(value)),
    action: `${base}/volunteers/${id}`,
    endAction: `${base}/volunteers/${id}/end`,
  }
  return show(request, reply, 'volunteer', frame, model, sent?.status ?? 200)
}

export function register(app: App): void {
  const list = '/o/:organisation/groups/:id/volunteers'
  app.get(list, atRecord, (request, reply) => listPage(request, reply, request.params.id))

  app.post(list, atRecord, (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    const values = valuesOf(request.body)
    const { data, faults } = parseVolunteer(request, values)
    if (!data) return listPage(request, reply, id, { values, faults, status: 400 })
    return carryOut(request, reply, {
      act: (context) => addVolunteer(context, actor, id, data),
      goTo: () => `${baseOf(actor)}/groups/${id}/volunteers?done=added`,
      again: (faults, status) => listPage(request, reply, id, { values, faults, status }),
      fieldOf,
    })
  })

  const one = '/o/:organisation/volunteers/:id'
  app.get(one, atRecord, (request, reply) => onePage(request, reply, request.params.id))

  app.post(one, atRecord, (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    const values = valuesOf(request.body)
    const { data, faults } = parseVolunteer(request, values)
    if (!data) return onePage(request, reply, id, { values, faults, status: 400 })
    return carryOut(request, reply, {
      act: (context) => changeVolunteer(context, actor, id, Number(text(values, 'version')), data),
      goTo: ({ groupId }) => `${baseOf(actor)}/groups/${groupId}/volunteers?done=saved`,
      again: (faults, status) => onePage(request, reply, id, { values, faults, status }),
      fieldOf,
    })
  })

  app.post(`${one}/end`, atRecord, async (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    const { groupId } = await openVolunteer(request.context, actor, id)
    return carryOut(request, reply, {
      act: (context) => endVolunteer(context, actor, id),
      goTo: () => `${baseOf(actor)}/groups/${groupId}/volunteers?done=ended`,
      again: (faults, status) => onePage(request, reply, id, { values: {}, faults, status }),
    })
  })
}
