import { type Day, isDay, londonClock } from '../../domain/day.ts'

/** The moment at which a clock on a wall in London shows this day and time; undefined where there is no such thing. */
export function londonMoment(day: Day, time: string): Date | undefined {
  const match = /^(\d{1,2})[:.](\d{2})$/.exec(time)
  if (!match || !isDay(day)) return undefined
  const minutes = Number(match[1]) * 60 + Number(match[2])
  if (Number(match[1]) > 23 || Number(match[2]) > 59) return undefined
  const asIfUtc = Date.parse(`${day}T00:00:00Z`) + minutes * 60_000
  // London is at UTC or an hour ahead of it; the guess that shows the wanted time is right.
  return [0, 60]
    .map((ahead) => new Date(asIfUtc - ahead * 60_000))
    .find((guess) => {
      const clock = londonClock(guess)
      return clock.day === day && clock.minutes === minutes
    })
}
