export const DECLINE_REASONS = {
  not_eligible: 'Does not fit our rules',
  outside_area: 'Lives outside our area',
  no_capacity: 'No room',
  not_our_work: 'Not what we do',
  unsafe: 'We cannot do this safely',
  already_attending: 'Already comes to us',
  information_missing: 'We know too little',
  person_declined: 'The person does not want it',
  no_contact: 'We could not reach the person',
  other: 'Another reason',
} as const
export type DeclineReason = keyof typeof DECLINE_REASONS

export const WITHDRAWAL_REASONS = {
  changed_mind: 'Changed their mind',
  needs_met_elsewhere: 'Found help elsewhere',
  moved_away: 'Moved away',
  health: 'Health',
  work_or_caring: 'Work or caring',
  sent_in_error: 'Sent by mistake',
  referral_closed: 'The referral was closed',
  other: 'Another reason',
} as const
export type WithdrawalReason = keyof typeof WITHDRAWAL_REASONS

/** What a provider says in one tap of the referral it got; the referrer sees the figures. */
export const FIT_WORDS = {
  right_person: 'Right person',
  not_enough_information: 'Not enough information',
  wrong_project: 'Wrong project for them',
} as const
export type Fit = keyof typeof FIT_WORDS

const RETURN_REASONS = {
  group_cancelled: 'The group was cancelled',
  consent_withdrawn: 'The person no longer wants the project to know of them',
  on_hold: 'The referral is on hold',
} as const

/** Every coded reason in words. */
export const REASON_WORDS: Record<string, string> = { ...WITHDRAWAL_REASONS, ...DECLINE_REASONS, ...RETURN_REASONS }
