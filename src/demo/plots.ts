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
const OPEN = dealt([...OPEN_PLOTS, ...DETOUR_PLOTS])
const CLOSED = dealt(CLOSED_PLOTS)

/** The plots of a city of so many referrals. A larger city has a longer past: three quarters of what is added has ended. */
export function plotsFor(referrals: number): Plot[] {
  const further = Array.from({ length: Math.max(0, referrals - FIRST.length) }, (_, index) => {
    const [deal, turn] = index % 4 === 0 ? [OPEN, index / 4] : [CLOSED, index - Math.floor(index / 4) - 1]
    return deal[turn % deal.length] ?? []
  }).flat()
  return [...FIRST.slice(0, referrals), ...further]
}
