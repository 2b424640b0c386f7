import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { TEST_SETTINGS } from './app.ts'

const ROOT = resolve(import.meta.dirname, '../..')

const times = Number(process.env.FAULTS_TIMES || 1)

/** How often something is tried: the figure of the issue, or a part or a multiple of it with FAULTS_TIMES. */
export const rounds = (figure: number): number => Math.max(1, Math.ceil(figure * times))

/** What a run has to say for docs/reliability.md. */
export const tell = (what: string, figures: Record<string, unknown>): void => {
  const words = Object.entries(figures).map(([name, value]) => `${name} ${JSON.stringify(value)}`)
  process.stdout.write(`${what}: ${words.join(', ')}\n`)
}

let built: string | undefined

/** The folder of the compiled service, as `npm run build` would make it, away from the one of whoever works here. */
function builtService(): string {
  if (built) return built
  const folder = mkdtempSync(join(tmpdir(), 'trellis-service-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const name of ['node_modules', 'templates', 'drizzle', 'docs', 'package.json'])
    symlinkSync(join(ROOT, name), join(folder, name))
  execFileSync(process.execPath, [join(ROOT, 'build.mjs'), join(folder, 'dist')], { stdio: 'pipe' })
  built = folder
  return folder
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (!address || typeof address === 'string') throw new Error('No free port.')
  return address.port
}

/** The service as a process of its own, with its jobs, in production's settings and without a mail server. */
export async function realService(databaseUrl: string, folder: string) {
  const port = await freePort()
  const home = builtService()
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    PORT: `${port}`,
    DATABASE_URL: databaseUrl,
    SECRET: TEST_SETTINGS.SECRET,
    DEMO: '0',
    JOBS: 'on',
    LOG_LEVEL: 'error',
  }
  let child: ChildProcess | undefined
  let said = ''

  function spawnIt(more: Record<string, string> = {}): ChildProcess {
    const script = join(home, 'dist/main.js')
    child = spawn(process.execPath, [script], {
      cwd: folder,
      env: { ...env, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    said = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (said += text))
    return child
  }

  async function kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const going = child
    if (!going || going.exitCode !== null || going.signalCode !== null) return
    const gone = once(going, 'exit')
    going.kill(signal)
    await gone
  }
  onTestFinished(() => kill())

  return {
    url: `http://127.0.0.1:${port}`,
    kill,
    /** Answers when the door is open; throws with what the process said where it ends before that. */
    async start(more: Record<string, string> = {}): Promise<void> {
      const starting = spawnIt(more)
      await new Promise<void>((ready, fail) => {
        starting.stdout?.on('data', () => said.includes('Trellis is open') && ready())
        starting.once('exit', (code, signal) => fail(new Error(`It ended with ${code ?? signal}: ${said}`)))
      })
    },
    /** Starts it and kills it before it can have opened its door, or just after. */
    async startAndKill(withinMs: number, more: Record<string, string> = {}): Promise<void> {
      spawnIt(more)
      await new Promise((resolve) => setTimeout(resolve, randomInt(withinMs)))
      await kill()
    },
    /** Waits until the process has ended by itself, and ends it where it has not by then. True where it has. */
    async endOf(withinMs: number): Promise<boolean> {
      const patience = AbortSignal.timeout(withinMs)
      const going = child
      if (!going || going.signalCode !== null) return true
      const byItself = await once(going, 'exit', { signal: patience }).then(
        () => true,
        () => false,
      )
      await kill()
      return byItself
    },
    /** What the process has said since it was started: with LOG_LEVEL=error, its errors. */
    said: () => said,
    /** Closes as an operator would, and says how it ended. */
    async close(): Promise<number | null> {
      await kill('SIGTERM')
      return child?.exitCode ?? null
    },
    /** `trellis verify` as an operator would run it. Throws, with what it says, where something is wrong. */
    verify(): string {
      const command = [join(home, 'dist/cli.js'), 'verify']
      return execFileSync(process.execPath, command, { cwd: folder, env, encoding: 'utf8' })
    },
  }
}
export type RealService = Awaited<ReturnType<typeof realService>>
