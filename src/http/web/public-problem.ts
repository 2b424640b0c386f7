import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Helpline } from '../../actions/self/read-helpline.ts'
import type { Language } from '../../words/language.ts'
import { ringModel, showPublic } from './public-page.ts'

interface Problem {
  status: number
  code: string
  instance: string
}

/** Under which key of the words' file it stands what happened and what to do. */
function keyOf({ status, code }: Problem, url: string): string {
  if (code === 'form-expired') return 'expired'
  if (status === 404 && /^\/[^/]+\/l\//.test(url)) return 'link'
  if (status === 404) return /^\/[^/]+\/visit\//.test(url) ? 'visit' : 'notFound'
  if (status === 413) return 'tooLong'
  if (status === 429) return 'tooMany'
  if (status === 503) return 'busy'
  return status >= 500 ? 'ours' : 'other'
}

/** A refusal that no form can answer, on the pages in another language than English. */
export function showPublicProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  tongue: Language,
  problem: Problem,
  helpline: Helpline | null,
): FastifyReply {
  const { say } = tongue
  const key = keyOf(problem, request.url)
  const title = say(`problem.${key}.title`)
  const frame = { tongue, title, back: null, leave: null, faults: [] }
  const model = {
    title,
    text: say(`problem.${key}.text`),
    number: problem.status >= 500 && problem.status !== 503 ? problem.instance : null,
    ring: ringModel(tongue, helpline),
    start: tongue.prefix,
  }
  return showPublic(request, reply, 'problem-public', frame, model, problem.status)
}
