import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../actions/context.ts'
import { once } from '../../actions/idempotency.ts'
import type { Page } from '../../actions/page.ts'
import type { Actor } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import { actorOf } from '../plugins/auth.ts'
import { invalidInput } from '../plugins/validation.ts'

type Act<T> = (context: Context, actor: Actor) => Promise<T>
type Status = 200 | 201

/** Carries out a POST. With an Idempotency-Key it is carried out once, and whoever repeats it gets the first answer. */
export async function carryOut<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  status: Status,
  act: Act<T>,
): Promise<T> {
  const actor = actorOf(request)
  const caller = `${actor.userId} ${actor.organisationId} ${actor.role}`
  return carryOutFor(caller, request, reply, status, (context) => act(context, actor))
}

/** The same for whoever comes without signing in: a key is then known to everybody, and a body answers only itself. */
export async function carryOutForAnybody<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  status: Status,
  act: (context: Context) => Promise<T>,
): Promise<T> {
  return carryOutFor('public', request, reply, status, act)
}

async function carryOutFor<T>(
  caller: string,
  request: FastifyRequest,
  reply: FastifyReply,
  status: Status,
  act: (context: Context) => Promise<T>,
): Promise<T> {
  const { operationId = '' } = request.routeOptions.schema ?? {}
  const key = keyOf(request)
  void reply.status(status)
  if (key === undefined) return act(request.context)
  const serialise = reply.getSerializationFunction(String(status))
  if (!serialise) throw new Error(`${operationId} has no shape for ${status}.`)
  const answer = await once<T>(
    request.context,
    {
      caller,
      operation: `${operationId} ${request.url}`,
      key,
      body: request.body,
      about: (request.params as { id?: string }).id ?? null,
      answer: (result) => ({ status, body: serialise(result as Record<string, unknown>) }),
    },
    act,
  )
  // Fastify takes a reply that was sent for the result; with the result's type, every route is checked against its shape.
  return reply.type('application/json').send(answer.body) as unknown as T
}

function keyOf(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined || key === '') {
    if (request.routeOptions.config.key !== 'required') return undefined
    throw new Refusal('key-missing', 'Send an Idempotency-Key header: any text of your own, new for each request.', [
      { pointer: '', code: 'key-missing', detail: 'Send an Idempotency-Key header.' },
    ])
  }
  const text = String(key)
  if (text.length <= 200) return text
  throw invalidInput([{ pointer: '', code: 'too-long', detail: 'An Idempotency-Key has 200 characters or fewer.' }])
}

/** The version of what is sent, for If-Match. */
export function tagged<T extends { version: number }>(reply: FastifyReply, view: T): T {
  void reply.header('etag', `"${view.version}"`)
  return view
}

/** The version that the caller read. Nothing is changed for somebody who has not looked. */
export function versionOf(request: FastifyRequest): number {
  const tag = request.headers['if-match']
  if (!tag) throw new Refusal('version-missing', 'Send If-Match with the ETag of what you read.')
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(tag)?.[1]
  if (version === undefined) throw new Refusal('stale-version', 'If-Match is not an ETag of this. Look at it again.')
  return Number(version)
}

/** Pages a list that is short enough to be read whole. */
export function pageOfAll<T>(
  items: T[],
  { limit = 200, after }: { limit?: number | undefined; after?: string | undefined },
  idOf: (item: T) => string,
): Page<T> {
  const last = after === undefined ? undefined : Buffer.from(after, 'base64url').toString()
  const start = last === undefined ? 0 : items.findIndex((item) => idOf(item) === last) + 1
  if (last !== undefined && start === 0)
    throw invalidInput([{ pointer: '/after', code: 'bad-cursor', detail: 'This is not a cursor of this list.' }])
  const shown = items.slice(start, start + limit)
  const end = shown.at(-1)
  const isMore = start + limit < items.length
  return { items: shown, next: isMore && end ? Buffer.from(idOf(end)).toString('base64url') : null }
}
