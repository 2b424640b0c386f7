import type { MatchView } from '../../actions/referrals/list-matches.ts'
import type { ReferralView } from '../../actions/referrals/view.ts'
import { accessNeedsOf } from '../../domain/access-needs.ts'
import { ACCESS } from '../../domain/directory.ts'
import { type FieldFault, text, type Values } from './forms.ts'
import { byProject, hasRoom, namedBetter, type ProjectMatches, projectCards, standsInTheWay } from './match-cards.ts'
import { needsBanner } from './person-words.ts'

// The ranking puts what is best first; the rest is there for whoever wants to look on.
const SHOWN = 6
const MORE_SHOWN = 18
const OTHERS_SHOWN = 12
const PART_SHOWN = 25
const REASONS_SHOWN = 4

/** Which part of the ranking a page goes through, and what it is called there. */
const PARTS = {
  fitting: 'Projects that may fit',
  others: 'Projects for other needs',
  unfitting: 'Projects whose rules do not fit',
} as const
export type PartName = keyof typeof PARTS

export function partNamed(name: string | undefined): PartName | undefined {
  return name !== undefined && Object.hasOwn(PARTS, name) ? (name as PartName) : undefined
}

const seeing = (address: string, part: PartName) => `${address}${address.includes('?') ? '&' : '?'}see=${part}`

/** Projects in the order of the ranking, one that was named as a better one first: those that may take the person, then those whose rules say no. */
function partsOf(matches: readonly MatchView[], referral: ReferralView): Record<PartName, ProjectMatches[]> {
  const named = namedBetter(referral)
  const isNamed = ({ projectId }: MatchView) => named.has(projectId)
  const fits = ({ verdict }: MatchView) => verdict !== 'not_eligible'
  const isUseful = (one: MatchView) => fits(one) && (one.meetsNeeds.length > 0 || one.isCrisis || isNamed(one))
  // Crisis support leads whatever else was named.
  const leads = (one: MatchView) => one.isCrisis && one.why.some(({ about }) => about === 'crisis')
  const useful = matches.filter(isUseful)
  const order = (one: MatchView) => (leads(one) ? 0 : isNamed(one) ? 1 : 2)
  return {
    fitting: byProject([0, 1, 2].flatMap((part) => useful.filter((one) => order(one) === part))),
    others: byProject(matches.filter((one) => fits(one) && !isUseful(one))),
    unfitting: byProject(matches.filter((one) => !fits(one))),
  }
}

/** The best of each part; what is left out stands on pages of its own, except where something has to be said about it. */
export function matchModel(
  matches: MatchView[],
  referral: ReferralView,
  address: string,
  values: Values = {},
  faults: FieldFault[] = [],
) {
  const { fitting, others, unfitting } = partsOf(matches, referral)
  const asked = faults.length > 0 ? text(values, 'groupId') : undefined
  const isAsked = (project: ProjectMatches) => project.some(({ groupId }) => groupId !== null && groupId === asked)
  const cards = (part: ProjectMatches[], from: number, count: number) => {
    const until = from + count
    const shown = part.filter((project, at) => at >= from && (at < until || isAsked(project)))
    return projectCards(shown, referral, values, faults)
  }
  const hidden = (part: ProjectMatches[], name: PartName, shown: number) =>
    part.length > shown ? { count: part.length, href: seeing(address, name) } : null
  const more = cards(fitting, SHOWN, MORE_SHOWN)
  const beside = cards(others, 0, OTHERS_SHOWN)
  const against = cards(unfitting, 0, OTHERS_SHOWN)
  // Where nothing has room the waiting list is a way too, and is said to be one.
  const isAllFull = fitting.length > 0 && fitting.every((groups) => !groups.some(hasRoom))
  return {
    count: fitting.length,
    fitting: cards(fitting.slice(0, SHOWN), 0, SHOWN),
    more,
    moreCount: Math.max(0, fitting.length - SHOWN),
    allFitting: hidden(fitting, 'fitting', SHOWN + MORE_SHOWN),
    isMoreOpen: more.some(({ hasError }) => hasError),
    others: beside,
    othersCount: others.length,
    isOthersOpen: beside.some(({ hasError }) => hasError),
    allOthers: hidden(others, 'others', OTHERS_SHOWN),
    unfitting: against,
    unfittingCount: unfitting.length,
    allUnfitting: hidden(unfitting, 'unfitting', OTHERS_SHOWN),
    isOverriding: against.some(({ hasError }) => hasError),
    isAllFull,
    inTheWay: isAllFull || fitting.length === 0 ? standsInTheWay(matches).slice(0, REASONS_SHOWN) : [],
    needs: referral.needs.map(({ label }) => label),
  }
}

/** Whom it is about, on every page of it. */
export function personModel(referral: ReferralView) {
  return {
    name: referral.person.fullName,
    banner: needsBanner(referral.person),
    lookedFor: lookedFor(referral),
  }
}

/** One part from beginning to end, page by page; a project that has left it leads to its beginning. */
export function partModel(
  matches: MatchView[],
  referral: ReferralView,
  address: string,
  { part, after }: { part: PartName; after: string | undefined },
) {
  const projects = partsOf(matches, referral)[part]
  const from = projects.findIndex(([{ projectId }]) => projectId === after) + 1
  const shown = projects.slice(from, from + PART_SHOWN)
  const last = from + PART_SHOWN < projects.length ? shown.at(-1)?.[0].projectId : undefined
  return {
    heading: PARTS[part],
    count: projects.length,
    from: from + 1,
    until: from + shown.length,
    cards: projectCards(shown, referral, {}, []),
    nextHref: last ? `${seeing(address, part)}&after=${encodeURIComponent(last)}` : null,
    firstHref: from > 0 ? seeing(address, part) : null,
    bestHref: address,
  }
}

/** How what was written of access was understood, for whoever knows better. */
function lookedFor({ person }: ReferralView): string[] {
  return accessNeedsOf({ communicationNeeds: person.communicationNeeds ?? null, facts: {} }).map(
    ({ code, because }) => `${ACCESS[code]}, because of “${because}”`,
  )
}
