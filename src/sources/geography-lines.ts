import { createReadStream } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import { WrongFile } from '../standards/geography-files.ts'

/** No row of an official file comes near it: a quote that is never closed must not swallow the file. */
const LONGEST_ROW = 100_000

/**
 * The rows of a CSV file as cells, a piece at a time; empty lines are left out. A line without quotes is only cut at
 * its commas, which takes a tenth of the time: three million lines of the postcode list have none.
 * @param onBytes every piece of the file as it is read
 */
export async function* rowsOf(path: string, onBytes: (bytes: Buffer) => void): AsyncGenerator<string[][]> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  let open = ''
  let isOdd = false
  let count = 0
  const rowsIn = (lines: string[]): string[][] => {
    const rows: string[][] = []
    for (const line of lines) {
      if (open === '' && !line.includes('"')) {
        if (line !== '' && line !== '\r') rows.push((line.endsWith('\r') ? line.slice(0, -1) : line).split(','))
        continue
      }
      // A quoted cell may hold the end of a line: it is open while the number of quotes is odd.
      isOdd = isOdd !== hasOddQuotes(line)
      open = open === '' ? line : `${open}\n${line}`
      if (open.length > LONGEST_ROW) throw neverEnds(count + rows.length + 1)
      if (isOdd) continue
      rows.push(quoted(open, count + rows.length + 1))
      open = ''
    }
    count += rows.length
    return rows
  }
  for await (const bytes of createReadStream(path, { highWaterMark: 1 << 17 }) as AsyncIterable<Buffer>) {
    onBytes(bytes)
    // Spreadsheets put a mark at the beginning, which is no part of the first name.
    const text = count === 0 && rest === '' ? decoder.write(bytes).replace(/^\ufeff/, '') : decoder.write(bytes)
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > LONGEST_ROW) throw neverEnds(count + lines.length + 1)
    yield rowsIn(lines)
  }
  const last = rowsIn([rest + decoder.end()])
  if (open !== '') throw new WrongFile(`The file ends in the middle of row ${count + 1}: fetch it again.`)
  yield last
}

function hasOddQuotes(line: string): boolean {
  return line.split('"').length % 2 === 0
}

function quoted(line: string, row: number): string[] {
  try {
    return parse(line, { relax_column_count: true })[0] ?? []
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new WrongFile(`Row ${row} cannot be read: its quotes are wrong.`)
  }
}

function neverEnds(row: number): WrongFile {
  return new WrongFile(`Row ${row} never ends: a quote is not closed, or it is no CSV file.`)
}
