import { type Day, daysBetween } from './day.ts'
import type { Verdict } from './eligibility.ts'
import { type ExpectedWait, middleOf } from './forecast.ts'
import type { Comparison } from './offer.ts'
import type { Crisis } from './seeker.ts'

/** One group as it stands for one person; a project that has no group stands for itself. */
export interface Match extends Comparison {
  projectId: string
  groupId: string | null
  groupName: string
  verdict: Verdict
  isCrisis: boolean
  /** Tried under this referral, and over: by the project's word, the person's, or because it came to its end. */
  isTried: boolean
  /** Null where open or unconfirmed. */
  free: number | null
  isFull: boolean
  waiting: number
  expectedWait: ExpectedWait | null
  costPence: number | null
  courseStartsOn: Day | null
}

/**
 * What weighs how much, once it is settled who can take the person at all. The measure is a need met (30): one more need is
 * worth a way of ten kilometres. Whole numbers, so that every machine adds them up to the same.
 */
const WEIGHTS = {
  need: { each: 30, most: 3 },
  /** As much as one need more, where all that it is for is theirs: one need more always counts more than that. */
  focus: 30,
  like: { each: 20, most: 2 },
  language: { theirs: 24, unsaid: -8 },
  access: { met: 6, unsaid: -6 },
  kilometre: { each: -3, most: 10 },
  /** As far as five kilometres, where the home is known and the place is not. */
  farUnknown: -15,
  cost: { free: 6, pound: -1, most: 10 },
  room: 6,
  week: { each: -2, most: 8 },
  waiting: { each: -1, most: 6 },
} as const

const times = ({ each, most }: { each: number; most: number }, count: number) => each * Math.min(count, most)

/** Who is there for little else knows more about it than who is there for everything. */
function focus({ meetsNeeds, needsThere }: Match): number {
  return needsThere === 0 ? 0 : Math.round((WEIGHTS.focus * meetsNeeds.length) / needsThere)
}

function far(distanceKm: number | null, homeIsKnown: boolean): number {
  if (distanceKm === null) return homeIsKnown ? WEIGHTS.farUnknown : 0
  return Math.round(times(WEIGHTS.kilometre, distanceKm))
}

function cost(pence: number | null): number {
  if (pence === null) return 0
  return pence === 0 ? WEIGHTS.cost.free : WEIGHTS.cost.pound * Math.min(Math.ceil(pence / 100), WEIGHTS.cost.most)
}

/** Weeks until somebody would begin: what was measured, else the start of the course, else who waits. */
function wait({ expectedWait, courseStartsOn, waiting }: Match, today: Day): number {
  const untilStart = courseStartsOn === null ? 0 : Math.max(0, daysBetween(today, courseStartsOn))
  const measured = expectedWait === null ? 0 : middleOf(expectedWait)
  const weeks = Math.round(Math.max(untilStart, measured) / 7)
  return times(WEIGHTS.week, weeks) + (expectedWait === null ? times(WEIGHTS.waiting, waiting) : 0)
}

/** How well somebody would be there: more is better. */
export function scoreOf(match: Match, { homeIsKnown, today }: { homeIsKnown: boolean; today: Day }): number {
  const language = match.inLanguage ? WEIGHTS.language.theirs : match.asksLanguage ? WEIGHTS.language.unsaid : 0
  return (
    times(WEIGHTS.need, match.meetsNeeds.length) +
    focus(match) +
    times(WEIGHTS.like, match.likes.length) +
    language +
    WEIGHTS.access.met * match.access.length +
    WEIGHTS.access.unsaid * match.unsaidAccess.length +
    far(match.distanceKm, homeIsKnown) +
    cost(match.costPence) +
    ((match.free ?? 0) > 0 ? WEIGHTS.room : 0) +
    wait(match, today)
  )
}

export interface Ranking {
  crisis: Crisis | null
  /** Whether a distance could be known. */
  homeIsKnown: boolean
  today: Day
}

/**
 * Best first. Crisis support leads where a crisis is known. Then who can take the person: whether the rules
 * say no, a need met, what was not tried before, whether something is still to be asked, whether anybody is taken now, a place. What nobody has confirmed for long sinks among its like. Only then does it count how good it would
 * be. The names and ids come last, so that the same facts give the same order. Nothing is left out: what does not fit stands
 * below with its reason.
 */
export function rank<M extends Match>(matches: readonly M[], ranking: Ranking): M[] {
  const keyed = matches.map((match) => ({ match, step: stepOf(match, ranking), score: scoreOf(match, ranking) }))
  keyed.sort((a, b) => a.step - b.step || b.score - a.score || compareNames(a.match, b.match))
  return keyed.map(({ match }) => match)
}

/** Whether somebody can go there at all, as one number: less is better, and what comes first weighs more than all after it. */
function stepOf(match: Match, { crisis }: Ranking): number {
  const { verdict, isCrisis, isTried, meetsNeeds, whyNotNow, isFull, isStale } = match
  let step = crisis !== null && isCrisis && verdict !== 'not_eligible' ? 0 : 1
  step = step * 2 + (verdict === 'not_eligible' ? 1 : 0)
  step = step * 2 + (meetsNeeds.length > 0 ? 0 : 1)
  step = step * 2 + (isTried ? 1 : 0)
  step = step * 2 + (verdict === 'ask' ? 1 : 0)
  step = step * 2 + (whyNotNow === null ? 0 : 1)
  step = step * 2 + (isFull ? 1 : 0)
  return step * 2 + (isStale ? 1 : 0)
}

// By their letters' numbers: an order that no machine's language changes.
function compareNames(a: Match, b: Match): number {
  return (
    compareText(a.groupName, b.groupName) ||
    compareText(a.projectId, b.projectId) ||
    compareText(a.groupId ?? '', b.groupId ?? '')
  )
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
