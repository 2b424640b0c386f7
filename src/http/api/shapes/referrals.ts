import { z } from 'zod'
import { CLOSE_OUTCOMES } from '../../../domain/closing.ts'
import { BASES } from '../../../domain/consent.ts'
import { ROUTE_KINDS } from '../../../domain/eligibility.ts'
import { GOAL_RESULTS } from '../../../domain/goal.ts'
import { NEED_CODES } from '../../../domain/needs.ts'
import { fields, required, requiredLine, typed, yesOrNo } from '../../../domain/person.ts'
import { REFERRAL_STATUSES } from '../../../domain/referral-moves.ts'
import { BasisInput, needCodes, PRIORITIES, RISK_KINDS, strengthTexts } from '../../../domain/referral-request.ts'
import {
  day,
  idField,
  listOf,
  NameShape,
  NeedShape,
  NextActionShape,
  OrganisationShape,
  pageQuery,
  QuestionShape,
  sensibleDay,
} from './basics.ts'
import { SignpostShape, UnmetNeedShape } from './matches.ts'
import { LivesInShape, PersonShape } from './people.ts'
import { ContactShape, GoalResults, PlacementShape } from './placements.ts'

const goalResult = z.enum(GOAL_RESULTS).nullable()

export const ReferralShape = z
  .object({
    id: z.string(),
    reference: z.string(),
    version: z.number().int(),
    status: z.enum(REFERRAL_STATUSES),
    statusText: z.string(),
    priority: z.enum(PRIORITIES),
    receivedAt: z.date(),
    contactedAt: z.date().nullable(),
    changedAt: z.date(),
    closedAt: z.date().nullable(),
    origin: z.enum(ROUTE_KINDS),
    referringOrganisation: OrganisationShape.nullable(),
    receivingOrganisation: OrganisationShape.nullable(),
    navigator: NameShape.nullable(),
    person: PersonShape,
    livesIn: LivesInShape.nullable().describe('Null for those who may not see the work.'),
    reason: z.string(),
    whatMattersToMe: z.string().nullable(),
    needs: z.array(NeedShape),
    strengths: z.array(z.string()),
    riskKinds: z.array(z.enum(RISK_KINDS)).nullable().describe('Null for those who may not see the work.'),
    goals: z.array(z.object({ id: z.string(), text: z.string(), importance: z.number().int(), result: goalResult })),
    contacts: z.array(ContactShape).nullable(),
    questions: z
      .array(QuestionShape.extend({ placementId: z.string().nullable() }))
      .describe('All for those who do the work; for whoever referred, those that they are asked.'),
    signposts: z.array(SignpostShape).nullable(),
    unmetNeeds: z
      .array(UnmetNeedShape)
      .nullable()
      .describe('What nothing could be found for. Null for those who may not see the work.'),
    isDirect: z.boolean().describe('Came straight to a project, and did not fall back to the service.'),
    wantedProject: NameShape.nullable().describe('What whoever referred had in mind, without agreement to go there.'),
    onBehalfOf: z.object({ name: z.string(), relationship: z.string().nullable() }).nullable(),
    redirectedTo: z
      .object({ name: z.string(), organisation: z.string().nullable().describe('A slug, where it is known here.') })
      .nullable(),
    restartsOn: day().nullable().describe('While it is on hold: the day that was agreed.'),
    projectBasis: z.object({ basis: z.enum(BASES), text: z.string(), reason: z.string().nullable() }).nullable(),
    placements: z.array(PlacementShape),
    nextAction: NextActionShape.nullable(),
    closing: z
      .object({ outcome: z.enum(REFERRAL_STATUSES), reason: z.string().nullable(), summary: z.string().nullable() })
      .nullable(),
    allowedActions: z.array(z.string()).describe('The verbs that may follow the address of this referral now.'),
    canSeeWork: z.boolean(),
    clinicalCodes: z
      .array(z.object({ code: z.string(), term: z.string(), on: day() }))
      .describe('SNOMED CT, each once, for the record of the practice that referred.'),
    possibleDuplicates: z
      .array(
        z.object({
          id: z.string(),
          reference: z.string(),
          status: z.enum(REFERRAL_STATUSES),
          receivedAt: z.date(),
          why: z.enum(['nhs_number', 'likeness']),
        }),
      )
      .describe('Others that the service received and that may be of the same person. Empty for those who refer.'),
    samePerson: z
      .array(z.object({ id: z.string(), reference: z.string(), status: z.enum(REFERRAL_STATUSES) }))
      .describe('Others of the same person, as a navigator judged.'),
  })
  .meta({ id: 'Referral' })

export const ReceiptShape = z
  .object({
    id: z.string(),
    reference: z.string(),
    status: z.enum(REFERRAL_STATUSES),
    version: z.number().int(),
    nextAction: NextActionShape.nullable(),
    possibleDuplicates: z
      .array(z.object({ id: z.string(), reference: z.string() }))
      .describe('Earlier referrals by the asking organisation that may be of the same person.'),
  })
  .meta({ id: 'ReferralReceipt' })

export const ReferralSummaryShape = z
  .object({
    id: z.string(),
    reference: z.string(),
    version: z.number().int(),
    status: z.enum(REFERRAL_STATUSES),
    statusText: z.string(),
    priority: z.enum(PRIORITIES),
    personName: z.string(),
    initials: z.string(),
    area: z.string(),
    needs: z.array(NeedShape),
    receivedAt: z.date(),
    contactedAt: z.date().nullable(),
    changedAt: z.date(),
    closedAt: z.date().nullable(),
    daysWaiting: z.number().int().describe('Working days since receipt.'),
    navigator: NameShape.nullable(),
    referringOrganisation: z.string().nullable(),
    nextAction: NextActionShape.nullable(),
    placements: z.array(z.object({ status: z.string(), statusText: z.string(), projectName: z.string() })),
    closingSummary: z.string().nullable(),
    flags: z.object({ interpreter: z.boolean(), accessNeeds: z.boolean(), risk: z.boolean() }),
  })
  .meta({ id: 'ReferralSummary' })

export const HistoryEntryShape = z
  .object({
    id: z.string(),
    type: z.string(),
    text: z.string(),
    at: z.date(),
    by: z.object({
      kind: z.enum(['user', 'system', 'person', 'link']),
      name: z.string().nullable(),
      organisation: z.string().nullable(),
    }),
    from: z.string().nullable(),
    to: z.string().nullable(),
    reason: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()),
    placementId: z.string().nullable(),
  })
  .meta({ id: 'HistoryEntry' })

export const RiskShape = z
  .object({
    kind: z.enum(RISK_KINDS),
    detail: z.string().nullable(),
    sealed: z.literal(true).optional().describe('The detail is for the referral’s own navigator and the leads.'),
  })
  .meta({ id: 'Risk' })

export const ReferralQuery = z.strictObject({
  status: listOf(REFERRAL_STATUSES, 'The status').optional(),
  ward: typed(20, 'The ward').optional(),
  need: z.enum(NEED_CODES, { error: 'This need is not on the list' }).optional(),
  assignee: idField('The assignee').optional().describe('The id of a navigator, `me` or `none`.'),
  priority: z.enum(PRIORITIES, { error: 'Choose routine, priority or urgent' }).optional(),
  overdue: z
    .enum(['true', 'false', '1', '0'], { error: 'Say true or false' })
    .transform((word) => word === 'true' || word === '1')
    .optional(),
  search: typed(100, 'The search')
    .optional()
    .describe(
      'A name or one that sounds like it, an NHS number, a reference, a postcode or a date of birth, as people type them.',
    ),
  ...pageQuery,
})

export const AssignBody = z
  .strictObject({
    navigatorId: idField('The navigator').optional(),
    toMe: z.literal(true, { error: 'This can only be true' }).optional(),
  })
  .refine(({ navigatorId, toMe }) => (navigatorId === undefined) !== (toMe === undefined), {
    error: 'Send either navigatorId or toMe',
  })

export const ActivateBody = z.strictObject({
  needs: needCodes,
  strengths: strengthTexts,
  goals: z
    .array(
      z.strictObject({
        text: required(300, 'A goal', 'A goal is empty'),
        importance: z
          .int('Importance is a whole number')
          .min(1, 'Importance starts at 1')
          .max(10, 'Importance ends at 10'),
      }),
      { error: 'Goals must be a list' },
    )
    .max(10, 'Enter 10 goals or fewer'),
  consent: z.strictObject(
    { shareWithProviders: z.boolean({ error: 'Say whether the person agrees to share with projects' }) },
    { error: 'Say whether the person agrees to share with projects' },
  ),
  basis: BasisInput.optional(),
})

export const CloseBody = z.strictObject({
  outcome: z.enum(CLOSE_OUTCOMES, { error: `Choose an outcome: ${CLOSE_OUTCOMES.join(', ')}` }),
  duplicateOf: idField('The other referral').optional(),
  reason: typed(500, 'The reason').optional(),
  summary: typed(5000, 'The summary').optional(),
  goals: GoalResults.optional(),
})

export const BreakGlassBody = z.strictObject({
  referral: idField('The referral').describe('An id or a reference.'),
  reason: required(1000, 'The reason', 'Say why this record has to be opened').refine((reason) => reason.length >= 20, {
    error: 'Give the reason in 20 characters or more: it is kept, and told to those whose referral it is',
  }),
})

export const BrokenGlassShape = z
  .object({ id: z.string(), at: z.date(), reason: z.string(), referral: ReferralShape, risks: z.array(RiskShape) })
  .meta({ id: 'BrokenGlass', description: 'One look at one referral. Nothing may be done with it.' })

export const GlassUseShape = z
  .object({
    id: z.string(),
    at: z.date(),
    by: z.string(),
    reason: z.string().nullable(),
    referralId: z.string(),
    reference: z.string(),
  })
  .meta({ id: 'GlassUse' })

const reasonText = (missing: string) => required(500, 'The reason', missing)

export const RedirectBody = z.strictObject({
  to: requiredLine(120, 'The team', 'Name the team, or send the slug of its organisation'),
  reason: reasonText('Say why this team is right'),
  consent: fields('The agreement', { shareWithTeam: yesOrNo('Sharing with the team') }).optional(),
  basis: BasisInput.optional(),
})

export const AnswerRedirectBody = z.strictObject({
  accepted: z.boolean({ error: 'Say whether the team takes the referral on' }),
  note: typed(2000, 'The note').optional(),
})

export const HoldBody = z.strictObject({
  reason: reasonText('Say why it is put on hold'),
  restartsOn: sensibleDay('the day to start again'),
})

export const ReopenBody = z.strictObject({
  reason: reasonText('Say why it is opened again'),
  consent: fields('The agreement', { shareWithNavigator: yesOrNo('Sharing with a navigator') }).optional(),
})

export const SignpostBody = z
  .strictObject({
    projectId: idField('The project').optional(),
    text: required(500, 'The text', 'Say what the person was pointed to').optional(),
  })
  .refine(({ projectId, text }) => projectId !== undefined || text !== undefined, {
    error: 'Send projectId or text',
  })

export const WithdrawConsentBody = z.strictObject({ provider: idField('The provider') })
