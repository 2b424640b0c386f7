import type { z } from 'zod'
import type { Context } from '../../actions/context.ts'
import type { Actor } from '../../domain/organisation.ts'
import type { App } from '../site.ts'
import { carryOut } from './answering.ts'
import { described, IdParams } from './shapes/basics.ts'

interface Manner {
  /** An Idempotency-Key is required where a repetition would do harm. */
  key?: 'required'
  /** 201 where the move adds something to the record. */
  status?: 200 | 201
}

/**
 * The moves of one noun: each is `POST /{noun}/{id}/{verb}`, may be repeated with its key, and answers with the record as it
 * then is.
 */
export function movesOf<Shape extends z.ZodType>(
  app: App,
  { noun, tag, answer }: { noun: string; tag: string; answer: Shape },
) {
  return function move<Body extends z.ZodType>(
    verb: string,
    operationId: string,
    summary: string,
    body: Body,
    act: (context: Context, actor: Actor, id: string, body: z.output<Body>) => Promise<z.input<Shape>>,
    { key, status = 200 }: Manner = {},
  ): void {
    app.post(
      `/${noun}/:id/${verb}`,
      {
        config: { access: 'signed-in', ...(key ? { key } : {}) },
        schema: { ...described(tag, operationId, summary, { [status]: answer }), params: IdParams, body },
      },
      (request, reply) => {
        const { id } = request.params as z.output<typeof IdParams>
        const answered = carryOut(request, reply, status, (context, actor) =>
          act(context, actor, id, request.body as z.output<Body>),
        )
        // Fastify cannot follow a shape that is still a parameter; `act` was checked against it above.
        return answered as never
      },
    )
  }
}
