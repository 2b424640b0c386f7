// `npm start`, `npm test` and `npm run cli`, for a machine with Node, npm and a C++ compiler: plain Node, because nothing is installed yet.
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

process.chdir(import.meta.dirname)

const changedAt = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0)

function run(program, args, env = {}) {
  const { status, error, signal } = spawnSync(program, args, { stdio: 'inherit', env: { ...process.env, ...env } })
  if (error) process.stderr.write(`${program} could not be run: ${error.message}\n`)
  return signal ? 1 : (status ?? 1)
}

const runNode = (args, env) => run(process.execPath, args, env)

/** npm as it was started itself where we know, so that both are of one version. */
function npm(...args) {
  const self = process.env.npm_execpath
  // SQLite is compiled on every processor there is, and at the level its makers use: the package's own takes longer.
  const level = (flags = '') => `-O2 ${flags}`.trim()
  const env = { JOBS: 'max', CFLAGS: level(process.env.CFLAGS), CXXFLAGS: level(process.env.CXXFLAGS) }
  return self?.endsWith('.js') ? runNode([self, ...args], env) : run('npm', args, env)
}

// npm writes its own list last, so that one which is there and young enough means an installation that was finished.
const INSTALLED = 'node_modules/.package-lock.json'
const NEEDED = {
  start: ['better-sqlite3/build/Release/better_sqlite3.node', 'esbuild', 'fastify'],
  test: [
    'better-sqlite3/build/Release/better_sqlite3.node',
    'esbuild',
    'typescript',
    'fastify',
    'vitest',
    '@biomejs/biome',
    'eslint',
  ],
}

function install(purpose) {
  const isCurrent = changedAt(INSTALLED) >= changedAt('package-lock.json')
  const isWhole = NEEDED[purpose].every((name) => existsSync(join('node_modules', name)))
  if (isCurrent && isWhole) return
  process.stderr.write('Installing what is missing. The first time this compiles SQLite: a minute or two.\n')
  const kinds = purpose === 'test' ? ['--include=dev'] : ['--omit=dev']
  // `ci` starts from nothing. Adding to what is there spares the compiling.
  const status = isCurrent ? npm('install', '--no-save', ...kinds) : npm('ci', ...kinds)
  if (status !== 0) process.exit(status)
  utimesSync(INSTALLED, new Date(), new Date())
}

const BUILT = 'dist/.built'

function isNewer(folder, than) {
  return readdirSync(folder, { withFileTypes: true }).some((entry) => {
    const path = join(folder, entry.name)
    return changedAt(path) > than || (entry.isDirectory() && isNewer(path, than))
  })
}

// Types are checked by `npm test`. Whoever starts the service need not wait for that, nor install what it takes.
function build() {
  const builtAt = changedAt(BUILT)
  const others = ['build.mjs', 'tsconfig.json', 'package-lock.json']
  // The pages' scripts say which of our modules browsers get.
  const folders = ['src', 'templates/scripts']
  if (
    builtAt > 0 &&
    !folders.some((folder) => isNewer(folder, builtAt)) &&
    others.every((path) => changedAt(path) <= builtAt)
  )
    return
  const startedAt = new Date()
  process.stderr.write('Building …\n')
  const status = runNode(['build.mjs'])
  if (status !== 0) process.exit(status)
  writeFileSync(BUILT, '')
  // What was saved while it was built is built next time.
  utimesSync(BUILT, startedAt, startedAt)
}

const CHECKS = [
  ['Format and lint', 'node_modules/@biomejs/biome/bin/biome', 'check', '.'],
  ['Promises that nobody awaits', 'node_modules/eslint/bin/eslint.js', 'src', 'tests'],
  ['Types', 'node_modules/typescript/bin/tsc', '--noEmit'],
]

function test(args) {
  const counts = { passed: 0, failed: 0 }
  for (const [name, ...command] of CHECKS) {
    const passed = runNode(command) === 0
    process.stdout.write(`${name}: ${passed ? 'passed' : 'FAILED'}\n`)
    counts[passed ? 'passed' : 'failed']++
  }
  const folder = mkdtempSync(join(tmpdir(), 'trellis-report-'))
  const file = join(folder, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const status = runNode(['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...args])
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
  rmSync(folder, { recursive: true, force: true })
  // A file that could not even be loaded has no tests to count.
  const broken = (report?.testResults ?? []).filter((it) => it.status === 'failed' && it.assertionResults.length === 0)
  counts.passed += report?.numPassedTests ?? 0
  counts.failed += (report?.numFailedTests ?? 0) + broken.length
  if (status !== 0 && (!report || counts.failed === 0)) counts.failed++
  if (report?.numPendingTests > 0) process.stdout.write(`${report.numPendingTests} skipped\n`)
  process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`)
  return counts.failed === 0 ? 0 : 1
}

const [purpose = 'start', ...args] = process.argv.slice(2)
if (purpose === 'test') {
  install('test')
  process.exitCode = test(args)
} else {
  install('start')
  build()
  // In this very process, so that Ctrl-C and the exit code are the service's own.
  if (purpose === 'cli') process.argv.splice(1, 2, 'dist/cli.js')
  await import(purpose === 'cli' ? './dist/cli.js' : './dist/main.js')
}
