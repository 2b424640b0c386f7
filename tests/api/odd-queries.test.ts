import { beforeEach, describe, expect, it } from 'vitest'
import { writeDirectory } from '../../src/demo/directory.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { TestUser } from '../support/given.ts'

// What a database cannot hold or compare, and what only looks like a word.
const ODD = [
  '\u0000',
  'a\u0000b',
  '\u0001',
  '\u001b[31m',
  'a\nb',
  '\u007f',
  '\u0085',
  '%',
  '*',
  '"',
  "'",
  '\ufffe',
  '½',
]
const ODDEST = ['0', '-1', '1e999', '99999999999999999999', '2026-02-30', '0000-01-01', 'x'.repeat(3000)]
const HALF_CODES = ['%', '%zz', '%ff%fe', '%ed%a0%80']

let test: TestApp
let navigator: TestUser
beforeEach(async () => {
  test = await openApp()
  await writeDirectory(test.context, 'x')
  navigator = await test.given.user('navigator', await test.given.organisation('navigation_service'))
})

const encoded = [...[...ODD, ...ODDEST].map(encodeURIComponent), ...HALF_CODES]

function cursor(...values: unknown[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}
const raw = (text: string) => Buffer.from(text).toString('base64url')

const CURSORS = [
  cursor(0.5, 0, '', 'a', 'b'),
  cursor(2, 0, '', 'a', 'b'),
  cursor(-1, 0, '', 'a', 'b'),
  cursor('0', 0, '', 'a', 'b'),
  raw('[1e999,0,"","a","b"]'),
  raw('[0,1e999,"","a","b"]'),
  raw('[0,0,"","\\u0000","b"]'),
  cursor(0, 0, '', 'a', 'b', 'c'),
  cursor(0, null, '', 'a', 'b'),
  'nonsense',
]

async function publicStatus(path: string): Promise<number> {
  return (await test.app.inject({ url: path, headers: { accept: 'text/html' } })).statusCode
}

describe('whatever is asked of the directory without a sign-in', () => {
  it('the feed refuses control characters by name, and is never at fault', async () => {
    const names = ['search', 'modified_after', 'postcode', 'day', 'organization_id', 'taxonomy_term_id', 'minimum_age']
    const more = ['taxonomy_id', 'maximum_age', 'start_time', 'end_time', 'proximity', 'page', 'per_page', 'x\u0000']
    for (const list of ['services', 'service_at_locations'])
      for (const name of [...names, ...more])
        for (const value of encoded) {
          const path = `/open-referral/${list}?${encodeURIComponent(name)}=${value}`
          expect([path, (await publicStatus(path)) < 500]).toEqual([path, true])
        }
    for (const odd of ['\u0000', 'a\u0000', '\u001b', '\n', '\u0085']) {
      const response = await test.app.inject({ url: `/open-referral/services?search=${encodeURIComponent(odd)}` })
      expect([odd, response.statusCode, response.json().errors[0]?.pointer]).toEqual([odd, 400, '/search'])
    }
    const days = ['0000-01-01', '2026-02-30', '0001-01-01T00:00:00%2B14:00', '9999-12-31T23:00:00-12:00']
    for (const day of days) expect(await publicStatus(`/open-referral/services?modified_after=${day}`)).toBe(400)
    for (const list of ['services', 'service_at_locations', 'taxonomies', 'taxonomy_terms'])
      for (const id of encoded.filter((id) => !id.startsWith('%z') && id !== '%'))
        expect([id, (await publicStatus(`/open-referral/${list}/${id}`)) < 500]).toEqual([id, true])
    expect(await publicStatus('/open-referral/services/%00')).toBe(404)
  })

  it('the pages leave out what they cannot use, and begin again where a page of the list is none', async () => {
    for (const name of ['q', 'need', 'area', 'day', 'language', 'access', 'only', 'after'])
      for (const value of encoded) {
        const path = `/directory?${name}=${value}`
        expect([path, await publicStatus(path)]).toEqual([path, 200])
      }
    for (const after of CURSORS)
      for (const q of ['', '&q=garden']) {
        const { statusCode, body } = await test.app.inject({ url: `/directory?after=${after}${q}` })
        expect([after, statusCode]).toEqual([after, 200])
        expect(body).toContain('That part of the list has moved on')
      }
    expect(await publicStatus('/directory/%00')).toBe(404)
  })
})

it('the list of projects answers every odd parameter with 200 or 400, and a bad cursor as other lists do', async () => {
  const names = [
    'q',
    'need',
    'ward',
    'locality',
    'district',
    'day',
    'language',
    'access',
    'free',
    'room',
    'limit',
    'after',
  ]
  for (const name of names)
    for (const value of encoded) {
      const path = `/projects?${name}=${value}`
      expect([path, [200, 400].includes((await test.call(navigator, 'GET', path)).status)]).toEqual([path, true])
    }
  for (const name of ['q', 'ward', 'locality', 'district', 'language'])
    expect((await test.call(navigator, 'GET', `/projects?${name}=a%00`)).status).toBe(400)
  for (const after of CURSORS)
    for (const q of ['', '&q=garden']) {
      const { status, body } = await test.call(navigator, 'GET', `/projects?after=${after}${q}`)
      expect([after, status, body.code]).toEqual([after, 400, 'invalid-input'])
      expect(body.errors).toMatchObject([{ pointer: '/after', code: 'bad-cursor' }])
    }
})
