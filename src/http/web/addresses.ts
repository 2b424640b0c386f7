import { z } from 'zod'

const organisation = z.string().max(100)
// Ids are ours: letters, digits and dashes.
const id = z.string().regex(/^[\w-]{1,64}$/)

/** The built-in mailbox of the demonstration. */
export const inMailbox = { config: { access: 'public' }, schema: { hide: true, params: z.object({ id }) } } as const

/** A public page. */
export const inPublic = { config: { access: 'public' }, schema: { hide: true } } as const

/** A staff page: it acts for the organisation that its address names. */
export const atOrganisation = {
  config: { access: 'signed-in' },
  schema: { hide: true, params: z.object({ organisation }) },
} as const

/** A staff page about one record. */
export const atRecord = {
  config: { access: 'signed-in' },
  schema: { hide: true, params: z.object({ organisation, id }) },
} as const

// The short name of a project, which stands in the addresses of its pages.
const slug = z.string().regex(/^[\w-]{1,100}$/)

/** A page of the directory about one project: for everybody, and for staff. */
export const atPublicEntry = {
  config: { access: 'public' },
  schema: { hide: true, params: z.object({ slug }) },
} as const
export const atEntry = {
  config: { access: 'signed-in' },
  schema: { hide: true, params: z.object({ organisation, slug }) },
} as const

/** A staff page about one rule of a record: by its place, or by the kind of a new one. */
export const atRule = {
  config: { access: 'signed-in' },
  schema: { hide: true, params: z.object({ organisation, id, rule: z.string().regex(/^[a-z_\d]{1,30}$/) }) },
} as const

/** The tokens of invitations and new passwords are the shortest. */
export const ACCESS_TOKEN_LENGTH = 22

// Whoever is invited has a browser that keeps cookies, or could not sign in: their forms are checked as all others are.
const isSecretAddress = (params: unknown) => (params as { token: string }).token.length > ACCESS_TOKEN_LENGTH

/** A link that was sent by e-mail: what stands in its address is the only key. */
export const byToken = {
  config: { access: 'public', isSecretAddress },
  schema: { hide: true, params: z.object({ token: z.string().max(100) }) },
} as const

/** A word of the address's query, where it is one word. */
export function queryWord(query: unknown, name: string): string | undefined {
  const value = typeof query === 'object' && query !== null ? (query as Record<string, unknown>)[name] : undefined
  return typeof value === 'string' && value !== '' && !/\p{Cc}/u.test(value) ? value : undefined
}

/** Every word of the address's query by this name; empty ones are left out. */
export function queryWords(query: unknown, name: string): string[] {
  const value = typeof query === 'object' && query !== null ? (query as Record<string, unknown>)[name] : undefined
  return [value].flat().filter((one): one is string => typeof one === 'string' && one !== '' && !/\p{Cc}/u.test(one))
}

type Words = Readonly<Record<string, string>>

/** What was just done, in words, as the address's query names it: what none of these offers (`__proto__`) says nothing. */
export function doneIn(query: unknown, ...offered: [Words, ...Words[]]): string | undefined {
  const done = queryWord(query, 'done') ?? ''
  return offered.find((words) => Object.hasOwn(words, done))?.[done]
}

/** Where somebody wanted to go, if it is a page of ours: never another site. */
export function localAddress(next: string | undefined): string | undefined {
  return next && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) && !next.includes('\\') ? next : undefined
}
