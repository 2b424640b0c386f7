import { describe, expect, test } from 'vitest'
import { type Earlier, earlierWords, triedBefore } from '../../src/domain/earlier.ts'

const ENDED = new Date('2026-11-19T11:00:00Z')
const placement = (of: Partial<Earlier>): Earlier => ({
  projectId: 'roots',
  status: 'declined',
  reason: null,
  startedAt: null,
  endedAt: ENDED,
  ...of,
})

describe('what was tried before', () => {
  test.each<[string, Partial<Earlier>]>([
    ['the project said no', { reason: 'no_capacity' }],
    ['the project named a better one', { status: 'redirected' }],
    ['the project never answered', { status: 'no_response' }],
    ['the person changed their mind', { status: 'withdrawn', reason: 'changed_mind' }],
    ['it came to its end', { status: 'completed', startedAt: ENDED }],
    ['the person went elsewhere', { status: 'moved_on', startedAt: ENDED }],
  ])('%s', (_, of) => expect([...triedBefore([placement(of)])]).toEqual(['roots']))

  test.each<[string, Partial<Earlier>]>([
    ['it was taken back at once', { status: 'recalled' }],
    ['the group was cancelled', { status: 'returned', reason: 'group_cancelled' }],
    ['it was sent by mistake', { status: 'withdrawn', reason: 'sent_in_error' }],
    ['they are there now', { status: 'started' }],
  ])('nothing, where %s', (_, of) => expect([...triedBefore([placement(of)])]).toEqual([]))

  test('where they are again now it is not over', () => {
    expect(triedBefore([placement({}), placement({ status: 'sent', endedAt: null })]).size).toBe(0)
  })
})

describe('what is said of it', () => {
  const says = (of: Partial<Earlier>, reason: string | null, note: string | null) =>
    earlierWords(placement(of), { group: 'Tuesdays', reason, note })

  test('how it ended, when, and in whose words', () => {
    expect(says({ status: 'moved_on', startedAt: ENDED }, null, 'Goes to a nearer club')).toBe(
      'Was here before (Tuesdays): moved on, 19 November 2026. “Goes to a nearer club”',
    )
    expect(says({}, 'No room', null)).toBe('Sent here before (Tuesdays): declined, 19 November 2026. No room')
  })

  test('a long note is cut between two words', () => {
    const words = says({}, null, 'word '.repeat(90))
    expect(words.length).toBeLessThan(190)
    expect(words).toMatch(/word …”$/)
  })
})
