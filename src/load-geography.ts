import type { CheckedFiles, Imported } from './actions/geography/import-geography.ts'
import type { Placed } from './actions/geography/place-everybody.ts'
import { ATTRIBUTION, type GeographyKind } from './domain/geography.ts'
import { Refusal } from './domain/refusal.ts'
import { checkFile } from './sources/geography-file.ts'
import { WrongFile } from './standards/geography-files.ts'

/** Which files were named. */
export interface GeographyPaths {
  nspl?: string
  imd?: string
  wards?: string
  practices?: string
}

/** Reads every file to its end before anything is written; all that is wrong with any of them is said at once. */
export async function checkFiles({ nspl, imd, wards, practices }: GeographyPaths, shown: ShowReading) {
  if (!nspl && !imd && !wards && !practices)
    throw new Refusal('invalid-input', 'Name a file: --nspl, --imd, --wards or --practices.')
  const faults: string[] = []
  async function checked<K extends GeographyKind>(kind: K, path: string | undefined) {
    if (!path) return undefined
    try {
      const found = await checkFile(kind, path, shown.reading(path))
      shown.checked(found)
      return found
    } catch (error) {
      if (!(error instanceof WrongFile)) throw error
      shown.stopped()
      faults.push(error.message)
      return undefined
    }
  }
  const files = {
    wards: await checked('wards', wards),
    deprivation: await checked('deprivation', imd),
    practices: await checked('practices', practices),
    postcodes: await checked('postcodes', nspl),
  }
  if (faults.length > 0) throw new WrongFile([...faults, 'Nothing was imported.'].join('\n'))
  return Object.fromEntries(Object.entries(files).filter(([, file]) => file)) as CheckedFiles
}

const WHAT: Record<GeographyKind, string> = {
  postcodes: 'postcodes',
  deprivation: 'neighbourhoods with their deprivation',
  wards: 'neighbourhoods with their wards',
  practices: 'practices',
}

const BAR = 30
const number = (count: number) => count.toLocaleString('en-GB')

/** A bar that grows on a terminal; everywhere one line for each step. */
export class ShowReading {
  readonly #isTerminal = process.stderr.isTTY === true
  #filled = -1

  reading(path: string): (done: number, all: number) => void {
    return (done, all) => {
      const filled = Math.floor((done * BAR) / all)
      if (!this.#isTerminal || filled === this.#filled) return
      this.#filled = filled
      process.stderr.write(`\r[${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}] ${path}`)
    }
  }

  checked({ file, edition, rowsRead }: { file: string; edition: string; rowsRead: number }): void {
    this.#say(`${file}: ${edition}; ${number(rowsRead)} rows, all of them right`)
  }

  imported({ kind, file, rowsRead, rowsKept, removed }: Imported): void {
    const left = rowsRead > rowsKept ? `, ${number(rowsRead - rowsKept)} left out: of no present form` : ''
    const gone = removed > 0 ? `, ${number(removed)} that are no longer in it removed` : ''
    this.#say(`${file}: ${number(rowsKept)} ${WHAT[kind]} loaded${left}${gone}`)
  }

  placed({ people, locations }: Placed): void {
    this.#say(`${number(people)} people and ${number(locations)} places now lie in another ward or neighbourhood`)
  }

  /** What the licences ask for. */
  done(): void {
    this.#say(ATTRIBUTION)
  }

  stopped(): void {
    if (this.#isTerminal && this.#filled >= 0) process.stderr.write('\r\u001b[K')
    this.#filled = -1
  }

  #say(line: string): void {
    this.stopped()
    process.stdout.write(`${line}\n`)
  }
}
