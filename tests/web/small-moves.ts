import { expect } from 'vitest'
import { events } from '../../src/store/schema.ts'
import type { TestApp } from '../support/app.ts'
import { readable, type Visitor } from './visitor.ts'

export type Fields = Record<string, string>

/** Opens the page of a move, sends its form twice with one key, and expects one event and one answer. */
export async function carriedOutOnce({ context }: TestApp, who: Visitor, page: string, fields: Fields) {
  const shown = await who.get(page)
  expect([page, shown.status]).toEqual([page, 200])
  const hidden = await who.hiddenOf(page)
  const before = await context.db.read.$count(events)
  const first = await who.post(page, { ...hidden, ...fields })
  expect([page, first.status, first.faults]).toEqual([page, 303, []])
  const after = await context.db.read.$count(events)
  expect(after).toBeGreaterThan(before)
  const second = await who.post(page, { ...hidden, ...fields })
  expect([second.status, second.location]).toEqual([303, first.location])
  expect(await context.db.read.$count(events)).toBe(after)
  return { shown: readable(shown.html), location: first.location ?? '' }
}
