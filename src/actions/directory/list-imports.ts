import type { ImportDeed } from '../../domain/directory.ts'
import { nameOfReading } from '../../domain/directory-source.ts'
import type { Actor } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import {
  findImport,
  listImports as findImports,
  listImportLines as findLines,
  type ImportLine,
  type ImportRow,
} from '../../store/directory-imports.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { type Page, readCursor, toPage } from '../page.ts'

export type { ImportLine } from '../../store/directory-imports.ts'

const IMPORTS_AT_ONCE = 30
const LINES_AT_ONCE = 200

export interface ImportView extends ImportRow {
  /** Of what it was, as people know it: the address, or the name of the file. */
  name: string
  /** Nobody on the command line. */
  startedByName: string | null
}

const viewOf = <T extends { source: string }>(row: T) => ({ ...row, name: nameOfReading(row.source) })

/** The readings of other directories, newest first. */
export async function listImports(
  context: Context,
  actor: Actor,
  { after, limit = IMPORTS_AT_ONCE }: { after?: string | undefined; limit?: number } = {},
): Promise<Page<ImportView>> {
  permit(actor, 'directory.import')
  const rows = await findImports(context.db.read, { limit: limit + 1, after: readCursor(after) })
  return toPage(
    rows,
    limit,
    ({ startedAt, id }) => ({ value: startedAt.toISOString(), id }),
    (shown) => shown.map(viewOf),
  )
}

/** One reading with what it did, line by line. */
export async function openImport(
  context: Context,
  actor: Actor,
  id: string,
  { after, deeds, limit = LINES_AT_ONCE }: { after?: string | undefined; deeds?: ImportDeed[]; limit?: number } = {},
): Promise<{ row: ImportView; lines: ImportLine[]; next: string | null }> {
  permit(actor, 'directory.import')
  const row = await findImport(context.db.read, id)
  if (!row) throw new Refusal('not-found', 'There is no such import.')
  const lines = await findLines(context.db.read, id, { limit: limit + 1, after, deeds })
  const shown = lines.slice(0, limit)
  return { row: viewOf(row), lines: shown, next: lines.length > limit ? (shown.at(-1)?.id ?? null) : null }
}

/** What an import did, entry by entry, some at a time: after the one with this id. For the command line. */
export async function listImportLines(context: Context, importId: string, after?: string): Promise<ImportLine[]> {
  return findLines(context.db.read, importId, { limit: LINES_AT_ONCE, after })
}
