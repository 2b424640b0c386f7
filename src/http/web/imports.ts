import type { FastifyReply, FastifyRequest } from 'fastify'
import { type ImportLine, type ImportView, listImports, openImport } from '../../actions/directory/list-imports.ts'
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

const MINUTE_MS = 60_000

/** Null where it went on hours later: nobody knows how long it was read. */
function tookWords(ms: number): string | null {
  if (ms > 60 * MINUTE_MS) return null
  const minutes = Math.round(ms / MINUTE_MS)
  if (ms < MINUTE_MS) return 'Less than a minute'
  return minutes === 1 ? '1 minute' : `${minutes} minutes`
}

function importModel(row: ImportView, path: string) {
  const { status, startedAt, endedAt, created, updated, unchanged, leftOut } = row
  const counts = { new: created, changed: updated, 'as before': unchanged, 'left out': leftOut }
  const some = Object.entries(counts).flatMap(([words, count]) => (count > 0 ? [`${count} ${words}`] : []))
  return {
    source: row.name,
    href: `${path}/${row.id}`,
    status: STATUSES[status],
    startedAt,
    took: endedAt && tookWords(endedAt.getTime() - startedAt.getTime()),
    by: row.startedByName ?? 'The command line',
    counts: some.join(' · ') || 'No entry',
    ...{ created, updated, unchanged, leftOut },
    failure: status === 'failed' ? row.failure : null,
    nextPage: status === 'done' ? null : row.nextPage,
    isBegun: row.nextPage > 1,
  }
}

/** What was said of one entry in one go stands together. */
function linesModel(lines: ImportLine[]) {
  const rows: { did: (typeof DEEDS)[ImportDeed]; entry: string; name: string; details: string[] }[] = []
  for (const { did, entry, name, detail } of lines) {
    const last = rows.at(-1)
    const details = detail === null ? [] : [detail]
    if (last?.entry === entry && last.did === DEEDS[did]) last.details.push(...details)
    else rows.push({ did: DEEDS[did], entry, name: name ?? entry, details })
  }
  return rows
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
    lines: linesModel(lines),
    nothing,
    nextHref: next && at(shown, next),
    firstHref: after ? at(shown) : null,
  }
  const back = { href: path, text: 'Imports' }
  return show(request, reply, 'import', { title: `Import of ${row.name}`, part: path, back }, model)
}

export function register(app: App): void {
  app.get('/o/:organisation/imports', atOrganisation, (request, reply) => listPage(request, reply))
  app.get('/o/:organisation/imports/:id', atRecord, (request, reply) => importPage(request, reply, request.params.id))
}
