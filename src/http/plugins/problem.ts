import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { recordRefusedAccess } from '../../actions/access/record-refused-access.ts'
import { type Fault, REFUSALS, Refusal, type RefusalCode, type RefusalKind } from '../../domain/refusal.ts'
import { type App, isForMachines } from '../site.ts'
import { invalidInput } from './validation.ts'

/** A refusal as it leaves the house (RFC 9457). */
export interface Problem {
  type: string
  title: string
  status: number
  code: RefusalCode
  detail: string
  /** The id of the request, by which we find it in the log. */
  instance: string
  errors: Fault[]
}

/** Draws a problem as a page. The pages set it: `app.renderError = …`. */
export type RenderError = (request: FastifyRequest, reply: FastifyReply, problem: Problem) => unknown

declare module 'fastify' {
  interface FastifyInstance {
    renderError: RenderError | null
  }
}

export const STATUS: Record<RefusalKind, number> = {
  invalid: 400,
  'unknown-caller': 401,
  forbidden: 403,
  hidden: 404,
  rule: 409,
  stale: 412,
  'too-large': 413,
  'wrong-media-type': 415,
  'key-reused': 422,
  'version-missing': 428,
  'too-many': 429,
  busy: 503,
  fault: 500,
}

const NOT_HERE = 'There is nothing at this address.'

function problemOf(refusal: Refusal, baseUrl: string, instance: string): Problem {
  const { code, message: detail, faults: errors } = refusal
  const { title, kind } = REFUSALS[code]
  return { type: `${baseUrl}/problems/${code}`, title, status: STATUS[kind], code, detail, instance, errors }
}

// What Fastify itself refuses before any of our code has a say.
const OF_FASTIFY: Record<string, () => Refusal> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => new Refusal('too-large', 'The request is larger than this service accepts.'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () =>
    new Refusal('wrong-media-type', 'Send application/json to the API, and forms to the pages.'),
  FST_CSRF_MISSING_SECRET: () => formExpired(),
  FST_CSRF_INVALID_TOKEN: () => formExpired(),
}

function formExpired(): Refusal {
  return new Refusal('form-expired', 'The page was open for too long, or in another sign-in. Send the form again.')
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof Error && error.name === 'DatabaseBusy')
    return new Refusal(
      'busy',
      'Too many people are using the service at once. Nothing was saved. Try again in a moment.',
    )
  const { code = '', statusCode = 500, name } = error as Partial<FastifyError>
  const known = OF_FASTIFY[code]
  if (known) return known()
  if (code.startsWith('FST_ERR_CTP') || name === 'SyntaxError' || statusCode === 400)
    return invalidInput([{ pointer: '', code: 'not-json', detail: 'The body is not JSON that can be read.' }])
  if (statusCode === 413) return new Refusal('too-large', 'The request is larger than this service accepts.')
  if (statusCode === 404) return new Refusal('not-found', NOT_HERE)
  return new Refusal('internal-error', 'Something went wrong. We have logged it.')
}

// A missing key is one fault among the others when the body is refused too.
function withMissingKey(refusal: Refusal, request: FastifyRequest): Refusal {
  const isMissing = request.routeOptions.config?.key === 'required' && !request.headers['idempotency-key']
  if (refusal.code !== 'invalid-input' || !isMissing) return refusal
  return invalidInput([
    ...refusal.faults,
    { pointer: '', code: 'key-missing', detail: 'Send an Idempotency-Key header.' },
  ])
}

export function addProblems(app: App): void {
  let render: RenderError | null = null
  app.decorate('renderError', {
    getter: () => render,
    setter: (draw: RenderError | null) => {
      render = draw
    },
  })

  async function answer(error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const refusal = withMissingKey(refusalOf(error), request)
    if (refusal.code === 'internal-error') request.log.error({ err: error }, 'Something went wrong')
    if (refusal.kind === 'forbidden' || refusal.subject) await leaveTrace(request, refusal)
    const problem = problemOf(refusal, app.site.baseUrl, request.id)
    void reply.status(problem.status)
    if (render && !isForMachines(request) && (request.headers.accept ?? '').includes('text/html')) {
      return render(request, reply, problem)
    }
    if (problem.status === 503) void reply.header('retry-after', '5')
    if (problem.status === 401) void reply.header('www-authenticate', 'Bearer realm="Trellis"')
    return reply.type('application/problem+json').send(problem)
  }

  app.setErrorHandler(answer)
  app.setNotFoundHandler((request, reply) => answer(new Refusal('not-found', NOT_HERE), request, reply))
}

/** For addresses that cannot even be read, which Fastify refuses before any hook has run. */
export function refuseAddress(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(new Refusal('not-found', NOT_HERE), request.server.site.baseUrl, request.id)
  void reply.status(problem.status).type('application/problem+json').send(problem)
}

// The caller learns of the refusal even where the audit cannot be written; the log then has both.
async function leaveTrace(request: FastifyRequest, refusal: Refusal): Promise<void> {
  try {
    await recordRefusedAccess(request.context, request.actor, refusal)
  } catch (err) {
    request.log.error({ err, code: refusal.code, subject: refusal.subject }, 'A refused access could not be audited')
  }
}
