import type { SentInMonth } from '../../actions/referrals/count-outcomes.ts'
import { shortMonth, writtenMonth } from './months.ts'

const BAR = { width: 26, gap: 12, height: 96, left: 30, top: 10 }

// In each column from the bottom, in the colours that the states have everywhere.
const PARTS = [
  { kind: 'completed', words: 'Completed', tone: 'green', weave: '' },
  { kind: 'endedOtherwise', words: 'Ended another way', tone: 'grey', weave: 'stripes' },
  { kind: 'open', words: 'Still open', tone: 'aqua-green', weave: 'empty' },
] as const

function totalOf(months: SentInMonth[], kind: (typeof PARTS)[number]['kind']): number {
  return months.reduce((sum, month) => sum + month[kind], 0)
}

/** The finding in one sentence, with its unit and its n. */
function finding(months: SentInMonth[]): string {
  const [completed, otherwise, open] = PARTS.map(({ kind }) => totalOf(months, kind)) as [number, number, number]
  const sent = completed + otherwise + open
  const people = `${sent} ${sent === 1 ? 'referral' : 'referrals'} in 12 months`
  if (completed + otherwise === 0) return `${people}: all are still open`
  return `${people}: ${completed} completed, ${otherwise} ended another way, ${open} still open`
}

/** A round number at or above the highest bar, so that the axis starts at nought and ends on a number people know. */
function topOf(highest: number): number {
  const steps = [2, 4, 6, 10, 20, 30, 50, 100, 200, 300, 500, 1000]
  return steps.find((step) => step >= highest) ?? Math.ceil(highest / 1000) * 1000
}

/** The organisation's own last twelve months as bars; null where it sent nothing. */
export function outcomesPicture(months: SentInMonth[]) {
  const sums = months.map((month) => month.completed + month.endedOtherwise + month.open)
  const highest = Math.max(0, ...sums)
  if (highest === 0) return null
  const top = topOf(highest)
  const scale = BAR.height / top
  const floor = BAR.top + BAR.height
  const round = (value: number) => Math.round(value * 10) / 10
  return {
    title: finding(months),
    width: BAR.left + months.length * (BAR.width + BAR.gap),
    height: floor + 24,
    floor,
    top: { at: BAR.top, value: top },
    left: BAR.left,
    columns: months.map((month, index) => {
      const x = BAR.left + index * (BAR.width + BAR.gap) + BAR.gap / 2
      let reached = floor
      const parts = PARTS.flatMap(({ kind, tone, weave }) => {
        const height = round(month[kind] * scale)
        reached = round(reached - height)
        return height > 0 ? [{ id: `${index}-${kind}`, tone, weave, x, y: reached, width: BAR.width, height }] : []
      })
      return { label: shortMonth(month.month), middle: x + BAR.width / 2, parts }
    }),
    key: PARTS,
    note: 'Referrals of your whole organisation, by the month in which they were sent',
    table: {
      head: ['Month', ...PARTS.map(({ words }) => words), 'All'],
      rows: months.map((month, index) => [
        writtenMonth(month.month),
        ...PARTS.map(({ kind }) => month[kind]),
        sums[index] ?? 0,
      ]),
    },
  }
}
