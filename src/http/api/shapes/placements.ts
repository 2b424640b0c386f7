import { z } from 'zod'
import { CONTACT_CHANNELS, CONTACT_OUTCOMES } from '../../../domain/contact.ts'
import { GOAL_RESULTS } from '../../../domain/goal.ts'
import { required, typed } from '../../../domain/person.ts'
import { END_OUTCOMES } from '../../../domain/placement.ts'
import { PLACEMENT_STATUSES } from '../../../domain/placement-moves.ts'
import {
  DECLINE_REASONS,
  type DeclineReason,
  FIT_WORDS,
  type Fit,
  WITHDRAWAL_REASONS,
  type WithdrawalReason,
} from '../../../domain/placement-reasons.ts'
import { FORWARD_TO } from '../../../domain/queue.ts'
import { PRIORITIES } from '../../../domain/referral-request.ts'
import { OFFER_ANSWERS } from '../../../domain/waiting.ts'
import {
  day,
  idField,
  listOf,
  maybe,
  NameShape,
  NeedShape,
  NextActionShape,
  OrganisationShape,
  pageQuery,
  QuestionShape,
  sensibleDay,
} from './basics.ts'
import { capacityFields } from './directory.ts'
import { PersonShape } from './people.ts'

const FITS = Object.keys(FIT_WORDS) as [Fit, ...Fit[]]

export const FitBody = z.strictObject({ fit: z.enum(FITS, { error: `Choose one: ${FITS.join(', ')}` }) })

export const FitFiguresShape = z
  .object({
    said: z.number().int().describe('How many referrals projects said something of.'),
    fits: z
      .array(z.object({ fit: z.enum(FITS), text: z.string(), count: z.number().int() }))
      .nullable()
      .describe('Null while there are fewer than five.'),
    declinedRules: z
      .array(
        z.object({
          rule: z.string(),
          ruleText: z.string(),
          project: z.string().nullable().describe('For navigators.'),
          count: z.number().int(),
        }),
      )
      .describe('Rules that caused five declines or more, most often first.'),
  })
  .meta({ id: 'ReferralQuality' })

export const ContactShape = z.object({
  id: z.string(),
  outcome: z.enum(CONTACT_OUTCOMES),
  channel: z.enum(CONTACT_CHANNELS),
  note: z.string().nullable(),
  madeAt: z.date(),
  by: z.string(),
})

export const ContactBody = z.strictObject({
  outcome: z.enum(CONTACT_OUTCOMES, { error: `Choose an outcome: ${CONTACT_OUTCOMES.join(', ')}` }),
  channel: z.enum(CONTACT_CHANNELS, { error: `Choose a channel: ${CONTACT_CHANNELS.join(', ')}` }),
  note: typed(2000, 'The note').optional(),
})

export const PlacementShape = z
  .object({
    id: z.string(),
    version: z.number().int(),
    referralId: z.string().nullable(),
    reference: z.string(),
    status: z.enum(PLACEMENT_STATUSES),
    statusText: z.string(),
    group: z.object({ id: z.string(), name: z.string(), schedule: z.string(), venue: z.string() }),
    project: NameShape,
    provider: OrganisationShape,
    needs: z.array(NeedShape),
    area: z.string(),
    ageBand: z.string(),
    accessNeeds: z.object({
      interpreter: z.boolean().nullable(),
      preferredLanguage: z.string().nullable(),
      communicationNeeds: z.string().nullable(),
    }),
    hasRisk: z.boolean(),
    person: PersonShape.nullable().describe('Null until the project has accepted, and after its access ended.'),
    navigator: z.object({ name: z.string(), email: z.string() }).nullable(),
    capacity: z.object(capacityFields),
    sentAt: z.date(),
    acceptedAt: z.date().nullable(),
    bookedFor: z.date().nullable(),
    startedAt: z.date().nullable(),
    endedAt: z.date().nullable(),
    reason: z.string().nullable(),
    reasonText: z.string().nullable(),
    declinedRule: z.string().nullable(),
    isOverride: z.boolean().describe('Sent although a rule did not fit.'),
    sentAlthough: z.array(z.string()).describe('The rules that did not fit then, as they stand on the project’s page.'),
    overrideReason: z.string().nullable().describe('Why; null to a project that does not know the person.'),
    note: z.string().nullable(),
    attendances: z.array(
      z.object({ sessionOn: day(), attended: z.boolean(), late: z.boolean(), reason: z.string().nullable() }),
    ),
    goals: z
      .array(z.object({ id: z.string(), text: z.string(), result: z.enum(GOAL_RESULTS).nullable() }))
      .describe('Empty until the project may know who the person is.'),
    questions: z.array(QuestionShape).describe('What the project asked before it decided.'),
    contacts: z.array(ContactShape).nullable().describe('The project’s own tries; null for those who do not navigate.'),
    waitingSince: z.date().nullable(),
    position: z
      .object({ from: z.number().int(), to: z.number().int() })
      .nullable()
      .describe(
        'Where the person stands in the queue, as a range that tells of nobody else. Null while they do not wait.',
      ),
    otherLists: z
      .array(z.object({ id: z.string(), project: z.string(), group: z.string() }))
      .describe('Where the person still waits though they have this place: to be given up, once they agree.'),
    queuePriority: z.enum(PRIORITIES).nullable().describe('Put forward: goes before the referral’s own priority.'),
    queueReason: z.string().nullable().describe('Why; null to a project that does not know the person.'),
    session: z.object({ id: z.string(), words: z.string() }).nullable(),
    volunteer: NameShape.nullable().describe('Whose time it is, in a one-to-one group.'),
    restartsOn: day().nullable().describe('While it is paused: the day on which the person waits again.'),
    fit: z.enum(FITS).nullable().describe('What the project says of the referral: one tap.'),
    redirectedToProject: NameShape.nullable().describe('The better project that was named.'),
    nextAction: NextActionShape.nullable(),
    allowedActions: z.array(z.string()).describe('The verbs that may follow the address of this placement now.'),
  })
  .meta({ id: 'Placement' })

export const PlacementQuery = z.strictObject({
  status: listOf(PLACEMENT_STATUSES, 'The status').optional(),
  project: idField('The project').optional(),
  group: idField('The group').optional(),
  ...pageQuery,
})

/** Which place it is, where a group counts them for each session, or has volunteers. */
const seat = {
  sessionTimeId: idField('The session').optional(),
  volunteerId: idField('The volunteer').optional(),
}

export const AcceptBody = maybe(
  z.strictObject({
    overOthers: required(500, 'The reason', 'Say why this person goes before others').optional(),
    ...seat,
  }),
)

const reasonOf = <T extends string>(reasons: Record<T, string>) =>
  z.enum(Object.keys(reasons) as [T, ...T[]], { error: `Choose a reason: ${Object.keys(reasons).join(', ')}` })

export const DeclineBody = z.strictObject({
  reason: reasonOf<DeclineReason>(DECLINE_REASONS),
  rule: typed(100, 'The rule').optional(),
  note: typed(2000, 'The note').optional(),
})

export const WithdrawBody = z.strictObject({ reason: reasonOf<WithdrawalReason>(WITHDRAWAL_REASONS) })

export const BookBody = z.strictObject({
  startsAt: z.iso
    .datetime({ offset: true, error: 'Enter the moment of the session with its zone, like 2026-12-03T10:00:00Z' })
    .transform((text) => new Date(text))
    .refine((moment) => moment >= new Date('2000-01-01') && moment < new Date('2100-01-01'), {
      error: 'Enter a moment between 2000 and 2100',
    }),
  ...seat,
})

export const AttendanceBody = z.strictObject({
  sessionOn: sensibleDay('the day of the session'),
  attended: z.boolean({ error: 'Say whether the person came' }),
  late: z.boolean().optional(),
  reason: typed(300, 'The reason').optional(),
})

export const GoalResults = z
  .array(
    z.strictObject({
      id: idField('The goal'),
      result: z.enum(GOAL_RESULTS, { error: 'Choose achieved, partly or not' }),
    }),
  )
  .max(20, 'Send 20 goals or fewer')

export const CompleteBody = z.strictObject({
  outcome: z.enum(END_OUTCOMES, { error: `Choose how it ended: ${END_OUTCOMES.join(', ')}` }),
  goals: GoalResults.optional(),
  note: typed(2000, 'The note').optional(),
})

export const SendBody = z.strictObject({
  groupId: idField('The group'),
  overrideReason: required(500, 'The reason', 'Say why this project is right although a rule does not fit').optional(),
})

export const BetterProjectBody = z.strictObject({
  projectId: idField('The better project'),
  note: typed(2000, 'The note').optional(),
})

export const OfferBody = maybe(
  z.strictObject({
    outOfOrder: required(500, 'The reason', 'Say why this person goes before others').optional(),
    ...seat,
  }),
)

export const OfferAnswerBody = z.strictObject({
  answer: z.enum(OFFER_ANSWERS, { error: `Choose what the person said: ${OFFER_ANSWERS.join(', ')}` }),
})

export const PutForwardBody = z.strictObject({
  to: z.enum(FORWARD_TO, { error: `Choose how far forward: ${FORWARD_TO.join(', ')}` }),
  reason: required(500, 'The reason', 'Say why this person goes before others, or goes back'),
})

export const RematchBody = z
  .strictObject(seat)
  .refine((asked) => Object.keys(asked).length > 0, { error: 'Name a volunteer or a session' })

export const ReleaseBody = z.strictObject({
  ids: z.array(idField('The waiting list')).min(1, 'Choose at least one waiting list').max(50, 'Send 50 or fewer'),
})

export const PauseBody = z.strictObject({ restartsOn: sensibleDay('the day to start again') })

export const NoStartBody = z.strictObject({
  note: required(2000, 'The note', 'Write down how you tried to reach the person'),
})

export const ReviewBody = maybe(z.strictObject({ note: typed(2000, 'The note').optional() }))
