import type { Actor } from '../../domain/organisation.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { Context } from '../context.ts'
import { recordAct } from '../record.ts'

/** An access refusal leaves one audit row and nothing else; other refusals leave no trace. */
export async function recordRefusedAccess(context: Context, actor: Actor | null, refusal: Refusal): Promise<void> {
  if (!actor || (refusal.kind !== 'forbidden' && !refusal.subject)) return
  const { code, subject } = refusal
  const refused = {
    action: 'access.refused',
    subjectKind: subject?.kind ?? 'none',
    subjectId: subject?.id ?? null,
    detail: { code },
  }
  await context.db.write((tx) => recordAct(context, tx, actor, refused))
}
