import { z } from 'zod'
import { isDay } from '../../../domain/day.ts'
import { dayField, required } from '../../../domain/person.ts'
import { REFUSALS } from '../../../domain/refusal.ts'

/** An id in an address. What cannot be one is simply not there. */
export const IdParams = z.object({ id: z.string().regex(/^[\w-]{1,100}$/) })

/** An id in a body: whether anything has it is for the action to say. */
export const idField = (what: string) => required(100, what, `${what} is missing`)

const DetailedFault = z.object({
  pointer: z.string().describe('A JSON pointer into the body, or the name of a query parameter after a slash.'),
  code: z.string(),
  detail: z.string(),
})

export const ProblemShape = z
  .object({
    type: z.string().describe('A page that explains the code.'),
    title: z.string(),
    status: z.number().int(),
    code: z.enum(Object.keys(REFUSALS) as [keyof typeof REFUSALS, ...(keyof typeof REFUSALS)[]]),
    detail: z.string(),
    instance: z.string().describe('The id of the request, by which it is found in the log.'),
    errors: z.array(DetailedFault),
  })
  .meta({ id: 'Problem', description: 'Why the request was not carried out (RFC 9457). Nothing was changed.' })

const problem = {
  description: 'Not carried out; the code says why.',
  content: { 'application/problem+json': { schema: ProblemShape } },
}

/** What the published description says of a call, with the answer that every call may give. */
export function described<Answers extends object>(tag: string, operationId: string, summary: string, answers: Answers) {
  return { tags: [tag], operationId, summary, response: { ...answers, default: problem } }
}

const limit = z
  .string()
  .refine((text) => /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 200, {
    error: 'The limit must be a whole number from 1 to 200',
  })
  .transform(Number)

// Control characters behind the base64 would reach a database that cannot compare them.
const isTidy = (cursor: string) => !/\p{Cc}|\\u00/u.test(Buffer.from(cursor, 'base64url').toString())

export const pageQuery = {
  limit: limit.optional(),
  after: z
    .string()
    .max(400)
    .refine((cursor) => /^[\w-]+$/.test(cursor) && isTidy(cursor), { error: 'This is not a cursor of this list' })
    .optional(),
}

/** `?status=sent,seen` */
export function listOf<const T extends string>(words: readonly [T, ...T[]], what: string) {
  return z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(words, { error: `${what} must be one of: ${words.join(', ')}` })))
}

export function pageOf<Item extends z.ZodType>(items: Item) {
  return z.object({ items: z.array(items), next: z.string().nullable().describe('Hand it back as `after`.') })
}

export const day = () => z.string().meta({ format: 'date', example: '2026-12-01' })

// A day that PostgreSQL can hold and that somebody can mean.
export const sensibleDay = (what: string) =>
  dayField(what).refine((text) => !isDay(text) || (text >= '2000-01-01' && text < '2100-01-01'), {
    error: 'Enter a day between 2000 and 2100',
  })

/** A body that may be left out altogether. */
export function maybe<Shape extends z.ZodObject>(shape: Shape) {
  return shape.nullish()
}

export const NothingBody = maybe(z.strictObject({}))

export const QuestionShape = z
  .object({
    id: z.string(),
    text: z.string(),
    askedAt: z.date(),
    /** Null where a project asked by its e-mail link. */
    askedBy: z.string().nullable(),
    answer: z.string().nullable(),
    answeredAt: z.date().nullable(),
  })
  .meta({ id: 'Question' })

export const AskBody = z.strictObject({ question: required(2000, 'The question', 'Write the question') })
export const AnswerBody = z.strictObject({ text: required(2000, 'The answer', 'Write the answer') })

export const NameShape = z.object({ id: z.string(), name: z.string() })
export const OrganisationShape = z.object({ id: z.string(), slug: z.string(), name: z.string() })
export const NeedShape = z.object({ code: z.string(), label: z.string() })

export const NextActionShape = z
  .object({
    owner: z.object({ kind: z.enum(['user', 'organisation', 'person']), id: z.string(), name: z.string() }),
    what: z.string().describe('A stable code of the step.'),
    text: z.string(),
    due: day(),
    isOverdue: z.boolean(),
  })
  .meta({ id: 'NextAction', description: 'Who has to do what next, by which day.' })
