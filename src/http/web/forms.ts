import type { z } from 'zod'
import { type Fault, Refusal } from '../../domain/refusal.ts'

/** What somebody sent in a form, kept as they typed it: it goes back into the fields when something is wrong. */
export type Values = Record<string, string | string[]>

/** One thing wrong with a form: the field it belongs to, and the words beside it and in the summary. */
export interface FieldFault {
  field: string
  text: string
}

/** A form as a template shows it. Fields that were never sent are empty. */
export interface Form {
  values: Values
  errors: Record<string, { text: string }>
}

const NOT_FIELDS = new Set(['_csrf', '_key', '_by', '_kept'])

/** The body of a posted form as plain values; line ends are made one character, as the person counts them. */
export function valuesOf(body: unknown): Values {
  if (typeof body !== 'object' || body === null) return {}
  // What no keyboard types and no database keeps is left out, so that the rest of the form comes back to the person.
  const tidy = (value: unknown) =>
    String(value)
      .replace(/\r\n?/g, '\n')
      .replace(/(?![\n\t])\p{Cc}|\p{Cs}/gu, '')
  return Object.fromEntries(
    Object.entries(body)
      .filter(([name]) => !NOT_FIELDS.has(name))
      .map(([name, value]) => [name, Array.isArray(value) ? value.map(tidy) : tidy(value)]),
  )
}

/** A text field: undefined when it was left empty. */
export function text(values: Values, name: string): string | undefined {
  const value = values[name]
  const first = (Array.isArray(value) ? value[0] : value)?.trim()
  return first === '' ? undefined : first
}

/** Checkboxes of one name, of which a browser sends none, one or several. */
export function several(values: Values, name: string): string[] {
  const value = values[name]
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}

export function isTicked(values: Values, name: string): boolean {
  return several(values, name).length > 0
}

/** Three boxes of a date as `YYYY-MM-DD`; undefined when all are empty. What is no date stays no date. */
export function dateOf(values: Values, name: string): string | undefined {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => text(values, `${name}-${part}`))
  if (!day && !month && !year) return undefined
  const two = (number = '') => (/^\d{1,2}$/.test(number) ? number.padStart(2, '0') : '??')
  return `${year ?? '????'}-${two(month)}-${two(day)}`
}

/** A form with nothing wrong in it yet. */
export function freshForm(values: Values = {}): Form {
  return { values, errors: {} }
}

/** The form again as it was sent, with what is wrong beside each field: the first fault of a field is enough there. */
export function faultyForm(values: Values, faults: FieldFault[]): Form {
  const errors: Form['errors'] = {}
  for (const { field, text } of faults) errors[field] ??= { text }
  return { values, errors }
}

/** Where a fault of the parsed shape belongs on the page, by its path: `person/dateOfBirth` → `dateOfBirth-day`. */
export type FieldOf = (path: string) => string

const lastPart: FieldOf = (path) => path.split('/').at(-1) ?? path

/** Parses with the same schema that the API uses, and says every fault in the page's own fields. */
export function parse<T>(
  schema: z.ZodType<T>,
  input: unknown,
  fieldOf: FieldOf = lastPart,
): { data: T; faults: [] } | { data?: undefined; faults: FieldFault[] } {
  const parsed = schema.safeParse(input)
  if (parsed.success) return { data: parsed.data, faults: [] }
  return {
    faults: distinct(
      parsed.error.issues.map(({ path, message }) => ({ field: fieldOf(path.join('/')), text: message })),
    ),
  }
}

/** The faults of a refusal in the page's own fields; one without a pointer stands in the summary alone. */
export function faultsOf(refusal: Refusal, fieldOf: FieldOf = lastPart): FieldFault[] {
  const named = refusal.faults.map(({ pointer, detail }: Fault) => ({
    field: fieldOf(pointer.replace(/^\//, '')),
    text: detail,
  }))
  return named.length > 0 && refusal.kind === 'invalid' ? distinct(named) : [{ field: '', text: refusal.message }]
}

function distinct(faults: FieldFault[]): FieldFault[] {
  return faults.filter(
    (fault, index) => faults.findIndex(({ field, text }) => field === fault.field && text === fault.text) === index,
  )
}

const SHOWN_ON_THE_FORM = ['rule', 'stale', 'invalid', 'key-reused']

/** A refusal that the person can answer on the page they are on; anything else goes to the page for its kind. */
export function answerable(error: unknown): Refusal {
  if (error instanceof Refusal && SHOWN_ON_THE_FORM.includes(error.kind)) return error
  throw error
}

/** 400 for what was typed, 409 for what the rules or somebody else's change forbid. */
export function statusOf(refusal: Refusal): 400 | 409 {
  return refusal.kind === 'invalid' ? 400 : 409
}
