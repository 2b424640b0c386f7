import type { FastifyReply, FastifyRequest } from 'fastify'
import { assureProject } from '../../actions/directory/assure-project.ts'
import { changeProject } from '../../actions/directory/change-project.ts'
import { readResponses } from '../../actions/directory/count-responses.ts'
import { listEntryHistory } from '../../actions/directory/list-entry-history.ts'
import { previewEntry } from '../../actions/directory/open-entry.ts'
import { listEntries, openOwnProject } from '../../actions/directory/open-project.ts'
import type { EntryGroup, EntryView } from '../../actions/directory/own-entry-view.ts'
import { priceWords } from '../../domain/cost.ts'
import { type Day, daysBetween } from '../../domain/day.ts'
import { ACCESS } from '../../domain/directory.ts'
import { PROJECT_LABELS } from '../../domain/entry-labels.ts'
import { isAssured } from '../../domain/freshness.ts'
import { dayWords } from '../../templates.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, atRecord, doneIn } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { entryModel } from './directory-words.ts'
import { languageWords } from './entry-form.ts'
import { type FieldFault, text, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { pauseWords, roomWords } from './places-words.ts'

const DONE: Record<string, string> = {
  created: 'Saved. Nobody else sees it yet. Say who it is for, add a group, then publish it.',
  saved: 'Saved. It counts as confirmed today.',
  assured: 'Saved: still right. It counts as confirmed today.',
  published: 'Published. It stands in the directory now.',
  hidden: 'Taken out of the directory. Nobody new is sent. Whoever is in a group stays.',
  rules: 'Saved. Matches go by it from now on.',
  group: 'Saved.',
  added: 'The group is added. It takes nobody until you open it under Places.',
}

/** How old the knowledge is, and whether it is too old to be trusted. */
export function assuredWords(assuredOn: Day | null, today: Day, by: string | null = null) {
  if (!assuredOn) return { text: 'Nobody has confirmed it yet.', isStale: true }
  const days = daysBetween(assuredOn, today)
  const when = days <= 0 ? 'today' : days === 1 ? 'yesterday' : `on ${dayWords(assuredOn)}, ${days} days ago`
  return { text: `Last confirmed ${when}${by ? `, by ${by}` : ''}.`, isStale: !isAssured(assuredOn, today) }
}

/** What a referrer reads of an entry, a line each; what nobody said is left out. */
function factsOf(entry: EntryView) {
  const labels = PROJECT_LABELS
  return [
    [labels.needs, entry.needs.map(({ label }) => label).join(', ')],
    [labels.firstVisit, entry.firstVisit],
    [labels.greeter, entry.greeter],
    [labels.howToRefer, entry.howToRefer],
    [labels.costPence, [priceWords(entry.costPence), entry.costNote].filter(Boolean).join('. ') || null],
    [labels.languages, languageWords(entry.languages)],
    [labels.access, entry.access?.length ? entry.access.map((code) => ACCESS[code]).join(', ') : null],
    [labels.interests, entry.interests?.length ? entry.interests.join(', ') : null],
    [
      labels.contactName,
      [entry.contactName, entry.contactPhone, entry.contactEmail].filter(Boolean).join(', ') || null,
    ],
    [labels.url, entry.url],
  ].flatMap(([label, words]) => (label ? [{ label, words: words ?? null }] : []))
}

function groupCard(group: EntryGroup, base: string) {
  const page = `${base}/groups/${group.id}`
  return {
    id: group.id,
    name: group.name,
    schedule: group.schedule,
    venue: group.venue,
    sentence: group.sentence,
    room: pauseWords(group.intake) ?? group.intake.closedBecause ?? roomWords(group),
    isOpen: group.intake.isOpen,
    edit: `${page}/edit`,
    rules: `${page}/rules`,
  }
}

async function hub(request: FastifyRequest, reply: FastifyReply, id: string, faults: FieldFault[] = [], status = 200) {
  const actor = actorOf(request)
  const base = baseOf(actor)
  const entry = await openOwnProject(request.context, actor, id)
  const page = `${base}/projects/${id}`
  const facts = factsOf(entry)
  const model = {
    entry,
    assured: assuredWords(entry.assuredOn, entry.today, entry.assuredBy),
    facts,
    missing: facts.filter(({ words }) => !words).map(({ label }) => label.toLowerCase()),
    groups: entry.groups.map((group) => groupCard(group, base)),
    mayChange: entry.allowedActions.includes('change'),
    links: {
      edit: `${page}/edit`,
      rules: `${page}/rules`,
      addGroup: `${page}/groups/new`,
      preview: `${page}/preview`,
      history: `${page}/history`,
      assure: `${page}/assure`,
      publish: `${page}/publish`,
      places: `${base}/places`,
      locations: `${base}/locations`,
    },
  }
  const frame = {
    title: entry.name,
    back: { href: `${base}/projects`, text: 'Your entries' },
    part: `${base}/projects`,
    faults,
    done: doneIn(request.query, DONE),
  }
  return show(request, reply, 'entry', frame, model, status)
}

async function list(request: FastifyRequest, reply: FastifyReply) {
  const actor = actorOf(request)
  const base = `${baseOf(actor)}/projects`
  const entries = (await listEntries(request.context, actor)).map((entry) => ({
    ...entry,
    href: `${base}/${entry.id}`,
    assured: assuredWords(entry.assuredOn, entry.today),
  }))
  return show(
    request,
    reply,
    'entries',
    { title: 'Your entries in the directory', part: base },
    { entries, add: `${base}/new`, locations: `${baseOf(actor)}/locations` },
  )
}

/** The very page of the directory, and what it has to say of itself above. */
async function preview(request: FastifyRequest, reply: FastifyReply, id: string) {
  const actor = actorOf(request)
  const base = baseOf(actor)
  const { entry, isPublished } = await previewEntry(request.context, actor, id)
  const frame = {
    title: `${entry.name}, as a practice sees it`,
    back: { href: `${base}/projects/${id}`, text: entry.name },
    part: `${base}/projects`,
  }
  const responses = (await readResponses(request.context, actor, [id])).get(id) ?? []
  const model = { entry: entryModel(entry, true), referHref: null, pointHref: null, responses }
  return show(request, reply, 'directory-entry', frame, { ...model, preview: { isPublished } })
}

async function history(request: FastifyRequest, reply: FastifyReply, id: string) {
  const actor = actorOf(request)
  const base = baseOf(actor)
  const told = await listEntryHistory(request.context, actor, id)
  const back = { href: `${base}/projects/${id}`, text: told.project.name }
  return show(
    request,
    reply,
    'entry-history',
    { title: `Changes of ${told.project.name}`, back, part: `${base}/projects` },
    told,
  )
}

export function register(app: App): void {
  const at = '/o/:organisation/projects/:id'
  app.get('/o/:organisation/projects', atOrganisation, list)
  app.get(at, atRecord, (request, reply) => hub(request, reply, request.params.id))
  app.get(`${at}/preview`, atRecord, (request, reply) => preview(request, reply, request.params.id))
  app.get(`${at}/history`, atRecord, (request, reply) => history(request, reply, request.params.id))

  app.post(`${at}/assure`, atRecord, (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    return carryOut(request, reply, {
      act: (context) => assureProject(context, actor, id),
      goTo: () => `${baseOf(actor)}/projects/${id}?done=assured`,
      again: (faults, status) => hub(request, reply, id, faults, status),
    })
  })

  app.post(`${at}/publish`, atRecord, (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    const values = valuesOf(request.body)
    const isListed = text(values, 'listed') === 'yes'
    return carryOut(request, reply, {
      act: (context) => changeProject(context, actor, id, Number(text(values, 'version')), { isListed }),
      goTo: () => `${baseOf(actor)}/projects/${id}?done=${isListed ? 'published' : 'hidden'}`,
      again: (faults, status) =>
        hub(
          request,
          reply,
          id,
          faults.map((fault) => ({ ...fault, field: '' })),
          status,
        ),
    })
  })
}
