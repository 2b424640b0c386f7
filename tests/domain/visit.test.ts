import { describe, expect, test } from 'vitest'
import { placeLines, remindOfVisit } from '../../src/domain/visit.ts'
import { calendarOf } from '../../src/standards/calendar.ts'

const now = new Date('2026-03-28T09:00:00Z')
const booked = { status: 'booked' as const, startedAt: null }

describe('a visit is told of on the day before', () => {
  test.each([
    ['tomorrow morning', '2026-03-29T09:00:00Z', true],
    ['tomorrow, in the night in which the clocks go forward', '2026-03-29T00:30:00Z', true],
    ['late tomorrow, by the clock of summer', '2026-03-29T22:30:00Z', true],
    ['the day after, by that clock', '2026-03-29T23:30:00Z', false],
    ['today', '2026-03-28T15:00:00Z', false],
    ['yesterday', '2026-03-27T09:00:00Z', false],
  ])('%s', (_, at, isTold) => {
    expect(remindOfVisit({ ...booked, bookedFor: new Date(at) }, now) !== undefined).toBe(isTold)
  })

  test('while it is booked', () => {
    expect(remindOfVisit({ ...booked, status: 'started', bookedFor: new Date('2026-03-29T09:00:00Z') }, now)).toBe(
      undefined,
    )
    expect(remindOfVisit({ ...booked, bookedFor: null }, now)).toBe(undefined)
  })
})

test('a place is its address; its name only where no address is known', () => {
  const location = {
    name: 'Shirley Men’s Shed',
    addressLines: ['1 High Street'],
    city: 'Southampton',
    postcode: 'SO15 1AA',
  }
  expect(placeLines({ venue: 'The shed', location: { ...location, accessNote: null } })).toEqual([
    '1 High Street',
    'Southampton',
    'SO15 1AA',
  ])
  expect(placeLines({ venue: 'The hall', location: null })).toEqual(['The hall'])
  expect(placeLines({ venue: 'The hall', location: { ...location, addressLines: [], accessNote: null } })).toEqual([
    'The hall',
  ])
})

describe('a calendar file', () => {
  const appointment = {
    uid: 'x@trellis',
    sequence: 3,
    writtenAt: new Date('2026-03-01T08:00:00.123Z'),
    startsAt: new Date('2026-06-15T09:30:00Z'),
    minutes: 60,
    remindsBefore: 120,
    summary: 'Appointment',
    where: 'Hall 2; upstairs, the back\\door\nSO15 1AA',
  }
  const lines = (more = {}) => calendarOf({ ...appointment, ...more }).split('\r\n')

  test('says when in UTC, whatever the clocks do', () => {
    expect(lines()).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Trellis//Appointments//EN',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'BEGIN:VEVENT',
      'UID:x@trellis',
      'SEQUENCE:3',
      'DTSTAMP:20260301T080000Z',
      'DTSTART:20260615T093000Z',
      'DURATION:PT60M',
      'SUMMARY:Appointment',
      'LOCATION:Hall 2\\; upstairs\\, the back\\\\door\\nSO15 1AA',
      'CLASS:PRIVATE',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'TRIGGER:-PT120M',
      'DESCRIPTION:Appointment',
      'END:VALARM',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ])
  })

  test.each(['x'.repeat(200), 'ä'.repeat(100), '🌱'.repeat(60), 'a,b;'.repeat(40)])('folds %j', (where) => {
    const folded = lines({ where })
    for (const line of folded) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    const whole = folded.join('\r\n').replace(/\r\n /g, '')
    expect(whole).toContain(`LOCATION:${where.replace(/[,;]/g, '\\$&')}`)
  })
})
