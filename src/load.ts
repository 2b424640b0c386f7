import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire, SourceMap } from 'node:module'
import { dirname, join } from 'node:path'
import { Script } from 'node:vm'
import type { WAYS } from './program.ts'

// Only the built program has this file in it (build.mjs).
const FILE = join(import.meta.dirname, 'program.cjs')
const COMPILED = `${FILE}.compiled`

function compile(): Script {
  const cachedData = existsSync(COMPILED) ? readFileSync(COMPILED) : undefined
  // What another version of Node compiled is refused by V8 itself, which then compiles anew.
  return new Script(readFileSync(FILE, 'latin1'), { filename: FILE, ...(cachedData ? { cachedData } : {}) })
}

function run(script: Script): typeof WAYS {
  const module: { exports: { WAYS?: typeof WAYS } } = { exports: {} }
  script.runInThisContext()(module.exports, createRequire(FILE), module, FILE, dirname(FILE))
  if (!module.exports.WAYS) throw new Error(`${FILE} is not whole: build again.`)
  return module.exports.WAYS
}

/** Errors tell the line of the source, not of the bundle. The map is read when the first error is told. */
function tellSourceLines(): void {
  let map: SourceMap | undefined
  Error.prepareStackTrace = (error, frames) => {
    const lines = frames.map((frame) => {
      if (frame.getFileName() !== FILE) return `\n    at ${frame}`
      map ??= new SourceMap(JSON.parse(readFileSync(`${FILE}.map`, 'utf8')))
      const found = map.findEntry((frame.getLineNumber() ?? 1) - 1, (frame.getColumnNumber() ?? 1) - 1)
      if (!('originalSource' in found) || !found.originalSource) return `\n    at ${frame}`
      const place = `${found.originalSource.replace(/^(\.\.\/)+/, '')}:${found.originalLine + 1}:${found.originalColumn + 1}`
      return `\n    at ${String(frame).replace(/[^\s(]*program\.cjs:\d+:\d+/, place)}`
    })
    return `${error}${lines.join('')}`
  }
}

/** Starts the service, or obeys the command line. */
export async function start(way: keyof typeof WAYS): Promise<void> {
  tellSourceLines()
  await run(compile())[way]()
}

/** Starts the service once, and keeps what V8 compiled for that. For the build, whose process ends then. */
export async function keepCompiled(): Promise<void> {
  const script = compile()
  await run(script).main()
  writeFileSync(COMPILED, script.createCachedData())
}
