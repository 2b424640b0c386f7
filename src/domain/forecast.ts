/** One placement of a group, as far as it tells how long people wait there. */
export interface Wait {
  /** From being sent to the first session; where there was none yet, to the end or to today. Whole days. */
  days: number
  hasStarted: boolean
}

/** How long somebody sent today would wait, in days: half of all starts lie between the two. */
export interface Forecast {
  starts: number
  /** Those who still wait, or left without a start. */
  open: number
  lowDays: number | null
  highDays: number | null
}

/** The same as it is shown, from ten starts on. `high` is null where too few have started to tell. */
export interface ExpectedWait {
  low: number
  high: number | null
  n: number
}

/** Of fewer starts nothing is told: one slow month would stand for a group, and one person could be recognised. */
const LEAST_STARTS = 10

/**
 * The middle half of the time from sent to the first session, by the product-limit estimate (Kaplan and Meier, 1958,
 * doi:10.1080/01621459.1958.10501452). Counting only those who have started would tell too short a time: of the people sent
 * lately only the quick ones have. So whoever still waits counts for as long as they have waited, and is then left out of the
 * reckoning. Whoever left without a start counts in the same way, until they left: the question is how long it takes if one
 * stays, and not how likely one is to start at all (for that, leaving would have to count as an outcome of its own; Putter,
 * Fiocco and Geskus 2007, doi:10.1002/sim.2712).
 */
export function forecastOf(waits: readonly Wait[]): Forecast {
  const inOrder = waits.toSorted((a, b) => a.days - b.days)
  const starts = inOrder.filter(({ hasStarted }) => hasStarted).length
  let lowDays: number | null = null
  let highDays: number | null = null
  let notStarted = 1
  for (let at = 0; at < inOrder.length; ) {
    const days = inOrder[at]?.days ?? 0
    const sameDay = inOrder.slice(at).findIndex((wait) => wait.days > days)
    const those = inOrder.slice(at, sameDay < 0 ? inOrder.length : at + sameDay)
    notStarted *= 1 - those.filter(({ hasStarted }) => hasStarted).length / (inOrder.length - at)
    if (lowDays === null && notStarted <= 0.75 + NEARLY) lowDays = days
    if (highDays === null && notStarted <= 0.25 + NEARLY) highDays = days
    at += those.length
  }
  return { starts, open: inOrder.length - starts, lowDays, highDays }
}

// Products of fractions are not exact: a quarter is a quarter.
const NEARLY = 1e-9

export function expectedWait(
  forecast: Pick<Forecast, 'starts' | 'lowDays' | 'highDays'> | undefined,
): ExpectedWait | null {
  if (!forecast || forecast.starts < LEAST_STARTS || forecast.lowDays === null) return null
  return { low: forecast.lowDays, high: forecast.highDays, n: forecast.starts }
}

const weeks = (count: number) => (count === 1 ? 'a week' : `${count} weeks`)

/** "Likely start in 3 to 7 weeks, from 24 recent starts". Whole weeks, and never narrower than what was measured. */
export function forecastWords({ low, high, n }: ExpectedWait): string {
  const from = Math.floor(low / 7)
  const told = `, from ${n} recent starts`
  if (high === null) return `Likely start in ${weeks(Math.max(1, from))} or longer${told}`
  const to = Math.max(1, Math.ceil(high / 7))
  if (from < 1) return `Likely start within ${weeks(to)}${told}`
  return from === to ? `Likely start in about ${weeks(to)}${told}` : `Likely start in ${from} to ${to} weeks${told}`
}

/** In weeks, for comparing: of a wait without an end only that it is long. */
export function middleOf({ low, high }: ExpectedWait): number {
  return (low + (high ?? Math.max(low * 2, low + 28))) / 2
}
