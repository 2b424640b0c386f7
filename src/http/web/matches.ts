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

function card(match: MatchView, referral: ReferralView, values: Values, faults: FieldFault[]) {
  const open = referral.placements.find(({ group, status }) => group.id === match.groupId && isOpenPlacement(status))
  const reopensOn = match.intake.reopensOn
  const isAsked = text(values, 'groupId') === match.groupId
  return {
    groupId: match.groupId,
    projectId: match.projectId,
    project: match.projectName,
    group: match.groupName,
    schedule: match.schedule,
    venue: match.venue,
    verdict: VERDICTS[match.verdict],
    isCrisis: match.isCrisis,
    reasons: match.reasons.map(({ verdict, text }) => ({ mark: MARKS[verdict], verdict, text })),
    meets: referral.needs.filter(({ code }) => match.meetsNeeds.includes(code)).map(({ label }) => label),
    room: match.intakeOpen
      ? roomWords(match)
      : `Not taking anyone new${reopensOn ? ` until ${dayWords(reopensOn)}` : ' at the moment'}`,
    hasRoom: match.intakeOpen && (match.free ?? 0) > 0,
    open: open ? placementTag(open.status) : null,
    // A full group still takes requests: the project knows who leaves next week.
    maySend: match.intakeOpen && !open,
    needsReason: match.verdict === 'not_eligible',
    overrideReason: isAsked ? (text(values, 'overrideReason') ?? '') : '',
    error: isAsked ? (faults[0]?.text ?? null) : null,
  }
}

// The ranking puts what is best first; the rest is there for whoever wants to look on.
const SHOWN = 8

/** Groups in the order of the ranking: those that may take the person, then those whose rules say no. */
export function matchModel(
  matches: MatchView[],
  referral: ReferralView,
  values: Values = {},
  faults: FieldFault[] = [],
) {
  const cards = matches.map((match) => card(match, referral, values, faults))
  const isUseful = (one: (typeof cards)[number]) => !one.needsReason && (one.meets.length > 0 || one.isCrisis)
  const fitting = cards.filter(isUseful)
  return {
    count: fitting.length,
    fitting: fitting.slice(0, SHOWN),
    more: fitting.slice(SHOWN),
    isMoreOpen: fitting.slice(SHOWN).some(({ error }) => error !== null),
    others: cards.filter((one) => !isUseful(one) && !one.needsReason),
    unfitting: cards.filter(({ needsReason }) => needsReason),
    isOverriding: cards.some(({ needsReason, error }) => needsReason && error !== null),
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
    title: `Projects for ${referral.person.fullName}`,
    back: { href: base, text: referral.person.fullName },
    faults,
    done:
      queryWord(request.query, 'done') === 'planned' ? 'The plan is saved. Now find a project together.' : undefined,
  }
  const model = { ...matchModel(matches, referral, values, faults), action: `${base}/placements`, referralHref: base }
  return show(
    request,
    reply,
    'matches',
    frame,
    {
      ...model,
      mayPlace: referral.allowedActions.includes('placements'),
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
