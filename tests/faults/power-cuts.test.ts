import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { renameSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { freshFolder, freshUrl } from '../support/database.ts'
import { realService, rounds, tell } from '../support/faults.ts'
import { fillCity } from '../support/faults-city.ts'
import { powerDisk } from '../support/faults-disk.ts'
import { inspect, SOUND } from '../support/faults-ledger.ts'
import { Writers } from '../support/faults-writers.ts'

const CUTS = 20
const WRITERS = 20
/** Any moment; and around an fsync, where chance alone would seldom come. */
const MOMENTS = [undefined, 'before', 'half', 'after'] as const

describe('the simulated power cut', () => {
  const ROOT = resolve(import.meta.dirname, '../..')

  /** How many commits that had returned are there after the cut, written without the service at this setting. */
  async function commitsAt(synchronous: 'NORMAL' | 'FULL') {
    const power = powerDisk()
    const file = join(power.folder, 'bare.db')
    const made = new Sqlite(file)
    made.pragma('journal_mode = WAL')
    made.exec('create table kept (number integer)')
    made.close()
    power.settle()

    const tsx = join(ROOT, 'node_modules/tsx/dist/esm/index.mjs')
    const args = ['--import', tsx, join(ROOT, 'tests/support/faults-bare-writer.ts'), file, synchronous]
    const writer = spawn(process.execPath, args, { env: { PATH: process.env.PATH, ...power.env() } })
    let said = ''
    writer.stdout.on('data', (text) => (said += text))
    while (said.length === 0 && writer.exitCode === null) await sleep(20)
    await sleep(randomInt(200, 600))
    const gone = once(writer.stdout, 'close')
    writer.kill('SIGKILL')
    await gone
    power.cut()
    // The last line may be cut off in the middle.
    const returned = said.slice(0, said.lastIndexOf('\n')).split('\n').length

    const left = new Sqlite(file)
    const count = left.prepare<[], number>('select count(*) from kept').pluck().get() ?? 0
    const verdict = left.pragma('integrity_check', { simple: true })
    left.close()
    return { returned, lost: Math.max(0, returned - count), verdict }
  }

  /** Several, because just after a checkpoint there is nothing to lose. */
  async function cutsAt(synchronous: 'NORMAL' | 'FULL') {
    const all = { cuts: 0, returned: 0, lost: 0, damaged: 0 }
    for (; all.cuts < 5; all.cuts++) {
      const { returned, lost, verdict } = await commitsAt(synchronous)
      all.returned += returned
      all.lost += lost
      if (verdict !== 'ok') all.damaged++
    }
    return all
  }

  it('loses commits at synchronous=NORMAL, and none at FULL', async () => {
    const [normal, full] = [await cutsAt('NORMAL'), await cutsAt('FULL')]
    tell('power cuts without the service', { normal, full })
    expect(normal.damaged).toBe(0)
    expect(normal.lost).toBeGreaterThan(0)
    expect(full).toMatchObject({ lost: 0, damaged: 0 })
    expect(full.returned).toBeGreaterThan(50)
  })
})

/** The service on a disk whose power can be cut, and twenty who write. */
async function powered() {
  const power = powerDisk()
  const made = await freshUrl()
  const emails = await fillCity(made, WRITERS)
  const file = join(power.folder, 'trellis.db')
  // Closed, it is one file: the last connection has folded the log into it.
  renameSync(made, file)
  power.settle()
  const service = await realService(file, freshFolder())
  await service.start(power.env())
  const writers = new Writers(service.url, emails)
  await writers.signIn()
  /** All write for so long, or until the process has ended by itself: true where it has. */
  async function trade(forMs: number): Promise<boolean> {
    let byItself = false
    await writers.writeUntil(async () => {
      byItself = await service.endOf(forMs)
    })
    return byItself
  }
  return { power, file, service, writers, trade }
}

describe('a service whose power is cut', () => {
  it.each([
    ['only what was fsynced is left', false],
    ['parts of what was not are left too', true],
  ])('loses no answered referral and doubles none: %s', async (_, torn) => {
    const { power, file, service, writers, trade } = await powered()
    const figures = {
      cuts: 0,
      unanswered: 0,
      unansweredButKept: 0,
      unsyncedBytes: 0,
      cutsWithUnsynced: 0,
      atAnFsync: 0,
    }
    for (let cut = 0; cut < rounds(CUTS); cut++) {
      const when = MOMENTS[cut % MOMENTS.length]
      // The first life has begun already, and ends at any moment.
      if (cut > 0) await service.start(power.env(when ? { when, at: randomInt(20, 60) } : {}))
      const byItself = await trade(when ? 20_000 : randomInt(50, 2000))
      if (byItself) figures.atAnFsync++
      const unsynced = power.cut({ torn })
      figures.cuts++
      figures.unsyncedBytes += unsynced
      if (unsynced > 0) figures.cutsWithUnsynced++
      const { kept, ...faults } = await inspect(file, writers.orders)
      expect([faults, writers.strange]).toEqual([SOUND, []])
      figures.unanswered += writers.orders.length - writers.answered.length
      figures.unansweredButKept += kept - writers.answered.length
    }
    await service.start(power.env())
    await writers.settle()
    expect(await service.close()).toBe(0)
    expect(writers.answered.length).toBe(writers.orders.length)
    const { kept, ...faults } = await inspect(file, writers.orders)
    expect([kept, faults, writers.strange]).toEqual([writers.orders.length, SOUND, []])
    expect(service.verify().match(/^ok /gm)?.length).toBe(3)
    tell(`power cuts${torn ? ', torn' : ''}`, {
      ...figures,
      referrals: kept,
      repeated: writers.repeated,
      replayed: writers.replayed,
    })
  })

  it('would be seen to lose them on a disk that forgets', async () => {
    const { power, file, service, writers, trade } = await powered()
    await trade(1)
    power.cut()
    await service.start(power.env({ forgets: true }))
    await trade(3000)
    power.cut()
    const { lost } = await inspect(file, writers.orders)
    tell('power cut on a disk that forgets', { answered: writers.answered.length, lost: lost.length })
    expect(lost.length).toBeGreaterThan(0)
  })
})
