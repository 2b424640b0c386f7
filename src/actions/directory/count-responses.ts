import type { Actor } from '../../domain/organisation.ts'
import { responseWords, responsivenessOf } from '../../domain/responsiveness.ts'
import { listAnswers, listProjectIds, listResponses, saveResponses } from '../../store/responses.ts'
import { permit } from '../access/permit.ts'
import { sweep } from '../clocks/sweep.ts'
import type { Context } from '../context.ts'

const YEAR_MS = 365 * 86_400_000

/** Counts, from their own events of the last twelve months, how projects answer. */
export function countResponses(context: Context, signal: AbortSignal): Promise<number> {
  const now = context.now()
  return sweep(
    context,
    {
      list: listProjectIds,
      async take(tx, id) {
        const answers = await listAnswers(tx, id, new Date(now.getTime() - YEAR_MS))
        if (answers.length === 0) return false
        await saveResponses(tx, id, responsivenessOf(answers), now)
        return true
      },
    },
    signal,
  )
}

/** How these projects answer, in sentences by project, for staff only. */
export async function readResponses(
  context: Context,
  actor: Actor,
  projectIds: string[],
): Promise<Map<string, string[]>> {
  permit(actor, 'directory.view')
  const rows = await listResponses(context.db.read, projectIds)
  return new Map([...rows].map(([id, row]) => [id, responseWords(row)]))
}
