import { z } from 'zod'
import { CAPACITY_KINDS } from './capacity.ts'
import { ACCESS_CODES, LOCATION_KINDS, PROJECT_STATUSES } from './directory.ts'
import { EligibilityRules } from './eligibility-rules.ts'
import { NEED_CODES } from './needs.ts'
import { dayField, fields, listOf, PersonInput, required, requiredLine, typed, typedLine, yesOrNo } from './person.ts'
import { SessionTimes } from './session-times.ts'

const of = PersonInput.shape

/** What is said of an entry may be taken out again. */
const erasable = <T extends z.ZodType>(field: T) => field.nullable().optional()

const distinct = <T>(list: T[]) => [...new Set(list)]

const COST = 'Enter a cost in pence, from 0 to 100000'
const cost = z.number({ error: COST }).int(COST).min(0, COST).max(100_000, COST)

const url = typedLine(300, 'The address of the page').pipe(
  z.url({ protocol: /^https?$/, hostname: z.regexes.domain, error: 'Enter a web address, like https://example.org' }),
)

const language = typedLine(35, 'A language').regex(
  /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/,
  'Enter languages as codes, like en, pl or zh-Hans',
)

const access = listOf(z.enum(ACCESS_CODES, { error: 'Choose access from the list' }), 20, 'kinds of access')

const details = {
  firstVisit: erasable(typed(2000, 'What happens the first time')),
  status: z.enum(PROJECT_STATUSES, { error: `Choose: ${PROJECT_STATUSES.join(', ')}` }).optional(),
  isOpenAccess: yesOrNo('Open to all who come').optional(),
  greeter: erasable(typedLine(120, 'Who meets people')),
  howToRefer: erasable(typed(1000, 'How to refer')),
  url: erasable(url),
  contactName: erasable(typedLine(120, 'The name of the contact')),
  contactPhone: erasable(of.phone.unwrap()),
  contactEmail: erasable(of.email.unwrap()),
  costPence: erasable(cost),
  costNote: erasable(typedLine(200, 'The note on the cost')),
  languages: erasable(listOf(language, 30, 'languages').transform(distinct)),
  access: erasable(access.transform(distinct)),
  interests: erasable(
    listOf(requiredLine(40, 'An interest', 'An interest is empty'), 30, 'interests').transform(distinct),
  ),
  alert: erasable(typedLine(300, 'What everybody must know now')),
  rules: EligibilityRules.optional(),
}

const name = requiredLine(120, 'The name', 'Enter the name')
const summary = required(2000, 'What it is', 'Say what it is')
const needs = listOf(z.enum(NEED_CODES, { error: 'Choose needs from the list' }), NEED_CODES.length, 'needs')
  .min(1, 'Choose at least one need')
  .transform(distinct)

/** A project as its provider first writes it down; it stands in the directory when it is published. */
export const ProjectInput = fields('The project', { name, summary, needs, ...details })
export type ProjectInput = z.output<typeof ProjectInput>

/** What is left out stays, null takes it out. */
export const ProjectChange = fields('The project', {
  name: name.optional(),
  summary: summary.optional(),
  needs: needs.optional(),
  ...details,
  /** Whether it stands in the directory. */
  isListed: yesOrNo('In the directory').optional(),
}).refine((change) => Object.keys(change).length > 0, { error: 'Send at least one thing to change' })
export type ProjectChange = z.output<typeof ProjectChange>

const PLACES = 'Enter the number of places, from 0 to 500'
const QUOTA = 'Enter the number of new people a week, from 1 to 100'
const groupDetails = {
  venue: requiredLine(200, 'Where it meets', 'Say where it meets').optional(),
  schedule: requiredLine(200, 'When it meets', 'Say when it meets').optional(),
  times: erasable(SessionTimes),
  locationId: erasable(typedLine(100, 'The place')),
  courseStartsOn: erasable(dayField('the first day of the course')),
  courseEndsOn: erasable(dayField('the last day of the course')),
  intakeFrom: erasable(dayField('the first day on which people are taken')),
  intakeUntil: erasable(dayField('the last day on which people are taken')),
  weeklyQuota: erasable(z.number({ error: QUOTA }).int(QUOTA).min(1, QUOTA).max(100, QUOTA)),
  rules: EligibilityRules.optional(),
  capacityKind: z.enum(CAPACITY_KINDS, { error: 'Choose how many can come' }).optional(),
}

/** What can be said of a group. */
export const GroupDetails = { name: name.optional(), ...groupDetails }

/** A group as its provider first writes it down: it takes nobody until it is opened. */
export const GroupInput = fields('The group', {
  ...groupDetails,
  name,
  capacityKind: z.enum(CAPACITY_KINDS, { error: 'Choose how many can come' }),
  places: z.number({ error: PLACES }).int(PLACES).min(0, PLACES).max(500, PLACES).optional(),
})
  .refine(({ capacityKind, places }) => (capacityKind === 'open') === (places === undefined), {
    path: ['places'],
    error: 'Enter a number of places, or say that it is open to all who come',
  })
  .refine(({ schedule, times }) => schedule || times?.length, { path: ['schedule'], error: 'Say when it meets' })
  .refine(({ venue, locationId }) => venue || locationId, { path: ['venue'], error: 'Say where it meets' })
export type GroupInput = z.output<typeof GroupInput>

/** A place of a provider's own. */
export const LocationInput = fields('The place', {
  kind: z.enum(LOCATION_KINDS, { error: 'Choose what kind of place it is' }),
  name: requiredLine(120, 'The name', 'Enter the name'),
  addressLines: listOf(requiredLine(80, 'An address line', 'An address line is empty'), 5, 'address lines'),
  city: erasable(typedLine(80, 'The town or city')),
  postcode: erasable(of.postcode.unwrap()),
  access: access.transform(distinct),
  accessNote: erasable(typedLine(300, 'The note on access')),
}).refine(({ kind, addressLines, postcode }) => kind === 'virtual' || addressLines.length > 0 || postcode, {
  path: ['addressLines'],
  error: 'Enter an address or a postcode',
})
export type LocationInput = z.output<typeof LocationInput>

/** A short name for addresses: "shirley-mens-shed". */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}|['’]/gu, '')
    .toLowerCase()
  return (
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60)
      .replace(/-$/, '') || 'project'
  )
}
