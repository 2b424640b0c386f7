import { describe, expect, test } from 'vitest'
import { type Dated, inOrderOfEvents } from '../../src/domain/history.ts'

const event = (id: string, subject: string, time: string, causedBy: string | null = null): Dated => ({
  id,
  subjectId: subject.slice(0, -1),
  subjectVersion: Number(subject.slice(-1)),
  causedBy,
  at: new Date(`2026-10-25T${time}:00Z`),
})

/** The order in which these are listed, whatever order they come in. */
const listed = (events: Dated[]) => {
  const forward = inOrderOfEvents(events).map(({ id }) => id)
  expect(inOrderOfEvents([...events].reverse()).map(({ id }) => id)).toEqual(forward)
  return forward.join(' ')
}

describe('the order of a history', () => {
  test('is that of the clock', () => {
    expect(listed([event('a', 'r1', '09:00'), event('c', 'p1', '11:00'), event('b', 'r2', '10:00')])).toBe('a b c')
  })

  test('is that of the versions, where the clock was set back', () => {
    const events = [event('a', 'r1', '09:00'), event('b', 'r2', '10:00'), event('c', 'r3', '08:00')]
    expect(listed([...events, event('d', 'r4', '08:05'), event('e', 'r5', '10:30')])).toBe('a b c d e')
  })

  test('and where it was set back twice', () => {
    const events = [event('a', 'r1', '10:00'), event('b', 'r2', '08:30'), event('c', 'r3', '08:00')]
    expect(listed(events)).toBe('a b c')
  })

  test('has what something brought about behind it, and both where the record stood then', () => {
    const referral = [event('a', 'r1', '09:00'), event('b', 'r2', '10:00')]
    expect(listed([...referral, event('d', 'p1', '08:10'), event('e', 'r3', '08:10', 'd')])).toBe('a b d e')
  })
})
