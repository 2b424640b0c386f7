import { describe, expect, test } from 'vitest'
import { doorsOpen, type Moves, requireMove, statesFor } from '../../src/domain/moves.ts'
import { PLACEMENT_MOVES } from '../../src/domain/placement-moves.ts'
import { REFERRAL_MOVES } from '../../src/domain/referral-moves.ts'
import { refusalOf } from './refused.ts'

type Light = 'red' | 'green' | 'dark'

const LIGHT = {
  switchOn: { from: ['new'], to: ['red'], by: ['system'], event: 'light.on', says: 'Switch on' },
  go: { from: ['red'], to: ['green'], by: ['navigator', 'person'], event: 'light.go', says: 'Let go', door: 'go' },
  stop: { from: ['green'], to: ['red'], by: ['navigator'], event: 'light.stop', says: 'Stop', door: 'stop' },
  shoo: { from: ['green'], to: ['red'], by: ['navigator'], event: 'light.shoo', says: 'Shoo', door: 'stop' },
  out: {
    from: ['red', 'green'],
    to: ['dark'],
    by: ['navigator', 'person'],
    only: { person: ['red'] },
    event: 'light.out',
    says: 'Switch off',
  },
} as const satisfies Moves<Light>

const WORDS: Record<Light, string> = { red: 'Red', green: 'Green', dark: 'Dark' }

function tryMove(name: string, status: Light, ...movers: Parameters<typeof requireMove>[3]) {
  requireMove<Light>(LIGHT, name, status, movers, WORDS)
}

describe('a table of moves', () => {
  test('says from where each mover may move', () => {
    expect(statesFor<Light>(LIGHT.out, 'navigator')).toEqual(['red', 'green'])
    expect(statesFor<Light>(LIGHT.out, 'person')).toEqual(['red'])
    expect(statesFor<Light>(LIGHT.out, 'system')).toEqual([])
  })

  test('names each door once, and none for a move without one', () => {
    expect(doorsOpen<Light>(LIGHT, 'green', ['navigator'])).toEqual(['stop'])
    expect(doorsOpen<Light>(LIGHT, 'red', ['person'])).toEqual(['go'])
    expect(doorsOpen<Light>(LIGHT, 'dark', ['navigator', 'person'])).toEqual([])
  })

  test('lets through what it has, for any of somebody’s hats', () => {
    expect(() => tryMove('go', 'red', 'person')).not.toThrow()
    expect(() => tryMove('stop', 'green', 'person', 'navigator')).not.toThrow()
  })

  test.each([
    [
      'from another state',
      'go',
      'green',
      ['navigator'],
      'This is “green”, so “let go” is not possible. What is possible now: stop, shoo.',
    ],
    ['by somebody else', 'go', 'red', ['provider'], 'This is “red”, so “let go” is not possible.'],
    ['by nobody', 'go', 'red', [], 'This is “red”, so “let go” is not possible.'],
    ['narrower for one mover', 'out', 'green', ['person'], 'This is “green”, so “switch off” is not possible.'],
    ['where nothing is possible', 'go', 'dark', ['navigator'], 'This is “dark”, so “let go” is not possible.'],
    [
      'what is not in the table',
      'fly',
      'red',
      ['navigator'],
      'This is “red”, so “fly” is not possible. What is possible now: let go.',
    ],
  ] as const)('refuses with a clear message: %s', (_, name, status, movers, message) => {
    const refusal = refusalOf(() => tryMove(name, status, ...movers))
    expect(refusal.code).toBe('wrong-status')
    expect(refusal.message).toBe(message)
  })
})

test('moves that share a door are told apart by state or by ending, never by chance', () => {
  for (const moves of [REFERRAL_MOVES, PLACEMENT_MOVES]) {
    const seen = new Map<string, string>()
    for (const [name, move] of Object.entries(moves)) {
      // A death is told apart by its reason, from every state.
      if (!('door' in move) || typeof move.to === 'string' || name === 'recordDeath') continue
      for (const from of move.from)
        for (const to of move.to) {
          const way = `${move.door}: ${from} to ${to}`
          expect(seen.get(way) ?? name).toBe(name)
          seen.set(way, name)
        }
    }
  }
})
