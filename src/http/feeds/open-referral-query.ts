import { z } from 'zod'
import type { ListingFilter } from '../../actions/directory/list-published.ts'
import { isDay } from '../../domain/day.ts'
import { wordsSought } from '../../domain/directory-words.ts'
import { normalisePostcode } from '../../domain/place.ts'
import { WEEKDAY_NAMES } from '../../domain/session-times.ts'
import { BYDAY } from '../../standards/open-referral-schedules.ts'
import { taxonomyById, termById } from '../../standards/open-referral-terms.ts'

export const MOST_PER_PAGE = 100
const USUAL_PER_PAGE = 50
const DEFAULT_METRES = 5000

const whole = (name: string) =>
  z
    .string()
    .regex(/^\d{1,7}$/, `${name} must be a whole number.`)
    .transform(Number)

/** More than the most is not refused: `size` says what a page holds. */
export const pageQuery = {
  page: whole('page')
    .refine((page) => page >= 1, 'Pages are counted from 1.')
    .default(1),
  per_page: whole('per_page')
    .refine((size) => size >= 1, 'A page holds at least 1.')
    .transform((size) => Math.min(size, MOST_PER_PAGE))
    .default(USUAL_PER_PAGE),
}

const age = (name: string) =>
  z
    .string()
    .regex(/^\d{1,3}(\.\d{1,2})?$/, `${name} must be a number of years.`)
    .transform(Number)

const time = (name: string) =>
  z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d(:\d\d)?(Z|[+-]\d\d:?\d\d)?$/, `${name} must be a time like 09:30.`)
    .transform((text) => text.slice(0, 5))

function weekdayOf(text: string): number {
  const asCode = BYDAY.indexOf(text.toUpperCase())
  const asName = WEEKDAY_NAMES.findIndex((name) => name.toLowerCase() === text.toLowerCase())
  return Math.max(asCode, asName) + 1
}

const uuid = (name: string) => z.guid(`${name} must be a UUID.`).transform((id) => id.toLowerCase())

export const serviceQuery = {
  ...pageQuery,
  search: z
    .string()
    .max(200, 'Search with 200 characters or fewer.')
    .regex(/^\P{Cc}*$/u, 'search must be plain text, without control characters.')
    .optional(),
  taxonomy_term_id: uuid('taxonomy_term_id').optional(),
  taxonomy_id: uuid('taxonomy_id').optional(),
  organization_id: uuid('organization_id').optional(),
  minimum_age: age('minimum_age').optional(),
  maximum_age: age('maximum_age').optional(),
  start_time: time('start_time').optional(),
  end_time: time('end_time').optional(),
  day: z
    .string()
    .refine((text) => weekdayOf(text) > 0, `day must be one of ${BYDAY.join(', ')}.`)
    .transform(weekdayOf)
    .optional(),
  modified_after: z
    .string()
    .refine(isMoment, 'modified_after must be a day or a moment, like 2026-11-01 or 2026-11-01T09:00:00Z.')
    .transform((text) => new Date(text))
    .optional(),
}

// The year must be one that PostgreSQL knows, also where the offset moves the moment into another one.
function isMoment(text: string): boolean {
  const year = new Date(text).getUTCFullYear()
  return (
    /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(text) &&
    isDay(text.slice(0, 10)) &&
    year >= 1 &&
    year <= 9999
  )
}

export const placeQuery = {
  ...serviceQuery,
  postcode: z
    .string()
    .transform((text) => normalisePostcode(text) ?? '')
    .refine((postcode) => postcode !== '', 'postcode must be a full postcode, like SO14 3AB.')
    .optional(),
  proximity: whole('proximity')
    .refine((metres) => metres >= 1, 'proximity is a number of metres, from 1.')
    .optional(),
}

export const ServiceQuery = z.strictObject(serviceQuery)
export const PlaceQuery = z.strictObject(placeQuery).refine(({ postcode, proximity }) => postcode || !proximity, {
  path: ['postcode'],
  message: 'proximity is measured from a postcode: say which.',
})

type Asked = z.output<typeof ServiceQuery>

/** What is asked of the directory; undefined where a term is named that nobody here can have. */
export function filterOf(asked: Asked): ListingFilter | undefined {
  const term = asked.taxonomy_term_id ? termById(asked.taxonomy_term_id) : undefined
  const taxonomy = asked.taxonomy_id ? taxonomyById(asked.taxonomy_id) : undefined
  if ((asked.taxonomy_term_id && !term) || (asked.taxonomy_id && !taxonomy)) return undefined
  const says = { needs: 'needs', access: 'access', eligibility: 'rules' } as const
  return {
    starts: wordsSought(asked.search ?? '').map(({ start }) => start),
    need: term?.taxonomy === 'needs' ? term.code : undefined,
    access: term?.taxonomy === 'access' ? term.code : undefined,
    rule: term?.taxonomy === 'eligibility' ? term.code : undefined,
    says: taxonomy && says[taxonomy.code],
    minimumAge: asked.minimum_age,
    maximumAge: asked.maximum_age,
    startsFrom: asked.start_time,
    endsBy: asked.end_time,
    weekday: asked.day,
    organisationId: asked.organization_id,
    changedSince: asked.modified_after,
  }
}

export function metresOf({ proximity }: { proximity?: number | undefined }): number {
  return proximity ?? DEFAULT_METRES
}
