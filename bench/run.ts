import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { compareCreates, compareCreatesOnNetworkDisk, countFsyncs } from './creates.ts'
import { timeMatching } from './matching.ts'
import { watchMemory } from './memory.ts'
import { spreadOf } from './numbers.ts'
import { compareLists, compareSizes, timeStarts } from './reads.ts'
import { type Result, tableOf } from './results.ts'
import { startOurs } from './servers.ts'
import { buildTown, fillTown } from './town.ts'
import { townFile, type Visit, visitAll } from './visits.ts'

// npm run bench [-- --rounds 7] [-- --only creates,pages] [-- --fresh] [-- --write]
const option = (name: string) => process.argv[process.argv.indexOf(`--${name}`) + 1]
const has = (name: string) => process.argv.includes(`--${name}`)
const rounds = has('rounds') ? Number(option('rounds')) : 5
const only = has('only') ? (option('only') ?? '').split(',') : undefined
const sizes: [number, number] = has('small') ? [10_000, 100_000] : [10_000, 1_000_000]
const folder = process.env.BENCH_DIR ?? join(tmpdir(), 'trellis-bench')
const say = (line: string) => process.stdout.write(`${line}\n`)

const results: Result[] = []
let visits: Visit[] = []

async function part(name: string, measure: () => Promise<Result[]>): Promise<void> {
  if (only && !only.includes(name)) return
  say(`${name} …`)
  results.push(...(await measure()))
}

async function town(count: number): Promise<void> {
  const file = townFile(folder, count)
  if (existsSync(`${file}.whole`)) return
  say(`building a town of ${count.toLocaleString('en-GB')} referrals …`)
  for (const end of ['', '-wal', '-shm', '.audit-head.json']) rmSync(file + end, { force: true })
  await buildTown(file)
  await fillTown(file, count)
  writeFileSync(`${file}.whole`, '')
}

async function pages(): Promise<Result[]> {
  const file = townFile(folder, 100_000)
  const server = await startOurs(file)
  visits = await visitAll(server, file)
  await server.stop()
  const drawn = visits.filter(({ path }) => path.startsWith('/o/')).map(({ p50 }) => p50)
  const spread = spreadOf(drawn)
  return [
    {
      what: `${drawn.length} pages at 100,000 referrals, each at its own median`,
      target: '< 10',
      isMet: spread.median < 10,
      spread,
      rounds: 40,
      unit: 'ms',
    },
  ]
}

if (has('fresh')) rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
for (const name of ['floor.sqlite', 'creates.sqlite'])
  for (const end of ['', '-wal', '-shm', '.audit-head.json']) rmSync(join(folder, name + end), { force: true })
// Matching is timed in this process.
if (!only || only.some((name) => name !== 'matching')) {
  say('building the program …')
  execFileSync(process.execPath, ['build.mjs'], { stdio: 'inherit' })
}
const needs = (...parts: string[]) => !only || parts.some((name) => only.includes(name))
if (needs('lists', 'pages', 'start', 'memory')) await town(100_000)
if (needs('sizes')) for (const count of sizes) await town(count)

await part('creates', () => compareCreates(folder, rounds, say))
await part('network-disk', () => compareCreatesOnNetworkDisk(folder, rounds, say))
await part('fsyncs', () => countFsyncs(folder, rounds))
await part('lists', () => compareLists(folder, rounds, say))
await part('sizes', () => compareSizes(folder, rounds, sizes))
await part('pages', pages)
await part('start', async () => [await timeStarts(folder, rounds)])
await part('matching', () => timeMatching(folder))
await part('memory', () => watchMemory(folder, 10))

const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, SQLite on the machine’s own disk, ${new Date().toISOString().slice(0, 10)}`
const table = `${machine}\n\n${tableOf(results)}`
say(`\n${table}\n`)
for (const { path, who, p50, p99 } of visits.slice(0, 12))
  say(`${p50.toFixed(1).padStart(7)} ms  p99 ${p99.toFixed(1).padStart(7)}  ${path}  ${who}`)
if (has('write')) {
  const page = 'docs/performance.md'
  const [before = '', after = ''] = readFileSync(page, 'utf8').split(/<!-- table -->[\s\S]*<!-- end of table -->/)
  writeFileSync(page, `${before}<!-- table -->\n${table}\n<!-- end of table -->${after}`)
}
if (results.some(({ isMet }) => isMet === false)) process.exitCode = 1
