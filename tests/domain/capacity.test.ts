import { describe, expect, test } from 'vitest'
import {
  type Capacity,
  confirmedSince,
  freeShown,
  isConfirmed,
  placesLeft,
  requireFreePlace,
  requireRoomForTaken,
} from '../../src/domain/capacity.ts'
import { refusalOf } from './refused.ts'

const NOW = new Date('2026-11-23T10:00:00Z')
const CONFIRMED = new Date('2026-11-20T10:00:00Z')

function capacity(of: Partial<Capacity>): Capacity {
  return { kind: 'places', places: 10, taken: 0, held: 0, confirmedAt: CONFIRMED, ...of }
}

describe('places left', () => {
  test.each<[string, Partial<Capacity>, number | null]>([
    ['an empty group', {}, 10],
    ['some taken', { taken: 4 }, 6],
    ['offers hold places', { taken: 4, held: 2 }, 4],
    ['full by people', { taken: 10 }, 0],
    ['full by people and offers', { taken: 8, held: 2 }, 0],
    ['over-full after places were cut elsewhere: none, not fewer than none', { taken: 12 }, 0],
    ['no places at all', { places: 0 }, 0],
    ['open: no limit', { kind: 'open', places: null, taken: 500 }, null],
    ['one to one: as many as volunteers', { kind: 'one_to_one', places: 3, taken: 2 }, 1],
  ])('%s', (_, of, left) => {
    expect(placesLeft(capacity(of))).toBe(left)
  })

  test.each<[string, Partial<Capacity>]>([
    ['full by people', { taken: 10 }],
    ['full by people and offers', { taken: 9, held: 1 }],
    ['over-full', { taken: 11 }],
    ['no volunteer free', { kind: 'one_to_one', places: 1, taken: 1 }],
    ['full and unconfirmed', { taken: 10, confirmedAt: null }],
  ])('no place can be taken: %s', (_, of) => {
    const refusal = refusalOf(() => requireFreePlace(capacity(of), 'Wait a week.'))
    expect(refusal.code).toBe('group-full')
    expect(refusal.message).toMatch(/taken\. Wait a week\.$/)
  })

  test.each<[string, Partial<Capacity>]>([
    ['the last one', { taken: 9 }],
    ['open', { kind: 'open', places: null, taken: 900 }],
    ['unconfirmed: the provider is the one who knows', { taken: 9, confirmedAt: null }],
  ])('a place can be taken: %s', (_, of) => {
    expect(() => requireFreePlace(capacity(of), '')).not.toThrow()
  })
})

describe('a number that nobody confirmed lately is not shown', () => {
  test.each([
    ['now', '2026-11-23T10:00:00Z', true],
    ['fourteen days ago, at any time of day', '2026-11-09T23:59:00Z', true],
    ['fourteen days ago, early', '2026-11-09T00:00:00Z', true],
    ['fifteen days ago', '2026-11-08T23:59:00Z', false],
    ['long ago', '2025-11-23T10:00:00Z', false],
  ])('confirmed %s', (_, moment, confirmed) => {
    const confirmedAt = new Date(moment)
    expect(isConfirmed({ confirmedAt }, NOW)).toBe(confirmed)
    expect(freeShown(capacity({ confirmedAt, taken: 4 }), NOW)).toBe(confirmed ? 6 : null)
  })

  test('the days are days in London', () => {
    // 23:30 in Greenwich is half past midnight in London: one day more.
    expect(isConfirmed({ confirmedAt: new Date('2026-06-14T23:30:00Z') }, new Date('2026-06-29T12:00:00Z'))).toBe(true)
    expect(isConfirmed({ confirmedAt: new Date('2026-06-14T22:30:00Z') }, new Date('2026-06-29T12:00:00Z'))).toBe(false)
    expect(confirmedSince(new Date('2026-06-29T12:00:00Z'))).toEqual(new Date('2026-06-14T23:00:00Z'))
  })

  test('never confirmed is unknown, and full stays 0 when confirmed', () => {
    expect(freeShown(capacity({ confirmedAt: null }), NOW)).toBeNull()
    expect(freeShown(capacity({ taken: 10 }), NOW)).toBe(0)
    expect(freeShown(capacity({ kind: 'open', places: null }), NOW)).toBeNull()
  })
})

describe('changing the number of places', () => {
  test.each([
    ['to the people who are there', 5, { taken: 4, held: 1 }],
    ['to more', 20, { taken: 4 }],
    ['to none, when nobody is there', 0, {}],
  ])('%s', (_, places, of) => {
    expect(() => requireRoomForTaken(places, capacity(of))).not.toThrow()
  })

  test.each([
    ['below the people who are there', 3, { taken: 4 }, /^4 people have/],
    ['below people and offers', 4, { taken: 4, held: 1 }, /^5 people have/],
    ['to none, when one is there', 0, { taken: 1 }, /^1 person has/],
  ])('refused %s', (_, places, of, words) => {
    const refusal = refusalOf(() => requireRoomForTaken(places, capacity(of)))
    expect(refusal.code).toBe('below-taken')
    expect(refusal.message).toMatch(words)
  })
})
