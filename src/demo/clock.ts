import type { Context } from '../actions/context.ts'
import { addDays, type Day, londonClock, londonDay } from '../domain/day.ts'
import { addWorkingDays, isWorkingDay } from '../domain/working-day.ts'
import { Random } from './random.ts'

const MS_PER_MINUTE = 60_000
const OPENS = 9 * 60 + 5
const CLOSES = 16 * 60 + 50

/** The moment at which a clock on a wall in London shows so many minutes after midnight. */
export function londonMoment(day: Day, minutes: number): Date {
  const asIfWinter = new Date(Date.parse(`${day}T00:00:00Z`) + minutes * MS_PER_MINUTE)
  const shown = londonClock(asIfWinter)
  const ahead = shown.day === day ? shown.minutes - minutes : shown.minutes + 24 * 60 - minutes
  return new Date(asIfWinter.getTime() - ahead * MS_PER_MINUTE)
}

/** Some time in working hours, so many working days after a moment; with 0, later the same day where there is a later. */
export function workingMoment(random: Random, after: Date, days: number): Date {
  const { day, minutes } = londonClock(after)
  const isLate = days === 0 && minutes + 10 > CLOSES
  const on = addWorkingDays(day, isLate ? 1 : days)
  const from = on === day ? Math.max(OPENS, minutes + 5) : OPENS
  const latest = on === day && minutes >= OPENS ? Math.min(CLOSES, from + 120) : CLOSES
  const moment = londonMoment(on, random.between(from, Math.max(from, latest)))
  return new Date(moment.getTime() + random.between(0, 59_999))
}

/** The `count`th working day before a day. */
export function workingDayBefore(day: Day, count: number): Day {
  let worked = day
  for (let left = count; left > 0; ) {
    worked = addDays(worked, -1)
    if (isWorkingDay(worked)) left--
  }
  return worked
}

/** A clock that is moved by hand and never goes back. */
export class DemoClock {
  #now: Date

  constructor(start: Date) {
    this.#now = start
  }

  now(): Date {
    return new Date(this.#now)
  }

  moveTo(moment: Date): void {
    if (moment > this.#now) this.#now = moment
  }

  today(): Day {
    return londonDay(this.#now)
  }
}

/** UUIDv7s that follow the demonstration's clock and its seed instead of the machine's. */
function idsFrom(clock: DemoClock, random: Random): () => string {
  let last = 0
  let count = 0
  return () => {
    const now = clock.now().getTime()
    // Twelve bits count within one millisecond; when they are used up the next millisecond lends its own.
    if (now > last) [last, count] = [now, 0]
    else if (++count > 0xfff) [last, count] = [last + 1, 0]
    const time = last.toString(16).padStart(12, '0')
    const tail = Buffer.from(random.bytes(8))
    tail[0] = ((tail[0] ?? 0) & 0x3f) | 0x80
    const end = tail.toString('hex')
    const middle = `7${count.toString(16).padStart(3, '0')}`
    return `${time.slice(0, 8)}-${time.slice(8)}-${middle}-${end.slice(0, 4)}-${end.slice(4)}`
  }
}

/** The context in which the past is played: same store and keys, another clock, and chance from a seed. */
export function pastContext(context: Context, clock: DemoClock, seed: number): Context {
  const random = new Random(seed)
  return {
    ...context,
    now: () => clock.now(),
    newId: idsFrom(clock, random),
    randomBytes: (count) => random.bytes(count),
    requestId: null,
  }
}
