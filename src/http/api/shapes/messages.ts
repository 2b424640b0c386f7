import { z } from 'zod'
import { MESSAGE_STATES } from '../../../actions/outbox/referral-messages.ts'
import { MESSAGE_LISTS } from '../../../domain/messages.ts'
import { MAIL_MODES, NOTICES } from '../../../domain/notices.ts'
import { pageQuery } from './basics.ts'

export const MessageShape = z
  .object({
    id: z.string(),
    notice: z.enum(NOTICES),
    noticeText: z.string(),
    to: z.enum(['person', 'organisation', 'user']),
    toName: z.string().nullable().describe('Null for the person, whom the referral names.'),
    state: z.enum(MESSAGE_STATES),
    why: z.string().nullable(),
    at: z.date().describe('When it came to this state; while it is still owed, since when.'),
    isDigest: z.boolean().describe('It is told, or was, together with others.'),
    isRepeated: z.boolean().describe('It repeats one that somebody asked to be sent again.'),
    handledAt: z.date().nullable().describe('When somebody told the recipient another way.'),
  })
  .meta({ id: 'Message' })

export const FailedMessageShape = MessageShape.extend({ referralId: z.string(), reference: z.string() }).meta({
  id: 'FailedMessage',
})

export const ListedMessageShape = FailedMessageShape.extend({
  mayResend: z.boolean(),
  resendsLeft: z
    .int()
    .nullable()
    .describe('How often it may still be sent again today; null where it is not yours to send.'),
  isSentAgain: z.boolean().describe('Somebody had it sent again since: the repetition stands for itself.'),
  mayHandle: z.boolean().describe('It failed, and nobody has told the recipient another way.'),
}).meta({ id: 'ListedMessage' })

const mode = z.enum(MAIL_MODES, { error: 'Choose how e-mails should come' })

export const MailChoiceShape = z
  .object({
    mine: mode.nullable().describe('To you, about your own work; null where it goes to the shared address.'),
    shared: mode.nullable().describe('To the shared address; null where others choose for it.'),
  })
  .meta({ id: 'MailChoice' })

export const MailChoiceBody = z.strictObject({ mine: mode.optional(), shared: mode.optional() })

export const MessagesQuery = z.strictObject({
  ...pageQuery,
  state: z.enum(MESSAGE_LISTS).default('sent').describe('What was sent, newest first; what waits; what failed.'),
})
