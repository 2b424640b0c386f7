/** "Free of charge" (a place that nobody has is free, too), "£3", "£2.50"; null where nobody has said. */
export function priceWords(pence: number | null): string | null {
  if (pence === null) return null
  return pence === 0 ? 'Free of charge' : `£${pence % 100 === 0 ? pence / 100 : (pence / 100).toFixed(2)}`
}

/** "Free of charge", or what a session costs; null where nobody has said. The provider's note says it better where there is one. */
export function costWords(costPence: number | null, costNote: string | null): string | null {
  const price = priceWords(costPence)
  if (price === null) return costNote
  if (costNote) return `${price}: ${costNote}`
  return costPence === 0 ? price : `${price} a session`
}
