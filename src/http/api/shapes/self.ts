import { z } from 'zod'
import { dayField, requiredLine } from '../../../domain/person.ts'
import { STATUS_STEPS } from '../../../domain/status-step.ts'
import { day, NextActionShape } from './basics.ts'

/** What somebody who referred themselves is told: nothing of why. */
export const SelfReceiptShape = z
  .object({ reference: z.string(), nextAction: NextActionShape.nullable() })
  .meta({ id: 'SelfReferralReceipt' })

export const LookUpBody = z.strictObject({
  reference: requiredLine(40, 'The reference', 'Enter the reference, like SP-7K3M-Q2XD'),
  dateOfBirth: dayField('the date of birth'),
})

export const StatusShape = z
  .object({
    step: z.enum(STATUS_STEPS),
    service: z.string().describe('Who looks after the referral.'),
    servicePhone: z.string().nullable().describe('The number to ring it by.'),
    next: z.string().describe('What happens next, in words for the person.'),
    due: day().nullable(),
  })
  .meta({ id: 'Status', description: 'Where a referral is. Nothing of anybody’s health.' })
