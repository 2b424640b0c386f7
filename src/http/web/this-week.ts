import type { FastifyReply, FastifyRequest } from 'fastify'
import { listWeek, type Week, type WeekPlaces } from '../../actions/placements/list-week.ts'
import type { PlacementView } from '../../actions/placements/view.ts'
import { londonDay } from '../../domain/day.ts'
import { Refusal } from '../../domain/refusal.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, doneIn, queryWord } from './addresses.ts'
import { baseOf, show } from './layout.ts'
import { needsBanner } from './person-words.ts'
import { roomWords } from './places-words.ts'
import { placementTag } from './tags.ts'
import { sessionsOf } from './week-sessions.ts'

const DONE: Record<string, string> = {
  declined: 'You said no. The navigator is told and looks for something else.',
  redirect: 'The navigator is told of the project you named.',
}

function toDecide(placement: PlacementView, base: string) {
  const { accessNeeds } = placement
  return {
    href: `${base}/placements/${placement.id}`,
    reference: placement.reference,
    group: placement.group.name,
    needs: placement.needs.map(({ label }) => label),
    ageBand: placement.ageBand,
    area: placement.area,
    access: [
      ...needsBanner(accessNeeds),
      ...(accessNeeds.hasCommunicationNeeds ? ['Has other needs to take part'] : []),
    ],
    tag: placementTag(placement.status),
    room: roomWords(placement.capacity),
    // While their question is open it is the navigator's turn, and not theirs.
    hasAsked: placement.status === 'information_needed',
    since: placement.waitingSince ?? null,
    next: placement.nextAction,
  }
}

const STEP_WORDS: Record<string, string> = {
  first_session: 'Arrange the first session',
  rearrange: 'They did not come. Contact them and arrange another session',
  register: 'Say whether they came',
  review_place: 'Ask how it is going',
}

function toDo(placement: PlacementView, base: string) {
  const { nextAction: next, bookedFor, group } = placement
  const isRegister = next?.what === 'register' && bookedFor
  return {
    href: isRegister
      ? `${base}/groups/${group.id}/register?on=${londonDay(bookedFor)}`
      : `${base}/placements/${placement.id}`,
    name: placement.person?.fullName ?? placement.reference,
    group: group.name,
    what: STEP_WORDS[next?.what ?? ''] ?? next?.text ?? '',
    access: placement.person ? needsBanner(placement.person) : [],
    next,
  }
}

/** So many stand open, the earliest due first: the sessions of the week must not be far down. The rest unfolds. */
const TODO_SHOWN = 4

// A question to the navigator stands in the same list: the decision is still to come.
const UNDECIDED = ['sent', 'seen', 'information_needed']
const WAITING = ['offered', 'waitlisted', 'paused']
const COMING = ['accepted', 'booked', 'started']

/** What an empty week says of the room there is. */
function emptyWords({ projects }: Week): string {
  const groups = projects.flatMap((project) => project.groups)
  if (groups.length === 0) return 'Your organisation has no group here yet. The navigation service adds it.'
  const free = groups.reduce((sum, group) => sum + (group.free ?? 0), 0)
  if (free > 0) return `You have ${free} ${free === 1 ? 'place' : 'places'}, and navigators see them.`
  if (groups.some(({ capacityKind }) => capacityKind === 'open')) return 'Your groups are open to everybody.'
  return groups.every(({ isFull }) => isFull)
    ? 'Every place is taken or offered.'
    : 'How many places you have is not known: nobody has said so for two weeks.'
}

/** The project's week: what to decide, what to do, each session with its people, and who waits. */
export function weekModel(week: Week, base: string, places: WeekPlaces) {
  const count = (statuses: string[]) =>
    week.counts.filter(({ status }) => statuses.includes(status)).reduce((sum, { people }) => sum + people, 0)
  const list = <T>(name: keyof WeekPlaces, page: { next: string | null }, items: T[]) => ({
    items,
    isLater: places[name] !== undefined,
    more: page.next ? `${base}/placements?${name}=${page.next}#${name}` : null,
    first: `${base}/placements#${name}`,
  })
  return {
    decide: list(
      'decide',
      week.decide,
      week.decide.items.map((one) => toDecide(one, base)),
    ),
    todo: {
      ...list(
        'todo',
        week.todo,
        week.todo.items.map((one) => toDo(one, base)),
      ),
      shown: week.todo.items.length > TODO_SHOWN + 1 ? TODO_SHOWN : week.todo.items.length,
    },
    waiting: list(
      'waiting',
      week.waiting,
      week.waiting.items.map((one) => toDecide(one, base)),
    ),
    counts: { decide: count(UNDECIDED), waiting: count(WAITING) },
    ...sessionsOf(week, base),
    isEmpty: count([...UNDECIDED, ...WAITING, ...COMING]) === 0,
    empty: emptyWords(week),
    links: { week: `${base}/placements`, places: `${base}/places` },
  }
}

async function weekPage(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const actor = actorOf(request)
  const base = baseOf(actor)
  const asked: WeekPlaces = {
    decide: queryWord(request.query, 'decide'),
    todo: queryWord(request.query, 'todo'),
    waiting: queryWord(request.query, 'waiting'),
  }
  const { week, places } = await readFrom(request, asked)
  const frame = {
    title: 'This week',
    part: `${base}/placements`,
    done: doneIn(request.query, DONE),
  }
  const hasMoved = places !== asked
  return show(request, reply, 'this-week', frame, { ...weekModel(week, base, places), hasMoved })
}

/** A place in a list that nobody can have been given is answered with the beginning. */
async function readFrom(request: FastifyRequest, asked: WeekPlaces): Promise<{ week: Week; places: WeekPlaces }> {
  const actor = actorOf(request)
  try {
    return { week: await listWeek(request.context, actor, asked), places: asked }
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error
    const places = {}
    return { week: await listWeek(request.context, actor, places), places }
  }
}

export function register(app: App): void {
  app.get('/o/:organisation/placements', atOrganisation, weekPage)
}
