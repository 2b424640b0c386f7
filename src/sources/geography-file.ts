import { createHash } from 'node:crypto'
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { CheckedFile } from '../domain/checked-file.ts'
import type { GeographyKind, GeographyRows, PostcodePlace } from '../domain/geography.ts'
import { postcodeNumber } from '../domain/geography.ts'
import { type Layout, layoutOf, RowFault, WrongFile, whyNotATable } from '../standards/geography-files.ts'
import { rowsOf } from './geography-lines.ts'
import { Numbers } from './geography-numbers.ts'

/** How far a file is read: bytes of bytes. */
export type OnRead = (done: number, all: number) => void

/** Rows that are worked on together: a chunk is written in some tens of milliseconds. */
const BATCH = 2_000
const START = 4_096

/**
 * Reads an official file from end to end and proves every row, before anything of it is used. Throws a WrongFile that
 * names the file and says in plain words what is wrong. What it answers reads the file once more, batch by batch.
 */
export async function checkFile<K extends GeographyKind>(
  kind: K,
  path: string,
  onRead: OnRead = () => {},
): Promise<CheckedFile<GeographyRows[K]>> {
  const file = basename(path)
  try {
    const hash = createHash('sha256')
    const reading = new Reading(kind, path, { onRead, onBytes: (bytes) => hash.update(bytes) })
    const numbers = new Numbers()
    let rowsKept = 0
    for await (const rows of reading.batches()) {
      rowsKept += rows.length
      if (kind === 'postcodes') for (const row of rows) numbers.add(postcodeNumber((row as PostcodePlace).postcode))
    }
    if (rowsKept === 0) throw new WrongFile('It has no row that could be used.')
    const twice = numbers.sort()
    if (twice !== undefined) throw new WrongFile(`The postcode ${postcodeOf(twice)} is in it more than once.`)
    const digest = hash.digest('hex')
    return {
      file,
      digest,
      edition: reading.edition,
      rowsRead: reading.rowsRead,
      rowsKept,
      holds: (postcode) => numbers.has(postcodeNumber(postcode)),
      batches: () => again(kind, path, digest, onRead),
    }
  } catch (error) {
    throw error instanceof WrongFile ? new WrongFile(`${file}: ${error.message}`) : error
  }
}

/** The second reading must find the same file. */
async function* again<K extends GeographyKind>(kind: K, path: string, digest: string, onRead: OnRead) {
  const hash = createHash('sha256')
  yield* new Reading(kind, path, { onRead, onBytes: (bytes) => hash.update(bytes) }).batches()
  if (hash.digest('hex') !== digest)
    throw new WrongFile(`${basename(path)} was changed while it was read. Import it again.`)
}

function postcodeOf(number: number): string {
  const text = number.toString(36).toUpperCase()
  return `${text.slice(0, -3)} ${text.slice(-3)}`
}

interface Watching {
  onRead: OnRead
  onBytes(bytes: Buffer): void
}

/** One reading of a file from its first row to its last. */
class Reading<K extends GeographyKind> {
  readonly #kind: K
  readonly #path: string
  readonly #watching: Watching
  edition = ''
  rowsRead = 0

  constructor(kind: K, path: string, watching: Watching) {
    this.#kind = kind
    this.#path = path
    this.#watching = watching
  }

  async *batches(): AsyncGenerator<GeographyRows[K][]> {
    const { size, start, end } = await lookAt(this.#path)
    const no = whyNotATable(this.#kind, start)
    if (no) throw no
    let done = 0
    const rows = rowsOf(this.#path, (bytes) => {
      done += bytes.length
      this.#watching.onBytes(bytes)
      this.#watching.onRead(done, size)
    })
    let layout: Layout<GeographyRows[K]> | undefined
    let batch: GeographyRows[K][] = []
    // Of a row that cannot be right it is known only at the next one whether the file was cut off in it.
    let fault: string | undefined
    let line = 0
    for await (const some of rows)
      for (const cells of some) {
        if (fault) throw new WrongFile(`Row ${line}: ${fault}.`)
        line++
        if (!layout) {
          layout = layoutOf(this.#kind, cells)
          this.edition = layout.edition
          if (layout.hasHeader) continue
        }
        this.rowsRead++
        const read = tried(layout, cells)
        if (typeof read === 'string') fault = read
        else if (read && batch.push(read) >= BATCH) {
          yield batch
          batch = []
        }
      }
    const isCutOff = end !== '\n' && end !== '\r'
    if (fault && !isCutOff) throw new WrongFile(`Row ${line}: ${fault}.`)
    if (isCutOff)
      throw new WrongFile(
        fault
          ? `The file ends in the middle of row ${line}: fetch it again.`
          : `The file ends in row ${line} without the end of a line: fetch it again. Where it is whole, put a line break at its end.`,
      )
    if (this.rowsRead === 0) throw new WrongFile('It has a first row, and nothing below it.')
    if (batch.length > 0) yield batch
  }
}

/** What a row says, or what is wrong with it in words. */
function tried<Row extends object>(layout: Layout<Row>, cells: string[]): Row | string | undefined {
  if (cells.length !== layout.columns) return `it has ${cells.length} columns, and the first row has ${layout.columns}`
  try {
    return layout.read(cells)
  } catch (error) {
    if (error instanceof RowFault) return error.message
    throw error
  }
}

/** How long it is, its first characters and its last. */
async function lookAt(path: string): Promise<{ size: number; start: string; end: string }> {
  const found = await stat(path).catch(() => undefined)
  if (!found) throw new WrongFile('There is no such file.')
  if (found.isDirectory()) throw new WrongFile('It is a folder: name the CSV file in it.')
  const handle = await open(path).catch(() => undefined)
  if (!handle) throw new WrongFile('This user may not read it.')
  try {
    const { size } = found
    const start = Buffer.alloc(Math.min(size, START))
    await handle.read(start, 0, start.length, 0)
    const end = Buffer.alloc(1)
    if (size > 0) await handle.read(end, 0, 1, size - 1)
    return { size, start: start.toString(), end: end.toString() }
  } finally {
    await handle.close()
  }
}
