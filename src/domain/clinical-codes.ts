import { type Day, londonDay } from './day.ts'
import type { EventType } from './events.ts'
import type { WithdrawalReason } from './placement-reasons.ts'

/** What a practice writes into the person's record, in SNOMED CT. */
const CLINICAL_TERMS = {
  '871731000000106': 'Referral to social prescribing service (procedure)',
  '871711000000103': 'Social prescribing declined (situation)',
} as const
export type ClinicalCode = keyof typeof CLINICAL_TERMS

const REFERRED = '871731000000106'
const DECLINED = '871711000000103'

export interface CodedFact {
  code: ClinicalCode
  term: string
  on: Day
}

/** A move of the referral or of one of its placements, as its history tells it. */
export interface ToldMove {
  id: string
  type: EventType
  at: Date
  reason: string | null
  /** The move that this one took back. */
  undoes: string | null
}

/** The person's own reasons. Moving away, and a mistake of whoever referred, are no declining. */
const DECLINING: readonly WithdrawalReason[] = ['changed_mind', 'needs_met_elsewhere', 'health', 'work_or_caring']

// The service takes it on when a navigator has it; what went straight to a project, when the project accepts.
const TAKES_ON: readonly EventType[] = ['referral.assigned', 'placement.accepted', 'placement.offer-accepted']
const WITHDRAWN: EventType = 'referral.withdrawn'

export const CODED_MOVES: readonly EventType[] = [...TAKES_ON, WITHDRAWN]

/**
 * The codes for the referrer's record, each once, from the first day it was true: what was opened again and taken on
 * again is not written a second time. A move that was taken back never was.
 */
export function clinicalCodes(history: readonly ToldMove[]): CodedFact[] {
  const undone = new Set(history.flatMap(({ undoes }) => undoes ?? []))
  const told = history
    .filter(({ id, undoes }) => !undone.has(id) && !undoes)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
  const takenOn = told.find(({ type }) => TAKES_ON.includes(type))
  const declined = told.find(({ type, reason }) => type === WITHDRAWN && DECLINING.includes(reason as WithdrawalReason))
  return [...coded(REFERRED, takenOn), ...coded(DECLINED, declined)]
}

function coded(code: ClinicalCode, move: ToldMove | undefined): CodedFact[] {
  return move ? [{ code, term: CLINICAL_TERMS[code], on: londonDay(move.at) }] : []
}
