import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, chownSync, constants, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** postgres://… of a real server that lives as long as the test run. */
    postgres: string
  }
}

/** Vitest's globalSetup of the project postgres. */
export default async function startPostgres(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'trellis-postgres-'))
  let server: ChildProcess | undefined
  const remove = () => rmSync(folder, { recursive: true, force: true })
  // Also when the run is interrupted: SIGQUIT is PostgreSQL's "at once".
  const abandon = () => {
    server?.kill('SIGQUIT')
    remove()
  }
  process.once('exit', abandon)
  try {
    const bin = findPrograms() ?? installPrograms()
    const user = serverUser()
    if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid)
    const data = join(folder, 'data')
    const init = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']
    execFileSync(join(bin, 'initdb'), init, { ...user, cwd: folder, stdio: 'pipe' })
    const port = await freePort()
    server = spawn(join(bin, 'postgres'), ['-D', data, '-p', `${port}`, ...SETTINGS], {
      ...user,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const url = `postgres://postgres@127.0.0.1:${port}/postgres`
    await untilReady(server, url)
    project.provide('postgres', url)
  } catch (error) {
    abandon()
    throw error
  }
  return async () => {
    process.off('exit', abandon)
    if (server?.exitCode === null) {
      server.kill('SIGQUIT')
      await once(server, 'exit')
    }
    remove()
  }
}

const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  // The data does not outlive the run, so nothing need reach the disk.
  'fsync=off',
  'full_page_writes=off',
  'synchronous_commit=off',
  'autovacuum=off',
  'wal_level=minimal',
  'max_wal_senders=0',
].flatMap((setting) => ['-c', setting])

function findPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = isThere(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const places = [...versions.map((version) => join(debian, version, 'bin')), ...(process.env.PATH ?? '').split(':')]
  return places.find((place) => ['initdb', 'postgres'].every((program) => isThere(join(place, program))))
}

function isThere(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function installPrograms(): string {
  const isRoot = process.getuid?.() === 0
  if (isRoot && isThere('/usr/bin/apt-get')) {
    const options = { stdio: 'pipe', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const
    execFileSync('apt-get', ['update', '-qq'], options)
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'postgresql'], options)
  }
  const bin = findPrograms()
  if (!bin)
    throw new Error('The PostgreSQL tests need a server: install PostgreSQL (Debian: apt-get install postgresql).')
  return bin
}

/** PostgreSQL refuses to run as root. */
function serverUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const idOf = (kind: '-u' | '-g', name: string) => Number(execFileSync('id', [kind, name], { stdio: 'pipe' }))
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: idOf('-u', name), gid: idOf('-g', name) }
    } catch {
      // No such user here: try the next.
    }
  }
  throw new Error('PostgreSQL will not run as root, and there is neither a user postgres nor nobody.')
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

async function untilReady(server: ChildProcess, url: string): Promise<void> {
  let said = ''
  server.stderr?.on('data', (text) => {
    said = (said + text).slice(-2000)
  })
  for (let tries = 0; tries < 400 && server.exitCode === null; tries++) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      return
    } catch {
      await sleep(50)
    }
  }
  throw new Error(`PostgreSQL did not start: ${said}`)
}
