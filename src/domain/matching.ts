import type { Verdict } from './eligibility.ts'
import type { Fit } from './placement.ts'
import type { RiskKind } from './referral-request.ts'

/** One group as it stands for one person. */
export interface Match {
  projectId: string
  groupId: string
  groupName: string
  fit: Fit
  meetsNeeds: string[]
  isCrisis: boolean
  intakeOpen: boolean
  /** Null where open or unconfirmed. */
  free: number | null
  isFull: boolean
  waiting: number
}

/** Crisis offers stand first where one of these was disclosed. */
export const CRISIS_RISKS: readonly RiskKind[] = ['self_harm', 'domestic_abuse', 'safeguarding']

const VERDICT_ORDER: Record<Verdict, number> = { eligible: 0, ask: 1, not_eligible: 2 }

/**
 * Best first: who can take the person, meets more of their needs and has room. The name comes last, so that the same
 * facts give the same order. Nothing is left out: what does not fit stands below with its reason.
 */
export function rank<M extends Match>(matches: M[], riskOfCrisis: boolean): M[] {
  const key = (match: M) => [
    riskOfCrisis && match.isCrisis && match.fit.verdict !== 'not_eligible' ? 0 : 1,
    VERDICT_ORDER[match.fit.verdict],
    match.meetsNeeds.length > 0 ? 0 : 1,
    match.intakeOpen ? 0 : 1,
    match.isFull ? 1 : 0,
    -match.meetsNeeds.length,
    match.waiting,
  ]
  return [...matches].sort((a, b) => {
    const [left, right] = [key(a), key(b)]
    const differs = left.findIndex((value, index) => value !== right[index])
    if (differs >= 0) return (left[differs] ?? 0) - (right[differs] ?? 0)
    return a.groupName < b.groupName ? -1 : a.groupName > b.groupName ? 1 : a.groupId < b.groupId ? -1 : 1
  })
}
