import { expect, it } from 'vitest'
import { conflictOf } from '../../src/http/web/conflict.ts'

it('a conflict names the fields that differ, in their order, with both values', () => {
  const labels = { places: 'Places', note: 'Note', days: 'Days' }
  const typed = { places: '12', note: 'Same ', days: ['Mon', 'Tue'], other: 'not asked for' }
  const now = { places: '10', note: 'Same', days: 'Mon' }
  expect(conflictOf(labels, typed, now, { by: 'Amy Adams' })).toEqual({
    by: 'Amy Adams',
    at: null,
    lines: [
      { label: 'Places', now: '10', typed: '12' },
      { label: 'Days', now: 'Mon', typed: 'Mon, Tue' },
    ],
  })
})
