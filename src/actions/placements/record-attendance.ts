import { type Day, londonDay } from '../../domain/day.ts'
import type { Actor } from '../../domain/organisation.ts'
import { recordAttendance as decide, missedInARow } from '../../domain/placement.ts'
import { Refusal } from '../../domain/refusal.ts'
import { insertAttendance, listAttendances } from '../../store/placements.ts'
import { getGroup } from '../access/get-group.ts'
import type { Context } from '../context.ts'

import { confirmPlaces } from '../steps/carry-out.ts'
import { movePlacement } from './move.ts'
import type { PlacementView } from './view.ts'

export interface Attendance {
  sessionOn: Day
  attended: boolean
  late?: boolean | undefined
  reason?: string | undefined
}

/** One line of a register. The first session somebody comes to starts their placement; one missed is counted. */
export async function recordAttendance(
  context: Context,
  actor: Actor,
  id: string,
  attendance: Attendance,
): Promise<PlacementView> {
  const now = context.now()
  const { sessionOn, attended } = attendance
  if (sessionOn > londonDay(now))
    throw new Refusal('invalid-input', 'The session has not taken place yet.', [
      { pointer: '/sessionOn', code: 'in-the-future', detail: 'Enter today or an earlier day' },
    ])
  return movePlacement(context, actor, id, 'placement.start', async ({ tx, placement, movers, limits }) => {
    const earlier = await listAttendances(tx, [id])
    if (earlier.some((kept) => kept.sessionOn === sessionOn))
      throw new Refusal('changed-meanwhile', 'The register for this day is already kept for this person.')
    if (sessionOn < londonDay(placement.sentAt))
      throw new Refusal('invalid-input', 'The session was before the person was referred to you.', [
        { pointer: '/sessionOn', code: 'too-early', detail: 'Enter a day after the person was sent to you' },
      ])
    const group = await getGroup(tx, placement.groupId)
    const step = decide(placement, attended, group.courseEndsOn, movers, now, limits)
    const attendanceId = context.newId()
    return {
      step,
      changes: {
        missedInARow: missedInARow([...earlier, { sessionOn, attended }]),
        ...(step.move === 'start' ? { startedAt: now } : {}),
      },
      detail: { attendanceId, sessionOn, attended },
      andThen: async () => {
        await insertAttendance(tx, {
          id: attendanceId,
          placementId: id,
          sessionOn,
          attended,
          late: attendance.late ?? false,
          reason: attendance.reason || null,
          recordedBy: actor.userId,
          recordedAt: now,
        })
        if (step.move === 'start') await confirmPlaces(context, tx, group)
      },
    }
  })
}
