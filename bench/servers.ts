import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url))

/** A server in a process of its own. */
export interface Server {
  port: number
  pid: number
  /** From spawn to the first 200 of /health/ready, in milliseconds. */
  startedInMs: number
  stop(): Promise<void>
}

export const SECRET = 'a-secret-of-the-bench-that-guards-nothing-at-all'

let port = Number(process.env.BENCH_PORT ?? 3160)

/** Our built program, as it is started in production. Its log goes where a log costs least: nowhere. */
export function startOurs(file: string, more: Record<string, string> = {}): Promise<Server> {
  const env = { NODE_ENV: 'production', DEMO: '0', SECRET, DATABASE_URL: `file:${file}`, ...more }
  return start([...(process.env.BENCH_NODE ?? '').split(' ').filter(Boolean), 'dist/main.js'], (at) => ({
    ...env,
    PORT: String(at),
  }))
}

export function startFloor(file: string, more: Record<string, string> = {}): Promise<Server> {
  return start(
    (at) => ['--import', 'tsx', 'bench/floor.ts', file, String(at)],
    () => more,
  )
}

async function start(
  args: string[] | ((port: number) => string[]),
  env: (port: number) => Record<string, string>,
): Promise<Server> {
  const at = port++
  const began = performance.now()
  const child = spawn(process.execPath, typeof args === 'function' ? args(at) : args, {
    cwd: REPOSITORY,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env(at) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await untilReady(child, at)
  return {
    port: at,
    pid: child.pid ?? 0,
    startedInMs: performance.now() - began,
    async stop() {
      if (child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function untilReady(child: ChildProcess, at: number): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`A server of the bench ended with ${child.exitCode}.`)
    const answer = await fetch(`http://127.0.0.1:${at}/health/ready`).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** What the process holds in memory now, in megabytes. */
export function residentMb(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes ?? 0) / 1024
}

/** The token of somebody who signs in with the password of the bench. */
export async function signIn({ port: at }: Server, email: string, password: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${at}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  const { token } = (await answer.json()) as { token?: string }
  if (!token) throw new Error(`${email} could not sign in: ${answer.status}.`)
  return token
}

/** Processor time the process has used since it started, in milliseconds: its own and the kernel's for it. */
export function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  // utime and stime, in ticks of a hundredth of a second.
  return (Number(fields[11]) + Number(fields[12])) * 10
}
