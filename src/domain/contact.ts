import type { SafeContact } from './person.ts'

export const CONTACT_OUTCOMES = ['spoke', 'no_answer', 'left_message', 'wrong_number'] as const
export type ContactOutcome = (typeof CONTACT_OUTCOMES)[number]

export const CONTACT_CHANNELS = ['phone', 'text', 'email', 'post', 'in_person', 'video'] as const
export type ContactChannel = (typeof CONTACT_CHANNELS)[number]

/** A try to reach somebody. */
export interface Contact {
  outcome: ContactOutcome
  channel: ContactChannel
  note?: string | undefined
}

export const CONTACT_WORDS: Record<ContactOutcome, string> = {
  spoke: 'Spoke',
  no_answer: 'No answer',
  left_message: 'Left message',
  wrong_number: 'Wrong number',
}

export const CHANNEL_WORDS: Record<ContactChannel, string> = {
  phone: 'Phone',
  text: 'Text message',
  email: 'E-mail',
  post: 'Letter',
  in_person: 'In person',
  video: 'Video call',
}

/** Ways to reach somebody: a detail is held, and it is safe to use. */
export function usableChannels({
  phone,
  email,
  addressLines,
  noFixedAddress,
  safeContact,
}: {
  phone: string | null
  email: string | null
  addressLines: string[] | null
  noFixedAddress: boolean
  safeContact: SafeContact
}): ContactChannel[] {
  const hasAddress = addressLines !== null && !noFixedAddress
  return [
    ...(phone ? (['phone'] as const) : []),
    ...(phone && safeContact.text ? (['text'] as const) : []),
    ...(email && safeContact.email ? (['email'] as const) : []),
    ...(hasAddress && safeContact.post ? (['post'] as const) : []),
    ...(hasAddress ? (['in_person'] as const) : []),
  ]
}
