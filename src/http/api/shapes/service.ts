import { z } from 'zod'
import { MUTABLE_NOTICES } from '../../../domain/colleague.ts'
import { isDay } from '../../../domain/day.ts'
import { LIMITS, type Limits } from '../../../domain/next-action.ts'
import { ROLES } from '../../../domain/organisation.ts'
import { OrganisationShape } from './basics.ts'

const limit = (usual: number) => z.number().int().describe(`Usually ${usual}.`)

const limitFields = Object.entries(LIMITS).map(([name, usual]) => [
  name,
  typeof usual === 'number'
    ? limit(usual)
    : z.object(Object.fromEntries(Object.entries(usual).map(([priority, days]) => [priority, limit(days)]))),
])
// Built from the limits themselves, which the compiler cannot follow.
const LimitsShape = z.object(Object.fromEntries(limitFields)) as unknown as z.ZodType<Limits, Limits>

export const ServiceShape = z
  .object({
    version: z.number().int(),
    organisation: OrganisationShape,
    limits: LimitsShape,
    ownLimits: z.array(z.enum(Object.keys(LIMITS) as [keyof Limits, ...(keyof Limits)[]])),
    assignsAutomatically: z.boolean(),
    areas: z.object({
      practices: z.array(z.string()).describe('ODS codes.'),
      wards: z.array(z.string()).describe('Ward codes.'),
    }),
  })
  .meta({ id: 'Service', description: 'How a navigation service works, for its administrators.' })

const leaveDay = (what: string) =>
  z.string({ error: `Enter ${what}` }).refine(isDay, { error: `Enter ${what} as a day like 2026-12-01` })

const wardCode = z
  .string({ error: 'Choose wards by their codes' })
  .regex(/^[EW]05\d{6}$/, 'A ward is named by its code, like E05015490')

export const ColleagueChangeBody = z
  .strictObject({
    suspended: z.boolean({ error: 'Say whether they are suspended' }).optional(),
    leave: z
      .strictObject({ from: leaveDay('the first day of leave'), until: leaveDay('the last day of leave') })
      .refine(({ from, until }) => until >= from, {
        error: 'The last day of leave must not be before the first',
        path: ['until'],
      })
      .nullable()
      .optional(),
    wards: z.array(wardCode).max(100, 'There are too many wards').optional(),
    role: z.enum(ROLES, { error: 'Choose what they do' }).optional(),
    mutedNotices: z
      .array(z.enum(MUTABLE_NOTICES, { error: 'This e-mail is always sent' }))
      .max(20)
      .optional(),
  })
  .refine((change) => Object.values(change).some((part) => part !== undefined), {
    error: 'Send suspended, leave, wards, role or mutedNotices',
  })
