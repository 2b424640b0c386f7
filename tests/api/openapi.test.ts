import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { openApp } from '../support/app.ts'

type Json = Record<string, unknown>
interface Description {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Json>; securitySchemes: Json }
}
interface Operation {
  operationId: string
  security: Json[]
  parameters?: { name: string; in: string; required: boolean }[]
  responses: Record<string, { content?: Record<string, { schema: Json }> }>
  requestBody?: { content: Record<string, { schema: Json }> }
}

async function describedApi() {
  const made = await openApp()
  const { body, status } = await made.call(null, 'GET', '/openapi.json')
  expect(status).toBe(200)
  return { ...made, api: body as Description }
}

describe('the published description', () => {
  it('is valid OpenAPI 3.1', async () => {
    const { api } = await describedApi()
    expect(api.openapi).toMatch(/^3\.1\./)
    expect(await new Validator().validate(JSON.parse(JSON.stringify(api)))).toEqual({ valid: true })
  })

  it('has every call of the API and nothing else', async () => {
    const { app, api } = await describedApi()
    const written = Object.entries(api.paths).flatMap(([path, calls]) =>
      Object.keys(calls).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const known = app.routeBook
      .filter(({ path, operationId }) => path.startsWith('/api/v1/') && operationId)
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
    expect(written.sort()).toEqual(known.sort())
    const ids = Object.values(api.paths).flatMap((calls) => Object.values(calls).map(({ operationId }) => operationId))
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('names only shapes that are used, each once', async () => {
    const { api } = await describedApi()
    const text = JSON.stringify(api)
    for (const name of Object.keys(api.components.schemas)) {
      expect(text).toContain(`"#/components/schemas/${name}"`)
      expect(name).not.toMatch(/Input$/)
    }
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      expect(Object.keys(api.components.schemas)).toContain(name)
  })

  it('says what each call needs: a token, a key, a version, and how it fails', async () => {
    const { api } = await describedApi()
    const headers = ({ parameters = [] }: Operation) =>
      parameters
        .filter(({ in: place }) => place === 'header')
        .map(({ name, required }) => `${name}${required ? '!' : ''}`)
    const call = (path: string, method: string) => {
      const operation = api.paths[`/api/v1${path}`]?.[method]
      if (!operation) throw new Error(`There is no ${method} ${path}.`)
      return operation
    }
    expect(call('/sessions', 'post')).toMatchObject({ security: [] })
    expect(call('/referrals', 'post')).toMatchObject({ security: [{ bearer: [] }] })
    expect(headers(call('/referrals', 'post'))).toEqual(['Acting-Organisation', 'Idempotency-Key!'])
    expect(headers(call('/referrals/{id}/assign', 'post'))).toEqual(['Acting-Organisation', 'Idempotency-Key'])
    expect(headers(call('/groups/{id}', 'patch'))).toEqual(['Acting-Organisation', 'If-Match!'])
    for (const calls of Object.values(api.paths))
      for (const { responses } of Object.values(calls))
        expect(Object.keys(responses.default?.content ?? {})).toEqual(['application/problem+json'])
  })

  it('has a reader that needs nothing from elsewhere', async () => {
    const { app } = await describedApi()
    const page = await app.inject('/api/docs/')
    expect(page.statusCode).toBe(200)
    expect(page.body).not.toMatch(/(src|href)="(https?:)?\/\//)
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    for (const [, file = ''] of page.body.matchAll(/(?:src|href)="\.?\/?([^"#]+)"/g))
      expect((await app.inject(new URL(file, 'http://x/api/docs/').pathname)).statusCode).toBe(200)
    expect((await app.inject('/api/docs/json')).json().openapi).toMatch(/^3\.1/)
  })
})
