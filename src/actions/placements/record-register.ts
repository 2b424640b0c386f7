import type { Day } from '../../domain/day.ts'
import type { Acting } from '../../domain/organisation.ts'
import { type Fault, Refusal } from '../../domain/refusal.ts'
import { reasonNotToUndo } from '../../domain/undo.ts'
import type { Db } from '../../store/database.ts'
import { findLastEvent } from '../../store/events.ts'
import { type AttendanceRow, findPlacement, getWholePlacements, listAttendances } from '../../store/placements.ts'
import { getVisibleGroup } from '../access/get-group.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { takeBack } from '../undo/take-back.ts'
import { takeMove } from './move.ts'
import { REGISTER_PAGE } from './open-register.ts'
import { type Attendance, attend, requirePast } from './record-attendance.ts'
import { viewPlacements } from './view.ts'

/** What a register says of one person. */
export interface RegisterLine {
  placementId: string
  attended: boolean
  late?: boolean | undefined
  reason?: string | undefined
}

export interface RegisterSaved {
  came: number
  missed: number
  /** Lines that said already what was saved before. */
  unchanged: number
}

const HELD_BACK = ['rule', 'invalid', 'hidden']

/**
 * The register of one group and day, all its lines or none. A line that was saved before is corrected. Refuses with one
 * fault for each person who stands in the way, `/lines/{placementId}`, in words that name them where that is allowed.
 */
export async function recordRegister(
  context: Context,
  actor: Acting,
  groupId: string,
  { sessionOn, lines }: { sessionOn: Day; lines: RegisterLine[] },
): Promise<RegisterSaved> {
  requirePast(sessionOn, context.now())
  if (lines.length === 0) throw new Refusal('invalid-input', 'Say for at least one person whether they came.')
  if (lines.length > REGISTER_PAGE)
    throw new Refusal('invalid-input', `Save ${REGISTER_PAGE} people or fewer at once, then go on with the others.`)
  return context.db.write(async (tx) => {
    const group = await getVisibleGroup(tx, actor, groupId)
    permit(actor, 'placement.start', { provider: group.providerOrganisationId }, { kind: 'group', id: groupId })
    const saved: RegisterSaved = { came: 0, missed: 0, unchanged: 0 }
    const refused = new Map<string, Refusal>()
    for (const { placementId, ...line } of lines) {
      try {
        const isNew = await saveLine(context, tx, actor, groupId, placementId, { sessionOn, ...line })
        if (!isNew) saved.unchanged++
        else if (line.attended) saved.came++
        else saved.missed++
      } catch (error) {
        if (!(error instanceof Refusal && HELD_BACK.includes(error.kind))) throw error
        refused.set(placementId, error)
      }
    }
    if (refused.size > 0) throw await refusalOf(context, tx, actor, refused)
    return saved
  })
}

/** Writes one line; false where the same was saved before. */
async function saveLine(context: Context, tx: Db, actor: Acting, groupId: string, id: string, line: Attendance) {
  const placement = await findPlacement(tx, id)
  if (placement?.groupId !== groupId) throw new Refusal('not-found', 'This person is not in this group.')
  const register = await listAttendances(tx, [id])
  const kept = register.find(({ sessionOn }) => sessionOn === line.sessionOn)
  if (kept && isSame(kept, line)) return false
  if (kept && (await tookBack(context, tx, actor, kept))) {
    await takeMove(context, tx, actor, id, 'placement.start', (it) => attend(context, actor, it, line))
    return true
  }
  const cameOn = register.filter(({ attended }) => attended)
  if (kept?.attended && !line.attended && placement.status === 'started' && cameOn.length === 1)
    throw new Refusal(
      'wrong-status',
      'They started with this session. Only whoever saved it can change it, within 24 hours, before anything else happens.',
    )
  await takeMove(context, tx, actor, id, 'placement.start', (it) => attend(context, actor, it, line, kept))
  return true
}

function isSame(kept: AttendanceRow, { attended, late = false, reason }: Attendance): boolean {
  return kept.attended === attended && kept.late === late && (kept.reason ?? '') === (reason ?? '')
}

/** A mistake of one's own, seen at once, is taken back: what it had begun is as it was. */
async function tookBack(context: Context, tx: Db, actor: Acting, kept: AttendanceRow): Promise<boolean> {
  const last = await findLastEvent(tx, kept.placementId)
  if (last?.detail.attendanceId !== kept.id || reasonNotToUndo(last, actor, context.now())) return false
  try {
    await takeBack(context, tx, actor, last)
    return true
  } catch (error) {
    // Something followed for the referral: the line is then corrected where it stands.
    if (error instanceof Refusal && error.kind === 'rule') return false
    throw error
  }
}

async function refusalOf(context: Context, tx: Db, actor: Acting, refused: Map<string, Refusal>): Promise<Refusal> {
  const views = await viewPlacements(context, tx, actor, await getWholePlacements(tx, [...refused.keys()]))
  const faults: Fault[] = [...refused].map(
    ([
      id,
      {
        code,
        message,
        faults: [first],
      },
    ]) => {
      const view = views.find((one) => one.id === id && one.referralId === null)
      const who = view?.person?.fullName ?? view?.reference ?? 'Somebody'
      return { pointer: `/lines/${id}`, code, detail: `${who}: ${first?.detail ?? message}` }
    },
  )
  const [code = 'changed-meanwhile'] = [...refused.values()].map((refusal) => refusal.code)
  return new Refusal(
    code === 'not-found' ? 'changed-meanwhile' : code,
    faults.map(({ detail }) => detail).join(' '),
    faults,
  )
}
