import { expect } from 'vitest'
import { z } from 'zod'
import type { TestApp } from './app.ts'

interface Description {
  paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, { schema: object }> }> }>>
  components: { schemas: Record<string, object> }
}

/** The same caller, who also holds each answer against what the published description says of it. */
export async function conforming({ call }: Pick<TestApp, 'call'>): Promise<TestApp['call']> {
  const { body } = await call(null, 'GET', '/openapi.json')
  const { paths, components } = JSON.parse(
    JSON.stringify(body).replaceAll('#/components/schemas/', '#/$defs/'),
  ) as Description

  function shapeOf(method: string, path: string, status: number): z.ZodType {
    const asked = `/api/v1${path.replace(/\?.*/, '')}`.split('/')
    const [, operations] =
      Object.entries(paths).find(([pattern]) => {
        const parts = pattern.split('/')
        return parts.length === asked.length && parts.every((part, i) => part.startsWith('{') || part === asked[i])
      }) ?? []
    const responses = operations?.[method.toLowerCase()]?.responses
    const content = (responses?.[status] ?? responses?.default)?.content ?? {}
    const [media] = Object.values(content)
    if (!media) throw new Error(`${method} ${path} has no described answer ${status}.`)
    return z.fromJSONSchema({ ...media.schema, $defs: components.schemas } as Parameters<typeof z.fromJSONSchema>[0])
  }

  return async (who, method, path, options) => {
    const answer = await call(who, method, path, options)
    const parsed = shapeOf(method, path, answer.status).safeParse(answer.body)
    expect([method, path, answer.status, parsed.error?.issues ?? []]).toEqual([method, path, answer.status, []])
    return answer
  }
}
