import { z } from 'zod'
import { REASON_KINDS } from '../../../domain/match-reasons.ts'
import { typed } from '../../../domain/person.ts'
import { needCodes } from '../../../domain/referral-request.ts'
import { SIGNPOST_ANSWERS } from '../../../domain/signpost.ts'
import { UNMET_REASONS } from '../../../domain/unmet-need.ts'
import { day, NeedShape } from './basics.ts'
import { capacityFields } from './directory.ts'

const verdict = z.enum(['eligible', 'not_eligible', 'ask'])

export const MatchShape = z
  .object({
    projectId: z.string(),
    projectName: z.string(),
    groupId: z.string().nullable().describe('Null for a project that has no group: people are pointed to it.'),
    groupName: z.string(),
    schedule: z.string(),
    venue: z.string(),
    verdict,
    reasons: z.array(
      z.object({
        rule: z.string(),
        verdict,
        text: z.string(),
        question: z.string().optional().describe('What to ask the person, where the verdict is `ask`.'),
      }),
    ),
    meetsNeeds: z.array(z.string()),
    isCrisis: z.boolean(),
    isTried: z.boolean().describe('Tried under this referral, and over. It stands below what was not.'),
    isOpenAccess: z.boolean(),
    contactPhone: z.string().nullable(),
    alert: z.string().nullable(),
    ...capacityFields,
    intakeOpen: z.boolean(),
    takesPeople: z.boolean().describe('Whether anybody can be sent there now. `why` says what stands in the way.'),
    isStale: z.boolean().describe('Nobody has confirmed the entry for more than 90 days, or ever.'),
    why: z
      .array(
        z.object({ about: z.enum(REASON_KINDS), speaks: z.enum(['for', 'against', 'ask', 'note']), text: z.string() }),
      )
      .describe('Why it stands where it does, beside the rules, in plain words.'),
    expectedWaitDays: z
      .object({ low: z.number(), high: z.number().nullable(), n: z.number() })
      .nullable()
      .describe(
        'From sent to the first session, the middle half, from n recent starts and those who still wait. Null for fewer than ten starts; `high` is null where too few have started to tell.',
      ),
    distanceKm: z.number().nullable().describe('As the crow flies. Null where the home or the place is not known.'),
  })
  .meta({ id: 'Match' })

export const SignpostShape = z.object({
  id: z.string(),
  projectId: z.string().nullable(),
  text: z.string(),
  madeAt: z.date(),
  askOn: day().nullable().describe('When to ask whether they went. Null once it is known.'),
  answer: z.enum(SIGNPOST_ANSWERS).nullable(),
  answeredAt: z.date().nullable(),
})

export const UnmetNeedShape = z.object({
  id: z.string(),
  need: NeedShape,
  why: z.enum(UNMET_REASONS),
  note: z.string().nullable(),
  placementId: z.string().nullable().describe('The placement whose refusal told of it.'),
  recordedAt: z.date(),
})

export const AnswerSignpostBody = z.strictObject({
  answer: z.enum(SIGNPOST_ANSWERS, { error: `Say what came of it: ${SIGNPOST_ANSWERS.join(', ')}` }),
})

export const UnmetNeedBody = z.strictObject({
  needs: needCodes.optional().describe('Of the needs of the referral; all of them where it is left out.'),
  why: z.enum(UNMET_REASONS, { error: `Say why: ${UNMET_REASONS.join(', ')}` }),
  note: typed(500, 'The note').optional(),
})
