import { expectedWait, forecastOf, forecastWords } from '../../domain/forecast.ts'
import type { Actor } from '../../domain/organisation.ts'
import { responseWords, responsivenessOf } from '../../domain/responsiveness.ts'
import { listForecastsOf, listWaits, saveForecast } from '../../store/forecasts.ts'
import { listAnswers, listProjectIds, listResponses, saveResponses } from '../../store/responses.ts'
import { permit } from '../access/permit.ts'
import { sweep } from '../clocks/sweep.ts'
import type { Context } from '../context.ts'

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

const YEAR_MS = 365 * 86_400_000

/** Counts, from their own events of the last twelve months, how projects answer and how long people wait for their groups. */
export function countResponses(context: Context, signal: AbortSignal): Promise<number> {
  const now = context.now()
  return sweep(
    context,
    {
      list: listProjectIds,
      async take(tx, id) {
        const since = new Date(now.getTime() - YEAR_MS)
        const answers = await listAnswers(tx, id, since)
        if (answers.length === 0) return false
        for (const [groupId, waits] of await listWaits(tx, id, since, now))
          await saveForecast(tx, groupId, forecastOf(waits), now)
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
  const said = new Map([...rows].map(([id, row]) => [id, responseWords(row)]))
  for (const { projectId, group, ...forecast } of await listForecastsOf(context.db.read, projectIds)) {
    const expected = expectedWait(forecast)
    if (expected)
      said.set(projectId, [...(said.get(projectId) ?? []), `${group}: ${lowerFirst(forecastWords(expected))}.`])
  }
  return said
}
