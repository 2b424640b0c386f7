import type { RiskKind } from './referral-request.ts'

/** Risks whose detail could reach the very person it warns of: only those who must know read it. */
const SEALED: readonly RiskKind[] = ['safeguarding', 'domestic_abuse', 'exploitation']

export interface RiskShown {
  kind: RiskKind
  /** Null where it is sealed for this reader. */
  detail: string | null
  sealed?: true
}

/** A risk as it is shown to a navigator of the service; `opensSeals` for the referral's own, and for leads. */
export function showRisk(
  { kind, detail }: { kind: RiskKind; detail: string },
  { opensSeals }: { opensSeals: boolean },
): RiskShown {
  return SEALED.includes(kind) && !opensSeals ? { kind, detail: null, sealed: true } : { kind, detail }
}
