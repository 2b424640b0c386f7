import type { DueDay } from '../../actions/referrals/open-board.ts'
import { addDays, type Day, shortDay, weekday } from '../../domain/day.ts'
import { isWorkingDay, workingDayFrom } from '../../domain/working-day.ts'

const STEPS = 10
const TALL = 120
const STEP_WIDTH = 58

/** What falls due on each of the next ten working days, as a stair: the drawing, its finding and the same as a table. */
export function duePicture(due: DueDay[], today: Day) {
  const days: (Day | null)[] = [null, ...workingDaysFrom(today, STEPS)]
  const steps = days.map((day) => {
    const { count, uncalled } = due.find((one) => one.day === day) ?? { count: 0, uncalled: 0 }
    const label = day === null ? 'Late' : day === today ? 'Today' : shortDay(day)
    return { day, label, short: label.replace(/ \w+$/, ''), count, uncalled }
  })
  const most = Math.max(1, ...steps.map(({ count }) => count))
  const height = (count: number) => (count === 0 ? 0 : Math.max(4, Math.round((count / most) * TALL)))
  const total = steps.reduce((sum, { count }) => sum + count, 0)
  return {
    title: finding(steps, workingDayFrom(addDays(today, 1))),
    total,
    tips: tipping(due, today),
    width: days.length * STEP_WIDTH,
    steps: steps.map((step, index) => ({
      ...step,
      x: index * STEP_WIDTH + 6,
      middle: index * STEP_WIDTH + STEP_WIDTH / 2,
      top: TALL + 20 - height(step.count),
      height: height(step.count),
      // First calls stand at the foot of each step, hatched: the shade alone does not tell.
      callTop: TALL + 20 - height(step.uncalled),
      callHeight: height(step.uncalled),
      isLate: step.day === null,
    })),
  }
}

/** How many tip over a deadline soon: those due today, tomorrow, and by the Friday of this week; at a weekend, of
 * the one that begins. */
export function tipping(due: DueDay[], today: Day) {
  const upTo = (from: Day, to: Day) =>
    due.reduce((sum, { day, count }) => (day !== null && day >= from && day <= to ? sum + count : sum), 0)
  const tomorrow = workingDayFrom(addDays(today, 1))
  const isWeekend = weekday(today) > 5
  const friday = addDays(today, isWeekend ? 12 - weekday(today) : 5 - weekday(today))
  return [
    { text: 'Today', count: upTo(today, today) },
    {
      text: tomorrow === addDays(today, 1) ? 'Tomorrow' : 'The next working day',
      count: upTo(addDays(today, 1), tomorrow),
    },
    { text: isWeekend ? 'By Friday' : 'This week', count: upTo(today, friday) },
  ]
}

function workingDaysFrom(today: Day, count: number): Day[] {
  const days: Day[] = []
  for (let day = today; days.length < count; day = addDays(day, 1)) if (isWorkingDay(day)) days.push(day)
  return days
}

function finding(steps: { day: Day | null; count: number; uncalled: number }[], tomorrow: Day): string {
  const { count, uncalled } = steps.find(({ day }) => day === tomorrow) ?? { count: 0, uncalled: 0 }
  const late = steps.find(({ day }) => day === null)?.count ?? 0
  const calls =
    uncalled === 0
      ? ''
      : uncalled === count
        ? ', all first calls'
        : `, ${uncalled} of them first ${uncalled === 1 ? 'call' : 'calls'}`
  const next =
    count === 0
      ? 'Nothing falls due on the next working day'
      : `${count} ${count === 1 ? 'falls' : 'fall'} due on the next working day${calls}`
  return late > 0 ? `${next}. ${late} ${late === 1 ? 'is' : 'are'} late already` : next
}
