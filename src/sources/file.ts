import { type DirectorySource, SourceFault } from '../domain/directory-source.ts'
import type { ReadEntry } from '../domain/listing.ts'
import { readDirectoryCsv } from '../standards/csv.ts'
import { readService } from '../standards/open-referral-read.ts'
import { isObject } from '../standards/read-fields.ts'

const PER_PAGE = 50
export const MOST_FILE_BYTES = 50 * 1024 * 1024

/**
 * A directory in a file: services of Open Referral as JSON (a page, a list, or one), or our own table as CSV.
 * @param name of the file, by which its entries are known again
 * @throws SourceFault
 */
export function openFile(name: string, bytes: Uint8Array): DirectorySource {
  if (bytes.byteLength > MOST_FILE_BYTES)
    throw new SourceFault(`The file is larger than ${MOST_FILE_BYTES / 1048576} MB.`)
  const feed = `file:${name}`
  const text = textOf(bytes)
  const isJson = /^\s*[[{]/.test(text)
  const entries: (() => ReadEntry)[] = isJson
    ? fromJson(text, feed)
    : readDirectoryCsv(text, feed).map((one) => () => one)
  if (entries.length === 0) throw new SourceFault('There is no entry in the file.')
  const of = Math.ceil(entries.length / PER_PAGE)
  return {
    name,
    feed,
    close: () => {},
    page: async (number) => ({
      entries: entries.slice((number - 1) * PER_PAGE, number * PER_PAGE).map((read) => read()),
      isLast: number >= of,
      of,
    }),
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new SourceFault('The file is not text in UTF-8. Save it as “CSV UTF-8”, or as JSON.')
  }
}

function fromJson(text: string, feed: string): (() => ReadEntry)[] {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    throw new SourceFault('The file is not JSON that can be read. It may be cut off.')
  }
  const all = Array.isArray(raw) ? raw : isObject(raw) ? (raw.contents ?? raw.services ?? [raw]) : []
  if (!Array.isArray(all)) throw new SourceFault('There is no list of services in the file.')
  return all.map((one, index) => () => readService(one, { feed, place: `entry ${index + 1}` }))
}
