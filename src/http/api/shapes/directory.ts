import { z } from 'zod'
import { CAPACITY_KINDS } from '../../../domain/capacity.ts'
import { ACCESS_CODES } from '../../../domain/directory.ts'
import { NEED_CODES } from '../../../domain/needs.ts'
import { required } from '../../../domain/person.ts'
import { day, listOf, NeedShape, OrganisationShape, pageQuery, sensibleDay } from './basics.ts'

export const IntakeShape = z.object({ paused: z.boolean(), reopensOn: day().nullable(), isOpen: z.boolean() })

export const capacityFields = {
  capacityKind: z.enum(CAPACITY_KINDS),
  places: z.number().int().nullable(),
  taken: z.number().int(),
  held: z.number().int(),
  free: z.number().int().nullable().describe('Null where the group is open, or nobody has confirmed it for two weeks.'),
  waiting: z.number().int(),
  isFull: z.boolean(),
  confirmedAt: z.date().nullable(),
  isConfirmed: z.boolean(),
  intake: IntakeShape,
}

export const GroupShape = z
  .object({
    id: z.string(),
    version: z.number().int(),
    projectId: z.string(),
    projectName: z.string(),
    name: z.string(),
    schedule: z.string(),
    venue: z.string(),
    rules: z.array(z.string()),
    ...capacityFields,
    courseStartsOn: day().nullable(),
    courseEndsOn: day().nullable(),
    cancelledAt: z.date().nullable(),
    allowedActions: z.array(z.string()),
  })
  .meta({ id: 'Group' })

export const ProjectShape = z
  .object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    provider: OrganisationShape,
    summary: z.string(),
    firstVisit: z.string().nullable(),
    needs: z.array(NeedShape),
    rules: z.array(z.string()),
    isCrisis: z.boolean(),
    groups: z.array(GroupShape),
  })
  .meta({ id: 'Project' })

export const GroupChangeBody = z
  .strictObject({
    places: z
      .int('The number of places must be a whole number')
      .min(0, 'The number of places cannot be below 0')
      .max(100_000, 'The number of places is too large')
      .optional(),
    intake: z
      .strictObject({
        paused: z.boolean({ error: 'Say whether intake is paused' }),
        reopensOn: sensibleDay('the day on which the group reopens').nullable().optional(),
      })
      .optional(),
  })
  .refine((change) => change.places !== undefined || change.intake !== undefined, {
    error: 'Send places, intake or both',
  })

export const CancelBody = z.strictObject({
  reason: required(500, 'The reason', 'Say why, for those who are told and for the history'),
})

export const EndedAgreementShape = z
  .object({ groups: z.number().int().describe('How many groups were cancelled with it.') })
  .meta({ id: 'EndedAgreement' })

const choice = z
  .string()
  .max(100)
  .regex(/^[^\p{Cc}]*$/u)
const yes = z.enum(['yes'], { error: 'Say yes, or leave it out' }).transform(() => true)

/** What the directory is narrowed down by: each is optional, and all that are named have to hold. */
export const ProjectsQuery = z.strictObject({
  limit: pageQuery.limit,
  after: z.string().max(2000).optional(),
  q: z.string().max(100).optional(),
  need: z.enum(NEED_CODES).optional(),
  ward: choice.optional(),
  locality: choice.optional(),
  district: choice.optional(),
  day: z.coerce.number().int().min(1).max(7).optional(),
  language: choice.optional(),
  access: listOf(ACCESS_CODES, 'access').optional(),
  free: yes.optional(),
  self: yes.optional(),
  room: yes.optional(),
})
