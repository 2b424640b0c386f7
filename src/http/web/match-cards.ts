import type { MatchView } from '../../actions/referrals/list-matches.ts'
import type { ReferralView } from '../../actions/referrals/view.ts'
import { earlierWords } from '../../domain/earlier.ts'
import { isOpenPlacement } from '../../domain/placement.ts'
import { type FieldFault, text, type Values } from './forms.ts'
import { roomWords } from './places-words.ts'
import { placementTag } from './tags.ts'

export const VERDICTS = {
  eligible: { text: 'Fits', colour: 'green' },
  ask: { text: 'Ask first', colour: 'yellow' },
  not_eligible: { text: 'Does not fit', colour: 'grey' },
} as const

const MARKS = { eligible: 'Fits', ask: 'Ask', not_eligible: 'Does not fit' } as const

const GROUPS_SHOWN = 3

/** Said elsewhere on the card: the needs in a line of their own, the day with the schedule, the queue with the room. */
const SAID_ELSEWHERE: readonly string[] = ['crisis', 'closed', 'needs', 'time']

interface Said {
  verdict: 'eligible' | 'ask' | 'not_eligible'
  mark: string
  text: string
}

/** What has to be read as a sentence: the rules, and what is to be asked. */
function sentences({ reasons, why }: MatchView): Said[] {
  const rules = reasons.map(({ verdict, text }) => ({ mark: MARKS[verdict], verdict, text }))
  const asked = why
    .filter(({ speaks, about }) => speaks === 'ask' && !SAID_ELSEWHERE.includes(about))
    .map(({ text }) => ({ mark: MARKS.ask, verdict: 'ask' as const, text }))
  return [...rules, ...asked]
}

/** What a glance takes in: "2.1 km away", "Free", "In Polish". */
function glances({ why }: MatchView) {
  return why
    .filter(
      ({ speaks, about, text }) => speaks !== 'ask' && !SAID_ELSEWHERE.includes(about) && !/^\d+ waits?$/.test(text),
    )
    .map(({ speaks, text }) => ({ tone: speaks, text }))
}

function groupLine(match: MatchView, referral: ReferralView, values: Values, faults: FieldFault[]) {
  const { groupId, takesPeople } = match
  const open = referral.placements.find(({ group, status }) => group.id === groupId && isOpenPlacement(status))
  const isAsked = groupId !== null && text(values, 'groupId') === groupId
  const closed = match.why.find(({ about }) => about === 'closed')
  return {
    groupId,
    name: match.groupName,
    schedule: match.schedule,
    venue: match.venue,
    verdict: match.verdict,
    reasons: sentences(match),
    glances: glances(match),
    room: takesPeople ? roomWords(match) : (closed?.text ?? ''),
    hasRoom: hasRoom(match),
    open: open ? placementTag(open.status) : null,
    // A full group still takes requests: the project knows who leaves next week.
    maySend: takesPeople && groupId !== null && !open,
    needsReason: match.verdict === 'not_eligible',
    overrideReason: isAsked ? (text(values, 'overrideReason') ?? '') : '',
    error: isAsked ? (faults[0]?.text ?? null) : null,
  }
}
type GroupLine = ReturnType<typeof groupLine>

/** What is the same for each of the groups that stand open is said once, above them. */
function shared<T extends { text: string }>(lists: T[][]): { once: T[]; rest: T[][] } {
  const once = (lists[0] ?? []).filter(({ text }) => lists.every((list) => list.some((one) => one.text === text)))
  const isOnce = ({ text }: T) => once.some((one) => one.text === text)
  return { once, rest: lists.map((list) => list.filter((one) => !isOnce(one))) }
}

function withSharedReasons(all: GroupLine[]) {
  const [shown, moreGroups] = [all.slice(0, GROUPS_SHOWN), all.slice(GROUPS_SHOWN)]
  const reasons = shared(shown.map((line) => line.reasons))
  const glances = shared(shown.map((line) => line.glances))
  return {
    reasons: reasons.once,
    glances: glances.once,
    groups: shown.map((group, at) => ({ ...group, reasons: reasons.rest[at] ?? [], glances: glances.rest[at] ?? [] })),
    moreGroups,
    isFaulty: moreGroups.some(({ error }) => error !== null),
  }
}

/** Who named which better project for this person, by the id of the better one. */
export function namedBetter({ placements }: ReferralView): Map<string, string> {
  return new Map(
    placements.flatMap(({ redirectedToProject, project }) =>
      redirectedToProject ? [[redirectedToProject.id, project.name] as const] : [],
    ),
  )
}

/** The groups of one project that stand in one part of the page: at least one, in the order of the ranking. */
export type ProjectMatches = [MatchView, ...MatchView[]]

export function byProject(matches: readonly MatchView[]): ProjectMatches[] {
  const projects = new Map<string, ProjectMatches>()
  for (const match of matches) {
    const groups = projects.get(match.projectId)
    if (groups) groups.push(match)
    else projects.set(match.projectId, [match])
  }
  return [...projects.values()]
}

/** A full group still takes requests; a place that is known to be free is more. */
export const hasRoom = ({ takesPeople, free }: MatchView): boolean => takesPeople && (free ?? 0) > 0

/** What became of it each time the person was sent there before under this referral, the newest first. */
function beforeOf(projectId: string, { placements }: ReferralView): string[] {
  return placements
    .filter(({ project, status }) => project.id === projectId && !isOpenPlacement(status))
    .sort((a, b) => (b.endedAt?.getTime() ?? 0) - (a.endedAt?.getTime() ?? 0))
    .map((one) => earlierWords(one, { reason: one.reasonText, note: one.note, group: one.group.name }))
}

/** A card for each project, in words: only for those that are shown. */
export function projectCards(
  projects: readonly ProjectMatches[],
  referral: ReferralView,
  values: Values,
  faults: FieldFault[],
) {
  const named = namedBetter(referral)
  return projects.map((groups) => {
    const [best] = groups
    const { projectId } = best
    const lines = groups.map((match) => groupLine(match, referral, values, faults))
    // Where a rule fails already, no answer would help.
    const asking = groups.find(({ groupId, verdict }) => groupId !== null && verdict === 'ask')
    return {
      projectId,
      project: best.projectName,
      verdict: VERDICTS[best.verdict],
      isCrisis: best.isCrisis,
      crisis: best.why.find(({ about }) => about === 'crisis')?.text ?? null,
      // Nobody waits for a form in a crisis.
      phone: best.isCrisis ? best.contactPhone : null,
      alert: best.alert,
      isOpenAccess: best.isOpenAccess || best.groupId === null,
      mayBePointedTo: best.mayBePointedTo,
      before: beforeOf(projectId, referral),
      namedBy: named.get(projectId) ?? null,
      // What is asked is answered on a page of its own, beside this one.
      factsHref: asking ? `facts?group=${asking.groupId}` : null,
      meets: referral.needs.filter(({ code }) => best.meetsNeeds.includes(code)).map(({ label }) => label),
      hasError: lines.some(({ error }) => error !== null),
      ...withSharedReasons(lines),
    }
  })
}

/** What keeps projects for these needs out of reach, the commonest first: what to widen, and what to tell commissioners. */
export function standsInTheWay(matches: readonly MatchView[]): { text: string; projects: number }[] {
  const useful = matches.filter(({ meetsNeeds }) => meetsNeeds.length > 0)
  const byReason = new Map<string, Set<string>>()
  for (const match of useful) {
    const rules = match.reasons.filter(({ verdict }) => verdict === 'not_eligible').map(({ text }) => text)
    const shut = match.why.filter(({ about }) => about === 'closed').map(({ text }) => text)
    const full = match.takesPeople && match.isFull ? ['Full'] : []
    for (const reason of rules.length > 0 ? rules : [...shut, ...full])
      byReason.set(reason, (byReason.get(reason) ?? new Set()).add(match.projectId))
  }
  return [...byReason]
    .map(([text, projects]) => ({ text, projects: projects.size }))
    .sort((a, b) => b.projects - a.projects || (a.text < b.text ? -1 : 1))
}
