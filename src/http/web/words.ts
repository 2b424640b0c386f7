import { DIED } from '../../domain/closing.ts'
import { withAnd } from '../../domain/phrases.ts'
import { REASON_WORDS } from '../../domain/placement-reasons.ts'
import type { Priority, RiskKind } from '../../domain/referral-request.ts'

export const PRIORITY_WORDS: Record<Priority, string> = { routine: 'Routine', priority: 'Priority', urgent: 'Urgent' }

export const RISK_WORDS: Record<RiskKind, string> = {
  lone_visiting: 'Do not visit alone',
  aggression: 'Aggression',
  self_harm: 'Self-harm or suicide',
  safeguarding: 'Safeguarding',
  domestic_abuse: 'Domestic abuse',
  exploitation: 'Exploitation',
  other: 'Another risk',
}

/** The kinds of risk in one phrase; null where none is known, or none is for this reader. */
export function riskWords({ riskKinds }: { riskKinds: RiskKind[] | null }): string | null {
  return riskKinds?.length ? withAnd([...new Set(riskKinds)].map((kind) => RISK_WORDS[kind])) : null
}

/** How far a goal was reached, in the person's sense of it. */
export const RESULTS = [
  { value: 'achieved', text: 'Yes' },
  { value: 'partly', text: 'Partly' },
  { value: 'not', text: 'No' },
]

/** A coded reason in words; what somebody wrote stays as it is. */
export function reasonWords(reason: string | null): string | null {
  return reason === DIED ? 'The person died' : reason && (REASON_WORDS[reason] ?? reason)
}
