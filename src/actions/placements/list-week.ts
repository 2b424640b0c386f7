import { addDays, type Day, londonDay, londonMoment } from '../../domain/day.ts'
import type { Actor } from '../../domain/organisation.ts'
import { TAKING_A_PLACE } from '../../domain/placement-moves.ts'
import type { Db } from '../../store/database.ts'
import { getWholePlacements } from '../../store/placements.ts'
import { countByStatus, countFlow, listDue, listFirstOfGroups, listWaiting } from '../../store/project-week.ts'
import { PLACEMENT_TIES, scope } from '../../store/scope.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { listOwnProjects } from '../directory/list-projects.ts'
import { type Page, readCursor, toPage } from '../page.ts'
import { recordListLook } from '../record.ts'
import { type PlacementView, viewPlacements } from './view.ts'

/** Where each list goes on; the beginning where nothing is said. */
export interface WeekPlaces {
  decide?: string | undefined
  todo?: string | undefined
  waiting?: string | undefined
}

const SHOWN = 10
const SHOWN_OF_A_GROUP = 8
const DAYS_AHEAD = 6
const TO_DECIDE = ['sent', 'seen', 'information_needed'] as const

/** A project's week: what to decide, what to do, who is in which group and who waits. Each list goes on by cursor. */
export async function listWeek(context: Context, actor: Actor, places: WeekPlaces = {}) {
  permit(actor, 'placement.accept', { provider: actor.organisationId })
  const { read } = context.db
  const visible = scope(actor, 'placement.view', PLACEMENT_TIES)
  const today = londonDay(context.now())
  const cut = (after: string | undefined) => ({ limit: SHOWN + 1, after: readCursor(after) })
  const due = { reviewBy: addDays(today, DAYS_AHEAD), bookedBefore: londonMoment(today, 0) }
  const decide = await listDue(read, visible, { status: TO_DECIDE }, cut(places.decide))
  const todo = await listDue(read, visible, { status: TAKING_A_PLACE, ...due }, cut(places.todo))
  const waiting = await listWaiting(read, visible, cut(places.waiting))
  const people = await listFirstOfGroups(read, visible, SHOWN_OF_A_GROUP)
  const views = await look(context, read, actor, [...decide, ...todo, ...waiting].map(({ id }) => id).concat(people))
  const page = (turns: { id: string; value: string }[]): Page<PlacementView> =>
    toPage(
      turns,
      SHOWN,
      (turn) => turn,
      (shown) => shown.flatMap(({ id }) => views.get(id) ?? []),
    )
  return {
    today,
    projects: await listOwnProjects(context, actor),
    decide: page(decide),
    todo: page(todo),
    waiting: page(waiting),
    people: people.flatMap((id) => views.get(id) ?? []),
    counts: await countByStatus(read, visible, [...TO_DECIDE, ...TAKING_A_PLACE, 'offered', 'waitlisted', 'paused']),
  }
}
export type Week = Awaited<ReturnType<typeof listWeek>>

/** The request that waits longest for a yes or no, after one was decided. */
export async function findNextToDecide(context: Context, actor: Actor) {
  const visible = scope(actor, 'placement.view', PLACEMENT_TIES)
  const counts = await countByStatus(context.db.read, visible, ['sent', 'seen'])
  const [first] = await listDue(context.db.read, visible, { status: ['sent', 'seen'] }, { limit: 1 })
  return first ? { id: first.id, count: counts.reduce((sum, { people }) => sum + people, 0) } : null
}

const FLOW_WEEKS = 8

/** Who was sent and who finished, week by week, the last week ending today. */
export async function countWeeks(context: Context, actor: Actor): Promise<FlowWeek[]> {
  permit(actor, 'placement.accept', { provider: actor.organisationId })
  const tomorrow = addDays(londonDay(context.now()), 1)
  const days = Array.from({ length: FLOW_WEEKS + 1 }, (_, index) => addDays(tomorrow, (index - FLOW_WEEKS) * 7))
  const bounds = days.map((day) => londonMoment(day, 0))
  const counts = await countFlow(context.db.read, scope(actor, 'placement.view', PLACEMENT_TIES), bounds)
  return counts.map((count, index) => ({ ...count, from: days[index] ?? tomorrow }))
}

/** One week of a project: its first day, and counts of people. */
export interface FlowWeek {
  from: Day
  sent: number
  finished: number
}

async function look(context: Context, db: Db, actor: Actor, ids: string[]): Promise<Map<string, PlacementView>> {
  const views = await viewPlacements(context, db, actor, await getWholePlacements(db, [...new Set(ids)]))
  const named = views.filter(({ person }) => person !== null)
  await recordListLook(
    context,
    actor,
    'placement',
    named.map(({ id }) => id),
  )
  return new Map(views.map((view) => [view.id, view]))
}
