import { listMessages } from '../../actions/outbox/list-messages.ts'
import { handleMessage, resendMessage } from '../../actions/outbox/resend-message.ts'
import { chooseMail, readMailChoice } from '../../actions/service/mail-choice.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { movesOf } from './moves.ts'
import { described, NothingBody, pageOf } from './shapes/basics.ts'
import { ListedMessageShape, MailChoiceBody, MailChoiceShape, MessageShape, MessagesQuery } from './shapes/messages.ts'

const TAG = 'Messages'
const config = { access: 'signed-in' } as const

/** What was sent and what became of it, and how somebody wants to hear. */
export async function addMessages(app: App): Promise<void> {
  app.get(
    '/messages',
    {
      config,
      schema: {
        ...described(TAG, 'listMessages', 'Messages about your referrals, or to your organisation', {
          200: pageOf(ListedMessageShape),
        }),
        querystring: MessagesQuery,
      },
    },
    (request) => listMessages(request.context, actorOf(request), request.query),
  )

  const move = movesOf(app, { noun: 'messages', tag: TAG, answer: MessageShape })
  move('resend', 'resendMessage', 'Send it once more', NothingBody, resendMessage, { key: 'required', status: 201 })
  move('told', 'handleMessage', 'Say that you told them another way', NothingBody, handleMessage)

  app.get(
    '/mail-choice',
    { config, schema: described(TAG, 'readMailChoice', 'How you want to hear', { 200: MailChoiceShape }) },
    (request) => readMailChoice(request.context, actorOf(request)),
  )

  app.patch(
    '/mail-choice',
    {
      config,
      schema: {
        ...described(TAG, 'chooseMail', 'Each e-mail as it happens, once a day together, or both', {
          200: MailChoiceShape,
        }),
        body: MailChoiceBody,
      },
    },
    (request) => chooseMail(request.context, actorOf(request), request.body),
  )
}
