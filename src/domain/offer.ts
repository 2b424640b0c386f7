import { accessMet } from './access-needs.ts'
import type { Day } from './day.ts'
import type { AccessCode, ProjectStatus } from './directory.ts'
import { kilometresBetween, type Point } from './distance.ts'
import { closedWords, type Intake } from './intake.ts'
import { spokenOf } from './languages.ts'
import { termsIn } from './plain-words.ts'
import type { Seeker } from './seeker.ts'

/** A project, or one group of it, as far as it can be told better or worse for somebody. */
export interface Offer {
  needs: readonly string[]
  interests: readonly string[] | null
  languages: readonly string[] | null
  /** What the project says of itself, and what is said of its place. */
  access: ReadonlySet<AccessCode>
  place: Point | null
  status: ProjectStatus
  /** Read from somebody else's directory: nobody there signs in here. */
  isFromFeed: boolean
  /** None where the project has no group to send anybody to. */
  intake: Intake | null
  courseEndsOn: Day | null
  assuredOn: Day | null
}

const STATUS_WORDS: Record<ProjectStatus, string | null> = {
  active: null,
  'temporarily closed': 'Closed for now',
  inactive: 'Not running at the moment',
  defunct: 'No longer runs',
}

/** Why nobody can be sent there now, in words; null where somebody can. */
export function whyNotNow(
  offer: Pick<Offer, 'status' | 'isFromFeed' | 'intake' | 'courseEndsOn'>,
  today: Day,
): string | null {
  const closed = STATUS_WORDS[offer.status]
  if (closed) return closed
  if (offer.courseEndsOn !== null && offer.courseEndsOn < today) return 'This course has ended'
  if (offer.isFromFeed) return 'This project is not on Trellis: point the person there or call it'
  if (!offer.intake) return 'It has no group to be sent to here: point people there, or call'
  return closedWords(offer.intake, today)
}

/** What speaks for an offer and against it, for this person. */
export interface Comparison {
  meetsNeeds: string[]
  /** How many needs it is for altogether. */
  needsThere: number
  /** What they like that is done there, in the project's words. */
  likes: string[]
  distanceKm: number | null
  /** The code of the language of theirs that it is given in. */
  inLanguage: string | null
  /** Needed to take part, and not said to be there. */
  asksLanguage: boolean
  access: AccessCode[]
  unsaidAccess: AccessCode[]
  whyNotNow: string | null
  isStale: boolean
}

const NOTHING_NEEDED = { met: [], unsaid: [] }

export function compare(seeker: Seeker, offer: Offer): Comparison {
  const inLanguage = seeker.language === null ? undefined : spokenOf(offer.languages ?? [], seeker.language)
  const { met, unsaid } = seeker.access.length > 0 ? accessMet(seeker.access, offer.access) : NOTHING_NEEDED
  return {
    meetsNeeds: offer.needs.filter((code) => seeker.needs.includes(code)),
    needsThere: offer.needs.length,
    likes: seeker.strengths.length > 0 ? termsIn(offer.interests ?? [], seeker.strengths) : [],
    distanceKm: seeker.home && offer.place ? kilometresBetween(seeker.home, offer.place) : null,
    inLanguage: inLanguage ?? null,
    asksLanguage: seeker.language !== null && seeker.interpreter && inLanguage === undefined,
    access: met,
    unsaidAccess: unsaid,
    whyNotNow: whyNotNow(offer, seeker.today),
    isStale: offer.assuredOn === null || offer.assuredOn < seeker.assuredSince,
  }
}
