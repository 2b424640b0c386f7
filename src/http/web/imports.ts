import type { FastifyReply, FastifyRequest } from 'fastify'
import { type ImportView, listImports, openImport } from '../../actions/directory/list-imports.ts'
import { IMPORT_DEEDS, type ImportDeed, type ImportStatus } from '../../domain/directory.ts'
import { Refusal } from '../../domain/refusal.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, atRecord, queryWord } from './addresses.ts'
import { baseOf, show } from './layout.ts'

const STATUSES: Record<ImportStatus, { text: string; colour: string }> = {
  running: { text: 'Being read', colour: 'blue' },
  done: { text: 'Done', colour: 'green' },
  failed: { text: 'Stopped', colour: 'red' },
}

const DEEDS: Record<ImportDeed, { text: string; colour: string }> = {
  created: { text: 'New', colour: 'green' },
  updated: { text: 'Changed', colour: 'blue' },
  left_out: { text: 'Left out', colour: 'red' },
  noted: { text: 'Note', colour: 'yellow' },
}

/** What needs somebody comes first: that is what the page is opened for. */
const SHOWN = {
  faults: { text: 'Left out and notes', deeds: ['left_out', 'noted'], nothing: 'Nothing was left out or cut.' },
  created: { text: 'New', deeds: ['created'], nothing: 'Nothing was new.' },
  updated: { text: 'Changed', deeds: ['updated'], nothing: 'Nothing had changed.' },
  all: { text: 'Everything', deeds: [...IMPORT_DEEDS], nothing: 'Nothing was new, changed or left out.' },
} satisfies Record<string, { text: string; deeds: ImportDeed[]; nothing: string }>
type Shown = keyof typeof SHOWN

function importModel({ id, source, status, startedAt, endedAt, startedByName, ...row }: ImportView, path: string) {
  const { created, updated, unchanged, leftOut, nextPage, failure } = row
  return {
    ...{ source, status: STATUSES[status], startedAt, endedAt, created, updated, unchanged, leftOut },
    href: `${path}/${id}`,
    by: startedByName ?? 'The command line',
    failure: status === 'failed' ? failure : null,
    nextPage: status === 'done' ? null : nextPage,
  }
}

async function listPage(request: FastifyRequest, reply: FastifyReply) {
  const actor = actorOf(request)
  const path = `${baseOf(actor)}/imports`
  const after = queryWord(request.query, 'after')
  let hasMovedOn = false
  const page = await listImports(request.context, actor, { after }).catch((error) => {
    // A cursor of nobody's: the list begins again, and says so.
    if (!(error instanceof Refusal) || error.code !== 'invalid-input' || after === undefined) throw error
    hasMovedOn = true
    return listImports(request.context, actor)
  })
  const model = {
    rows: page.items.map((row) => importModel(row, path)),
    nextHref: page.next && `${path}?after=${encodeURIComponent(page.next)}`,
    firstHref: after && !hasMovedOn ? path : null,
    hasMovedOn,
  }
  return show(request, reply, 'imports', { title: 'Imports', part: path }, model)
}

async function importPage(request: FastifyRequest, reply: FastifyReply, id: string) {
  const actor = actorOf(request)
  const path = `${baseOf(actor)}/imports`
  const asked = queryWord(request.query, 'show') ?? ''
  const shown: Shown = Object.hasOwn(SHOWN, asked) ? (asked as Shown) : 'faults'
  const after = queryWord(request.query, 'after')
  const { deeds, nothing } = SHOWN[shown]
  const { row, lines, next } = await openImport(request.context, actor, id, { after, deeds })
  const at = (which: string, from = '') => `${path}/${id}?show=${which}${from && `&after=${encodeURIComponent(from)}`}`
  const model = {
    row: importModel(row, path),
    choices: Object.entries(SHOWN).map(([name, { text }]) => ({ text, href: at(name), isNow: name === shown })),
    lines: lines.map(({ did, entry, name, detail }) => ({ did: DEEDS[did], entry, name: name ?? entry, detail })),
    nothing,
    nextHref: next && at(shown, next),
    firstHref: after ? at(shown) : null,
  }
  const back = { href: path, text: 'Imports' }
  return show(request, reply, 'import', { title: `Import of ${row.source}`, part: path, back }, model)
}

export function register(app: App): void {
  app.get('/o/:organisation/imports', atOrganisation, (request, reply) => listPage(request, reply))
  app.get('/o/:organisation/imports/:id', atRecord, (request, reply) => importPage(request, reply, request.params.id))
}
