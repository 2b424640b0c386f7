import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../actions/context.ts'
import { listMessages, type OrganisationMessage } from '../../actions/outbox/list-messages.ts'
import { handleMessage, resendMessage } from '../../actions/outbox/resend-message.ts'
import { MESSAGE_LISTS, type MessageList, RESENDS_A_DAY } from '../../domain/messages.ts'
import type { Actor } from '../../domain/organisation.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, atRecord, doneIn, queryWord } from './addresses.ts'
import { cursorIn } from './board-filter.ts'
import { carryOut } from './carry-out.ts'
import type { FieldFault } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { messageLine } from './messages.ts'

const ROWS = 50

const LIST_WORDS: Record<MessageList, string> = { sent: 'Sent', waiting: 'Waiting', failed: 'Could not be sent' }

const EMPTY: Record<MessageList, string> = {
  sent: 'Nothing was sent yet.',
  waiting: 'Nothing waits: every message is on its way.',
  failed: 'Every message arrived at a mail server.',
}

const DONE: Record<string, string> = {
  resent: 'It goes out again within a minute.',
  handled: 'Noted: they were told another way. The message is nobody’s task any more.',
}

/** What was sent again since is history. */
function lineOf(message: OrganisationMessage) {
  const line = messageLine(message)
  return { ...line, isFailed: line.isFailed && !message.isSentAgain }
}

/** Said before it is pressed, and where it cannot be pressed any more. */
function resendNote({ state, resendsLeft: left, isSentAgain }: OrganisationMessage): string | null {
  if (state === 'failed' && isSentAgain) return 'It was sent again since: see that one.'
  if (left === null || (state !== 'sent' && state !== 'failed')) return null
  if (left === 0) return `Sent again ${RESENDS_A_DAY} times today. It can be sent again tomorrow.`
  return left < RESENDS_A_DAY ? `It can be sent again ${left === 1 ? 'once' : 'twice'} more today.` : null
}

function listIn(query: unknown): MessageList {
  return MESSAGE_LISTS.find((list) => list === queryWord(query, 'state')) ?? 'sent'
}

/** What was sent, to whom, about which referral and when; what waits; and what somebody has to make up for. */
async function page(request: FastifyRequest, reply: FastifyReply, faults: FieldFault[] = [], status = 200) {
  const { context } = request
  const actor = actorOf(request)
  const path = `${baseOf(actor)}/messages`
  const state = listIn(request.query)
  const after = cursorIn(request.query)
  const { items, next } = await listMessages(context, actor, { state, after, limit: ROWS })
  const seesWork = actor.role === 'navigator' || actor.role === 'triage_lead'
  const model = {
    lists: MESSAGE_LISTS.map((list) => ({
      text: LIST_WORDS[list],
      href: `${path}?state=${list}`,
      isNow: list === state,
    })),
    isAboutAll: seesWork,
    most: RESENDS_A_DAY,
    name: actor.organisationName,
    lines: items.map((message) => ({
      ...lineOf(message),
      reference: message.reference,
      href: seesWork ? `${baseOf(actor)}/referrals/${message.referralId}#messages` : null,
      resendNote: resendNote(message),
      resend: message.mayResend ? `${path}/${message.id}/resend?state=${state}` : null,
      handle: message.mayHandle ? `${path}/${message.id}/told?state=${state}` : null,
    })),
    empty: EMPTY[state],
    nextHref: next && `${path}?state=${state}&after=${next}`,
    firstHref: after ? `${path}?state=${state}` : null,
  }
  const frame = { title: 'Messages', part: path, faults, done: doneIn(request.query, DONE) }
  return show(request, reply, 'messages', frame, model, status)
}

export function register(app: App): void {
  const address = '/o/:organisation/messages'

  app.get(address, atOrganisation, (request, reply) => page(request, reply))

  const press = (
    verb: string,
    done: keyof typeof DONE,
    act: (context: Context, actor: Actor, id: string) => Promise<unknown>,
  ) =>
    app.post(`${address}/:id/${verb}`, atRecord, (request, reply) => {
      const actor = actorOf(request)
      return carryOut<unknown>(request, reply, {
        act: (context) => act(context, actor, request.params.id),
        goTo: () => `${baseOf(actor)}/messages?state=${listIn(request.query)}&done=${done}`,
        again: (faults, status) => page(request, reply, faults, status),
      })
    })

  press('resend', 'resent', resendMessage)
  press('told', 'handled', handleMessage)
}
