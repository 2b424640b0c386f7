import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { sendPlacement } from '../../actions/placements/send-placement.ts'
import { listMatches, type MatchView } from '../../actions/referrals/list-matches.ts'
import { openReferral } from '../../actions/referrals/open-referral.ts'
import type { ReferralView } from '../../actions/referrals/view.ts'
import { typed } from '../../domain/person.ts'
import { isOpenPlacement } from '../../domain/placement.ts'
import { dayWords } from '../../templates.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord, queryWord } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { type FieldFault, parse, text, type Values, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { needsBanner } from './person-words.ts'
import { roomWords } from './places-words.ts'
import { placementTag } from './tags.ts'

const Sending = z.object({
  groupId: z.string({ error: 'Choose a group' }).min(1, 'Choose a group').max(64),
  overrideReason: typed(500, 'The reason').optional(),
})

const VERDICTS = {
  eligible: { text: 'Fits', colour: 'green' },
  ask: { text: 'Ask first', colour: 'yellow' },
  not_eligible: { text: 'Does not fit', colour: 'grey' },
} as const

const MARKS = { eligible: 'Fits', ask: 'Ask', not_eligible: 'Does not fit' } as const

// The ranking puts what is best first; the rest is there for whoever wants to look on.
const SHOWN = 6
const GROUPS_SHOWN = 3

/** About how long people waited for this group of late, where that is known. */
function waitWords(days: number | null): string | null {
  if (days === null) return null
  const weeks = Math.max(1, Math.round(days / 7))
  return `People wait about ${weeks} ${weeks === 1 ? 'week' : 'weeks'}`
}

function groupLine(match: MatchView, referral: ReferralView, values: Values, faults: FieldFault[]) {
  const open = referral.placements.find(({ group, status }) => group.id === match.groupId && isOpenPlacement(status))
  const reopensOn = match.intake.reopensOn
  const isAsked = text(values, 'groupId') === match.groupId
  return {
    groupId: match.groupId,
    name: match.groupName,
    schedule: match.schedule,
    venue: match.venue,
    verdict: match.verdict,
    reasons: match.reasons.map(({ verdict, text }) => ({ mark: MARKS[verdict], verdict, text })),
    room: match.intakeOpen
      ? roomWords(match)
      : `Not taking anyone new${reopensOn ? ` until ${dayWords(reopensOn)}` : ' at the moment'}`,
    hasRoom: match.intakeOpen && (match.free ?? 0) > 0,
    wait: waitWords(match.expectedWaitDays),
    distance: match.distanceKm === null ? null : `${match.distanceKm} km away`,
    open: open ? placementTag(open.status) : null,
    // A full group still takes requests: the project knows who leaves next week.
    maySend: match.intakeOpen && !open,
    needsReason: match.verdict === 'not_eligible',
    overrideReason: isAsked ? (text(values, 'overrideReason') ?? '') : '',
    error: isAsked ? (faults[0]?.text ?? null) : null,
  }
}
type GroupLine = ReturnType<typeof groupLine>

/** Why a project does or does not fit: what is the same for each of the groups that stand open is said once. */
function withSharedReasons(all: GroupLine[]) {
  const [shown, moreGroups] = [all.slice(0, GROUPS_SHOWN), all.slice(GROUPS_SHOWN)]
  const shared = (shown[0]?.reasons ?? []).filter(({ text }) =>
    shown.every(({ reasons }) => reasons.some((reason) => reason.text === text)),
  )
  const isShared = (text: string) => shared.some((reason) => reason.text === text)
  return {
    reasons: shared,
    groups: shown.map((group) => ({ ...group, reasons: group.reasons.filter(({ text }) => !isShared(text)) })),
    moreGroups,
    isFaulty: moreGroups.some(({ error }) => error !== null),
  }
}

/** Who named which better project for this person, by the id of the better one. */
function namedBetter({ placements }: ReferralView): Map<string, string> {
  return new Map(
    placements.flatMap(({ redirectedToProject, project }) =>
      redirectedToProject ? [[redirectedToProject.id, project.name] as const] : [],
    ),
  )
}

/** The groups of one project that stand in one part of the page, in the order of the ranking. */
function projectCards(matches: MatchView[], referral: ReferralView, values: Values, faults: FieldFault[]) {
  const named = namedBetter(referral)
  const projects = new Map<string, MatchView[]>()
  for (const match of matches) projects.set(match.projectId, [...(projects.get(match.projectId) ?? []), match])
  return [...projects].flatMap(([projectId, groups]) => {
    const [best] = groups
    if (!best) return []
    const lines = groups.map((match) => groupLine(match, referral, values, faults))
    return {
      projectId,
      project: best.projectName,
      verdict: VERDICTS[best.verdict],
      isCrisis: best.isCrisis,
      namedBy: named.get(projectId) ?? null,
      meets: referral.needs.filter(({ code }) => best.meetsNeeds.includes(code)).map(({ label }) => label),
      hasError: lines.some(({ error }) => error !== null),
      ...withSharedReasons(lines),
    }
  })
}

/** Projects in the order of the ranking, one that was named as a better one first: those that may take the person, then those whose rules say no. */
export function matchModel(
  matches: MatchView[],
  referral: ReferralView,
  values: Values = {},
  faults: FieldFault[] = [],
) {
  const named = namedBetter(referral)
  const isNamed = ({ projectId }: MatchView) => named.has(projectId)
  const fits = ({ verdict }: MatchView) => verdict !== 'not_eligible'
  const isUseful = (one: MatchView) => fits(one) && (one.meetsNeeds.length > 0 || one.isCrisis || isNamed(one))
  const cards = (some: MatchView[]) => projectCards(some, referral, values, faults)
  const useful = matches.filter(isUseful)
  const fitting = cards([...useful.filter(isNamed), ...useful.filter((one) => !isNamed(one))])
  const unfitting = cards(matches.filter((one) => !fits(one)))
  return {
    count: fitting.length,
    fitting: fitting.slice(0, SHOWN),
    more: fitting.slice(SHOWN),
    isMoreOpen: fitting.slice(SHOWN).some(({ hasError }) => hasError),
    others: cards(matches.filter((one) => fits(one) && !isUseful(one))),
    unfitting,
    isOverriding: unfitting.some(({ hasError }) => hasError),
    // Where nothing has room the waiting list is a way too, and is said to be one.
    isAllFull: fitting.length > 0 && fitting.every(({ groups }) => groups.every(({ hasRoom }) => !hasRoom)),
    needs: referral.needs.map(({ label }) => label),
    banner: needsBanner(referral.person),
    name: referral.person.fullName,
  }
}

async function page(
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  values: Values = {},
  faults: FieldFault[] = [],
  status = 200,
) {
  const actor = actorOf(request)
  const base = `${baseOf(actor)}/referrals/${id}`
  const matches = await listMatches(request.context, actor, id)
  const referral = await openReferral(request.context, actor, id)
  const frame = {
    title: `Projects for ${referral.reference}`,
    back: { href: base, text: referral.person.fullName },
    faults,
    done:
      queryWord(request.query, 'done') === 'planned' ? 'The plan is saved. Now find a project together.' : undefined,
  }
  const model = {
    ...matchModel(matches, referral, values, faults),
    action: `${base}/placements${queryWord(request.query, 'from') === 'stuck' ? '?from=stuck' : ''}`,
    referralHref: base,
  }
  return show(
    request,
    reply,
    'matches',
    frame,
    {
      ...model,
      mayPlace: referral.allowedActions.includes('placements'),
      holdHref: referral.allowedActions.includes('hold') ? `${base}/do/hold` : null,
      signpostHref: referral.allowedActions.includes('signposts') ? `${base}/do/signposts` : null,
    },
    status,
  )
}

export function register(app: App): void {
  app.get('/o/:organisation/referrals/:id/matches', atRecord, (request, reply) =>
    page(request, reply, request.params.id),
  )

  app.post('/o/:organisation/referrals/:id/placements', atRecord, (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    const values = valuesOf(request.body)
    const sending = { ...values, overrideReason: text(values, 'overrideReason') }
    // The group's own place on the page, where the fault is said again.
    const fieldOf = () => `group-${text(values, 'groupId')}`
    const { data, faults } = parse(Sending, sending, fieldOf)
    if (!data) return page(request, reply, id, values, faults, 400)
    return carryOut(request, reply, {
      act: (context) => sendPlacement(context, actor, id, data),
      goTo: () => `${baseOf(actor)}/referrals/${id}?done=sent`,
      again: (refused, status) => {
        const faults = refused.map((fault) => ({ ...fault, field: fieldOf() }))
        return page(request, reply, id, values, faults, status)
      },
    })
  })
}
