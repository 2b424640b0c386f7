import { costWords } from './cost.ts'
import type { Day } from './day.ts'
import { ACCESS, type AccessCode, type LocationKind, type SessionTime } from './directory.ts'
import { forecastWords } from './forecast.ts'
import { checkedAgo } from './freshness.ts'
import { languageName } from './languages.ts'
import type { Match } from './matching.ts'
import { needLabel } from './needs.ts'
import { withAnd } from './phrases.ts'
import type { Crisis, Seeker } from './seeker.ts'
import { WEEKDAY_NAMES } from './session-times.ts'

export const REASON_KINDS = [
  'crisis',
  'closed',
  'needs',
  'likes',
  'distance',
  'time',
  'language',
  'access',
  'cost',
  'wait',
  'freshness',
] as const
export type ReasonKind = (typeof REASON_KINDS)[number]

/** Why an offer stands where it does. `for` and `against` count; `ask` is to be found out; `note` is good to know. */
export interface MatchReason {
  about: ReasonKind
  speaks: 'for' | 'against' | 'ask' | 'note'
  text: string
}

/** "Mondays and Thursdays": the days of times that still run; null where nobody has said them as data. */
export function weekdayWords(times: readonly SessionTime[] | null, today: Day): string | null {
  if (times === null) return null
  const running = times.filter(({ until }) => until === undefined || until >= today)
  const days = [...new Set(running.map(({ weekday }) => weekday))].sort((a, b) => a - b)
  return withAnd(days.map((day) => `${WEEKDAY_NAMES[day - 1]}s`)) || null
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

function accessWords(codes: readonly AccessCode[]): string {
  // A name of a language keeps its capital.
  return withAnd(
    codes.map((code) =>
      code === 'sign_language' || code === 'blue_badge_parking' ? ACCESS[code] : lowerFirst(ACCESS[code]),
    ),
  )
}

type Told = Match & {
  placeKind: LocationKind | null
  times: readonly SessionTime[] | null
  costNote: string | null
  assuredOn: Day | null
}

/** The reasons in plain words, in the order of what matters first. What is not known is not said, unless it has to be asked. */
export function reasonsOf(match: Told, seeker: Seeker): MatchReason[] {
  const reasons: MatchReason[] = []
  if (match.isCrisis && seeker.crisis !== null) add(reasons, 'crisis', 'for', CRISIS_WORDS[seeker.crisis])
  add(reasons, 'closed', 'against', match.whyNotNow)
  if (match.meetsNeeds.length > 0)
    add(reasons, 'needs', 'for', `Helps with ${withAnd(match.meetsNeeds.map(needWords))}`)
  if (match.likes.length > 0)
    add(reasons, 'likes', 'for', `What they like or are good at: ${withAnd(match.likes.map(lowerFirst))}`)
  add(reasons, 'distance', 'note', distanceWords(match))
  add(reasons, 'time', 'note', weekdayWords(match.times, seeker.today))
  if (match.inLanguage) add(reasons, 'language', 'for', `In ${languageName(match.inLanguage)}`)
  if (match.asksLanguage && seeker.language)
    add(reasons, 'language', 'ask', `Ask whether an interpreter can come: ${languageName(seeker.language)}`)
  if (match.access.length > 0) add(reasons, 'access', 'for', sentence(accessWords(match.access)))
  if (match.unsaidAccess.length > 0)
    add(reasons, 'access', 'ask', `Not said, so ask: ${accessWords(match.unsaidAccess)}`)
  add(reasons, 'cost', match.costPence === 0 ? 'for' : 'note', costWords(match.costPence, match.costNote))
  const { expectedWait, waiting } = match
  if (expectedWait) add(reasons, 'wait', 'note', forecastWords(expectedWait))
  if (waiting > 0) add(reasons, 'wait', 'against', waiting === 1 ? '1 waits' : `${waiting} wait`)
  add(reasons, 'freshness', match.isStale ? 'against' : 'note', checkedAgo(match.assuredOn, seeker.today))
  return reasons
}

function add(reasons: MatchReason[], about: ReasonKind, speaks: MatchReason['speaks'], text: string | null): void {
  if (text) reasons.push({ about, speaks, text })
}

const CRISIS_WORDS: Record<Crisis, string> = {
  risk: 'Stands first because a risk was recorded. There is no waiting list',
  suicide: 'Stands first because somebody close died by suicide. There is no waiting list',
}

const needWords = (code: string) => lowerFirst(needLabel(code))

function distanceWords({ distanceKm, placeKind }: Told): string | null {
  if (placeKind === 'virtual') return 'Online'
  if (distanceKm === null) return null
  return distanceKm < 0.1 ? 'Very near' : `${distanceKm} km away`
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
