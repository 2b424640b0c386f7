import type { SessionTime } from './directory.ts'

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const NTH = ['', 'First', 'Second', 'Third', 'Fourth']

/** "Thursdays, 10:00 to 12:00", "Every second Monday, 14:00", "Last Friday of the month, 11:00 to 12:30". */
export function timeInWords({ every, interval = 1, weekday, nth, opensAt, closesAt }: SessionTime): string {
  const name = WEEKDAYS[weekday - 1] ?? ''
  const hours = closesAt ? `${opensAt} to ${closesAt}` : opensAt
  return `${dayInWords(every, interval, name, nth)}, ${hours}`
}

function dayInWords(every: 'week' | 'month', interval: number, name: string, nth: number | undefined): string {
  if (every === 'week') return interval === 1 ? `${name}s` : `Every ${ordinal(interval)} ${name}`
  const which = nth === -1 ? 'Last' : (NTH[nth ?? 1] ?? 'First')
  return `${which} ${name} of ${interval === 1 ? 'the month' : `every ${ordinal(interval)} month`}`
}

function ordinal(count: number): string {
  return NTH[count]?.toLowerCase() || `${count}th`
}
