/** What was looked at, as whoever answers for it reads it. What is not here is shown as "Another act". */
const LOOK_WORDS: Record<string, string> = {
  'referral.viewed': 'Opened the referral',
  'person.viewed': 'Opened the person’s details',
  'placement.viewed': 'Opened the place at a project',
  'link-code.sent': 'Asked for a one-time code',
  'link-code.used': 'Used a one-time code',
  'risk.viewed': 'Looked at the risks',
  'matches.viewed': 'Looked for projects that fit',
  'referral.listed': 'Saw a list of referrals',
  'placement.listed': 'Saw a list of people at projects',
  'search.made': 'Searched',
  'looks.viewed': 'Looked at who looked',
  'colleague-looks.viewed': 'Looked at what a colleague looked at',
  'access.refused': 'Tried, and was refused',
  'referral.glass-broken': 'Opened the record in an emergency',
  'user.changed': 'Changed a colleague’s access, leave or role',
  'colleague.invited': 'Invited a colleague',
  'invitation.cancelled': 'Took back an invitation',
  'password-link.sent': 'Sent a link for a new password',
  'service.configured': 'Changed the settings',
  'message.resent': 'Had a message sent again',
  'message.told-another-way': 'Told somebody another way',
  'user.mail-chosen': 'Chose how e-mails come',
  'organisation.mail-chosen': 'Chose how e-mails to the shared address come',
  'organisation.configured': 'Changed the shared address',
}

export function lookWords(action: string): string {
  return LOOK_WORDS[action] ?? 'Another act'
}
