/** A JSON value with the keys of its objects in one order: PostgreSQL gives them back in an order of its own. */
export function inKeyOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inKeyOrder)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  // Not localeCompare, which another machine may answer differently.
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, inKeyOrder(inner)]))
}

/** Whether two values are the same as JSON, in whatever order their keys stand. */
export function isSameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(inKeyOrder(a)) === JSON.stringify(inKeyOrder(b))
}
