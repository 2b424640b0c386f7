import type { EventType } from '../../domain/events.ts'
import type { GoalResult } from '../../domain/goal.ts'
import type { Db } from '../../store/database.ts'
import type { EventRow } from '../../store/events.ts'
import { endTeamGrants, revivePlacementGrants, reviveTeamGrants } from '../../store/grants.ts'
import { type AttendanceRow, deleteAttendance, insertAttendance } from '../../store/placements.ts'
import { answerQuestion, deleteQuestion } from '../../store/questions.ts'
import { deleteContact, deleteGoals, saveGoalResult } from '../../store/referral-details.ts'
import { getReferralRow } from '../../store/referrals.ts'
import { deleteSignpost, type SignpostRow, saveSignpostAnswer } from '../../store/signposts.ts'
import { deleteUnmetNeeds, deleteUnmetNeedsOf } from '../../store/unmet-needs.ts'
import type { Context } from '../context.ts'
import { takeBackJudgement } from '../people/same-person.ts'
import { takeBackDeath } from '../people/stop-messages.ts'
import type { Author } from '../record.ts'

interface Undoing {
  context: Context
  tx: Db
  author: Author
  event: EventRow
}

/** A line of a register that was corrected, as the event of the correction keeps it. */
type CorrectedLine = Pick<AttendanceRow, 'id' | 'attended' | 'late' | 'recordedBy'> & { recordedAt: string }

type TakeBack = (it: Undoing) => Promise<unknown>

/** An id that the event wrote down of what it made. */
function told({ event }: Undoing, name: string): string {
  return String(event.detail[name] ?? '')
}

const contact: TakeBack = (it) => deleteContact(it.tx, told(it, 'contactId'))
const register: TakeBack = async (it) => {
  await deleteAttendance(it.tx, told(it, 'attendanceId'))
  const { replaced, sessionOn } = it.event.detail as { replaced?: CorrectedLine; sessionOn?: string }
  if (!replaced || !sessionOn) return
  const recordedAt = new Date(replaced.recordedAt)
  await insertAttendance(it.tx, { ...replaced, recordedAt, placementId: it.event.subjectId, sessionOn, reason: null })
}
const question: TakeBack = (it) => deleteQuestion(it.tx, told(it, 'questionId'))
const answer: TakeBack = (it) =>
  answerQuestion(it.tx, told(it, 'questionId'), { answer: null, answeredBy: null, answeredAt: null })
const access: TakeBack = ({ tx, event }) => revivePlacementGrants(tx, event.subjectId, event.at)

const goals: TakeBack = async ({ tx, event }) => {
  const results = (event.detail.goals ?? []) as { id: string; before: GoalResult['result'] | null }[]
  for (const { id, before } of results) await saveGoalResult(tx, event.referralId ?? '', { id, result: before })
}

const teamAccess: TakeBack = async ({ tx, event }) => {
  const [organisationId] = event.changes?.redirectedToOrganisationId ?? []
  if (typeof organisationId === 'string') await reviveTeamGrants(tx, event.subjectId, organisationId, event.at)
}

const teamLoses: TakeBack = async ({ context, tx, event }) => {
  const [, organisationId] = event.changes?.redirectedToOrganisationId ?? []
  if (typeof organisationId === 'string') await endTeamGrants(tx, event.subjectId, organisationId, context.now())
}

const messages: TakeBack = async ({ tx, event }) =>
  takeBackDeath(tx, (await getReferralRow(tx, event.subjectId)).personId)

const samePerson: TakeBack = ({ context, tx, author, event }) => takeBackJudgement(context, tx, author, event)

/** A signpost as it stood before its answer, as the event keeps it. */
type Unanswered = Pick<SignpostRow, 'answer' | 'askOn'> & { answeredAt: string | null }

const signpostAnswer: TakeBack = async (it) => {
  const { before } = it.event.detail as { before?: Unanswered }
  if (!before) return
  const answeredAt = before.answeredAt === null ? null : new Date(before.answeredAt)
  await saveSignpostAnswer(it.tx, told(it, 'signpostId'), { ...before, answeredAt })
}

const unmet: TakeBack = ({ tx, event }) => deleteUnmetNeeds(tx, (event.detail.unmetNeedIds ?? []) as string[])
const unmetByRefusal: TakeBack = ({ tx, event }) => deleteUnmetNeedsOf(tx, event.subjectId)

/** What each move wrote beside the record itself, and how that is taken back. What is not here wrote nothing else. */
const CAME_WITH: Partial<Record<EventType, TakeBack[]>> = {
  'referral.contact-logged': [contact],
  'referral.contacted': [contact],
  'referral.activated': [(it) => deleteGoals(it.tx, (it.event.detail.goalIds ?? []) as string[])],
  'referral.asked': [question],
  'referral.answered': [answer],
  'referral.signposted': [(it) => deleteSignpost(it.tx, told(it, 'signpostId'))],
  'referral.signpost-answered': [signpostAnswer],
  'referral.unmet-need-recorded': [unmet],
  'referral.redirected': [teamLoses],
  'referral.turned-back': [teamAccess],
  'referral.withdrawn': [teamAccess],
  'referral.completed': [goals],
  'referral.closed-early': [goals],
  'referral.found-unreachable': [goals],
  'referral.turned-away': [goals],
  'referral.death-recorded': [goals, messages, teamAccess],
  'referral.reopened': [teamAccess],
  'person.merged': [samePerson],
  'person.unmerged': [samePerson],
  'placement.contact-logged': [contact],
  'placement.asked': [question],
  'placement.answered': [answer],
  'placement.started': [register],
  'placement.attended': [register],
  'placement.missed': [register],
  'placement.ended': [goals],
  'placement.declined': [access, unmetByRefusal],
  'placement.recalled': [access],
  'placement.redirected': [access],
  'placement.returned': [access],
  'placement.withdrawn': [access],
}

export async function takeBackWhatCameWith(context: Context, tx: Db, author: Author, event: EventRow): Promise<void> {
  for (const takeBack of CAME_WITH[event.type] ?? []) await takeBack({ context, tx, author, event })
}
