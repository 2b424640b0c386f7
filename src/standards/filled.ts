/** An object without what has no value: the standard leaves out what is empty, and never says null or "". */
export function filled<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], null | undefined> } {
  const kept = Object.entries(fields).filter(([, value]) => {
    if (value === null || value === undefined) return false
    if (typeof value === 'string') return value.trim() !== ''
    return !Array.isArray(value) || value.length > 0
  })
  return Object.fromEntries(kept) as { [K in keyof T]?: Exclude<T[K], null | undefined> }
}

/** An address of the web as it may be published; undefined where it is none. */
export function publishable(address: string | null): string | undefined {
  if (!address || !URL.canParse(address)) return undefined
  const { protocol, href } = new URL(address)
  if (protocol !== 'http:' && protocol !== 'https:') return undefined
  return /^[!-~]+$/.test(address) ? address : href
}

export function isEmail(text: string): boolean {
  return (
    text.length <= 254 &&
    /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)+$/i.test(text)
  )
}
