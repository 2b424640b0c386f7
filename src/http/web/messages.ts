import type { ReferralMessage } from '../../actions/outbox/referral-messages.ts'
import { dayWords } from '../../templates.ts'

const STATES = {
  queued: { text: 'Waiting to be sent', colour: 'blue' },
  held: { text: 'Waits for a digest', colour: 'blue' },
  retrying: { text: 'Trying again', colour: 'yellow' },
  sent: { text: 'Sent', colour: 'green' },
  failed: { text: 'Could not be sent', colour: 'red' },
  not_sent: { text: 'Not sent', colour: 'grey' },
} as const

const HANDLED = { text: 'Told another way', colour: 'green' } as const

export function messageLine({ noticeText, to, toName, state, why, at, ...message }: ReferralMessage) {
  const { isDigest, isRepeated, handledAt } = message
  const notes = [
    isRepeated ? 'Sent again' : '',
    isDigest && state === 'sent' ? 'Together with others, in a digest' : '',
    handledAt ? `Somebody told them another way on ${dayWords(handledAt)}` : '',
  ]
  return {
    text: noticeText,
    to: to === 'person' ? 'the person' : (toName ?? 'somebody'),
    tag: handledAt ? HANDLED : STATES[state],
    isFailed: state === 'failed' && !handledAt,
    why,
    note: notes.filter(Boolean).join('. '),
    at,
  }
}

/** Newest first, what failed before everything else: it is the only one that somebody has to act on. */
export function messageLines(messages: ReferralMessage[] = []) {
  return messages
    .map(messageLine)
    .sort((a, b) => Number(b.isFailed) - Number(a.isFailed) || b.at.getTime() - a.at.getTime())
}
