import fc from 'fast-check'
import { expect, test } from 'vitest'
import { events } from '../../src/store/schema.ts'
import { brokenInvariants, everOverfull } from '../support/histories/invariants.ts'
import { type Line, play, type Tally } from '../support/histories/play.ts'
import { historyWorld } from '../support/histories/world.ts'

// A few here at every change; hundreds where there is time: HISTORIES=200 HISTORY_LINES=400.
const RUNS = Number(process.env.HISTORIES ?? 4)
const LINES = Number(process.env.HISTORY_LINES ?? 150)

const number = fc.nat({ max: 10_000 })

const line: fc.Arbitrary<Line> = fc.record({
  kind: fc.oneof(
    { weight: 1, arbitrary: fc.constant('refer' as const) },
    { weight: 12, arbitrary: fc.constant('referral' as const) },
    { weight: 14, arbitrary: fc.constant('placement' as const) },
    { weight: 3, arbitrary: fc.constant('wait' as const) },
    { weight: 1, arbitrary: fc.constant('clock' as const) },
    { weight: 3, arbitrary: fc.constant('together' as const) },
  ),
  target: number,
  act: number,
  actor: number,
  pick: number,
  wild: fc.nat({ max: 9 }).map((n) => n === 0),
  process: fc.nat({ max: 1 }),
  doom: fc
    .nat({ max: 19 })
    .map((n) => (n === 0 ? ('before' as const) : n === 1 ? ('after' as const) : ('none' as const))),
  again: fc.nat({ max: 9 }).map((n) => n === 0),
})

const script = fc.array(line, { minLength: LINES, maxLength: LINES, size: 'max' })

test('random histories, by several people and processes with crashes between, keep every invariant', {
  timeout: 3_600_000,
}, async () => {
  const seen = new Set<string>()
  const total: Tally = { done: 0, refused: 0, crashed: 0 }
  await fc.assert(
    fc.asyncProperty(script, async (lines) => {
      const world = await historyWorld()
      try {
        const tally = await play(world, lines)
        for (const name of ['done', 'refused', 'crashed'] as const) total[name] += tally[name]
        expect(await brokenInvariants(world)).toEqual([])
        expect(await everOverfull(world)).toEqual([])
        for (const { type } of await world.context.db.read.select().from(events)) seen.add(type)
      } finally {
        await world.close()
      }
    }),
    // A shorter failing script takes an hour to find; the seed and the run's own words are told instead.
    { numRuns: RUNS, endOnFailure: true, ...(process.env.SEED ? { seed: Number(process.env.SEED) } : {}) },
  )
  // A script in which hardly anything comes about proves nothing.
  expect(total.done).toBeGreaterThan(RUNS * LINES * 0.1)
  if (process.env.HISTORIES)
    console.info(
      `${RUNS} histories of ${LINES} lines`,
      total,
      `${seen.size} kinds of events`,
      [...seen].sort().join(' '),
    )
})
