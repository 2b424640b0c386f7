import { describe, expect, test } from 'vitest'
import { nextDigestAt, type Single, waitsFor } from '../../src/domain/digest.ts'
import { MAIL_MODES } from '../../src/domain/notices.ts'

const NOW = new Date('2026-11-24T10:00:00Z')
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000)
const ahead = (minutes: number) => ago(-minutes)
const five = (...minutes: number[]) => minutes.map(ago)

const SINGLE: Single = {
  notice: 'placement-accepted',
  createdAt: NOW,
  priority: 'routine',
  offerDueOn: null,
  mode: 'events',
  wasTried: false,
}
const waits = (singlesAt: Date[], more: Partial<Single> = {}) => waitsFor({ ...SINGLE, ...more }, singlesAt, NOW)

describe('a message goes out on its own', () => {
  test.each([
    ['after none', [], {}],
    ['after four within the hour', five(1, 2, 3, 4), {}],
    ['after five, of which the first was an hour ago', five(60, 4, 3, 2, 1), {}],
    ['about an urgent referral, after any number', five(5, 4, 3, 2, 1), { priority: 'urgent' }],
    ['that a record was opened in an emergency', five(5, 4, 3, 2, 1), { notice: 'glass-broken' }],
    ['about an offer to be answered today', five(5, 4, 3, 2, 1), { offerDueOn: '2026-11-24' }],
    ['about an offer whose day has passed', five(5, 4, 3, 2, 1), { offerDueOn: '2026-11-23' }],
    ['to whoever wants both', [], { mode: 'both' }],
    ['that may have arrived already', five(5, 4, 3, 2, 1), { wasTried: true }],
    ['that may have arrived already, to whoever wants a digest now', [], { mode: 'digest', wasTried: true }],
    ['about an urgent referral, to whoever wants a digest', [], { mode: 'digest', priority: 'urgent' }],
  ] as [string, Date[], Partial<Single>][])('%s', (_, singlesAt, more) => {
    expect(waits(singlesAt, more)).toBeUndefined()
  })
})

describe('the sixth within an hour waits', () => {
  test.each([
    ['until the first of the five is an hour old', five(40, 30, 20, 10, 1), {}, ahead(20)],
    ['until the fifth newest is, where there are more', five(50, 40, 30, 20, 10, 1), {}, ahead(20)],
    ['also where the moments stand in no order', five(1, 40, 20, 10, 30), {}, ahead(20)],
    ['an hour at most, where a clock was set back', five(-90, -90, -90, -90, -90), {}, ahead(60)],
    ['also about an offer that has until tomorrow', five(5, 4, 3, 2, 1), { offerDueOn: '2026-11-25' }, ahead(55)],
    ['no longer where the mail server kept it waiting', five(5, 4, 3, 2, 1), { createdAt: ago(1) }, ahead(2)],
    ['a little less than that, and it gathers', five(5, 4, 3, 2, 1), { createdAt: ago(0.9) }, ahead(55)],
    ['also for whoever wants both', five(5, 4, 3, 2, 1), { mode: 'both' }, ahead(55)],
  ] as [string, Date[], Partial<Single>, Date][])('%s', (_, singlesAt, more, until) => {
    expect(waits(singlesAt, more)).toEqual({ in: 'hour-digest', until })
  })
})

test('whoever wants a digest hears at half past eight on the next working day', () => {
  expect(waits([], { mode: 'digest' })).toEqual({ in: 'day-digest', until: new Date('2026-11-25T08:30:00Z') })
  expect(MAIL_MODES).toEqual(['events', 'digest', 'both'])
})

describe('the digest of the day', () => {
  test.each([
    ['today, before half past eight', '2026-11-24T08:29:59Z', '2026-11-24T08:30:00Z'],
    ['tomorrow, from half past eight on', '2026-11-24T08:30:00Z', '2026-11-25T08:30:00Z'],
    ['on Monday, after Friday morning', '2026-11-27T09:00:00Z', '2026-11-30T08:30:00Z'],
    ['on Monday, from a Sunday', '2026-11-29T07:00:00Z', '2026-11-30T08:30:00Z'],
    ['after the holidays of Christmas', '2026-12-24T12:00:00Z', '2026-12-29T08:30:00Z'],
    ['by the clock of summer', '2026-06-15T12:00:00Z', '2026-06-16T07:30:00Z'],
    ['before half past eight in summer', '2026-06-15T07:29:00Z', '2026-06-15T07:30:00Z'],
    ['across the night in which the clocks go forward', '2026-03-27T12:00:00Z', '2026-03-30T07:30:00Z'],
    ['across the night in which they go back', '2026-10-23T12:00:00Z', '2026-10-26T08:30:00Z'],
  ])('comes %s', (_, now, at) => {
    expect(nextDigestAt(new Date(now))).toEqual(new Date(at))
  })
})
