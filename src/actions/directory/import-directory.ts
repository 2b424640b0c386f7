import { type DirectorySource, SourceFault } from '../../domain/directory-source.ts'
import type { ReadEntry } from '../../domain/listing.ts'
import type { Actor } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import {
  findLatestImport,
  type ImportLine,
  type ImportRow,
  insertImport,
  insertImportLines,
  listIdsOfFeed,
  listProjectsById,
  saveImport,
  saveReadProject,
} from '../../store/directory-imports.ts'
import { indexProject } from '../../store/directory-index.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { withLease } from '../jobs/with-lease.ts'
import { recordAct } from '../record.ts'
import { applyPage, type Deed } from './apply-page.ts'
import { requireSameSource } from './require-same-source.ts'

const LEASE_MS = 120_000
const GOES_ON_WITHIN_MS = 24 * 3_600_000

export interface ImportOptions {
  /** Told after each page. */
  onProgress?: (row: ImportRow, of: number | null) => void
  signal?: AbortSignal
  /** What a file has no more becomes inactive, even where it leaves out so much that it may be another one. */
  retire?: boolean
}

/**
 * Reads somebody else's directory in, page by page, each in one transaction. An import that stopped goes on with the page
 * it stopped at; one that was finished begins anew and changes only what is different. What the source has no more
 * becomes inactive, and is kept.
 * @param author 'system' for the command line
 */
export async function importDirectory(
  context: Context,
  author: Actor | 'system',
  source: DirectorySource,
  options: ImportOptions = {},
): Promise<ImportRow> {
  if (author !== 'system') permit(author, 'directory.import')
  let row: ImportRow | undefined
  // One reading at a time: two of one source would make the same entries twice.
  const outcome = await withLease(context, { name: 'import-directory', leaseMs: LEASE_MS, turn: null }, async () => {
    row = await readWhole(context, author, source, options)
  })
  if (outcome === 'held' || !row)
    throw new Refusal('still-running', 'Another directory is being read in at the moment. Try again when it is done.')
  return row
}

async function readWhole(
  context: Context,
  author: Actor | 'system',
  source: DirectorySource,
  { onProgress, signal, retire = false }: ImportOptions,
): Promise<ImportRow> {
  const reading = await begin(context, author, source)
  let row = reading
  try {
    const doubt = retire ? undefined : await requireSameSource(context, source)
    const seen = new Set<string>()
    let cut: string | undefined
    for (let isLast = false; !isLast; ) {
      if (signal?.aborted) throw new SourceFault('It was stopped. The next import goes on from here.')
      const page = await source.page(row.nextPage)
      if (row.nextPage === 1 && page.entries.length === 0) throw new SourceFault('There is no entry in it.')
      row = await write(context, source, row, withoutRepeats(page.entries, seen))
      onProgress?.(row, page.of)
      isLast = page.isLast
      cut = page.cut ?? cut
    }
    return await finish(context, author, source, row, { seen, doubts: doubtsOf(reading, cut, doubt) })
  } catch (error) {
    return await fail(context, author, row, error)
  }
}

async function begin(context: Context, author: Actor | 'system', source: DirectorySource): Promise<ImportRow> {
  const startedBy = author === 'system' ? null : author.userId
  const id = context.newId()
  return context.db.write(async (tx) => {
    const latest = await findLatestImport(tx, source.reading)
    if (latest && isWorthGoingOn(latest, context.now())) {
      const again = { status: 'running' as const, failure: null, endedAt: null, startedBy }
      await saveImport(tx, latest.id, again)
      return { ...latest, ...again }
    }
    const row: ImportRow = {
      id,
      source: source.reading,
      status: 'running',
      nextPage: 1,
      created: 0,
      updated: 0,
      unchanged: 0,
      leftOut: 0,
      failure: null,
      startedBy,
      startedAt: context.now(),
      endedAt: null,
    }
    await insertImport(tx, row)
    return row
  })
}

/** What stopped long ago is read anew: the source is another one by now. */
function isWorthGoingOn({ status, nextPage, startedAt, endedAt }: ImportRow, now: Date): boolean {
  return status !== 'done' && nextPage > 1 && now.getTime() - (endedAt ?? startedAt).getTime() < GOES_ON_WITHIN_MS
}

/** The same entry a second time is left out: the first one stands. */
function withoutRepeats(entries: ReadEntry[], seen: Set<string>): ReadEntry[] {
  return entries.map((entry) => {
    if (!entry.ids) return entry
    const isRepeat = seen.has(entry.ids.spareId)
    seen.add(entry.ids.spareId).add(entry.ids.id)
    return isRepeat
      ? { ...entry, listing: null, fault: 'The same id stood in the source before: the first one is kept.' }
      : entry
  })
}

async function write(
  context: Context,
  source: DirectorySource,
  row: ImportRow,
  entries: ReadEntry[],
): Promise<ImportRow> {
  return context.db.write(async (tx) => {
    const deeds = await applyPage(tx, source.feed, entries, context.now())
    const changed = deeds.filter(({ did }) => did === 'created' || did === 'updated')
    await indexProject(tx, context.now(), ...changed.flatMap(({ projectId }) => projectId ?? []))
    const count = (did: Deed['did']) => deeds.filter((deed) => deed.did === did).length
    const next = {
      nextPage: row.nextPage + 1,
      created: row.created + count('created'),
      updated: row.updated + count('updated'),
      unchanged: row.unchanged + count('unchanged'),
      leftOut: row.leftOut + count('left_out'),
    }
    await saveImport(tx, row.id, next)
    await insertImportLines(
      tx,
      entries.flatMap((entry, index) => linesOf(context, row.id, entry, deeds[index])),
    )
    return { ...row, ...next }
  })
}

function linesOf({ newId }: Context, importId: string, entry: ReadEntry, deed: Deed | undefined): ImportLine[] {
  const line = { importId, entry: entry.entry, name: entry.name }
  const did = deed && deed.did !== 'unchanged' ? [{ id: newId(), ...line, did: deed.did, detail: deed.detail }] : []
  const isNew = deed?.did === 'created' || deed?.did === 'updated'
  const said = isNew ? [...entry.notes, ...deed.notes] : []
  return [...did, ...said.map((detail) => ({ id: newId(), ...line, did: 'noted' as const, detail }))]
}

/** Why what did not come may be there all the same. */
function doubtsOf({ nextPage }: ImportRow, cut: string | undefined, doubt: string | undefined): string[] {
  const isPart = nextPage > 1
  return [
    ...(isPart ? ['It went on where another one stopped: what is gone from it is looked for the next time.'] : []),
    ...(cut ? [`${cut} It may not be whole, so what did not come stays here as it is.`] : []),
    ...(doubt && !cut && !isPart ? [doubt] : []),
  ]
}

/** @param seen every id that came; what did not is gone only where there are no doubts */
async function finish(
  context: Context,
  author: Actor | 'system',
  source: DirectorySource,
  row: ImportRow,
  { seen, doubts }: { seen: Set<string>; doubts: string[] },
): Promise<ImportRow> {
  const gone = doubts.length === 0 ? await retireVanished(context, source, row, seen) : 0
  return context.db.write(async (tx) => {
    const note = { importId: row.id, did: 'noted' as const, entry: source.name, name: null }
    await insertImportLines(
      tx,
      doubts.map((detail) => ({ id: context.newId(), ...note, detail })),
    )
    const done = { status: 'done' as const, endedAt: context.now(), updated: row.updated + gone }
    await saveImport(tx, row.id, done)
    await recordImport(context, tx, author, { ...row, ...done }, gone)
    return { ...row, ...done }
  })
}

const RETIRED_AT_ONCE = 100

/** Some at a time: others write meanwhile. What it does not come to, the next reading does. */
async function retireVanished(
  { db, newId, now }: Context,
  { feed }: DirectorySource,
  row: ImportRow,
  seen: Set<string>,
) {
  const known = await listIdsOfFeed(db.read, feed)
  const gone = known.flatMap(({ id, isRunning }) => (isRunning && !seen.has(id) ? [id] : []))
  for (let start = 0; start < gone.length; start += RETIRED_AT_ONCE) {
    const ids = gone.slice(start, start + RETIRED_AT_ONCE)
    await db.write(async (tx) => {
      const projects = await listProjectsById(tx, ids)
      for (const project of projects) await saveReadProject(tx, project, { status: 'inactive' })
      await indexProject(tx, now(), ...ids)
      const line = { importId: row.id, did: 'updated' as const, detail: GONE }
      await insertImportLines(
        tx,
        projects.map(({ id, name }) => ({ id: newId(), ...line, entry: id, name })),
      )
      await saveImport(tx, row.id, { updated: row.updated + start + ids.length })
    })
  }
  return gone.length
}

const GONE = 'It is gone from the source: kept here as inactive.'

/** A source that cannot be read is an answer, and what is done already stays. Anything else is a fault of ours. */
async function fail(context: Context, author: Actor | 'system', row: ImportRow, error: unknown): Promise<ImportRow> {
  const isTheirs = error instanceof SourceFault
  const failed = {
    status: 'failed' as const,
    failure: isTheirs ? error.message.slice(0, 500) : 'Something went wrong here. We have logged it.',
    endedAt: context.now(),
  }
  await context.db.write(async (tx) => {
    await saveImport(tx, row.id, failed)
    await recordImport(context, tx, author, { ...row, ...failed }, 0)
  })
  if (!isTheirs) throw error
  return { ...row, ...failed }
}

async function recordImport(context: Context, tx: Db, author: Actor | 'system', row: ImportRow, gone: number) {
  const { source, status, created, updated, unchanged, leftOut } = row
  await recordAct(context, tx, author, {
    action: 'directory.imported',
    subjectKind: 'directory_import',
    subjectId: row.id,
    detail: { source, status, created, updated, unchanged, leftOut, gone },
  })
}
