import type { CheckedFile } from '../../domain/checked-file.ts'
import type { GeographyKind, GeographyRows } from '../../domain/geography.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import {
  deletePostcodes,
  insertGeographyImport,
  listPostcodesAfter,
  replaceDeprivation,
  replacePractices,
  replaceWards,
  writePostcodes,
} from '../../store/geography-writes.ts'
import type { Context } from '../context.ts'
import { withLease } from '../jobs/with-lease.ts'
import { recordAct } from '../record.ts'
import { type Placed, placeEverybody } from './place-everybody.ts'

export type CheckedFiles = { [K in GeographyKind]?: CheckedFile<GeographyRows[K]> }

export interface Imported {
  kind: GeographyKind
  file: string
  edition: string
  rowsRead: number
  rowsKept: number
  /** Rows of an earlier list that this one no longer has; only postcodes are counted. */
  removed: number
}

interface Telling {
  imported(what: Imported): void
  placed(what: Placed): void
}

/** Long enough that a stopped machine gives it back while somebody still remembers. */
const LEASE_MS = 120_000

/**
 * Puts official files, which were read and found right before, in the place of those that were loaded. Small ones in one
 * transaction each. Postcodes in chunks, because three million rows at once would keep everybody else from writing for
 * minutes: each row stands for itself, and whoever asks meanwhile is told what one of the two lists says. Then people and
 * places are put where the new list says they are.
 */
export async function importGeography(context: Context, files: CheckedFiles, tell: Telling): Promise<void> {
  const lease = { name: 'import-geography', leaseMs: LEASE_MS, turn: null }
  const outcome = await withLease(context, lease, async () => {
    if (files.wards) tell.imported(await importWhole(context, 'wards', files.wards, replaceWards))
    if (files.deprivation)
      tell.imported(await importWhole(context, 'deprivation', files.deprivation, replaceDeprivation))
    if (files.practices) tell.imported(await importWhole(context, 'practices', files.practices, replacePractices))
    if (files.postcodes) {
      tell.imported(await importPostcodes(context, files.postcodes))
      tell.placed(await placeEverybody(context))
    }
  })
  if (outcome === 'held')
    throw new Refusal('busy', 'Another import is running, or was stopped less than two minutes ago. Try again then.')
}

async function importWhole<Row>(
  context: Context,
  kind: GeographyKind,
  file: CheckedFile<Row>,
  replace: (tx: Db, rows: Row[]) => Promise<void>,
): Promise<Imported> {
  const rows: Row[] = []
  for await (const batch of file.batches()) rows.push(...batch)
  await context.db.write(async (tx) => {
    await replace(tx, rows)
    await recordImport(context, tx, kind, file)
  })
  return toldOf(kind, file, 0)
}

async function importPostcodes(context: Context, file: CheckedFile<GeographyRows['postcodes']>): Promise<Imported> {
  const { db } = context
  for await (const batch of file.batches()) await db.write((tx) => writePostcodes(tx, batch))
  let removed = 0
  let after = ''
  for (;;) {
    const next = await listPostcodesAfter(db.read, after)
    const last = next.at(-1)
    if (last === undefined) break
    after = last
    const gone = next.filter((postcode) => !file.holds(postcode))
    if (gone.length > 0) await db.write((tx) => deletePostcodes(tx, gone))
    removed += gone.length
  }
  await db.write((tx) => recordImport(context, tx, 'postcodes', file))
  return toldOf('postcodes', file, removed)
}

function toldOf<Row>(kind: GeographyKind, checked: CheckedFile<Row>, removed: number): Imported {
  const { file, edition, rowsRead, rowsKept } = checked
  return { kind, file, edition, rowsRead, rowsKept, removed }
}

async function recordImport<Row>(
  context: Context,
  tx: Db,
  kind: GeographyKind,
  { file, digest, edition, rowsRead, rowsKept }: CheckedFile<Row>,
): Promise<void> {
  const id = context.newId()
  const row = { id, kind, file, digest, edition, rowsRead, rowsKept, startedBy: null, importedAt: context.now() }
  await insertGeographyImport(tx, row)
  const detail = { kind, edition, digest, rows: rowsKept }
  await recordAct(context, tx, 'system', {
    action: 'geography.imported',
    subjectKind: 'geography-import',
    subjectId: id,
    detail,
  })
}
