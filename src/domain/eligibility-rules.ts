import { z } from 'zod'
import { NEED_CODES } from './needs.ts'
import { ORGANISATION_KINDS } from './organisation.ts'
import { GENDERS, listOf, requiredLine, yesOrNo } from './person.ts'

/** Who stood at the start of a referral: the kind of organisation, or the person. */
export const ROUTE_KINDS = ['self', ...ORGANISATION_KINDS] as const
export type RouteKind = (typeof ROUTE_KINDS)[number]

const AGE = 'Enter an age in whole years, from 0 to 120'
const age = z.number({ error: AGE }).int(AGE).min(0, AGE).max(120, AGE)

const line = (most: number, what: string) => requiredLine(most, what, `${what} is missing`)
const codes = (what: string, most = 60) => listOf(line(60, what), most, `entries under ${what.toLowerCase()}`)
const someCodes = (what: string) => codes(what).min(1, `${what}: choose at least one`)

/**
 * A project's rules as data. Each kind of rule has a sentence for the page and a way to judge; `assess` needs no more.
 * What came later is optional: rules that were stored before still read the same.
 */
export const EligibilityRule = z.discriminatedUnion(
  'rule',
  [
    z.strictObject({ rule: z.literal('age'), min: age.optional(), max: age.optional() }),
    /** Wards, parts of the city and neighbourhoods, any of them; districts where none of these is known of somebody. */
    z.strictObject({
      rule: z.literal('area'),
      districts: codes('Postcode districts').default([]),
      wards: codes('Wards').default([]),
      localities: codes('Parts of the city').optional(),
      lsoas: codes('Neighbourhoods', 400).optional(),
      name: line(200, 'The name of the area'),
    }),
    z.strictObject({
      rule: z.literal('route'),
      kinds: listOf(
        z.enum(ROUTE_KINDS, { error: 'Choose who may refer from the list' }),
        ROUTE_KINDS.length,
        'kinds',
      ).default([]),
      organisations: codes('Organisations').default([]),
      /** Diagnosis routes look at who referred first, not at the navigator who passes it on. */
      originalOnly: yesOrNo('Only the first referrer').default(false),
      /** What somebody has to be invited to, where an invitation is a way in, too. */
      invitedTo: line(200, 'What people are invited to').optional(),
      says: line(500, 'The words for who may refer'),
    }),
    z.strictObject({
      rule: z.literal('need'),
      anyOf: z.array(z.enum(NEED_CODES, { error: 'Choose needs from the list' })).min(1, 'Choose at least one need'),
    }),
    z.strictObject({
      rule: z.literal('diagnosis'),
      anyOf: someCodes('Diagnoses'),
      name: line(200, 'The name of the diagnosis'),
    }),
    z.strictObject({ rule: z.literal('severe_mental_illness') }),
    z.strictObject({
      rule: z.literal('recovering_from'),
      anyOf: someCodes('Conditions'),
      name: line(200, 'The name of what people recover from'),
    }),
    z.strictObject({ rule: z.literal('fall_or_at_risk') }),
    /** "(mostly) men" informs; it refuses only where the project says so. */
    z.strictObject({
      rule: z.literal('gender_focus'),
      gender: z.enum(GENDERS, { error: 'Choose a gender from the list' }),
      refuses: yesOrNo('Turning others away').default(false),
    }),
    /** For those who can get there, by themselves or with somebody. */
    z.strictObject({ rule: z.literal('travel') }),
    /** "Not for people who …": by a diagnosis where codes are named, else by asking. */
    z.strictObject({
      rule: z.literal('exclusion'),
      who: line(200, 'Whom it is not for'),
      diagnoses: codes('Diagnoses').optional(),
    }),
    /** A question of the provider's own, with the answer that lets somebody in. */
    z.strictObject({
      rule: z.literal('ask'),
      question: line(200, 'The question').refine(
        (text) => text.endsWith('?'),
        'Write a question that yes or no answers, and end it with ?',
      ),
      wants: z.enum(['yes', 'no'], { error: 'Choose which answer lets somebody in' }),
    }),
  ],
  { error: 'Choose a kind of rule from the list' },
)
export type EligibilityRule = z.output<typeof EligibilityRule>
export type RuleKind = EligibilityRule['rule']
export type RuleOf<K extends RuleKind> = Extract<EligibilityRule, { rule: K }>

/** All the rules of a project or a group. */
export const EligibilityRules = listOf(EligibilityRule, 30, 'rules')
