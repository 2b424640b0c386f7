import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'

/** The web server, whose routes are typed by their zod schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression<RawServerDefault>,
  RawReplyDefaultExpression<RawServerDefault>,
  FastifyBaseLogger,
  ZodTypeProvider
>

/** What the doors need to know of the settings. */
export interface Site {
  /** The outside address, without a slash at the end. */
  readonly baseUrl: string
  /** Reached over https: cookies may then carry the __Host- prefix. */
  readonly isSecure: boolean
  readonly isDemo: boolean
  readonly demoPassword: string | null
  /** Sent mail is kept in the built-in mailbox. */
  readonly hasMailbox: boolean
  readonly tokenKey: Buffer
  readonly formKey: Buffer
}

declare module 'fastify' {
  interface FastifyInstance {
    readonly site: Site
  }
}

/** Machines knock here: answers are JSON, callers show a token. */
export function isForMachines({ routeOptions, url }: FastifyRequest): boolean {
  // By the route that was matched: the router also understands /%61pi, and what is judged must be what is served.
  return /^\/(api|open-referral|health|metrics)(\/|$|\?)/.test(routeOptions.url ?? url)
}
