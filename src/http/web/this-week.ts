import type { FastifyReply, FastifyRequest } from 'fastify'
import { permit } from '../../actions/access/permit.ts'
import { listPlacements } from '../../actions/placements/list-placements.ts'
import type { PlacementView } from '../../actions/placements/view.ts'
import { addDays, type Day, isDay, londonDay } from '../../domain/day.ts'
import type { PlacementStatus } from '../../domain/placement-moves.ts'
import { dayWords } from '../../templates.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, queryWord } from './addresses.ts'
import type { FieldFault } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { needsBanner } from './person-words.ts'
import { roomWords } from './places-words.ts'
import { placementTag } from './tags.ts'

const TO_DECIDE: PlacementStatus[] = ['sent', 'seen', 'information_needed']
const WAITING: PlacementStatus[] = ['offered', 'waitlisted', 'paused']
const COMING: PlacementStatus[] = ['accepted', 'booked', 'started']
const MOST = 200

const DONE: Record<string, string> = {
  declined: 'You said no. The navigator is told and looks for something else.',
  redirect: 'The navigator is told of the project you named.',
}

function toDecide(placement: PlacementView, base: string) {
  return {
    href: `${base}/placements/${placement.id}`,
    reference: placement.reference,
    group: placement.group.name,
    project: placement.project.name,
    needs: placement.needs.map(({ label }) => label),
    ageBand: placement.ageBand,
    area: placement.area,
    tag: placementTag(placement.status),
    room: roomWords(placement.capacity),
    // While their question is open it is the navigator's turn, and not theirs.
    hasAsked: placement.status === 'information_needed',
    next: placement.nextAction,
  }
}

function waiting(placement: PlacementView, base: string) {
  return { ...toDecide(placement, base), since: placement.waitingSince ?? null }
}

/** Offers first, because they hold a place; then by the time of joining. */
function byTurn(a: PlacementView, b: PlacementView): number {
  const turn = ({ status }: PlacementView) => WAITING.indexOf(status)
  const since = (placement: PlacementView) => (placement.waitingSince ?? placement.sentAt).getTime()
  return turn(a) - turn(b) || since(a) - since(b)
}

function coming(placement: PlacementView, base: string, day: Day) {
  const kept = placement.attendances.find(({ sessionOn }) => sessionOn === day)
  const bookedFor = placement.status === 'booked' ? placement.bookedFor : null
  return {
    id: placement.id,
    href: `${base}/placements/${placement.id}`,
    attendAction: `${base}/placements/${placement.id}/attendance`,
    name: placement.person?.fullName ?? placement.reference,
    needs: placement.person ? needsBanner(placement.person) : [],
    tag: placementTag(placement.status),
    group: placement.group.name,
    next: placement.nextAction,
    bookedFor,
    // Somebody may come before the day agreed, but nobody can miss it yet.
    mayMiss: !bookedFor || londonDay(bookedFor) <= day,
    isNew: placement.status !== 'started',
    kept: kept ? (kept.attended ? 'Came' : 'Did not come') : null,
    times: placement.attendances.filter(({ attended }) => attended).length,
  }
}

function byDue(a: PlacementView, b: PlacementView): number {
  const [first, second] = [a.nextAction?.due ?? '9', b.nextAction?.due ?? '9']
  return first < second ? -1 : first > second ? 1 : 0
}

/** The project's week: requests to decide, people to arrange with, and the register of a day, group by group. */
export function weekModel(placements: PlacementView[], base: string, day: Day, today: Day) {
  const open = placements.filter(({ status }) => COMING.includes(status))
  const register = open.filter(({ status }) => status !== 'accepted')
  const groups = [...new Set(register.map(({ group }) => group.id))].map((id) => {
    const people = register.filter(({ group }) => group.id === id)
    return {
      name: people[0]?.group.name ?? '',
      schedule: people[0]?.group.schedule ?? '',
      people: people
        .map((placement) => coming(placement, base, day))
        .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
    }
  })
  return {
    decide: placements
      .filter(({ status }) => TO_DECIDE.includes(status))
      .sort(byDue)
      .map((one) => toDecide(one, base)),
    arrange: open
      .filter(({ status }) => status === 'accepted')
      .sort(byDue)
      .map((one) => coming(one, base, day)),
    waiting: placements
      .filter(({ status }) => WAITING.includes(status))
      .sort(byTurn)
      .map((one) => waiting(one, base)),
    groups,
    day,
    dayWords: day === today ? `today, ${dayWords(day)}` : dayWords(day),
    today,
    yesterday: addDays(today, -1),
  }
}

export async function weekPage(
  request: FastifyRequest,
  reply: FastifyReply,
  faults: FieldFault[] = [],
  status = 200,
  chosen = queryWord(request.query, 'day'),
): Promise<FastifyReply> {
  const actor = actorOf(request)
  permit(actor, 'placement.accept', { provider: actor.organisationId })
  const base = baseOf(actor)
  const today = londonDay(request.context.now())
  const day = chosen && isDay(chosen) && chosen <= today ? chosen : today
  const { items } = await listPlacements(request.context, actor, {
    status: [...TO_DECIDE, ...WAITING, ...COMING],
    limit: MOST,
  })
  const done = queryWord(request.query, 'done')
  const frame = {
    title: 'This week',
    part: `${base}/placements`,
    faults,
    done: DONE[done ?? ''],
  }
  return show(
    request,
    reply,
    'this-week',
    frame,
    {
      ...weekModel(items, base, day, today),
      links: { week: `${base}/placements`, places: `${base}/places` },
    },
    status,
  )
}

export function register(app: App): void {
  app.get('/o/:organisation/placements', atOrganisation, (request, reply) => weekPage(request, reply))
}
