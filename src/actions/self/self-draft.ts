import { createHash } from 'node:crypto'
import { londonDay } from '../../domain/day.ts'
import type { SelfReferralRequest } from '../../domain/referral-request.ts'
import { Refusal } from '../../domain/refusal.ts'
import {
  type AnswerFault,
  type Answers,
  faultsInAnswer,
  forServiceAlone,
  openQuestion,
  requestFrom,
  type SelfQuestion,
  type Toward,
  towardAnswers,
  towardName,
} from '../../domain/self-referral.ts'
import type { Db } from '../../store/database.ts'
import {
  deleteSelfDraft,
  findSelfDraft,
  insertSelfDraft,
  leaveReceipt,
  type SelfDraftRow,
  saveSelfDraft,
} from '../../store/self-drafts.ts'
import type { Context } from '../context.ts'
import { type SelfReceipt, submitSelfReferral } from '../referrals/submit-referral.ts'

/** A night between two halves, and some hours more. */
const KEPT_MS = 24 * 3_600_000
const SECRET_BYTES = 16

export type SelfDraft = Pick<SelfDraftRow, 'answers' | 'answered' | 'receipt'>

function idOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Goes on with what was begun, now for this project; false where nothing is kept that could go on. */
export async function turnToward(context: Context, secret: string, toward: Toward): Promise<boolean> {
  return context.db.write(async (tx) => {
    const draft = await findSelfDraft(tx, idOf(secret), context.now())
    if (!draft || draft.receipt) return false
    const { answered, expiresAt } = draft
    await saveSelfDraft(tx, draft.id, { answers: { ...draft.answers, ...towardAnswers(toward) }, answered, expiresAt })
    return true
  })
}

/** Begins one, and answers with the secret that the device keeps: the only key to it. */
export async function beginSelfDraft(context: Context, toward?: Toward): Promise<string> {
  const secret = Buffer.from(context.randomBytes(SECRET_BYTES)).toString('base64url')
  const createdAt = context.now()
  const row = {
    id: idOf(secret),
    answers: toward ? towardAnswers(toward) : {},
    answered: [],
    createdAt,
    expiresAt: new Date(createdAt.getTime() + KEPT_MS),
  }
  await context.db.write((tx) => insertSelfDraft(tx, row))
  return secret
}

export async function readSelfDraft({ db, now }: Context, secret: string): Promise<SelfDraft | undefined> {
  return findSelfDraft(db.read, idOf(secret), now())
}

async function getDraft(tx: Db, secret: string, now: Date): Promise<SelfDraftRow> {
  const draft = await findSelfDraft(tx, idOf(secret), now)
  if (!draft) throw new Refusal('not-found', 'These answers are not kept any more.')
  return draft
}

/** Keeps the answer to one question; another tab's answers to the others stay. Answers with what is wrong, and keeps nothing then. */
export async function answerQuestion(
  context: Context,
  secret: string,
  question: SelfQuestion,
  answer: Answers,
): Promise<AnswerFault[]> {
  const now = context.now()
  return context.db.write(async (tx) => {
    const draft = await getDraft(tx, secret, now)
    const answers = { ...draft.answers, ...answer }
    const faults = faultsInAnswer(question, answers, londonDay(now))
    if (faults.length > 0) return faults
    const answered = [...new Set([...draft.answered, question])]
    await saveSelfDraft(tx, draft.id, { answers, answered, expiresAt: new Date(now.getTime() + KEPT_MS) })
    return []
  })
}

/**
 * Sends it, once: whoever sends it again, in another tab or by a second click, is told the same.
 * @param askedIn the language of the pages, by its English name, where it is not English
 */
export async function sendSelfDraft(
  context: Context,
  secret: string,
  askedIn?: string,
): Promise<NonNullable<SelfDraft['receipt']>> {
  const now = context.now()
  const draft = await getDraft(context.db.read, secret, now)
  if (draft.receipt) return draft.receipt
  const open = openQuestion(draft.answers, draft.answered, londonDay(now))
  if (open) throw new Refusal('wrong-status', `The question "${open}" is not answered yet.`)
  const request = requestFrom(draft.answers, askedIn)
  const send = async (what: SelfReferralRequest) => {
    const toward = request.groupId ? { project: towardName(draft.answers), isStraight: Boolean(what.groupId) } : {}
    const receiptOf = ({ reference, nextAction }: SelfReceipt) => ({
      reference,
      dueOn: nextAction?.due ?? null,
      ...toward,
    })
    const sent = await submitSelfReferral(context, what, async (tx, receipt) => {
      if (!(await leaveReceipt(tx, draft.id, receiptOf(receipt)))) throw sentAlready()
    })
    return receiptOf(sent)
  }
  // A rule of the project, a full week, an entry that is gone: no reason to send somebody away. The navigator helps.
  const ways = request.projectId ? [request, ...forServiceAlone(request)] : [request]
  const sendFirstOf = async ([way = request, ...others]: SelfReferralRequest[]): ReturnType<typeof send> => {
    try {
      return await send(way)
    } catch (error) {
      if (others.length === 0 || !isNoOfTheProject(error)) throw error
      return sendFirstOf(others)
    }
  }
  return sendFirstOf(ways)
}

const SENT_ALREADY = 'changed-meanwhile'

function sentAlready(): Refusal {
  return new Refusal(SENT_ALREADY, 'It was sent already.')
}

function isNoOfTheProject(error: unknown): boolean {
  return error instanceof Refusal && (error.kind === 'rule' || error.kind === 'invalid') && error.code !== SENT_ALREADY
}

/** Nothing of it is left. */
export async function forgetSelfDraft(context: Context, secret: string): Promise<void> {
  await context.db.write((tx) => deleteSelfDraft(tx, idOf(secret)))
}
