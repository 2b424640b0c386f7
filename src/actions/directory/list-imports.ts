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

const MOST_SHOWN = 50
const LINES_AT_ONCE = 200

/** The latest readings of other directories, newest first. */
export async function listImports(context: Context, actor: Actor): Promise<ImportRow[]> {
  permit(actor, 'directory.import')
  return findImports(context.db.read, MOST_SHOWN)
}

export async function openImport(context: Context, actor: Actor, id: string, after?: string) {
  permit(actor, 'directory.import')
  const row = await findImport(context.db.read, id)
  if (!row) throw new Refusal('not-found', 'There is no such import.')
  const lines = await findLines(context.db.read, id, LINES_AT_ONCE + 1, after)
  const shown = lines.slice(0, LINES_AT_ONCE)
  return { row, lines: shown, next: lines.length > LINES_AT_ONCE ? (shown.at(-1)?.id ?? null) : null }
}

/** What an import did, entry by entry, some at a time: after the one with this id. For the command line. */
export async function listImportLines(context: Context, importId: string, after?: string): Promise<ImportLine[]> {
  return findLines(context.db.read, importId, LINES_AT_ONCE, after)
}
