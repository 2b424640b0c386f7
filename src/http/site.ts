import type {
  FastifyBaseLogger,
  FastifyInstance,
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
export function isForMachines(path: string): boolean {
  return /^\/(api|health|metrics)(\/|$|\?)/.test(path)
}
