import { z } from 'zod'
import { NEED_CODES } from './needs.ts'
import { fields, listOf, PersonInput, required, requiredLine, typed, yesOrNo } from './person.ts'

export const PRIORITIES = ['routine', 'priority', 'urgent'] as const
export type Priority = (typeof PRIORITIES)[number]

export const RISK_KINDS = [
  'lone_visiting',
  'aggression',
  'self_harm',
  'safeguarding',
  'domestic_abuse',
  'exploitation',
  'other',
] as const
export type RiskKind = (typeof RISK_KINDS)[number]

/** Why somebody's details may be shared when they have not said yes themselves. */
export const BasisInput = fields('The basis', {
  kind: z.enum(['direct_care', 'safeguarding', 'best_interests'], { error: 'Choose the basis for sharing' }),
  reason: required(500, 'The reason for sharing', 'Say why the details are shared without the person’s agreement'),
})
export type BasisInput = z.output<typeof BasisInput>

export const needCodes = z
  .array(z.enum(NEED_CODES, { error: 'This need is not on the list' }), { error: 'Choose at least one need' })
  .min(1, 'Choose at least one need')
  .max(10, 'Choose 10 needs or fewer')
  .transform((codes) => [...new Set(codes)])

export const strengthTexts = listOf(requiredLine(100, 'A strength', 'A strength is empty'), 10, 'strengths')

const risk = fields('A risk', {
  kind: z.enum(RISK_KINDS, { error: 'Choose a risk from the list' }),
  detail: typed(1000, 'The detail of a risk').default(''),
})

const risks = z.union([z.literal('none_known'), z.array(risk).min(1, 'Choose each risk, or say "none_known"')], {
  error: 'Say "none_known", or list each risk with its kind and detail',
})

const consent = z.strictObject(
  {
    shareWithNavigator: z.boolean({ error: 'Say whether the person agrees to share with a navigator' }),
    shareWithProject: yesOrNo('Sharing with a project').optional(),
  },
  { error: 'Say whether the person agrees to be referred' },
)

const refusedWithoutBasis = z.object({
  consent: z.object({ shareWithNavigator: z.literal(false) }),
  basis: z.undefined().optional(),
})

const id = requiredLine(64, 'The identifier', 'The identifier is empty')

const REQUEST = {
  person: PersonInput,
  needs: needCodes,
  reason: required(2000, 'The reason', 'Say why you are referring this person'),
  whatMattersToMe: typed(2000, 'What matters to the person').optional(),
  strengths: strengthTexts.optional(),
  priority: z.enum(PRIORITIES, { error: 'Choose routine, priority or urgent' }),
  risks,
  consent,
  basis: BasisInput.optional(),
  /** Straight to a project, where the person agreed to it; the group may be left out where there is only one. */
  projectId: id.optional(),
  groupId: id.optional(),
} as const

const needsBasis = {
  path: ['basis'],
  message: 'The person has not agreed to be referred. Give another basis for sharing, with the reason',
}

/** A request to help one person, as the API, the pages and the demo city all submit it. */
export const ReferralRequest = fields('The referral', REQUEST).refine(
  (request) => request.consent.shareWithNavigator || request.basis,
  {
    ...needsBasis,
    // Judged together with everything else that is wrong, so that all faults are said at once.
    when: ({ value, issues }) => issues.length === 0 || refusedWithoutBasis.safeParse(value).success,
  },
)
export type ReferralRequest = z.output<typeof ReferralRequest>

/** Who asks for somebody else: a relative, a neighbour, a carer. */
export interface OnBehalfOf {
  name: string
  relationship: string | null
}

const onBehalfOf = z.union(
  [
    requiredLine(120, 'The name', 'Say who you are').transform((name): OnBehalfOf => ({ name, relationship: null })),
    fields('Who asks', {
      name: requiredLine(120, 'The name', 'Say who you are'),
      relationship: requiredLine(60, 'The relationship', 'Say how you are related'),
    }),
  ],
  { error: 'Say who you are: a name, or a name and a relationship' },
)

/** A resident's own request, or one by somebody who cares for them. Without their yes there is nothing to send. */
export const SelfReferralRequest = fields('The referral', { ...REQUEST, onBehalfOf: onBehalfOf.optional() }).refine(
  (request) => request.consent.shareWithNavigator,
  {
    path: ['consent', 'shareWithNavigator'],
    message: 'We can only help if we may read what you send. Say yes to sharing it with a navigator',
  },
)
export type SelfReferralRequest = z.output<typeof SelfReferralRequest>

/** A referral while it is typed: anything may be missing. Kept apart from referrals and erased after 90 days. */
export const DRAFT_KEPT_DAYS = 90
