import { repeated } from './registers.ts'

export interface Route {
  method: string
  path: string
  access?: string | undefined
  operationId?: string | null | undefined
}

interface Operation {
  operationId?: string
  responses?: Record<string, { content?: Record<string, { schema?: object }> }>
}
export interface Description {
  paths?: Record<string, Record<string, Operation>>
}

const ACCESS = ['public', 'signed-in']

/** Open to everybody by intent; a new name here is a decision. */
const PUBLIC = [
  /^\/$/,
  /^\/sign-(in|out)$/,
  /^\/(problems|assets|health|api\/docs)(\/|$)/,
  /^\/metrics$/,
  /^\/open-referral(\/|$)/,
  /^\/dev\/mailbox(\/|$)/,
  // What mail leads to, and the person's own pages, in each language.
  /^(\/[a-zA-Z-]{2,7})?\/(l|visit)\/:token$/,
  /^\/(pl|ro|pt|zh-Hans|ar)$/,
  /^\/directory(\/:slug)?$/,
  /^(\/[a-zA-Z-]{2,7})?\/(refer-yourself|where)(\/|$)/,
  /^\/api\/v1\/(sessions|self-referrals|status-lookups|openapi\.json)$/,
]

const isApi = (path: string) => path.startsWith('/api/v1/') && path !== '/api/v1/openapi.json'

function named({ method, path }: Route): string {
  return `${method} ${path}`
}

/** "/referrals/:id" as OpenAPI writes it: "/referrals/{id}". */
function inDescription(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}')
}

function hasShape(operation: Operation): boolean {
  const answers = Object.entries(operation.responses ?? {})
  const good = answers.filter(([status]) => status.startsWith('2'))
  const isShaped = ([status, { content }]: (typeof answers)[number]) =>
    status === '204' || Object.values(content ?? {}).some(({ schema }) => schema && Object.keys(schema).length > 0)
  return good.length > 0 && good.every(isShaped) && answers.length > good.length
}

/** Routes that do not say who may use them, and routes of the API that are not described whole. */
export function routeFaults(routes: Route[], description: Description): string[] {
  const api = routes.filter(({ path }) => isApi(path))
  const described = (route: Route) => description.paths?.[inDescription(route.path)]?.[route.method.toLowerCase()]
  const twice = repeated(api.flatMap(({ operationId }) => operationId ?? []))
  return [
    ...routes.filter(({ access }) => !ACCESS.includes(access ?? '')).map((route) => `${named(route)} has no access`),
    ...api.filter(({ operationId }) => !operationId).map((route) => `${named(route)} has no operationId`),
    ...twice.map((name) => `${name} names two operations`),
    ...api.filter((route) => !described(route)).map((route) => `${named(route)} is not described`),
    ...api
      .filter((route) => described(route) && !hasShape(described(route) ?? {}))
      .map((route) => `${named(route)} does not give the shapes of its answers`),
  ]
}

/** Routes that stand open and were not meant to. */
export function openDoors(routes: Route[]): string[] {
  return routes
    .filter(({ access, path }) => access === 'public' && !PUBLIC.some((pattern) => pattern.test(path)))
    .map(named)
}
