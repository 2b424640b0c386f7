import { z } from 'zod'
import { CAPACITY_KINDS } from '../../../domain/capacity.ts'
import { ACCESS_CODES, PROJECT_STATUSES } from '../../../domain/directory.ts'
import { NEED_CODES } from '../../../domain/needs.ts'
import { required } from '../../../domain/person.ts'
import { GroupDetails } from '../../../domain/project-entry.ts'
import { day, listOf, NeedShape, OrganisationShape, pageQuery, sensibleDay } from './basics.ts'

export const IntakeShape = z.object({
  paused: z.boolean(),
  reopensOn: day().nullable(),
  from: day().nullable().describe('A course takes people from this day…'),
  until: day().nullable().describe('…until this one.'),
  weeklyQuota: z.number().int().nullable().describe('New people a week, Monday to Sunday, at most.'),
  newThisWeek: z
    .number()
    .int()
    .describe('Counted where there is a quota: sent, or offered a place from the waiting list.'),
  isOpen: z.boolean(),
  opensOn: day().nullable().describe('When people are taken again, where that is known.'),
  closedBecause: z.string().nullable(),
})

const SessionRoomShape = z.object({
  id: z.string(),
  words: z.string(),
  places: z.number().int().nullable(),
  taken: z.number().int().describe('Offers included.'),
  free: z.number().int().nullable(),
})

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
  sessions: z.array(SessionRoomShape).describe('Empty where places are not counted for each session.'),
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

const RuleShape = z.looseObject({ rule: z.string() }).describe('A rule as it may be sent back in a change.')

const TimeShape = z.object({
  id: z.string().optional(),
  places: z.number().int().optional().describe('In this session, on top of the group’s own limit.'),
  every: z.enum(['week', 'month']),
  interval: z.number().int().optional(),
  weekday: z.number().int().describe('From 1, Monday, to 7.'),
  nth: z.number().int().optional().describe('Of a month: the first to fourth such weekday, or -1, the last.'),
  opensAt: z.string(),
  closesAt: z.string().optional(),
  from: day().optional(),
  until: day().optional(),
})

const text = () => z.string().nullable()

/** One entry in full: `rules` reads it out, `ruleData` is what a change sends. */
export const ProjectEntryShape = ProjectShape.extend({
  version: z.number().int(),
  isListed: z.boolean(),
  sentence: z.string().describe('All the rules as one sentence.'),
  ruleData: z.array(RuleShape),
  status: z.enum(PROJECT_STATUSES),
  isOpenAccess: z.boolean(),
  greeter: text(),
  howToRefer: text(),
  url: text(),
  contactName: text(),
  contactPhone: text(),
  contactEmail: text(),
  costPence: z.number().int().nullable().describe('0 is free; null is not known.'),
  costNote: text(),
  languages: z.array(z.string()).nullable(),
  access: z.array(z.enum(ACCESS_CODES)).nullable(),
  interests: z.array(z.string()).nullable(),
  alert: text(),
  assuredOn: day().nullable(),
  changedAt: z.date().nullable(),
  groups: z.array(
    GroupShape.extend({
      times: z.array(TimeShape).nullable(),
      locationId: z.string().nullable(),
      ruleData: z.array(RuleShape),
    }),
  ),
  allowedActions: z.array(z.string()),
}).meta({ id: 'ProjectEntry' })

export const GroupChangeBody = z
  .strictObject({
    ...GroupDetails,
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
  .refine((change) => Object.keys(change).length > 0, { error: 'Send at least one thing to change' })

export const CancelBody = z.strictObject({
  reason: required(500, 'The reason', 'Say why, for those who are told and for the history'),
})

export const EndedAgreementShape = z
  .object({ groups: z.number().int().describe('How many groups were cancelled with it.') })
  .meta({ id: 'EndedAgreement' })

const choice = z
  .string()
  .max(100)
  .regex(/^\P{Cc}*$/u)
const yes = z.enum(['yes'], { error: 'Say yes, or leave it out' }).transform(() => true)

/** What the directory is narrowed down by: each is optional, and all that are named have to hold. */
export const ProjectsQuery = z.strictObject({
  limit: pageQuery.limit,
  after: z.string().max(2000).optional(),
  q: choice.optional(),
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
