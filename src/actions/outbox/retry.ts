/** How the outcome of a message begins that is tried again, or no more; the reason follows. */
export const POSTPONED = 'to be tried again: '
export const GIVEN_UP = 'given up: '

const LONGEST_PAUSE_MS = 4 * 3_600_000
const PATIENCE_MS = 72 * 3_600_000

const pauseMs = (failedAttempts: number, baseMs: number) =>
  Math.min(baseMs * 2 ** (failedAttempts - 1), LONGEST_PAUSE_MS)

/**
 * When to try again after so many failed attempts: doubling from the base to four hours, a fifth more or less so that
 * messages which failed together do not return together. Undefined after three days.
 */
export function nextAttempt(message: {
  createdAt: Date
  failedAttempts: number
  now: Date
  baseMs: number
  /** A random byte. */
  chance: number
}): Date | undefined {
  const { createdAt, failedAttempts, now, baseMs, chance } = message
  if (now.getTime() - createdAt.getTime() >= PATIENCE_MS) return undefined
  return new Date(now.getTime() + pauseMs(failedAttempts, baseMs) * (0.8 + (0.4 * chance) / 255))
}

/** Until when a message may wait that has just failed for the first time, the second, and so on until it no longer grows. */
export function longestPauses(now: Date, baseMs: number): { attempts: number; until: Date }[] {
  const pauses = []
  for (let attempts = 1; ; attempts++) {
    pauses.push({ attempts, until: new Date(now.getTime() + pauseMs(attempts, baseMs) * 1.2) })
    if (pauseMs(attempts, baseMs) === LONGEST_PAUSE_MS) return pauses
  }
}
