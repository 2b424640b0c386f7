import { z } from 'zod'
import { LIMITS, type Limits } from './next-action.ts'

/** What a navigation service decides for itself; what it leaves out is as the model has it. */
export interface ServiceSettings {
  limits?: Partial<Limits> | undefined
  /** New referrals are given to the navigator of the ward with the fewest open ones. */
  assignsAutomatically?: boolean | undefined
}

type LimitName = keyof typeof LIMITS
const LIMIT_NAMES = Object.keys(LIMITS) as LimitName[]

/** What a limit may be set to. */
export function rangeOf(name: string): { least: number; most: number; unit: string } {
  if (name.endsWith('Weeks')) return { least: 1, most: 52, unit: 'weeks' }
  // How long ago a referral may have been closed to be opened again: the one limit that is counted in months.
  return name === 'reopenDays' ? { least: 0, most: 365, unit: 'days' } : { least: 0, most: 60, unit: 'days' }
}

function limitField(name: string) {
  const { least, most, unit } = rangeOf(name)
  const words = `The limit must be a whole number of ${unit}, from ${least} to ${most}`
  return z.int(words).min(least, words).max(most, words)
}

const fields = LIMIT_NAMES.map((name) => {
  const usual = LIMITS[name]
  if (typeof usual === 'number') return [name, limitField(name).nullable().optional()]
  const each = Object.keys(usual).map((priority) => [priority, limitField(name)])
  return [name, z.strictObject(Object.fromEntries(each)).nullable().optional()]
})

type LimitsChange = { [Name in LimitName]?: Limits[Name] | null | undefined }

/** New limits; null gives one back to the model. What is not named stays. */
const LimitsChangeField: z.ZodType<LimitsChange, LimitsChange> = z.strictObject(Object.fromEntries(fields))

const codes = (pattern: RegExp, wrong: string) =>
  z.array(z.string({ error: wrong }).trim().toUpperCase().regex(pattern, wrong)).max(500, 'There are too many codes')

export const ServiceChange = z
  .strictObject({
    limits: LimitsChangeField.optional(),
    assignsAutomatically: z.boolean({ error: 'Say whether referrals are assigned automatically' }).optional(),
    areas: z
      .strictObject({
        practices: codes(/^[A-Z0-9]{3,10}$/, 'A practice is named by its ODS code, like J82001').optional(),
        wards: codes(/^E05\d{6}$/, 'A ward is named by its code, like E05015490').optional(),
      })
      .optional(),
  })
  .refine((change) => Object.values(change).some((part) => part !== undefined), {
    error: 'Send limits, assignsAutomatically or areas',
  })
export type ServiceChange = z.output<typeof ServiceChange>

/** The limits in force. */
export function limitsOf(settings: ServiceSettings | null): Limits {
  return settings?.limits ? { ...LIMITS, ...settings.limits } : LIMITS
}

export function changeSettings(settings: ServiceSettings | null, change: ServiceChange): ServiceSettings {
  const limits = Object.fromEntries(
    Object.entries({ ...settings?.limits, ...change.limits }).filter(
      ([, limit]) => limit !== null && limit !== undefined,
    ),
  )
  const { assignsAutomatically = settings?.assignsAutomatically ?? false } = change
  return { ...(Object.keys(limits).length > 0 ? { limits } : {}), assignsAutomatically }
}
