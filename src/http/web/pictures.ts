import type { FlowWeek } from '../../actions/placements/list-week.ts'
import { shortDay } from '../../domain/day.ts'

const MOST_CHAIRS = 40
const CHAIRS_IN_A_ROW = 10
const CHAIR = { width: 28, height: 32 }

interface Room {
  places: number | null
  taken: number
  held: number
}

/** A row of chairs, one for each place. Very many are not drawn: the words say the same. */
export function chairs({ places, taken, held }: Room) {
  if (places === null || places === 0 || places > MOST_CHAIRS) return null
  const seat = (index: number) => (index < taken ? 'taken' : index < taken + held ? 'held' : 'free')
  const seats = Array.from({ length: places }, (_, index) => ({
    kind: seat(index),
    x: (index % CHAIRS_IN_A_ROW) * CHAIR.width,
    y: Math.floor(index / CHAIRS_IN_A_ROW) * CHAIR.height,
  }))
  const free = Math.max(0, places - taken - held)
  const label = [`${taken} of ${places} taken`, held > 0 && `${held} offered`, `${free} not taken`].filter(Boolean)
  return {
    seats,
    label: label.join(', '),
    lines: [
      { chair: 'Filled', means: 'Taken', places: taken },
      { chair: 'With a line', means: 'Offered, and held', places: held },
      { chair: 'Empty', means: 'Not taken', places: free },
    ],
    width: Math.min(places, CHAIRS_IN_A_ROW) * CHAIR.width,
    height: Math.ceil(places / CHAIRS_IN_A_ROW) * CHAIR.height,
  }
}

const SESSIONS_SHOWN = 8

/** The last few sessions of somebody, oldest first, as dots and as words. */
export function attendanceDots(attendances: { sessionOn: string; attended: boolean }[]) {
  const last = attendances.slice(-SESSIONS_SHOWN)
  const came = last.filter(({ attended }) => attended).length
  if (last.length === 0) return null
  const dots = last.map(({ attended }, index) => ({ attended, x: 9 + index * 20 }))
  const words = last.length === 1 ? (came ? 'Came once' : 'Did not come') : `Came ${came} of the last ${last.length}`
  return { dots, words, width: last.length * 20 }
}

/** How often somebody stayed away since they were last there. */
export function missedSince(attendances: { attended: boolean }[]): number {
  const lastCame = attendances.map(({ attended }) => attended).lastIndexOf(true)
  return attendances.length - 1 - lastCame
}

// Bars lie, so that a narrow telephone shows them whole.
const FLOW = { width: 320, left: 72, longest: 210, week: 52, bar: 20 }

/** Who was sent and who finished, in pairs of bars; the title says what stands out. */
export function flowPicture(weeks: FlowWeek[]) {
  const total = (of: 'sent' | 'finished') => weeks.reduce((sum, week) => sum + week[of], 0)
  const [sent, finished] = [total('sent'), total('finished')]
  const most = Math.max(1, ...weeks.flatMap((week) => [week.sent, week.finished]))
  const bar = (people: number, y: number) => {
    const width = Math.round((people / most) * FLOW.longest)
    return { people, y, width, number: FLOW.left + width + 6, line: y + FLOW.bar - 5 }
  }
  return {
    title: finding(sent, finished, weeks.length),
    isEmpty: sent + finished === 0,
    sent,
    finished,
    ...FLOW,
    height: weeks.length * FLOW.week,
    weeks: weeks.map((week, index) => ({
      words: shortDay(week.from).replace(/^\w+ /, ''),
      from: week.from,
      line: index * FLOW.week + 26,
      sent: bar(week.sent, index * FLOW.week + 2),
      finished: bar(week.finished, index * FLOW.week + 4 + FLOW.bar),
    })),
  }
}

function finding(sent: number, finished: number, weeks: number): string {
  const people = (count: number) => `${count} ${count === 1 ? 'person' : 'people'}`
  if (sent + finished === 0) return `Nobody was sent to you and nobody finished in the last ${weeks} weeks`
  if (sent === finished) return `As many were sent to you as finished: ${sent} each in the last ${weeks} weeks`
  const rest = `${people(sent)} sent, ${finished} finished, in the last ${weeks} weeks`
  return sent > finished
    ? `More were sent to you than finished: ${rest}`
    : `More finished than were sent to you: ${rest}`
}
