import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { Script } from 'node:vm'
import type { WAYS } from './program.ts'

// Only the built program has this file in it (build.mjs).
const FILE = join(import.meta.dirname, 'program.cjs')
const COMPILED = `${FILE}.compiled`

function compile(): Script {
  const cachedData = existsSync(COMPILED) ? readFileSync(COMPILED) : undefined
  // What another version of Node compiled is refused by V8 itself, which then compiles anew.
  // It is ASCII, and reading it as what it might be would make it twice as large.
  return new Script(readFileSync(FILE, 'latin1'), { filename: FILE, ...(cachedData ? { cachedData } : {}) })
}

function run(script: Script): typeof WAYS {
  const module: { exports: { WAYS?: typeof WAYS } } = { exports: {} }
  script.runInThisContext()(module.exports, createRequire(FILE), module, FILE, dirname(FILE))
  if (!module.exports.WAYS) throw new Error(`${FILE} is not whole: build again.`)
  return module.exports.WAYS
}

/** For each line of the bundle, from 1: the place of its source in `sources` (0 is none of ours), and the line there. */
interface Lines {
  sources: string[]
  lines: number[]
}

/** Errors tell the line of the source, not of the bundle. Which came from where is read when the first error is told. */
function tellSourceLines(): void {
  let known: Lines | undefined
  Error.prepareStackTrace = (error, frames) => {
    const told = frames.map((frame) => {
      const at = frame.getLineNumber()
      if (frame.getFileName() !== FILE || !at) return `\n    at ${frame}`
      known ??= JSON.parse(readFileSync(`${FILE}.lines`, 'utf8')) as Lines
      const source = known.sources[known.lines[(at - 1) * 2] ?? 0]
      if (!source) return `\n    at ${frame}`
      return `\n    at ${String(frame).replace(/[^\s(]*program\.cjs:\d+:\d+/, `${source}:${known.lines[at * 2 - 1]}`)}`
    })
    return `${error}${told.join('')}`
  }
}

// V8 lets old garbage grow to a multiple of what lives before it looks for it: more than 240 MB under load, where 50 live.
// docs/performance.md
const LESS_GARBAGE = '--heap-growing-percent=40'

/** Starts the service, or obeys the command line. */
export async function start(way: keyof typeof WAYS): Promise<void> {
  tellSourceLines()
  const script = compile()
  // Only now: V8 takes what it compiled under other flags for another program's.
  setFlagsFromString(LESS_GARBAGE)
  await run(script)[way]()
}

/** Starts the service once, and keeps what V8 compiled for that. For the build, whose process ends then. */
export async function keepCompiled(): Promise<void> {
  const script = compile()
  await run(script).main()
  writeFileSync(COMPILED, script.createCachedData())
}
