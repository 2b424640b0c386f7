import type { FastifyReply, FastifyRequest } from 'fastify'
import { changeLocation, createLocation } from '../../actions/directory/keep-location.ts'
import { type Choices, listChoices } from '../../actions/directory/open-project.ts'
import { LOCATION_KIND_WORDS } from '../../domain/directory.ts'
import { LocationInput } from '../../domain/project-entry.ts'
import { Refusal } from '../../domain/refusal.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, atRecord, queryWord } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { ACCESS_CHOICES } from './entry-form.ts'
import { type FieldFault, faultyForm, parse, several, text, type Values, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'

const KINDS = Object.entries(LOCATION_KIND_WORDS).map(([value, text]) => ({ value, text }))

interface Sent {
  values: Values
  faults: FieldFault[]
  status: number
}

type Location = Choices['locations'][number]

function valuesFor(place: Location): Values {
  return {
    kind: place.kind,
    name: place.name,
    addressLines: place.addressLines.join('\n'),
    city: place.city ?? '',
    postcode: place.postcode ?? '',
    access: place.access,
    accessNote: place.accessNote ?? '',
  }
}

function placeFrom(values: Values) {
  const lines = (text(values, 'addressLines') ?? '').split('\n').map((line) => line.trim())
  return {
    kind: text(values, 'kind'),
    name: text(values, 'name') ?? '',
    addressLines: lines.filter(Boolean),
    city: text(values, 'city') ?? null,
    postcode: text(values, 'postcode') ?? null,
    access: several(values, 'access'),
    accessNote: text(values, 'accessNote') ?? null,
  }
}

const fieldOf = (path: string) => path.split('/')[0] ?? path

/** The list of places, with the form of one: a new one, or the one that is changed. */
async function page(request: FastifyRequest, reply: FastifyReply, id: string | null, sent?: Sent) {
  const actor = actorOf(request)
  const base = baseOf(actor)
  const { locations } = await listChoices(request.context, actor)
  const place = locations.find((one) => one.id === id) ?? null
  if (id && !place) throw new Refusal('not-found', 'There is no such place.')
  const values = sent?.values ?? (place ? valuesFor(place) : { kind: 'physical' })
  const model = {
    isNew: place === null,
    version: place?.version ?? null,
    form: faultyForm(values, sent?.faults ?? []),
    kinds: KINDS,
    access: ACCESS_CHOICES,
    places: locations.map((one) => ({
      name: one.name,
      address: [...one.addressLines, one.city, one.postcode].filter(Boolean).join(', '),
      href: `${base}/locations/${one.id}`,
    })),
    action: place ? `${base}/locations/${place.id}` : `${base}/locations`,
  }
  const frame = {
    title: place ? `Change ${place.name}` : 'Where you meet',
    back: place
      ? { href: `${base}/locations`, text: 'Where you meet' }
      : { href: `${base}/projects`, text: 'Your entries' },
    part: `${base}/projects`,
    faults: sent?.faults ?? [],
    done: queryWord(request.query, 'done') === 'saved' ? 'Saved. Choose it under a group now.' : undefined,
  }
  return show(request, reply, 'entry-place', frame, model, sent?.status ?? 200)
}

function post(request: FastifyRequest, reply: FastifyReply, id: string | null) {
  const actor = actorOf(request)
  const values = valuesOf(request.body)
  const { data, faults } = parse(LocationInput, placeFrom(values), fieldOf)
  if (!data) return page(request, reply, id, { values, faults, status: 400 })
  return carryOut(request, reply, {
    act: (context) =>
      id
        ? changeLocation(context, actor, id, Number(text(values, 'version')), data)
        : createLocation(context, actor, data),
    goTo: () => `${baseOf(actor)}/locations?done=saved`,
    again: (faults, status) => page(request, reply, id, { values, faults, status }),
    fieldOf,
  })
}

export function register(app: App): void {
  app.get('/o/:organisation/locations', atOrganisation, (request, reply) => page(request, reply, null))
  app.post('/o/:organisation/locations', atOrganisation, (request, reply) => post(request, reply, null))
  app.get('/o/:organisation/locations/:id', atRecord, (request, reply) => page(request, reply, request.params.id))
  app.post('/o/:organisation/locations/:id', atRecord, (request, reply) => post(request, reply, request.params.id))
}
