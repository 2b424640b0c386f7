import { londonDay } from '../../domain/day.ts'
import { chasedAgainFrom, chasedFrom } from '../../domain/freshness.ts'
import { isToChase, listEntriesToChase, setChased } from '../../store/assurance.ts'
import { sweep } from '../clocks/sweep.ts'
import type { Context } from '../context.ts'
import { owe, recordAct } from '../record.ts'

/** Asks providers, at their shared address, whether entries that nobody confirmed lately are still right. */
export function chaseEntries(context: Context, signal: AbortSignal): Promise<number> {
  const today = londonDay(context.now())
  const due = { assuredBy: chasedFrom(today), chasedBy: chasedAgainFrom(today) }
  return sweep(
    context,
    {
      list: (db, page) => listEntriesToChase(db, due, page),
      async take(tx, id) {
        if (!(await isToChase(tx, due, id))) return false
        await setChased(tx, id, today)
        await owe(context, tx, { notice: 'entry-to-check', linkId: id })
        await recordAct(context, tx, 'system', { action: 'project.chased', subjectKind: 'project', subjectId: id })
        return true
      },
    },
    signal,
  )
}
