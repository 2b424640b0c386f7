import type { ReferralMessage } from '../../actions/outbox/referral-messages.ts'

const STATES = {
  queued: { text: 'Waiting to be sent', colour: 'blue' },
  retrying: { text: 'Trying again', colour: 'yellow' },
  sent: { text: 'Sent', colour: 'green' },
  failed: { text: 'Could not be sent', colour: 'red' },
  not_sent: { text: 'Not sent', colour: 'grey' },
} as const

/** Newest first, what failed before everything else: it is the only one that somebody has to act on. */
export function messageLines(messages: ReferralMessage[] = []) {
  return messages
    .map(({ noticeText, to, toName, state, why, at }) => ({
      text: noticeText,
      to: to === 'person' ? 'the person' : (toName ?? 'somebody'),
      tag: STATES[state],
      isFailed: state === 'failed',
      why,
      at,
    }))
    .sort((a, b) => Number(b.isFailed) - Number(a.isFailed) || b.at.getTime() - a.at.getTime())
}
