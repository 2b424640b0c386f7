import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { freshFolder } from './database.ts'

const SHIM = resolve(import.meta.dirname, '../faults/power-cut.c')
const SECTOR = 512

const isShared = (name: string) => name.endsWith('-shm')

function filesIn(folder: string): Map<string, Buffer> {
  const names = readdirSync(folder).filter((name) => !isShared(name))
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]))
}

const coin = () => randomInt(2) === 1

interface Trouble {
  forgets?: boolean
  at?: number
  when?: 'before' | 'half' | 'after'
}

/** A folder whose power can be cut. Only a process that was started with `env()` writes to it as a disk would. */
export function powerDisk() {
  const home = realpathSync(freshFolder())
  const disk = join(home, 'disk')
  const platter = join(home, 'platter')
  const library = join(home, 'power-cut.so')
  mkdirSync(disk)
  execFileSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, SHIM, '-ldl'], { stdio: 'pipe' })

  /** All that is on the disk now has been there for ever. */
  function settle(): void {
    rmSync(platter, { recursive: true, force: true })
    cpSync(disk, platter, { recursive: true, filter: (path) => !isShared(path) })
  }

  function replaceBy(files: Map<string, Buffer>): void {
    rmSync(disk, { recursive: true })
    mkdirSync(disk)
    for (const [name, bytes] of files) writeFileSync(join(disk, name), bytes, { mode: 0o600 })
    settle()
  }

  return {
    folder: disk,
    settle,
    /**
     * For the process. With `forgets`, a disk that says it has written and has not; with `at`, the process ends by
     * itself around its nth fsync.
     */
    env: ({ forgets = false, at, when }: Trouble = {}): Record<string, string> => ({
      LD_PRELOAD: library,
      POWER_DISK: disk,
      POWER_PLATTER: platter,
      // Where libuv writes through io_uring it makes no call that could be watched.
      UV_USE_IO_URING: '0',
      ...(forgets ? { POWER_FORGETS: '1' } : {}),
      ...(at && when ? { POWER_CUT_AT: `${at}`, POWER_CUT_WHEN: when } : {}),
    }),
    /**
     * The power goes: what was fsynced is left and nothing else; or, torn, with a part of the rest as chance will have
     * it, sector by sector, which is what disks do. Call it when the process is dead. Answers how many bytes differed.
     */
    cut({ torn = false } = {}): number {
      const written = filesIn(disk)
      const durable = filesIn(platter)
      const survivors = torn ? tornBetween(durable, written) : durable
      let unsynced = 0
      for (const [name, bytes] of written) unsynced += differing(durable.get(name) ?? Buffer.alloc(0), bytes)
      replaceBy(survivors)
      return unsynced
    },
  }
}

function sectorsOf(length: number): number[] {
  return Array.from({ length: Math.ceil(length / SECTOR) }, (_, n) => n * SECTOR)
}

function differing(before: Buffer, after: Buffer): number {
  const length = Math.max(before.length, after.length)
  const differs = (at: number) => !before.subarray(at, at + SECTOR).equals(after.subarray(at, at + SECTOR))
  return sectorsOf(length).filter(differs).length * SECTOR
}

function tornBetween(durable: Map<string, Buffer>, written: Map<string, Buffer>): Map<string, Buffer> {
  const left = new Map<string, Buffer>()
  for (const name of new Set([...durable.keys(), ...written.keys()])) {
    const before = durable.get(name)
    const after = written.get(name)
    // A name that was made or taken away since, and that nothing made durable, is there or not.
    if ((!before || !after) && coin()) continue
    left.set(name, mixed(before ?? Buffer.alloc(0), after ?? before ?? Buffer.alloc(0)))
  }
  return left
}

function mixed(before: Buffer, after: Buffer): Buffer {
  const length = coin() ? before.length : after.length
  const bytes = Buffer.alloc(length)
  before.copy(bytes, 0, 0, length)
  for (const at of sectorsOf(length)) if (coin()) after.copy(bytes, at, at, Math.min(at + SECTOR, length))
  return bytes
}
