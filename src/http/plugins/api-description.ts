import { isDeepStrictEqual } from 'node:util'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import Fastify, { type RouteOptions } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'

type Json = Record<string, unknown>

const ABOUT = `Referrals of people to community projects, from a GP practice to the outcome and back.

Sign in with \`POST /api/v1/sessions\` and send the token as \`Authorization: Bearer …\`. Whoever belongs to several
organisations names one in \`Acting-Organisation\`. Errors are \`application/problem+json\`; their codes are explained
at \`/problems/{code}\`. Every POST honours an \`Idempotency-Key\`: the same key and body give the first answer again.
Lists answer \`{ items, next }\`: hand \`next\` back as \`after\`. Moments are ISO 8601 in UTC, days \`YYYY-MM-DD\`.`

const nothing = () => {}

/**
 * A server of its own that only describes: the document, made from the routes of the real one, and the pages of its
 * reader. Asked with `inject`; it listens nowhere.
 */
export async function openReader(routes: RouteOptions[], baseUrl: string) {
  const reader = Fastify()
    .setValidatorCompiler(() => () => true)
    .setSerializerCompiler(() => String)
  await reader.register(swagger, {
    openapi: {
      openapi: '3.1.1',
      info: { title: 'Trellis', version: '1.0.0', description: ABOUT, license: { name: 'MIT', identifier: 'MIT' } },
      servers: [{ url: baseUrl }],
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    },
    transform: ({ schema, url, route, ...more }) => {
      if (!url.startsWith('/api/v1/')) return { schema: { hide: true }, url }
      const described = jsonSchemaTransform({ schema, url, route, ...more })
      return { schema: withHeaders(described.schema as Json, route), url: described.url }
    },
    transformObject: (document) => withoutUnused(jsonSchemaTransformObject(document) as unknown as Json) as never,
  })
  await reader.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP:
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
      "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    uiConfig: { validatorUrl: null, persistAuthorization: false, deepLinking: true },
  })
  for (const { method, url, schema, config } of routes)
    reader.route({ method, url, schema: schema ?? {}, config: config ?? {}, handler: nothing })
  await reader.ready()
  return reader
}

/** The headers that belong to a route by its kind, so that no route has to repeat them. */
function withHeaders(schema: Json, { method, config }: RouteOptions): Json {
  if (schema.hide) return schema
  const isOpen = config?.access === 'public'
  const text = (description: string, maxLength = 200) => ({ type: 'string', description, maxLength })
  const headers = {
    ...(isOpen
      ? {}
      : { 'Acting-Organisation': text('The slug of the organisation to act for, where there are several.') }),
    ...(method === 'POST' && (!isOpen || config?.key)
      ? { 'Idempotency-Key': text('Any text of your own: the same key and body give the first answer again.') }
      : {}),
    ...(method === 'PATCH' ? { 'If-Match': text('The ETag of what you read.') } : {}),
  }
  const required = [
    ...(config?.key === 'required' ? ['Idempotency-Key'] : []),
    ...(method === 'PATCH' ? ['If-Match'] : []),
  ]
  return {
    ...schema,
    response: named(schema.response as Json, String(schema.summary)),
    security: isOpen ? [] : [{ bearer: [] }],
    ...(Object.keys(headers).length > 0 ? { headers: { type: 'object', properties: headers, required } } : {}),
  }
}

/** A success is called what its call is called, not "Default Response". */
function named(responses: Json, description: string): Json {
  const entries = Object.entries(responses).map(([status, schema]) => {
    if (status === '204') return [status, { type: 'null', description }]
    const isNamed = typeof schema === 'object' && schema !== null && 'content' in schema
    return [status, isNamed ? schema : { description, content: { 'application/json': { schema } } }]
  })
  return Object.fromEntries(entries)
}

const REF = '#/components/schemas/'

// Every shape comes twice, as it goes in and as it goes out, used or not. Only what is referred to stays, and once
// where both are the same.
function withoutUnused(document: Json): Json {
  const components = document.components as { schemas: Record<string, unknown> }
  const all = components.schemas
  const twins = Object.keys(all).filter((name) => {
    const out = name.replace(/Input$/, '')
    return out !== name && isDeepStrictEqual(all[name], all[out])
  })
  const renamed = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value), (key, inner) => {
      // The limits of every whole number in JavaScript say nothing about this one.
      if (Math.abs(inner) === Number.MAX_SAFE_INTEGER) return undefined
      return key === '$ref' && twins.includes(String(inner).slice(REF.length)) ? inner.replace(/Input$/, '') : inner
    })
  const paths = renamed(document.paths)
  const used = new Set<string>()
  const follow = (value: unknown) => {
    for (const [, name = ''] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(name)) continue
      used.add(name)
      follow(renamed(all[name]))
    }
  }
  follow(paths)
  const schemas = Object.fromEntries([...used].sort().map((name) => [name, renamed(all[name])]))
  return { ...document, paths, components: { ...components, schemas } }
}
