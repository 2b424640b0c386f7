import { Refusal } from './refusal.ts'

/** On what footing an organisation may know who somebody is. */
export const BASES = ['consent', 'direct_care', 'safeguarding', 'best_interests'] as const
export type Basis = (typeof BASES)[number]

export const BASIS_WORDS: Record<Basis, string> = {
  consent: 'The person agreed',
  direct_care: 'Direct care',
  safeguarding: 'Safeguarding',
  best_interests: 'Best interests',
}

/** A basis with its reason, which consent needs none of. */
export interface Footing {
  basis: Basis
  reason: string | null
}

interface StatedBasis {
  kind: Exclude<Basis, 'consent'>
  reason: string
}

/** The footing that was recorded: the person's yes first, else the stated basis; undefined where there is none. */
export function basisOf(agreed: boolean, basis: StatedBasis | undefined): Footing | undefined {
  if (agreed) return { basis: 'consent', reason: null }
  return basis && { basis: basis.kind, reason: basis.reason }
}

/**
 * On what footing a referral goes to another team: what was agreed for this team, else for projects; a clinical team is
 * part of the person's direct care. A no for this team leaves only a stated basis.
 */
export function footingForTeam(
  referral: { projectBasis: Basis | null; projectBasisReason: string | null },
  asked: { reason: string; consent?: { shareWithTeam: boolean } | undefined; basis?: StatedBasis | undefined },
  { isClinical }: { isClinical: boolean },
): Footing {
  const stated = basisOf(asked.consent?.shareWithTeam ?? false, asked.basis)
  if (stated) return stated
  if (asked.consent?.shareWithTeam !== false) {
    if (referral.projectBasis) return { basis: referral.projectBasis, reason: referral.projectBasisReason }
    if (isClinical) return { basis: 'direct_care', reason: asked.reason }
  }
  throw new Refusal(
    'consent-missing',
    'The person has not agreed to share with this team. Record their agreement, or another basis.',
  )
}
