/** What a session costs, in words; undefined where nobody said. */
export function costWords(pence: number | null): string | undefined {
  if (pence === null) return undefined
  if (pence === 0) return 'Free'
  return pence % 100 === 0 ? `£${pence / 100}` : `£${(pence / 100).toFixed(2)}`
}

export const WEEKDAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
