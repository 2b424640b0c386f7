import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Load, load } from './load.ts'
import { spreadOf } from './numbers.ts'
import { createRequest } from './requests.ts'
import type { Result } from './results.ts'
import { type Server, signIn, startFloor, startOurs } from './servers.ts'
import { buildTown, PASSWORD } from './town.ts'

const REFERRER = 'referrer-1@bench.example'

function create(server: Server, token: string, connections: number, forMs: number): Promise<Load> {
  return load({ port: server.port, connections, forMs, expected: 201, next: () => createRequest(token) })
}

/** A disk behind a network, as a cloud has them, takes about this long to keep something. */
const NETWORK_DISK_MS = 2

/** Compiles what stands between a process and its disk. */
function diskLibrary(folder: string): string {
  const library = join(folder, 'disk.so')
  execFileSync('cc', ['-O1', '-shared', '-fPIC', '-o', library, join(import.meta.dirname, 'disk.c'), '-ldl'])
  return library
}

/** Creates a second at 32 at once, the floor and ours in turn, each started anew for each round, on this machine's disk. */
export async function compareCreates(folder: string, rounds: number, say: Say): Promise<Result[]> {
  const { ratios, rates, p99 } = await raceCreates(folder, rounds, say, {})
  return [
    {
      what: 'POST /api/v1/referrals at 32 at once, of the floor’s creates',
      target: '≥ 1.0',
      isMet: spreadOf(ratios).median >= 1,
      spread: spreadOf(ratios),
      rounds,
      unit: '×',
    },
    { what: 'creates a second at 32 at once: the floor', spread: spreadOf(rates.floor), rounds, unit: '/s' },
    { what: 'creates a second at 32 at once: ours', spread: spreadOf(rates.ours), rounds, unit: '/s' },
    { what: 'the slowest of a hundred creates at 32 at once: ours', spread: spreadOf(p99), rounds, unit: 'ms' },
  ]
}

/** The same where the disk needs time: many creates share one wait of ours, and each of the floor's has its own. */
export async function compareCreatesOnNetworkDisk(folder: string, rounds: number, say: Say): Promise<Result[]> {
  const env = { LD_PRELOAD: diskLibrary(folder), FSYNC_PAUSE_US: String(NETWORK_DISK_MS * 1000) }
  const { ratios, rates } = await raceCreates(folder, rounds, say, env)
  const where = `where each fsync takes ${NETWORK_DISK_MS} ms longer`
  return [
    {
      what: `POST /api/v1/referrals at 32 at once, ${where}, of the floor’s`,
      spread: spreadOf(ratios),
      rounds,
      unit: '×',
    },
    { what: `creates a second at 32 at once, ${where}: the floor`, spread: spreadOf(rates.floor), rounds, unit: '/s' },
    { what: `creates a second at 32 at once, ${where}: ours`, spread: spreadOf(rates.ours), rounds, unit: '/s' },
  ]
}

type Say = (line: string) => void

async function raceCreates(folder: string, rounds: number, say: Say, env: Record<string, string>) {
  const files = { floor: join(folder, 'floor.sqlite'), ours: join(folder, 'creates.sqlite') }
  // Each part may be the first of a run, and they share the town.
  if (!existsSync(files.ours)) await buildTown(files.ours)
  const ratios: number[] = []
  const rates = { floor: [] as number[], ours: [] as number[] }
  const p99: number[] = []
  for (let round = 1; round <= rounds; round++) {
    for (const who of ['floor', 'ours'] as const) {
      const server = await (who === 'floor' ? startFloor(files.floor, env) : startOurs(files.ours, env))
      const token = who === 'floor' ? 'none' : await signIn(server, REFERRER, PASSWORD)
      // A service runs for days: what V8 has not compiled yet is not what is measured, of either.
      await create(server, token, 32, 8000)
      const { perSecond, odd, p99: slowest } = await create(server, token, 32, 4000)
      if (odd > 0) throw new Error(`${odd} creates were not answered with 201.`)
      rates[who].push(perSecond)
      if (who === 'ours') p99.push(slowest)
      await server.stop()
    }
    ratios.push((rates.ours.at(-1) ?? 0) / (rates.floor.at(-1) ?? 1))
    say(`creates, round ${round}: ${(ratios.at(-1) ?? 0).toFixed(2)} of the floor`)
  }
  return { ratios, rates, p99 }
}

/** How often the disk is asked to keep something for each create that was answered, counted by a library put in between. */
export async function countFsyncs(folder: string, rounds: number): Promise<Result[]> {
  const library = diskLibrary(folder)
  const count = join(folder, 'fsyncs.count')
  const read = () => Number(readFileSync(count).readBigUInt64LE())
  const results: Result[] = []
  for (const who of ['the floor', 'ours'] as const) {
    const env = { LD_PRELOAD: library, FSYNC_COUNT: count }
    const server = await (who === 'ours'
      ? startOurs(join(folder, 'creates.sqlite'), env)
      : startFloor(join(folder, 'floor.sqlite'), env))
    const token = who === 'ours' ? await signIn(server, REFERRER, PASSWORD) : 'none'
    for (const connections of [1, 64]) {
      const each: number[] = []
      for (let round = 0; round < rounds; round++) {
        const before = read()
        const { answers } = await create(server, token, connections, 1000)
        each.push((read() - before) / answers)
      }
      const spread = spreadOf(each)
      const isAlone = connections === 1
      results.push({
        what: `fsyncs for an answered create, ${isAlone ? 'alone' : `${connections} at once`}: ${who}`,
        ...(who === 'ours'
          ? {
              target: isAlone ? 'about 1' : '< 0.2, never 0',
              isMet: isAlone ? spread.median >= 1 && spread.median < 1.5 : spread.min > 0 && spread.median < 0.2,
            }
          : {}),
        spread,
        rounds,
        unit: '',
      })
    }
    await server.stop()
  }
  return results
}
