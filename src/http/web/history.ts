import type { HistoryEntry } from '../../actions/referrals/open-referral.ts'
import type { ReferralView } from '../../actions/referrals/view.ts'
import { CHANNEL_WORDS, CONTACT_WORDS } from '../../domain/contact.ts'
import { reasonWords } from './words.ts'

/** One line of the history: what, about which project, why, who and when. */
export interface HistoryLine {
  text: string
  about: string | null
  note: string | null
  by: string
  at: Date
}

function aboutOf(entry: HistoryEntry, { placements }: Pick<ReferralView, 'placements'>): string | null {
  const placement = placements.find(({ id }) => id === entry.placementId)
  return placement ? `${placement.project.name}, ${placement.group.name}` : null
}

// A logged contact is an event and a row of its own, and the event says which.
function contactOf(entry: HistoryEntry, contacts: ReferralView['contacts']) {
  return contacts?.find(({ id }) => id === entry.detail.contactId)
}

function textOf(entry: HistoryEntry, entries: HistoryEntry[], referral: ReferralView): string {
  const undone = entry.undoes ? entries.find(({ id }) => id === entry.undoes) : undefined
  if (undone) return `Taken back: “${textOf(undone, entries, referral)}”`
  const contact = contactOf(entry, referral.contacts)
  return contact ? `${CONTACT_WORDS[contact.outcome]} (${CHANNEL_WORDS[contact.channel].toLowerCase()})` : entry.text
}

// Said already by the event of the placement itself.
const SAID_TWICE = ['referral.placed', 'referral.handed-back']

/** Of a signed link it is known which organisation it was sent to, and the first name that somebody said. */
function byWords({ by: { kind, name, organisation } }: HistoryEntry): (string | null)[] {
  if (kind === 'user') return [name, organisation]
  if (kind === 'link') return [name, organisation, 'by e-mail link']
  return [kind === 'person' ? 'The person' : 'Trellis']
}

/** The history for a page, newest first. */
export function historyLines(entries: HistoryEntry[], referral: ReferralView): HistoryLine[] {
  return entries
    .filter(({ type }) => !SAID_TWICE.includes(type))
    .map((entry) => {
      const contact = contactOf(entry, referral.contacts)
      const reason = reasonWords(entry.reason)
      const by = byWords(entry)
      return {
        text: textOf(entry, entries, referral),
        about: aboutOf(entry, referral),
        note: contact?.note ?? reason,
        by: by.filter((name) => name !== null).join(', '),
        at: entry.at,
      }
    })
    .reverse()
}
