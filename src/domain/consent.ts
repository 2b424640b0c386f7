/** On what footing an organisation may know who somebody is. */
export const BASES = ['consent', 'direct_care', 'safeguarding', 'best_interests'] as const
export type Basis = (typeof BASES)[number]

export const BASIS_WORDS: Record<Basis, string> = {
  consent: 'The person agreed',
  direct_care: 'Direct care',
  safeguarding: 'Safeguarding',
  best_interests: 'Best interests',
}

/** The footing that was recorded: the person's yes first, else the stated basis; undefined where there is none. */
export function basisOf(
  agreed: boolean,
  basis: { kind: Exclude<Basis, 'consent'>; reason: string } | undefined,
): { basis: Basis; reason: string | null } | undefined {
  if (agreed) return { basis: 'consent', reason: null }
  return basis && { basis: basis.kind, reason: basis.reason }
}
