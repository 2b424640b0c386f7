import { describe, expect, test } from 'vitest'
import { openApp } from '../support/app.ts'
import { type Description, openDoors, type Route, routeFaults } from './routes.ts'

describe('every route', () => {
  test('says who may use it; under /api/v1 it has an operationId and the shapes of its answers', async () => {
    const { app } = await openApp()
    await app.ready()
    expect(app.routeBook.length).toBeGreaterThan(20)
    expect(routeFaults(app.routeBook, (await app.describe()) as Description)).toEqual([])
  })

  test('is closed, but for those meant for everybody', async () => {
    const { app } = await openApp()
    await app.ready()
    expect(openDoors(app.routeBook)).toEqual([])
  })
})

describe('the rules notice', () => {
  const whole: Route = { method: 'GET', path: '/api/v1/groups/:id', access: 'signed-in', operationId: 'openGroup' }
  const shape = { 'application/json': { schema: { type: 'object' } } }
  const problem = { 'application/problem+json': { schema: { type: 'object' } } }
  const description: Description = {
    paths: {
      '/api/v1/groups/{id}': {
        get: { operationId: 'openGroup', responses: { 200: { content: shape }, default: { content: problem } } },
      },
    },
  }
  const answering = (responses: object) => ({ paths: { '/api/v1/groups/{id}': { get: { responses } } } }) as Description

  test.each<[string, Route[], Description, string]>([
    ['no access', [{ ...whole, access: undefined }], description, 'GET /api/v1/groups/:id has no access'],
    ['an access of its own', [{ ...whole, access: 'friends' }], description, 'GET /api/v1/groups/:id has no access'],
    ['no access on a page', [{ method: 'GET', path: '/o/:organisation' }], {}, 'GET /o/:organisation has no access'],
    ['no operationId', [{ ...whole, operationId: null }], description, 'GET /api/v1/groups/:id has no operationId'],
    ['one name twice', [whole, whole], description, 'openGroup names two operations'],
    ['a route that is not described', [whole], {}, 'GET /api/v1/groups/:id is not described'],
    [
      'no shape',
      [whole],
      answering({ 200: { content: {} }, default: { content: problem } }),
      'GET /api/v1/groups/:id does not give the shapes of its answers',
    ],
    [
      'an empty shape',
      [whole],
      answering({ 200: { content: { 'application/json': { schema: {} } } }, default: { content: problem } }),
      'GET /api/v1/groups/:id does not give the shapes of its answers',
    ],
    [
      'no word about refusals',
      [whole],
      answering({ 200: { content: shape } }),
      'GET /api/v1/groups/:id does not give the shapes of its answers',
    ],
  ])('%s', (_, routes, described, fault) => {
    expect(routeFaults(routes, described)).toEqual([fault])
  })

  test('nothing where all is well', () => {
    expect(routeFaults([whole, { method: 'GET', path: '/o/:organisation', access: 'signed-in' }], description)).toEqual(
      [],
    )
    const nothing = answering({ 204: {}, default: { content: problem } })
    expect(routeFaults([whole], nothing)).toEqual([])
  })

  test('a door left open', () => {
    expect(openDoors([{ ...whole, access: 'public' }, whole])).toEqual(['GET /api/v1/groups/:id'])
    expect(openDoors([{ method: 'GET', path: '/health/live', access: 'public' }])).toEqual([])
  })
})
