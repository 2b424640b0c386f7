import type { FastifyReply, FastifyRequest } from 'fastify'
import { changeProject } from '../../actions/directory/change-project.ts'
import { createProject } from '../../actions/directory/create-project.ts'
import { openOwnProject, requireProvider } from '../../actions/directory/open-project.ts'
import { ProjectChange, ProjectInput } from '../../domain/project-entry.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, atRecord } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { conflictOf } from './conflict.ts'
import {
  ACCESS_CHOICES,
  detailsFrom,
  fieldOf,
  inPounds,
  LABELS,
  LANGUAGE_CHOICES,
  NEED_CHOICES,
  STATUSES,
  valuesFor,
} from './entry-form.ts'
import { type FieldFault, faultyForm, parse, text, type Values, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'

interface Sent {
  values: Values
  faults: FieldFault[]
  status: number
}

async function page(request: FastifyRequest, reply: FastifyReply, id: string | null, sent?: Sent) {
  const actor = actorOf(request)
  requireProvider(actor)
  const base = `${baseOf(actor)}/projects`
  const entry = id ? await openOwnProject(request.context, actor, id) : null
  const present = entry ? valuesFor(entry) : {}
  const isConflict = sent?.status === 409 && entry !== null && text(sent.values, 'version') !== String(entry.version)
  const faults = isConflict ? [] : inPounds(sent?.faults ?? [])
  const model = {
    isNew: entry === null,
    name: entry?.name ?? null,
    // Whoever sees both sides and saves again has decided.
    version: entry?.version ?? null,
    form: faultyForm(sent?.values ?? present, faults),
    conflict: isConflict && sent ? conflictOf(LABELS, sent.values, present) : null,
    needs: NEED_CHOICES,
    access: ACCESS_CHOICES,
    languages: LANGUAGE_CHOICES,
    statuses: STATUSES,
    action: entry ? `${base}/${entry.id}/edit` : `${base}/new`,
  }
  const back = entry ? { href: `${base}/${entry.id}`, text: entry.name } : { href: base, text: 'Your entries' }
  const title = entry ? `Change the entry of ${entry.name}` : 'Add a project'
  return show(request, reply, 'entry-edit', { title, back, faults, part: base }, model, sent?.status ?? 200)
}

export function register(app: App): void {
  app.get('/o/:organisation/projects/new', atOrganisation, (request, reply) => page(request, reply, null))

  app.post('/o/:organisation/projects/new', atOrganisation, (request, reply) => {
    const actor = actorOf(request)
    const values = valuesOf(request.body)
    const { data, faults } = parse(ProjectInput, detailsFrom(values), fieldOf)
    if (!data) return page(request, reply, null, { values, faults, status: 400 })
    return carryOut(request, reply, {
      act: (context) => createProject(context, actor, data),
      goTo: ({ id }) => `${baseOf(actor)}/projects/${id}?done=created`,
      again: (faults, status) => page(request, reply, null, { values, faults, status }),
      fieldOf,
    })
  })

  app.get('/o/:organisation/projects/:id/edit', atRecord, (request, reply) => page(request, reply, request.params.id))

  app.post('/o/:organisation/projects/:id/edit', atRecord, (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    const values = valuesOf(request.body)
    const { data, faults } = parse(ProjectChange, detailsFrom(values), fieldOf)
    if (!data) return page(request, reply, id, { values, faults, status: 400 })
    return carryOut(request, reply, {
      act: (context) => changeProject(context, actor, id, Number(text(values, 'version')), data),
      goTo: () => `${baseOf(actor)}/projects/${id}?done=saved`,
      again: (faults, status) => page(request, reply, id, { values, faults, status }),
      fieldOf,
    })
  })
}
