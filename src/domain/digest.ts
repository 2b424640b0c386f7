import { addDays, type Day, londonClock, londonDay, londonMoment } from './day.ts'
import { type MailMode, NOTICE_WORDS, type Notice } from './notices.ts'
import type { Priority } from './referral-request.ts'
import { workingDayFrom } from './working-day.ts'

/** E-mails that tell of several events together: of what came too thick within an hour, or of a day. */
export const DIGEST_NOTICES = ['hour-digest', 'day-digest'] as const
export type DigestNotice = (typeof DIGEST_NOTICES)[number]

export function isDigestNotice(notice: string): notice is DigestNotice {
  return (DIGEST_NOTICES as readonly string[]).includes(notice)
}

/** So many e-mails about single events reach somebody within an hour; what comes beyond is told together. */
export const SINGLES_AN_HOUR = 5
const HOUR_MS = 3_600_000
// Mail goes out within seconds, so what is a minute old was kept waiting by the mail server, and has waited enough: the
// time is only for the others to come together.
const LATE_MS = 60_000
const GATHERING_MS = 2 * 60_000

const HALF_PAST_EIGHT = 8 * 60 + 30

/** These tell of something to be known at once. */
const NEVER_WAITS: readonly Notice[] = ['glass-broken']

/** A message that is about to be sent on its own, with what decides whether it is. */
export interface Single {
  notice: Notice
  createdAt: Date
  priority: Priority
  /** The day by which an offered place has to be answered; null where none is offered. */
  offerDueOn: Day | null
  /** How the recipient wants to hear. */
  mode: MailMode
  /** It may have arrived: told again in a digest it would have another Message-ID. */
  wasTried: boolean
}

/** Where a message goes instead of on its own, and when that is sent at the latest. */
export interface Waiting {
  in: DigestNotice
  until: Date
}

function isPressing({ notice, priority, offerDueOn }: Single, now: Date): boolean {
  return priority === 'urgent' || NEVER_WAITS.includes(notice) || (offerDueOn !== null && offerDueOn <= londonDay(now))
}

/**
 * Whether a message waits to be told together with others; undefined where it goes at once.
 * @param singlesAt when the recipient was last sent e-mails about single events, within the last hour
 */
export function waitsFor(
  message: Single,
  singlesAt: Date[],
  now: Date,
  most: number = SINGLES_AN_HOUR,
): Waiting | undefined {
  if (message.wasTried || isPressing(message, now)) return undefined
  if (message.mode === 'digest') return { in: 'day-digest', until: nextDigestAt(now) }
  // A clock that was set back leaves some in what is now the future: they count too.
  const within = singlesAt.map((at) => at.getTime()).filter((at) => at > now.getTime() - HOUR_MS)
  if (within.length < most) return undefined
  const isLate = now.getTime() - message.createdAt.getTime() >= LATE_MS
  if (isLate) return { in: 'hour-digest', until: new Date(now.getTime() + GATHERING_MS) }
  // When the first of them is an hour old there is room again.
  const room = [...within].sort((a, b) => b - a)[most - 1] ?? now.getTime()
  return { in: 'hour-digest', until: new Date(Math.min(room, now.getTime()) + HOUR_MS) }
}

/** Half past eight in London on the next working day; today's while it lies ahead. */
export function nextDigestAt(now: Date): Date {
  const { day, minutes } = londonClock(now)
  return londonMoment(workingDayFrom(minutes < HALF_PAST_EIGHT ? day : addDays(day, 1)), HALF_PAST_EIGHT)
}

/** The longest that a digest of an hour waits; beyond it the clock was moved. */
export function latestHourDigest(now: Date): Date {
  return new Date(now.getTime() + HOUR_MS)
}

/** The same as everybody reads it, said to the one whose it is. */
const TO_THEM: Partial<Record<Notice, string>> = {
  'referral-assigned': 'The referral is yours now',
  'referral-to-triage': 'A new referral waits for your service',
  'referral-redirected': 'Another service asks your team to take them on',
  'placement-to-decide': 'A new referral for your project',
  'placement-answered': 'Your question was answered',
  'placement-reminder': 'The referral still waits for you',
}

/** What happened, as a digest tells it. */
export function digestWords(notice: Notice): string {
  return TO_THEM[notice] ?? NOTICE_WORDS[notice]
}

/** What is due first stands first, and what only tells something last; those of one day in the order in which they came. */
export function inDigestOrder<T extends { replyBy: Day | null }>(lines: readonly T[]): T[] {
  const END = '9999-12-31'
  return lines.toSorted((a, b) => {
    const [one, other] = [a.replyBy ?? END, b.replyBy ?? END]
    return one === other ? 0 : one < other ? -1 : 1
  })
}
