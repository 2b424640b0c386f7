import { type Day, londonDay } from '../../domain/day.ts'
import { listReopeningGroups } from '../../store/clocks.ts'
import { findGroup, type GroupRow, saveGroup } from '../../store/groups.ts'
import type { Context } from '../context.ts'
import { record } from '../record.ts'
import { offerPlaces } from '../steps/carry-out.ts'
import { sweep } from './sweep.ts'

const isPauseOver = ({ intakeReopensOn }: GroupRow, today: Day) => intakeReopensOn !== null && intakeReopensOn <= today

/** Groups that take people again from today: those who wait are offered the free places. */
export function reopenIntakes(context: Context, signal: AbortSignal): Promise<number> {
  return sweep<GroupRow>(
    context,
    {
      list: (db, page) => listReopeningGroups(db, londonDay(context.now()), page),
      async take(tx, id) {
        const group = await findGroup(tx, id)
        if (!group?.intakePaused || group.cancelledAt || !isPauseOver(group, londonDay(context.now()))) return false
        const saved = await saveGroup(tx, group, { intakePaused: false, intakeReopensOn: null })
        await record(context, tx, 'system', [
          {
            type: 'group.intake-changed',
            subject: { kind: 'group', id, version: saved.version },
            detail: { intake: { paused: false, reopensOn: null } },
          },
        ])
        await offerPlaces(context, tx, id)
        return true
      },
    },
    signal,
  )
}
