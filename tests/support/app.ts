import { randomBytes } from 'node:crypto'
import { onTestFinished } from 'vitest'
import type { Context } from '../../src/actions/context.ts'
import { buildApp } from '../../src/app.ts'
import { configFrom } from '../../src/config.ts'
import type { App } from '../../src/http/site.ts'
import { freshDatabase } from './database.ts'
import { type Given, givenIn } from './given.ts'
import { testContext } from './small-city.ts'

export const TEST_SETTINGS = {
  SECRET: 'a-secret-that-only-the-tests-know-0123456789',
  DATABASE_URL: process.env.DATABASE_URL === 'postgres://' ? 'postgres://localhost/test' : 'file:./unused.sqlite',
  LOG_LEVEL: 'silent',
}

/** The whole web server on an empty database of its own, with a clock that stands on a Monday morning. */
export async function openApp(settings: Record<string, string> = {}, shared?: Context): Promise<TestApp> {
  const { context: fixed, clock } = testContext(shared?.db ?? (await freshDatabase()))
  // Real chance: a hundred referrals need a hundred references. A shared context is another process on one database.
  const context = shared ? { ...shared, db: { ...shared.db } } : { ...fixed, randomBytes }
  const app = await buildApp(context, configFrom({ ...TEST_SETTINGS, ...settings }))
  onTestFinished(() => app.close())
  return { app, context, clock, given: givenIn(context), call: caller(app) }
}

export interface TestApp {
  app: App
  context: Context
  clock: ReturnType<typeof testContext>['clock']
  given: Given
  call: ReturnType<typeof caller>
}

/** Somebody who calls: made by `given.user()`, or anything with a user, a session and perhaps a hat. */
export interface Caller {
  userId: string
  sessionId: string
  organisation?: string
}

export interface CallOptions {
  body?: unknown
  /** An Idempotency-Key; a new one for every POST unless given, none with null. */
  key?: string | null
  headers?: Record<string, string>
}

let keys = 0

/** `call(navigator, 'POST', '/referrals/…/assign', { body })`: one request to the API, answered as status, body, headers. */
function caller(app: App) {
  return async (
    who: Caller | null,
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    options: CallOptions = {},
  ) => {
    const { body, key = `key-${++keys}`, headers = {} } = options
    const response = await app.inject({
      method,
      url: path.startsWith('/api/') ? path : `/api/v1${path}`,
      headers: {
        ...(who ? { authorization: `Bearer ${tokenOf(app, who)}` } : {}),
        ...(who?.organisation ? { 'acting-organisation': who.organisation } : {}),
        ...(method === 'POST' && key !== null ? { 'idempotency-key': key } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const isJson = String(response.headers['content-type'] ?? '').includes('json')
    return {
      status: response.statusCode,
      body: isJson ? response.json() : null,
      text: response.body,
      headers: response.headers,
    }
  }
}

/** A token for a session that stands in the store, as signing in would make it. */
export function tokenOf(app: App, { userId, sessionId }: Caller, audience: 'api' | 'pages' = 'api'): string {
  return app.tokenFor({ id: sessionId, userId, expiresAt: new Date('2026-11-23T19:00:00Z') }, audience)
}
