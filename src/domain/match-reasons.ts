import { costWords } from './cost.ts'
import type { Day } from './day.ts'
import { ACCESS, type AccessCode, type SessionTime } from './directory.ts'
import { freshnessWords } from './freshness.ts'
import { languageName } from './languages.ts'
import type { Match } from './matching.ts'
import { needLabel } from './needs.ts'
import type { Seeker } from './seeker.ts'

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

const WEEKDAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays']

/** "Mondays and Thursdays": the days of times that still run; null where nobody has said them as data. */
export function weekdayWords(times: readonly SessionTime[] | null, today: Day): string | null {
  const running = (times ?? []).filter(({ until }) => until === undefined || until >= today)
  const days = [...new Set(running.map(({ weekday }) => weekday))].sort((a, b) => a - b)
  const names = days.flatMap((day) => WEEKDAYS[day - 1] ?? [])
  return names.length === 0 ? null : names.length === 1 ? (names[0] ?? null) : phrase(names)
}

function phrase(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

function accessWords(codes: readonly AccessCode[]): string {
  // A name of a language keeps its capital.
  return phrase(
    codes.map((code) =>
      code === 'sign_language' || code === 'blue_badge_parking' ? ACCESS[code] : lowerFirst(ACCESS[code]),
    ),
  )
}

/** "2 to 5 weeks", "1 week", "under a week". */
export function waitWords({ low, high }: { low: number; high: number }): string {
  const [from, to] = [low, high].map((days) => Math.round(days / 7)) as [number, number]
  if (to < 1) return 'under a week'
  if (from === to) return to === 1 ? 'about a week' : `about ${to} weeks`
  return from < 1 ? `up to ${to} ${to === 1 ? 'week' : 'weeks'}` : `${from} to ${to} weeks`
}

type Told = Match & {
  placeKind: string | null
  times: readonly SessionTime[] | null
  costNote: string | null
  assuredOn: Day | null
  languages: readonly string[] | null
}

/** The reasons in plain words, in the order of what matters first. What is not known is not said, unless it has to be asked. */
export function reasonsOf(match: Told, seeker: Seeker): MatchReason[] {
  return [...crisisReasons(match, seeker), ...fitReasons(match), ...practicalReasons(match, seeker)]
}

function crisisReasons({ isCrisis }: Told, { crisis }: Seeker): MatchReason[] {
  if (!isCrisis || crisis === null) return []
  const because = crisis === 'risk' ? 'a risk was recorded' : 'somebody close died by suicide'
  return [{ about: 'crisis', speaks: 'for', text: `Stands first because ${because}. There is no waiting list` }]
}

function fitReasons(match: Told): MatchReason[] {
  const { whyNotNow, meetsNeeds, likes } = match
  const needs = meetsNeeds.map((code) => lowerFirst(needLabel(code)))
  return [
    ...(whyNotNow ? [{ about: 'closed', speaks: 'against', text: whyNotNow } as const] : []),
    ...(needs.length > 0 ? [{ about: 'needs', speaks: 'for', text: `Helps with ${phrase(needs)}` } as const] : []),
    ...(likes.length > 0
      ? [
          {
            about: 'likes',
            speaks: 'for',
            text: `What they like or are good at: ${phrase(likes.map(lowerFirst))}`,
          } as const,
        ]
      : []),
  ]
}

function practicalReasons(match: Told, seeker: Seeker): MatchReason[] {
  const { access, unsaidAccess, expectedWait, waiting, assuredOn, costPence } = match
  const days = weekdayWords(match.times, seeker.today)
  const cost = costWords(costPence, match.costNote)
  return [
    ...distanceReasons(match),
    ...(days ? [{ about: 'time', speaks: 'note', text: days } as const] : []),
    ...languageReasons(match, seeker),
    ...(access.length > 0 ? [{ about: 'access', speaks: 'for', text: sentence(accessWords(access)) } as const] : []),
    ...(unsaidAccess.length > 0
      ? [{ about: 'access', speaks: 'ask', text: `Not said, so ask: ${accessWords(unsaidAccess)}` } as const]
      : []),
    ...(cost ? [{ about: 'cost', speaks: costPence === 0 ? 'for' : 'note', text: cost } as const] : []),
    ...(expectedWait
      ? [
          {
            about: 'wait',
            speaks: 'note',
            text: `People waited ${waitWords(expectedWait)} (${expectedWait.n} people)`,
          } as const,
        ]
      : []),
    ...(waiting > 0
      ? [{ about: 'wait', speaks: 'against', text: waiting === 1 ? '1 waits' : `${waiting} wait` } as const]
      : []),
    { about: 'freshness', speaks: match.isStale ? 'against' : 'note', text: freshnessWords(assuredOn, seeker.today) },
  ]
}

function distanceReasons({ distanceKm, placeKind }: Told): MatchReason[] {
  if (placeKind === 'virtual') return [{ about: 'distance', speaks: 'note', text: 'Online' }]
  if (distanceKm === null) return []
  const text = distanceKm < 0.1 ? 'Next door' : `${distanceKm} km away`
  return [{ about: 'distance', speaks: 'note', text }]
}

function languageReasons({ inLanguage, asksLanguage }: Told, { language }: Seeker): MatchReason[] {
  if (inLanguage) return [{ about: 'language', speaks: 'for', text: `In ${languageName(inLanguage)}` }]
  if (!asksLanguage || !language) return []
  return [{ about: 'language', speaks: 'ask', text: `Ask whether an interpreter can come: ${languageName(language)}` }]
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
