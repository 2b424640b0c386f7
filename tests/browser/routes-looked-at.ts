/** Pages of one template that differ in their words: one look stands for all; the long run sees them all. */
export function familyOf(route: string): string {
  // Other languages have a test of their own, languages.test.ts, that goes the whole way in each.
  const english = route.replace(/^\/(pl|ro|pt|zh-Hans|ar)(?=\/|$)/, '') || '/'
  return english.replace(/\/do\/[\w-]+$/, '/do/:verb').replace('/placements/:id/do/', '/referrals/:id/do/')
}

/** Not pages, or pages without our frame. */
export const NO_PAGES = [
  /^\/(api|assets|health|problems|open-referral|visit)(\/|$)/,
  /^\/[a-zA-Z-]+\/visit\//,
  /^\/metrics$/,
  /\/changes$/,
  // Leads on to where something is asked for.
  /\/where\/ask$/,
]

/** What the address in the window matches, as a pattern of the router. */
export function matches(route: string, path: string): boolean {
  return route === '*' || new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`).test(path)
}
