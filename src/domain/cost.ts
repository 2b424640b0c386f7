/** "£3", "£2.50". */
function pounds(pence: number): string {
  return `£${pence % 100 === 0 ? pence / 100 : (pence / 100).toFixed(2)}`
}

/** "Free", or what a session costs; null where nobody has said. The provider's note says it better where there is one. */
export function costWords(costPence: number | null, costNote: string | null): string | null {
  if (costPence === 0) return costNote ? `Free: ${costNote}` : 'Free'
  if (costPence !== null) return costNote ? `${pounds(costPence)}: ${costNote}` : `${pounds(costPence)} a session`
  return costNote
}
