import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { engineOf } from './columns.ts'
import { fileOf } from './sqlite.ts'

/** The last link of the audit chain, as it is kept outside the database: what it says can only grow. */
export interface AuditHead {
  sequence: number
  seal: string
  at: Date
}

/** Where the head of this database's chain is kept: beside a SQLite file, under data/ for a server. */
export function headFileOf(databaseUrl: string): string {
  if (engineOf(databaseUrl) === 'sqlite') return `${fileOf(databaseUrl)}.audit-head.json`
  const { hostname, port, pathname } = new URL(databaseUrl)
  // Named after the database, so that a second one does not seem to be the first one cut short.
  const name = [hostname, port || '5432', pathname.slice(1)].join('-').replace(/[^\w.-]/g, '_')
  return resolve('data', `${name}.audit-head.json`)
}

/** Undefined where there is no such file; one that cannot be understood is an error. */
export async function readHead(file: string): Promise<AuditHead | undefined> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  try {
    const { sequence, seal, at } = JSON.parse(text) as Record<keyof AuditHead, unknown>
    if (Number.isSafeInteger(sequence) && typeof seal === 'string' && !Number.isNaN(Date.parse(String(at))))
      return { sequence: Number(sequence), seal, at: new Date(String(at)) }
  } catch {
    // Falls through: whatever is wrong with it, the answer is the same.
  }
  throw new Error(`${file} is not the head of an audit chain: put back the one you had.`)
}

/** Replaces the file in one step that survives a power cut: it holds the old head or the new one, never half of one. */
export async function writeHead(file: string, head: AuditHead): Promise<void> {
  const folder = dirname(resolve(file))
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const next = `${file}.${randomBytes(6).toString('hex')}.next`
  try {
    const handle = await open(next, 'wx', 0o600)
    try {
      await handle.writeFile(`${JSON.stringify(head)}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(next, file)
  } catch (error) {
    await rm(next, { force: true })
    throw error
  }
  const entries = await open(folder, 'r')
  try {
    await entries.sync()
  } finally {
    await entries.close()
  }
}
