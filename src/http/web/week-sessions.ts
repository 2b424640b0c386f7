import type { GroupView } from '../../actions/directory/view.ts'
import type { Week } from '../../actions/placements/list-week.ts'
import type { PlacementView } from '../../actions/placements/view.ts'
import { addDays, type Day, londonDay } from '../../domain/day.ts'
import { meetsOn } from '../../domain/schedule.ts'
import { dayWords } from '../../templates.ts'
import { needsBanner } from './person-words.ts'
import { attendanceDots, chairs } from './pictures.ts'
import { pauseWords, roomWords } from './places-words.ts'
import { lastSession } from './register-rows.ts'

const DAYS = 7

function member(placement: PlacementView, base: string) {
  const { person, status } = placement
  return {
    href: `${base}/placements/${placement.id}`,
    name: person?.fullName ?? placement.reference,
    needs: person ? needsBanner(person) : [],
    isNew: status !== 'started',
    bookedFor: status === 'booked' ? placement.bookedFor : null,
    dots: attendanceDots(placement.attendances),
  }
}

function card(group: GroupView, week: Week, base: string) {
  const own = week.people.filter((placement) => placement.group.id === group.id && placement.person)
  const count = (statuses: string[]) =>
    week.counts
      .filter(({ groupId, status }) => groupId === group.id && statuses.includes(status))
      .reduce((sum, { people }) => sum + people, 0)
  const register = `${base}/groups/${group.id}/register`
  const last = lastSession(group.schedule, week.today)
  return {
    id: group.id,
    name: group.name,
    project: group.projectName,
    schedule: group.schedule,
    venue: group.venue,
    room: roomWords(group),
    pause: pauseWords(group.intake),
    // A full week or a window that is over is no pause, and ends by itself.
    closed: group.intake.paused ? null : group.intake.closedBecause,
    chairs: chairs(group),
    people: group.taken,
    fresh: count(['accepted', 'booked']),
    members: own.map((placement) => member(placement, base)),
    more: Math.max(0, group.taken - own.length),
    register: `${register}?on=${last}`,
    everybody: `${register}?on=${week.today}`,
    registerDay: last === week.today ? 'today' : dayWords(last),
  }
}
type Card = ReturnType<typeof card>

function runsOn({ courseStartsOn, courseEndsOn, schedule }: GroupView, day: Day): boolean {
  const hasBegun = !courseStartsOn || courseStartsOn <= day
  return hasBegun && !(courseEndsOn && courseEndsOn < day) && meetsOn(schedule, day)
}

function titleOf(day: Day, today: Day): string {
  if (day === today) return `Today, ${dayWords(day)}`
  return day === addDays(today, 1) ? `Tomorrow, ${dayWords(day)}` : dayWords(day)
}

/** The next seven days with the groups that meet, whole where a group first stands; then the groups without a day. */
export function sessionsOf(week: Week, base: string) {
  const groups = week.projects.flatMap((project) => project.groups)
  const cards = new Map(groups.map((group) => [group.id, card(group, week, base)]))
  const isBooked = ({ id }: Card, day: Day) =>
    week.people.filter((one) => one.group.id === id && one.status === 'booked' && dayOf(one.bookedFor) === day)
  const shown = new Set<string>()
  const days = Array.from({ length: DAYS }, (_, index) => addDays(week.today, index)).flatMap((day) => {
    const meeting = groups.flatMap((group) => {
      const it = cards.get(group.id)
      const firsts = it ? isBooked(it, day) : []
      // An empty group has no session to prepare; it stands below with its places.
      if (!it || it.people === 0 || !(runsOn(group, day) || firsts.length > 0)) return []
      const isFirst = !shown.has(group.id)
      shown.add(group.id)
      return [{ ...it, isFirst, firsts: firsts.map((one) => member(one, base)) }]
    })
    return meeting.length > 0
      ? [{ day, title: titleOf(day, week.today), isToday: day === week.today, groups: meeting }]
      : []
  })
  const rest = [...cards.values()].filter(({ id }) => !shown.has(id))
  return { days, others: rest.filter(({ people }) => people > 0), quiet: rest.filter(({ people }) => people === 0) }
}

const dayOf = (moment: Date | null) => (moment ? londonDay(moment) : null)
