/** A message about a referral, as the outbox tells of it. */
export interface MessageView {
  id: string
  noticeText: string
  to: string
  toName: string | null
  state: 'queued' | 'retrying' | 'sent' | 'failed' | 'not_sent'
  why: string | null
  at: Date
}

/** A failed message, for the banner of the board. */
export interface FailedMessage {
  text: string
  href: string
}

const STATES = {
  queued: { text: 'Waiting to be sent', colour: 'blue' },
  retrying: { text: 'Trying again', colour: 'yellow' },
  sent: { text: 'Sent', colour: 'green' },
  failed: { text: 'Could not be sent', colour: 'red' },
  not_sent: { text: 'Not sent', colour: 'grey' },
} as const

/** Newest first, what failed before everything else: it is the only one that somebody has to act on. */
export function messageLines(messages: MessageView[] = []) {
  return messages
    .map(({ noticeText, to, toName, state, why, at }) => ({
      text: noticeText,
      to: toName ? `${toName}, ${to}` : to,
      tag: STATES[state],
      isFailed: state === 'failed',
      why,
      at,
    }))
    .sort((a, b) => Number(b.isFailed) - Number(a.isFailed) || b.at.getTime() - a.at.getTime())
}
