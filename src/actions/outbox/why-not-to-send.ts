import { MUTABLE_NOTICES } from '../../domain/colleague.ts'
import type { Day } from '../../domain/day.ts'
import { ownerOf } from '../../domain/next-action.ts'
import type { Notice } from '../../domain/notices.ts'
import { whyNotToMail } from '../../domain/person.ts'
import { isOpenReferral } from '../../domain/referral.ts'
import type { MessageFacts, Recipient } from '../../store/message-facts.ts'
import type { OutboxRow } from '../../store/outbox.ts'

type Message = Pick<OutboxRow, 'toKind' | 'toId'> & { notice: Notice }

/** Why a message that is owed is not to be sent after all, in words for whoever reads the referral. */
export function whyNotToSend(
  message: Message,
  facts: MessageFacts,
  recipient: Recipient,
  today: Day,
): string | undefined {
  const why = againstTheRecipient(message, facts, recipient, today)
  if (why) return why
  if (facts.isTakenBack) return 'what it tells of was taken back'
  const movedOn = MOVED_ON[message.notice]
  return movedOn?.when(facts, message) ? movedOn.why : undefined
}

/** Why nobody would read it, though somebody should: it has failed. */
export function whyNobodyReads(recipient: Recipient): string | undefined {
  return recipient.kind === 'organisation' && recipient.readerLeft
    ? 'the address is of a colleague who has left'
    : undefined
}

interface MovedOn {
  when(facts: MessageFacts, message: Message): boolean
  why: string
}

/** Told only while it stands there. */
function unless(noun: 'referral' | 'placement', status: string, why: string): MovedOn {
  return { when: (facts) => facts[noun]?.status !== status, why }
}

/** What has moved on since a message was owed. A notice that is not here tells of history, which stays true. */
const MOVED_ON: Partial<Record<Notice, MovedOn>> = {
  'referral-to-triage': {
    when: ({ referral }, { toId }) => referral.status !== 'submitted' || referral.receivingOrganisationId !== toId,
    why: 'the referral no longer waits in their queue',
  },
  'referral-assigned': {
    when: ({ referral }, { toKind, toId }) =>
      !isOpenReferral(referral.status) || (toKind === 'user' && referral.navigatorId !== toId),
    why: 'the referral is no longer theirs',
  },
  'placement-to-decide': {
    when: ({ placement }) => placement?.status !== 'sent' && placement?.status !== 'seen',
    why: 'no decision is awaited any more',
  },
  'referral-question': unless('referral', 'information_needed', 'the question was answered'),
  'referral-redirected': unless('referral', 'redirected', 'the team answered'),
  'referral-released': {
    when: ({ referral }) => !isOpenReferral(referral.status) || referral.navigatorId !== null,
    why: 'somebody took it',
  },
  'referral-reminder': {
    when: ({ referral }, { toId }) => ownerOf(referral)?.id !== toId || referral.remindedAt === null,
    why: 'the step is done',
  },
  'placement-question': unless('placement', 'information_needed', 'the question was answered'),
  'placement-answered': unless('placement', 'seen', 'the project has moved on'),
  'placement-reminder': {
    // A next step of theirs is not the one that they were reminded of.
    when: ({ placement }, { toId }) => placement?.nextOwnerId !== toId || placement.remindedAt === null,
    why: 'the step is done',
  },
  'placement-silent': {
    when: ({ placement }) => placement?.status !== 'sent' && placement?.status !== 'seen',
    why: 'the project replied',
  },
  'placement-did-not-start': unless('placement', 'did_not_start', 'another way was found'),
  'still-wanted-silent': {
    when: ({ placement }) => placement?.nextStep !== 'find_out_still_wanted',
    why: 'the person answered',
  },
  'person-still-wanted': {
    when: ({ placement }) => placement?.nextStep !== 'say_still_wanted',
    why: 'it is not asked any more',
  },
  'offer-made': unless('placement', 'offered', 'the offer was answered'),
  'offer-unreached': {
    when: ({ placement }) => placement?.status !== 'offered' || placement.nextStep !== 'get_offer_answer',
    why: 'the offer was answered',
  },
  'first-session-missed': {
    when: ({ referral }) => !isOpenReferral(referral.status),
    why: 'the referral is closed',
  },
  'person-first-visit': unless('placement', 'booked', 'no visit lies ahead'),
  'person-visit-tomorrow': unless('placement', 'booked', 'no visit lies ahead'),
  'person-place-offered': unless('placement', 'offered', 'the offer was answered'),
  'offer-put-off': unless('placement', 'paused', 'the person is back in the queue'),
  'referral-closed': {
    when: ({ referral }) => isOpenReferral(referral.status),
    why: 'the referral is open again',
  },
  'person-referral-received': {
    when: ({ referral }) => !isOpenReferral(referral.status),
    why: 'the referral is closed',
  },
}

/** What a practice hears of how it went: the person may not want that. */
const MESSAGES_BACK: readonly Notice[] = ['referral-closed', 'referral-reopened']

function againstTheRecipient(
  { notice }: Message,
  { referral, person }: MessageFacts,
  recipient: Recipient,
  today: Day,
): string | undefined {
  if (recipient.kind === 'user') {
    if (recipient.suspendedAt) return 'the user is suspended'
    // Only what may be muted is: a choice made before the list grew shorter does not silence the rest.
    const isMuted = MUTABLE_NOTICES.some((mutable) => mutable === notice) && recipient.muted.includes(notice)
    return isMuted ? 'they chose not to get this e-mail' : undefined
  }
  if (recipient.kind === 'organisation') {
    const isTheirPractice = recipient.odsCode !== null && recipient.odsCode === person.practiceOdsCode
    return MESSAGES_BACK.includes(notice) && isTheirPractice && !person.tellPractice
      ? 'the person asked us not to tell their practice'
      : undefined
  }
  const why = whyNotToMail({ ...recipient, messagesStopped: recipient.stopped }, today)
  if (why) return why
  return referral.status === 'withdrawn' ? 'the referral was withdrawn' : undefined
}
