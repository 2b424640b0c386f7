import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../actions/context.ts'
import { once } from '../../actions/idempotency.ts'
import { actorOf } from '../plugins/auth.ts'
import { queryWord } from './addresses.ts'
import { answerable, type FieldFault, type FieldOf, faultsOf, statusOf, valuesOf } from './forms.ts'
import { baseOf } from './layout.ts'

interface Submission<T> {
  act(context: Context): Promise<T>
  /** The page that a success leads to. */
  goTo(result: T): string
  /** The form's own page again, saying what stands in the way. */
  again(faults: FieldFault[], status: 400 | 409): unknown
  fieldOf?: FieldOf
}

/**
 * Carries out a posted form once, however often it arrives: a double click, or Back and send again, leads to the first
 * answer's page. A form that was changed before it is sent again is another request.
 */
export async function carryOut<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  { act, goTo, again, fieldOf }: Submission<T>,
): Promise<unknown> {
  const { userId, organisationId, role } = actorOf(request)
  const key = (request.body as { _key?: unknown } | null)?._key ?? request.id
  const values = valuesOf(request.body)
  try {
    const answer = await once(
      request.context,
      {
        caller: `${userId} ${organisationId} ${role}`,
        operation: `${request.method} ${request.url}`,
        key: JSON.stringify([String(key), values]),
        body: values,
        answer: (result: T) => ({ status: 303, body: goTo(result) }),
        whileRunning: 'wait',
      },
      act,
    )
    return reply.redirect(cameFromStuck(request, answer.body), 303)
  } catch (error) {
    const refusal = answerable(error)
    return again(faultsOf(refusal, fieldOf), statusOf(refusal))
  }
}

/** Whoever came from the page of what is stuck goes back there: the next one is on top of it. */
function cameFromStuck(request: FastifyRequest, goTo: string): string {
  if (queryWord(request.query, 'from') !== 'stuck') return goTo
  const done = new URLSearchParams(goTo.split('?')[1]).get('done') ?? ''
  return `${baseOf(actorOf(request))}/stuck?${new URLSearchParams(done ? { done } : {})}`
}

/** Refuses inside `act`, unless this very form was answered before: the write that cannot be finds that answer first. */
export function refuseUnlessAnswered(context: Context, refusal: unknown): Promise<never> {
  return context.db.write(() => Promise.reject(refusal))
}
