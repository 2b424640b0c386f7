import type { FastifyReply, FastifyRequest } from 'fastify'
import { findNextToDecide } from '../../actions/placements/list-week.ts'
import { markSeen, openPlacement } from '../../actions/placements/open-placement.ts'
import type { PlacementView } from '../../actions/placements/view.ts'
import { addDays, type Day, londonDay } from '../../domain/day.ts'
import { isOpenPlacement } from '../../domain/placement.ts'
import type { PlacementStatus } from '../../domain/placement-moves.ts'
import { Refusal } from '../../domain/refusal.ts'
import { meetsOn, startsAt } from '../../domain/schedule.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord, doneIn, queryWord } from './addresses.ts'
import { PLACEMENT_DONE } from './do.ts'
import { fitModel } from './fit-words.ts'
import { type FieldFault, faultyForm, type Values } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { needsBanner, personFacts } from './person-words.ts'
import { attendanceDots, missedSince } from './pictures.ts'
import { lastMoveWords } from './placement-conflict.ts'
import { nobodyNeedWait, pauseWords, roomWords } from './places-words.ts'
import { seatChoices } from './seat-fields.ts'
import { seatWords } from './seat-words.ts'
import { questionLines } from './standing.ts'
import { placementTag } from './tags.ts'
import { placementWays } from './ways.ts'

const DONE: Record<string, string> = {
  accepted: 'Accepted. You now see who it is, and the navigator is told. Arrange the first session.',
  booked: 'The first session is arranged. Afterwards, say whether they came.',
  attended: 'The register is saved.',
  fit: 'Thank you. Those who refer see it in their figures.',
  ended: 'Saved. The navigator is told and agrees with the person what comes next.',
}

const TITLES: Partial<Record<PlacementStatus, string>> = {
  sent: 'Can you take this person?',
  seen: 'Can you take this person?',
  information_needed: 'You asked a question',
  waitlisted: 'On your waiting list',
  paused: 'On your waiting list, paused',
  offered: 'You offered a place',
}

const NO_SEATS = { sessions: [], volunteers: [] }

// Before a session stands the call that arranges it.
const TO_REACH = ['first_session', 'rearrange']

// After these somebody may want to go on with the next request.
const DECIDED = ['accepted', 'waitlist', 'ask']

// Buttons of their own beside "Yes, accept".
const BESIDE_ACCEPT = ['waitlist', 'decline']

/** What was asked and answered, and since when they wait. */
function standsFor(placement: PlacementView) {
  const { questions, waitingSince, restartsOn, redirectedToProject } = placement
  return {
    questions: questionLines(questions, placement.id),
    waitingSince: waitingSince ?? null,
    restartsOn: restartsOn ?? null,
    betterProject: redirectedToProject?.name ?? null,
  }
}

/** What a project may know before it accepts: never who it is. */
export function decideModel(placement: PlacementView, base: string) {
  const { capacity, accessNeeds } = placement
  const mayAccept = placement.allowedActions.includes('accept')
  const ways = placementWays(placement, base)
  const primary = ways.find(({ door }) => door === 'offer')
  return {
    reference: placement.reference,
    project: placement.project.name,
    group: placement.group,
    tag: placementTag(placement.status),
    needs: placement.needs.map(({ label }) => label),
    ageBand: placement.ageBand,
    area: placement.area,
    access: [
      ...needsBanner(accessNeeds),
      ...(accessNeeds.hasCommunicationNeeds ? ['Something more: you read it when you say yes'] : []),
    ],
    hasRisk: placement.hasRisk,
    isOverride: placement.isOverride,
    sentAlthough: placement.sentAlthough,
    navigator: placement.navigator,
    room: roomWords(capacity),
    pause: pauseWords(capacity.intake),
    isFull: capacity.isFull,
    waiting: capacity.waiting,
    nobodyNeedWait: nobodyNeedWait(capacity),
    next: placement.nextAction,
    asksItself: placement.nextAction?.what === 'ask_still_wanted',
    reason: placement.reasonText,
    mayAccept,
    isOver: !isOpenPlacement(placement.status),
    title: TITLES[placement.status] ?? placement.project.name,
    ...standsFor(placement),
    primary: primary ?? null,
    fit: fitModel(placement, base),
    mayWaitlist: placement.allowedActions.includes('waitlist'),
    ways: ways.filter((way) => way !== primary && !(mayAccept && BESIDE_ACCEPT.includes(way.door))),
    links: stepLinks(placement, base),
  }
}

function stepLinks({ id }: PlacementView, base: string) {
  const page = `${base}/placements/${id}`
  return {
    page,
    accept: `${page}/accept`,
    decline: `${page}/decline`,
    waitlist: `${page}/do/waitlist`,
    book: `${page}/book`,
    attend: `${page}/attendance`,
    end: `${page}/end`,
  }
}

/** The person, once accepted: how to reach them, what they need, and the next thing to do. */
export function personModel(placement: PlacementView, base: string) {
  const may = (door: string) => placement.allowedActions.includes(door)
  const ways = placementWays(placement, base)
  const isReviewDue = placement.nextAction?.what === 'review_place'
  return {
    reference: placement.reference,
    project: placement.project.name,
    group: placement.group,
    tag: placementTag(placement.status),
    needs: placement.needs.map(({ label }) => label),
    person: placement.person ? personFacts(placement.person) : null,
    hasRisk: placement.hasRisk,
    navigator: placement.navigator,
    next: placement.nextAction,
    bookedFor: placement.bookedFor,
    isBooked: placement.status === 'booked',
    attendances: placement.attendances,
    dots: attendanceDots(placement.attendances),
    missed: missedSince(placement.attendances),
    seat: seatWords(placement),
    mainStep: TO_REACH.includes(placement.nextAction?.what ?? '') ? 'reach' : 'attend',
    reachAction: may('contacts') ? `${base}/placements/${placement.id}/do/contacts` : null,
    isOver: !isOpenPlacement(placement.status),
    goals: placement.goals,
    isOverride: placement.isOverride,
    sentAlthough: placement.sentAlthough,
    overrideReason: placement.overrideReason,
    mayBook: may('book'),
    mayAttend: may('attendance'),
    questions: standsFor(placement).questions,
    fit: fitModel(placement, base),
    buttons: ways.filter(({ door }) => door === 'complete' || (door === 'review' && isReviewDue)),
    ways: ways.filter(({ door }) => door !== 'complete' && !(door === 'review' && isReviewDue)),
    links: stepLinks(placement, base),
  }
}

export async function placementPage(
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  values: Values = {},
  faults: FieldFault[] = [],
  status = 200,
): Promise<FastifyReply> {
  const actor = actorOf(request)
  const base = baseOf(actor)
  const today = londonDay(request.context.now())
  const placement = await seen(request, id)
  // Navigators follow a placement on the referral it belongs to.
  if (placement.referralId) return reply.redirect(`${base}/referrals/${placement.referralId}`, 303)
  const done = queryWord(request.query, 'done') ?? ''
  const isOver = !isOpenPlacement(placement.status)
  const around = {
    onward: DECIDED.includes(done) && faults.length === 0 ? await onwardTo(request, base) : null,
    lastMove: isOver && !placement.person ? await lastMoveWords(request, id) : null,
  }
  const frame = {
    title: `Referral ${placement.reference}`,
    part: `${base}/placements`,
    back: { href: `${base}/placements`, text: 'This week' },
    done: doneIn(request.query, DONE, PLACEMENT_DONE),
    faults,
  }
  const seats = placement.allowedActions.includes('accept') ? await seatChoices(request, placement) : NO_SEATS
  const preferred = seats.volunteers[0]?.value
  const form = faultyForm(
    {
      sessionOn: today,
      ...usualSession(placement.group.schedule, today),
      ...(preferred ? { volunteerId: preferred } : {}),
      ...values,
    },
    faults,
  )
  return placement.person
    ? show(
        request,
        reply,
        'placement-person',
        frame,
        { ...personModel(placement, base), ...around, form, today },
        status,
      )
    : show(
        request,
        reply,
        'placement-decide',
        frame,
        { ...decideModel(placement, base), ...around, seats, form },
        status,
      )
}

/** When the group meets next, by its own words: what is most often agreed. */
export function usualSession(schedule: string, today: Day): Values {
  const day = Array.from({ length: 14 }, (_, index) => addDays(today, index + 1)).find((one) => meetsOn(schedule, one))
  const time = startsAt(schedule)
  return day && time ? { day, time } : {}
}

async function onwardTo(request: FastifyRequest, base: string) {
  const next = await findNextToDecide(request.context, actorOf(request))
  return { next: next && { href: `${base}/placements/${next.id}`, count: next.count }, week: `${base}/placements` }
}

/** The page again after a no: what a colleague or the navigator did meanwhile is said with their name and the time. */
export async function placementRefused(
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  door: string,
  refused: { values: Values; faults: FieldFault[]; status: number },
): Promise<FastifyReply> {
  const { values, faults, status } = refused
  const placement = await openPlacement(request.context, actorOf(request), id)
  const isStillOpen = placement.allowedActions.includes(door)
  const meanwhile = status === 409 && !isStillOpen ? await lastMoveWords(request, id) : null
  const said = meanwhile ? [{ field: '', text: meanwhile }] : faults
  return placementPage(request, reply, id, values, said, status)
}

/** Opening a request is its read receipt, unless the browser only fetches it in case somebody opens it. */
async function seen(request: FastifyRequest, id: string): Promise<PlacementView> {
  const actor = actorOf(request)
  const placement = await openPlacement(request.context, actor, id)
  const isPrefetch = String(request.headers['sec-purpose'] ?? '').includes('prefetch')
  const isUnseen = placement.allowedActions.includes('open') && request.method === 'GET' && !isPrefetch
  if (!isUnseen) return placement
  return markSeen(request.context, actor, id).catch((error: unknown) => {
    // A colleague opened it at the same moment: it is seen, and that is all that was wanted.
    if (error instanceof Refusal && error.kind === 'rule') return openPlacement(request.context, actor, id)
    throw error
  })
}

export function register(app: App): void {
  app.get('/o/:organisation/placements/:id', atRecord, (request, reply) =>
    placementPage(request, reply, request.params.id),
  )
}
