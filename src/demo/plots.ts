import { CLOSED_PLOTS } from './plots/closed.ts'
import { DETOUR_PLOTS } from './plots/detours.ts'
import { OPEN_PLOTS } from './plots/open.ts'
import type { Plot } from './plots/shape.ts'

export type { Plot, Telling } from './plots/shape.ts'

/** Each plot once, then those with more weight again, and so on: however few there are, they differ. */
function dealt(plots: Plot[]): Plot[] {
  const rounds = Math.max(...plots.map(({ weight }) => weight))
  return Array.from({ length: rounds }, (_, round) => plots.filter(({ weight }) => weight > round)).flat()
}

const FIRST = dealt([...OPEN_PLOTS, ...DETOUR_PLOTS, ...CLOSED_PLOTS])
// In a larger city most of those who are not done go to a group every week.
const COMING = OPEN_PLOTS.filter(({ name }) => name === 'coming').map((plot) => ({ ...plot, weight: 60 }))
const OPEN = dealt([...OPEN_PLOTS, ...DETOUR_PLOTS, ...COMING])
const CLOSED = dealt(CLOSED_PLOTS)

/** The plots of a city of so many referrals. A larger city has a longer past: two thirds of what is added has ended. */
export function plotsFor(referrals: number): Plot[] {
  const further = Array.from({ length: Math.max(0, referrals - FIRST.length) }, (_, index) => {
    const [deal, turn] = index % 3 === 0 ? [OPEN, index / 3] : [CLOSED, index - Math.floor(index / 3) - 1]
    return deal[turn % deal.length] ?? []
  }).flat()
  return [...FIRST.slice(0, referrals), ...further]
}
