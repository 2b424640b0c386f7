import { type Day, londonDay } from '../../domain/day.ts'
import { meetsOn } from '../../domain/schedule.ts'
import { meetsByTimes } from '../../domain/session-times.ts'
import type { Db } from '../../store/database.ts'
import { listPlaced, listUnaskedOn, setAsked } from '../../store/group-asks.ts'
import { findGroup, type GroupRow } from '../../store/groups.ts'
import type { Context } from '../context.ts'
import { owe, recordAct } from '../record.ts'
import { sweep } from './sweep.ts'

/** In the morning of a session its provider gets a link to the register, where somebody is in the group. */
export function askRegisters(context: Context, signal: AbortSignal): Promise<number> {
  const today = londonDay(context.now())
  return sweep<GroupRow>(
    context,
    {
      list: (db, page) => listUnaskedOn(db, today, page),
      isDue: (group) => isToTake(context.db.read, group, today),
      async take(tx, id) {
        const group = await findGroup(tx, id)
        const isAsked = group?.registerAskedOn != null && group.registerAskedOn >= today
        if (!group || group.cancelledAt || isAsked || !(await isToTake(tx, group, today))) return false
        await setAsked(tx, id, { registerAskedOn: today })
        await owe(context, tx, { notice: 'register-to-take', linkId: id })
        await recordAct(context, tx, 'system', { action: 'group.register-asked', subjectKind: 'group', subjectId: id })
        return true
      },
    },
    signal,
  )
}

async function isToTake(db: Db, group: GroupRow, day: Day): Promise<boolean> {
  const people = await listPlaced(db, group.id)
  if (people.length === 0) return false
  return meets(group, day) || people.some(({ bookedFor }) => bookedFor !== null && londonDay(bookedFor) === day)
}

/** By its own times, or where it has none by the words it writes them in. */
function meets({ times, schedule, courseStartsOn, courseEndsOn }: GroupRow, day: Day): boolean {
  if ((courseStartsOn && day < courseStartsOn) || (courseEndsOn && day > courseEndsOn)) return false
  return times ? meetsByTimes(times, day) : meetsOn(schedule, day)
}
