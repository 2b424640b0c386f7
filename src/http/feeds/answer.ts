import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

const KEPT_SECONDS = 60

/** Answers with JSON that anybody may keep for a minute, and with nothing where they have it already. */
export function answerJson(request: FastifyRequest, reply: FastifyReply, body: object): FastifyReply {
  return answerPublic(request, reply, JSON.stringify(body), 'application/json; charset=utf-8')
}

export function answerPublic(request: FastifyRequest, reply: FastifyReply, text: string, type: string): FastifyReply {
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`
  void reply.header('etag', tag).header('cache-control', `public, max-age=${KEPT_SECONDS}`)
  const known = (request.headers['if-none-match'] ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''))
  if (known.includes(tag) || known.includes('*')) return reply.status(304).send()
  return reply.type(type).send(text)
}
