import { type Day, londonDay } from '../../domain/day.ts'
import type { Acting } from '../../domain/organisation.ts'
import { recordAttendance as decide, missedInARow } from '../../domain/placement.ts'
import { Refusal } from '../../domain/refusal.ts'
import { type AttendanceRow, deleteAttendance, insertAttendance, listAttendances } from '../../store/placements.ts'
import { getGroup } from '../access/get-group.ts'
import type { Context } from '../context.ts'
import { confirmPlaces } from '../steps/carry-out.ts'
import { movePlacement, type PlacementCase, type PlacementDecision } from './move.ts'
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
  actor: Acting,
  id: string,
  attendance: Attendance,
): Promise<PlacementView> {
  requirePast(attendance.sessionOn, context.now())
  return movePlacement(context, actor, id, 'placement.start', (it) => attend(context, actor, it, attendance))
}

export function requirePast(sessionOn: Day, now: Date): void {
  if (sessionOn > londonDay(now))
    throw new Refusal('invalid-input', 'The session has not taken place yet.', [
      { pointer: '/sessionOn', code: 'in-the-future', detail: 'Enter today or an earlier day' },
    ])
}

/**
 * Decides one line of a register.
 * @param replaced the line of the same day that this one corrects; it goes when this one is written
 */
export async function attend(
  context: Context,
  actor: Acting,
  { tx, placement, movers, now, limits }: PlacementCase,
  attendance: Attendance,
  replaced?: AttendanceRow,
): Promise<PlacementDecision> {
  const { sessionOn, attended } = attendance
  const others = (await listAttendances(tx, [placement.id])).filter(({ id }) => id !== replaced?.id)
  if (others.some((kept) => kept.sessionOn === sessionOn))
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
      missedInARow: missedInARow([...others, { sessionOn, attended }]),
      ...(step.move === 'start' ? { startedAt: now } : {}),
    },
    detail: { attendanceId, sessionOn, attended, ...(replaced ? { replaced: lineOf(replaced) } : {}) },
    andThen: async () => {
      if (replaced) await deleteAttendance(tx, replaced.id)
      await insertAttendance(tx, {
        id: attendanceId,
        placementId: placement.id,
        sessionOn,
        attended,
        late: attendance.late ?? false,
        reason: attendance.reason || null,
        // Of what came by a link the event says by which.
        recordedBy: 'userId' in actor ? actor.userId : null,
        recordedAt: now,
      })
      if (step.move === 'start') await confirmPlaces(context, tx, group)
    },
  }
}

/** What a corrected line said, for whoever takes the correction back. A reason may be about health: it is not repeated. */
function lineOf({ id, attended, late, recordedBy, recordedAt }: AttendanceRow) {
  return { id, attended, late, recordedBy, recordedAt: recordedAt.toISOString() }
}
