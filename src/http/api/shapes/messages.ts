import { z } from 'zod'
import { NOTICES } from '../../../domain/notices.ts'

export const MessageShape = z
  .object({
    id: z.string(),
    notice: z.enum(NOTICES),
    noticeText: z.string(),
    to: z.enum(['person', 'organisation', 'user']),
    toName: z.string().nullable().describe('Null for the person, whom the referral names.'),
    state: z.enum(['queued', 'retrying', 'sent', 'failed', 'not_sent']),
    why: z.string().nullable(),
    at: z.date().describe('When it came to this state; while it is still owed, since when.'),
  })
  .meta({ id: 'Message' })

export const FailedMessageShape = MessageShape.extend({ referralId: z.string(), reference: z.string() }).meta({
  id: 'FailedMessage',
})
