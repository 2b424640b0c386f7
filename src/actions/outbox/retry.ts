const LONGEST_PAUSE_MS = 4 * 3_600_000
const PATIENCE_MS = 72 * 3_600_000

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
  const pauseMs = Math.min(baseMs * 2 ** (failedAttempts - 1), LONGEST_PAUSE_MS)
  return new Date(now.getTime() + pauseMs * (0.8 + (0.4 * chance) / 255))
}
