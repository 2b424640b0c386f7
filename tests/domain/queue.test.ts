import { expect, test } from 'vitest'
import { positionRange, positionWords } from '../../src/domain/queue.ts'

test.each([
  [1, 1, 3],
  [3, 1, 3],
  [4, 4, 6],
  [7, 7, 10],
  [11, 11, 15],
  [20, 16, 20],
  [21, 21, 30],
  [30, 21, 30],
  [31, 31, 40],
  [145, 141, 150],
])('position %i is told as between %i and %i', (position, from, to) => {
  expect(positionRange(position)).toEqual({ from, to })
})

test('whatever the position, it is one of at least three', () => {
  for (let position = 1; position <= 500; position++) {
    const { from, to } = positionRange(position)
    expect(from <= position && position <= to && to - from >= 2).toBe(true)
  }
})

test('in words', () => {
  expect(positionWords({ from: 1, to: 3 })).toBe('Between 1st and 3rd on the waiting list')
  expect(positionWords({ from: 11, to: 15 })).toBe('Between 11th and 15th on the waiting list')
  expect(positionWords({ from: 21, to: 30 })).toBe('Between 21st and 30th on the waiting list')
  expect(positionWords({ from: 111, to: 120 })).toBe('Between 111th and 120th on the waiting list')
})
