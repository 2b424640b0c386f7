import { z } from 'zod'
import { ageOn, type Day, isDay, londonDay } from './day.ts'
import { isNhsNumber, normaliseNhsNumber } from './nhs-number.ts'
import { normalisePostcode } from './place.ts'
import { folded } from './plain-words.ts'

export const GENDERS = ['woman', 'man', 'non_binary', 'other', 'not_stated'] as const
export type Gender = (typeof GENDERS)[number]

/** Ways in which it is safe to reach somebody. Structured, because whatever sends obeys it. */
export interface SafeContact {
  voicemail: boolean
  text: boolean
  email: boolean
  post: boolean
  note?: string | undefined
}

/** A project's question that yes or no answers, and what the person said. */
export interface Answer {
  question: string
  answer: boolean
  /** The kind of rule that asked. Answers from before it was kept have none. */
  rule?: string | undefined
  /** The id of the project or group whose question it is, where the same words may mean something else to others. */
  of?: string | undefined
}

/** Facts that projects' rules ask for, where the referrer knows them; what is absent is "not known", never "no". */
export interface PersonFacts {
  diagnoses?: string[] | undefined
  severeMentalIllness?: boolean | undefined
  recoveringFrom?: string[] | undefined
  fallOrAtRisk?: boolean | undefined
  /** Whether they can get to a project, alone or with somebody. */
  canTravel?: boolean | undefined
  answers?: Answer[] | undefined
  /** Somebody close died by suicide: crisis and bereavement offers then stand first. */
  bereavedBySuicide?: boolean | undefined
}

/** Why nothing is sent to somebody any more. */
export const MESSAGES_STOPPED = ['died', 'do_not_contact', 'restricted'] as const
export type MessagesStopped = (typeof MESSAGES_STOPPED)[number]

/** Below this age somebody holds parental responsibility, and messages go out only as recorded here. */
export const YOUNG_BELOW = 16

export interface YoungPerson {
  parentalResponsibility: { name: string; relationship: string; phone?: string | undefined }
  /** Whether they may decide for themselves, as the professional named in `judgedBy` recorded it. */
  decidesThemselves: boolean
  judgedBy: string
  /** Whether messages may go to the young person's own address or phone. */
  contactDirectly: boolean
}

// Control characters, halves of surrogate pairs, and marks that turn the direction of the text around them.
const UNKEEPABLE = /[\p{Cs}\u202a-\u202e\u2066-\u2069]|(?![\t\n\r])\p{Cc}/u

/** Text that a person typed: spaces at the ends gone, and nothing in it that a database or a reader stumbles over. */
export function typed(max: number, what: string) {
  return z
    .string({ error: `${what} must be text` })
    .trim()
    .max(max, `${what} must be ${max} characters or fewer`)
    .refine((text) => !UNKEEPABLE.test(text), `${what} has characters that cannot be kept`)
}

/** Text of one line: a name with a line break in it is not a name, and could forge the head of a letter. */
export function typedLine(max: number, what: string) {
  return typed(max, what).refine((text) => !/[\n\r]/.test(text), `${what} must be on one line`)
}

function isVisible(text: string): boolean {
  return /[^\s\p{Cf}]/u.test(text)
}

function given(text: z.ZodType<string, string>, what: string, missing: string) {
  return z
    .string({ error: ({ input }) => (input === undefined ? missing : `${what} must be text`) })
    .pipe(text)
    .refine(isVisible, missing)
}

export function required(max: number, what: string, missing: string) {
  return given(typed(max, what), what, missing)
}

export function requiredLine(max: number, what: string, missing: string) {
  return given(typedLine(max, what), what, missing)
}

/** A yes or a no, and nothing that looks like one. */
export function yesOrNo(what: string) {
  return z.boolean({ error: `${what} must be true or false` })
}

export function listOf<T extends z.ZodType>(item: T, most: number, what: string) {
  return z.array(item, { error: `${capital(what)} must be a list` }).max(most, `Enter ${most} ${what} or fewer`)
}

/** An object of exactly these fields. What else was sent is named, so that a slip in a name is found. */
export function fields<T extends z.ZodRawShape>(what: string, shape: T) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `Not known here: ${(issue.keys as string[]).join(', ')}`
        : `${what} must be an object with named fields`,
  })
}

/** A calendar day as `YYYY-MM-DD`. */
export function dayField(what: string) {
  return z.string({ error: `Enter ${what}` }).refine(isDay, `${capital(what)} must be a real date, like 1955-03-27`)
}

function capital(text: string) {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const dateOfBirth = dayField('the date of birth').superRefine((day, context) => {
  if (!isDay(day)) return
  if (day < '1900-01-01') context.addIssue({ code: 'custom', message: 'The date of birth must be after 1900' })
})

const postcode = typedLine(10, 'The postcode').transform((text, context) => {
  const normal = normalisePostcode(text)
  if (normal) return normal
  context.addIssue({ code: 'custom', message: 'Enter a full UK postcode, like SO14 0YN' })
  return z.NEVER
})

const nhsNumber = typedLine(20, 'The NHS number')
  .transform(normaliseNhsNumber)
  .superRefine((digits, context) => {
    if (!/^\d{10}$/.test(digits))
      context.addIssue({ code: 'custom', message: 'The NHS number must have 10 digits, like 999 000 0018' })
    else if (!isNhsNumber(digits))
      context.addIssue({ code: 'custom', message: 'This is not a valid NHS number. Check the last digit' })
  })

const phone = typedLine(30, 'The phone number').refine(
  (text) => /^(\+\d{8,15}|0\d{9,10})$/.test(text.replace(/[\s().-]/g, '')),
  'Enter a phone number, like 023 8000 0000 or 07700 900123',
)

const email = typedLine(254, 'The e-mail address').pipe(z.email('Enter an e-mail address, like name@example.com'))

/** A person as a referrer describes them. Unknown keys are refused; what is left out is not known. */
export const PersonInput = fields('The person', {
  fullName: requiredLine(120, 'The name', "Enter the person's full name"),
  givenName: typedLine(80, 'The given name').optional(),
  familyName: typedLine(80, 'The family name').optional(),
  dateOfBirth,
  address: fields('The address', {
    lines: listOf(requiredLine(80, 'An address line', 'An address line is empty'), 5, 'address lines').min(
      1,
      'Enter an address',
    ),
    postcode,
  }).optional(),
  postcode: postcode.optional(),
  noFixedAddress: yesOrNo('No fixed address').optional(),
  phone: phone.optional(),
  email: email.optional(),
  nhsNumber: nhsNumber.optional(),
  practiceOdsCode: typedLine(20, 'The practice code')
    .regex(/^([A-Z]\d{5}|not registered)$/, 'Enter a practice code, like J82001, or "not registered"')
    .optional(),
  gender: z.enum(GENDERS, { error: 'Choose a gender from the list, or leave it out' }).optional(),
  ethnicity: typedLine(60, 'Ethnicity').optional(),
  preferredLanguage: typedLine(35, 'The language').optional(),
  interpreter: yesOrNo('Interpreter').optional(),
  communicationNeeds: typed(300, 'Communication needs').optional(),
  safeContact: fields('Safe contact', {
    voicemail: yesOrNo('Voicemail'),
    text: yesOrNo('Text messages'),
    email: yesOrNo('E-mail'),
    post: yesOrNo('Post'),
    note: typed(200, 'The note on safe contact').optional(),
  }).optional(),
  /** "Do not tell my GP" is false. */
  tellPractice: yesOrNo('Telling the practice').optional(),
  youngPerson: fields('What is recorded for a young person', {
    parentalResponsibility: fields('Parental responsibility', {
      name: requiredLine(120, 'The name', 'Say who holds parental responsibility'),
      relationship: requiredLine(60, 'The relationship', 'Say how they are related'),
      phone: phone.optional(),
    }),
    decidesThemselves: yesOrNo('Deciding for themselves'),
    judgedBy: requiredLine(120, 'The professional', 'Say which professional judged so'),
    contactDirectly: yesOrNo('Contacting the young person directly'),
  }).optional(),
  facts: fields('Facts', {
    diagnoses: listOf(requiredLine(40, 'A diagnosis', 'A diagnosis is empty'), 20, 'diagnoses').optional(),
    severeMentalIllness: yesOrNo('Severe mental illness').optional(),
    recoveringFrom: listOf(requiredLine(40, 'A condition', 'A condition is empty'), 20, 'conditions').optional(),
    fallOrAtRisk: yesOrNo('A fall, or at risk of one').optional(),
    canTravel: yesOrNo('Getting there').optional(),
    answers: listOf(
      fields('An answer', {
        question: requiredLine(300, 'The question', 'The question is missing'),
        answer: yesOrNo('The answer'),
      }),
      50,
      'answers',
    ).optional(),
    bereavedBySuicide: yesOrNo('Bereaved by suicide').optional(),
  }).optional(),
})
export type PersonInput = z.output<typeof PersonInput>

const STOPPED: Record<MessagesStopped, string> = {
  died: 'the person died',
  do_not_contact: 'the person is not to be contacted',
  restricted: 'the record is restricted',
}

/** What decides whether somebody may be written to by e-mail. */
interface Mailable {
  email: string | null
  safeContact: SafeContact
  messagesStopped: MessagesStopped | null
  youngPerson: YoungPerson | null
  dateOfBirth: Day
}

/**
 * Why the software may not write to somebody by e-mail, in words for whoever works with them; undefined where an address
 * is held, it is safe, nothing was stopped, and of a young person it was recorded that they may be written to.
 */
export function whyNotToMail(person: Mailable, today: Day): string | undefined {
  if (person.messagesStopped) return STOPPED[person.messagesStopped]
  if (!person.safeContact.email || !person.email) return 'not safe to e-mail'
  if (ageOn(person.dateOfBirth, today) < YOUNG_BELOW && !person.youngPerson?.contactDirectly)
    return `under ${YOUNG_BELOW}, and not to be written to directly`
  return undefined
}

export function canBeMailed(person: Mailable, now: Date): boolean {
  return whyNotToMail(person, londonDay(now)) === undefined
}

/** Nothing was said: no channel but a live call is taken to be safe. */
export const NO_SAFE_CONTACT_KNOWN: SafeContact = { voicemail: false, text: false, email: false, post: false }

const AGE_BANDS: [number, string][] = [
  [11, 'Under 11'],
  [16, '11 to 15'],
  [18, '16 to 17'],
  [25, '18 to 24'],
  [40, '25 to 39'],
  [55, '40 to 54'],
  [65, '55 to 64'],
  [75, '65 to 74'],
  [85, '75 to 84'],
]

/** The age as far as a project that has not accepted the person may know it. */
export function ageBand(dateOfBirth: Day, today: Day): string {
  const age = ageOn(dateOfBirth, today)
  return AGE_BANDS.find(([below]) => age < below)?.[1] ?? '85 or over'
}

/** First letters for lists that others may see over a shoulder: "M.O." */
export function initials(fullName: string): string {
  return fullName
    .split(/\s+/)
    .filter(Boolean)
    .map((part) => `${[...part][0]?.toUpperCase()}.`)
    .join('')
}

/** For finding somebody by name: without capitals, accents and punctuation. */
export const searchName = folded
