import { describe, expect, test } from 'vitest'
import { EVENT_WORDS } from '../../src/domain/events.ts'
import { PLACEMENT_MOVES } from '../../src/domain/placement-moves.ts'
import { REFERRAL_MOVES } from '../../src/domain/referral-moves.ts'

const EVENTS = Object.keys(EVENT_WORDS)

describe('events', () => {
  test('there is one for every move, and for what is done to a group, a person, or by breaking the glass', () => {
    const moves = [...Object.values(REFERRAL_MOVES), ...Object.values(PLACEMENT_MOVES)].map(({ event }) => event)
    const ofGroups = EVENTS.filter((event) => /^(group|project|location)\./.test(event))
    const others = EVENTS.filter((event) => event.startsWith('person.') || event === 'referral.glass-broken')
    expect(EVENTS.toSorted()).toEqual([...moves, ...ofGroups, ...others].sort())
    expect(ofGroups).not.toEqual([])
  })

  test('each has words that can stand alone in a history', () => {
    for (const words of Object.values(EVENT_WORDS)) expect(words).toMatch(/^[A-Z].*[^.]$/)
  })
})
