import type { FastifyReply, FastifyRequest } from 'fastify'
import { changeGroup } from '../../actions/directory/change-group.ts'
import { createGroup } from '../../actions/directory/create-group.ts'
import { listChoices, openOwnGroup, openOwnProject } from '../../actions/directory/open-project.ts'
import { GroupInput } from '../../domain/project-entry.ts'
import { timesWords } from '../../domain/session-times.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { conflictOf } from './conflict.ts'
import { type FieldFault, faultyForm, parse, text, type Values, valuesOf } from './forms.ts'
import {
  CAPACITY_CHOICES,
  GROUP_LABELS,
  groupFaults,
  groupFieldOf,
  groupFrom,
  groupValues,
  patternChoices,
  timeRows,
  WEEKDAY_CHOICES,
} from './group-form.ts'
import { baseOf, show } from './layout.ts'

interface Sent {
  values: Values
  faults: FieldFault[]
  status: number
}
type Of = { project: string } | { group: string }

async function page(request: FastifyRequest, reply: FastifyReply, of: Of, sent?: Sent) {
  const actor = actorOf(request)
  const base = baseOf(actor)
  const { entry, group } =
    'group' in of
      ? await openOwnGroup(request.context, actor, of.group)
      : { entry: await openOwnProject(request.context, actor, of.project), group: null }
  const { locations } = await listChoices(request.context, actor)
  const present: Values = group ? groupValues(group, locations) : { capacityKind: 'places' }
  const values = sent?.values ?? present
  const isConflict = sent?.status === 409 && group !== null && text(sent.values, 'version') !== String(group.version)
  const faults = isConflict ? [] : (sent?.faults ?? [])
  const model = {
    isNew: group === null,
    name: group?.name ?? null,
    project: entry.name,
    version: group?.version ?? null,
    form: faultyForm(values, faults),
    conflict: isConflict && sent ? conflictOf(GROUP_LABELS, sent.values, present) : null,
    rows: timeRows(values),
    // One session needs no limit of its own: the group's is the same.
    countsSessions: (group?.times?.length ?? 0) > 1,
    patterns: patternChoices(values),
    weekdays: WEEKDAY_CHOICES,
    capacities: CAPACITY_CHOICES,
    locations: [
      { value: '', text: 'None of these' },
      ...locations.map(({ id, name, postcode }) => ({ value: id, text: [name, postcode].filter(Boolean).join(', ') })),
    ],
    addPlace: `${base}/locations`,
    action: 'group' in of ? `${base}/groups/${of.group}/edit` : `${base}/projects/${of.project}/groups/new`,
  }
  const back = { href: `${base}/projects/${entry.id}`, text: entry.name }
  const title = group ? `Change ${group.name}` : `Add a group to ${entry.name}`
  return show(
    request,
    reply,
    'entry-group',
    { title, back, faults, part: `${base}/projects` },
    model,
    sent?.status ?? 200,
  )
}

export function register(app: App): void {
  const adding = '/o/:organisation/projects/:id/groups/new'
  app.get(adding, atRecord, (request, reply) => page(request, reply, { project: request.params.id }))

  app.post(adding, atRecord, (request, reply) => {
    const actor = actorOf(request)
    const of = { project: request.params.id }
    const values = valuesOf(request.body)
    const fieldOf = groupFieldOf(values)
    const { data, faults } = parse(GroupInput, groupFrom(values), fieldOf)
    if (!data) return page(request, reply, of, { values, faults: groupFaults(faults), status: 400 })
    return carryOut(request, reply, {
      act: (context) => createGroup(context, actor, of.project, data),
      goTo: () => `${baseOf(actor)}/projects/${of.project}?done=added`,
      again: (faults, status) => page(request, reply, of, { values, faults, status }),
      fieldOf,
    })
  })

  const changing = '/o/:organisation/groups/:id/edit'
  app.get(changing, atRecord, (request, reply) => page(request, reply, { group: request.params.id }))

  app.post(changing, atRecord, (request, reply) => {
    const actor = actorOf(request)
    const of = { group: request.params.id }
    const values = valuesOf(request.body)
    const fieldOf = groupFieldOf(values)
    const { data, faults } = parse(GroupInput, groupFrom(values), fieldOf)
    if (!data) return page(request, reply, of, { values, faults: groupFaults(faults), status: 400 })
    return carryOut(request, reply, {
      act: async (context) => {
        const { locations } = await listChoices(context, actor)
        const { schedule = timesWords(data.times ?? []), ...said } = data
        const venue = data.venue ?? locations.find(({ id }) => id === data.locationId)?.name
        return changeGroup(context, actor, of.group, Number(text(values, 'version')), { ...said, schedule, venue })
      },
      goTo: ({ projectId }) => `${baseOf(actor)}/projects/${projectId}?done=group`,
      again: (faults, status) => page(request, reply, of, { values, faults, status }),
      fieldOf,
    })
  })
}
