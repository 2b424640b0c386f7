import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import type { CheckedFile } from './actions/geography/checked-file.ts'
import type { GeographyKind, GeographyRows, PostcodePlace } from './domain/geography.ts'
import { postcodeNumber } from './domain/geography.ts'
import { type Layout, layoutOf, RowFault, WrongFile, whyNotATable } from './standards/geography-files.ts'

/** How far a file is read: bytes of bytes. */
export type OnRead = (done: number, all: number) => void

/** Rows that are worked on together: a chunk is written in some tens of milliseconds. */
const BATCH = 5_000
/** No row of an official file comes near it: a quote that is never closed must not swallow the file. */
const LONGEST_ROW = 100_000
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

/** Millions of numbers in eight bytes each. */
class Numbers {
  #all = new Float64Array(1 << 16)
  #count = 0

  add(number: number): void {
    if (this.#count === this.#all.length) {
      const larger = new Float64Array(this.#all.length * 2)
      larger.set(this.#all)
      this.#all = larger
    }
    this.#all[this.#count++] = number
  }

  /** Answers with one that is there twice. */
  sort(): number | undefined {
    this.#all = this.#all.slice(0, this.#count).sort()
    return this.#all.find((number, index) => index > 0 && this.#all[index - 1] === number)
  }

  has(wanted: number): boolean {
    let low = 0
    let high = this.#count - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const found = this.#all[middle] ?? 0
      if (found === wanted) return true
      if (found < wanted) low = middle + 1
      else high = middle - 1
    }
    return false
  }
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
    const bytes = createReadStream(this.#path, { highWaterMark: 1 << 20 })
    let done = 0
    bytes.on('data', (chunk) => {
      done += chunk.length
      this.#watching.onBytes(chunk as Buffer)
      this.#watching.onRead(done, size)
    })
    const table = parse({ bom: true, relax_column_count: true, skip_empty_lines: true, max_record_size: LONGEST_ROW })
    // The error comes out where the rows are read.
    pipeline(bytes, table, () => {})
    let layout: Layout<GeographyRows[K]> | undefined
    let batch: GeographyRows[K][] = []
    // Of a row that cannot be right it is known only at the next one whether the file was cut off in it.
    let fault: string | undefined
    let line = 0
    try {
      for await (const cells of table as AsyncIterable<string[]>) {
        if (fault) throw new WrongFile(`Row ${line}: ${fault}.`)
        line++
        if (!layout) {
          layout = layoutOf(this.#kind, cells)
          this.edition = layout.edition
          if (layout.hasHeader) continue
        }
        this.rowsRead++
        try {
          if (cells.length !== layout.columns)
            throw new RowFault(`it has ${cells.length} columns, and the first row has ${layout.columns}`)
          const row = layout.read(cells)
          if (row && batch.push(row) >= BATCH) {
            yield batch
            batch = []
          }
        } catch (error) {
          if (!(error instanceof RowFault)) throw error
          fault = error.message
          if (cells.length > layout.columns) break
        }
      }
    } catch (error) {
      throw error instanceof CsvError ? brokenOff(error, line + 1) : error
    } finally {
      bytes.destroy()
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

function brokenOff(error: CsvError, line: number): WrongFile {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED')
    return new WrongFile(`The file ends in the middle of row ${line}: fetch it again.`)
  if (error.code === 'CSV_MAX_RECORD_SIZE') return new WrongFile(`Row ${line} never ends: a quote is not closed.`)
  return new WrongFile(`Row ${line} cannot be read as CSV: ${error.message}`)
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
