import { z } from 'zod'
import { NEED_CODES } from './needs.ts'
import { PersonInput, required, typed } from './person.ts'

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
export const BasisInput = z.strictObject({
  kind: z.enum(['direct_care', 'safeguarding', 'best_interests'], { error: 'Choose the basis for sharing' }),
  reason: required(500, 'The reason for sharing', 'Say why the details are shared without the person’s agreement'),
})
export type BasisInput = z.output<typeof BasisInput>

export const needCodes = z
  .array(z.enum(NEED_CODES, { error: 'This need is not on the list' }), { error: 'Choose at least one need' })
  .min(1, 'Choose at least one need')
  .max(10, 'Choose 10 needs or fewer')
  .transform((codes) => [...new Set(codes)])

export const strengthTexts = z
  .array(required(100, 'A strength', 'A strength is empty'), { error: 'Strengths must be a list of texts' })
  .max(10, 'Enter 10 strengths or fewer')

/** A request to help one person, as the API, the pages and the demo city all submit it. */
export const ReferralRequest = z
  .strictObject({
    person: PersonInput,
    needs: needCodes,
    reason: required(2000, 'The reason', 'Say why you are referring this person'),
    whatMattersToMe: typed(2000, 'What matters to the person').optional(),
    strengths: strengthTexts.optional(),
    priority: z.enum(PRIORITIES, { error: 'Choose routine, priority or urgent' }),
    risks: z.union(
      [
        z.literal('none_known'),
        z
          .array(
            z.strictObject({
              kind: z.enum(RISK_KINDS, { error: 'Choose a risk from the list' }),
              detail: typed(1000, 'The detail of a risk').default(''),
            }),
          )
          .min(1),
      ],
      { error: 'Say "none_known", or list each risk with its kind and detail' },
    ),
    consent: z.strictObject(
      {
        shareWithNavigator: z.boolean({ error: 'Say whether the person agrees to share with a navigator' }),
        shareWithProject: z.boolean().optional(),
      },
      { error: 'Say whether the person agrees to be referred' },
    ),
    basis: BasisInput.optional(),
  })
  .superRefine((request, context) => {
    if (!request.consent.shareWithNavigator && !request.basis)
      context.addIssue({
        code: 'custom',
        path: ['basis'],
        message: 'The person has not agreed to be referred. Give another basis for sharing, with the reason',
      })
  })
export type ReferralRequest = z.output<typeof ReferralRequest>

/** A referral while it is typed: anything may be missing. Kept apart from referrals and erased after 90 days. */
export const DRAFT_KEPT_DAYS = 90
