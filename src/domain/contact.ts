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
