import { type Day, londonClock, spokenDay } from './day.ts'

/** When something was, as one says it on a day: "at 10:41", or "on Monday 23 November at 10:41". */
export function spokenMoment(moment: Date, today: Day): string {
  const { day, minutes } = londonClock(moment)
  const time = `at ${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
  return day === today ? time : `on ${spokenDay(day)} ${time}`
}
