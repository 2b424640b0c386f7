import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { engine } from '../../src/store/columns.ts'
import { freshFolder, freshUrl } from '../support/database.ts'
import { realService, rounds, tell } from '../support/faults.ts'
import { fillCity } from '../support/faults-city.ts'
import { inspect, SOUND } from '../support/faults-ledger.ts'
import { Writers } from '../support/faults-writers.ts'

const KILLS = { sqlite: 50, postgres: 15 }
const WRITERS = 20

it('loses no answered referral and doubles none, however often it is killed', async () => {
  const url = await freshUrl()
  const emails = await fillCity(url, WRITERS)
  const service = await realService(url, freshFolder())
  await service.start()
  const writers = new Writers(service.url, emails)
  await writers.signIn()
  const figures = { kills: 0, killsAtStart: 0, unanswered: 0, unansweredButKept: 0 }

  for (let kill = 0; kill < rounds(KILLS[engine]); kill++) {
    if (kill > 0) await service.start()
    await writers.writeUntil(async () => {
      // Counted in answers, so that a slow machine tries as much as a quick one.
      await Promise.race([writers.answers(randomInt(1, 80)), sleep(60_000, undefined, { ref: false })])
      // Every other time at this worst moment: one of those who share a commit has heard of it, the others have not.
      if (kill % 2 === 0) await sleep(randomInt(100))
      await service.kill()
    })
    figures.kills++
    const { kept, ...faults } = await inspect(url, writers.orders)
    expect(faults).toEqual(SOUND)
    expect(writers.strange).toEqual([])
    figures.unanswered += writers.orders.length - writers.answered.length
    figures.unansweredButKept += kept - writers.answered.length
    // While it starts, it migrates and recovers: a kill then must not do harm either.
    if (kill % 5 === 4) {
      await service.startAndKill(900)
      figures.killsAtStart++
    }
  }

  await service.start()
  await writers.settle()
  expect(await service.close()).toBe(0)
  expect(writers.answered.length).toBe(writers.orders.length)
  const { kept, ...faults } = await inspect(url, writers.orders)
  expect([kept, faults, writers.strange]).toEqual([writers.orders.length, SOUND, []])
  const verdict = service.verify()
  expect(verdict.match(/^ok /gm)?.length).toBe(3)
  expect(verdict).toContain('0 not yet')
  const { repeated, replayed, busy } = writers
  tell(`kills on ${engine}`, { ...figures, referrals: kept, repeated, replayed, busy })
})
