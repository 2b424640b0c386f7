import { type DirectorySource, SourceFault } from '../domain/directory-source.ts'
import type { ReadEntry } from '../domain/listing.ts'
import { isBrokenOff, readDirectoryCsv } from '../standards/csv.ts'
import { readService } from '../standards/open-referral-read.ts'
import { isObject } from '../standards/read-fields.ts'
import { cutOfOnePage } from './feed-pages.ts'

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
  const { entries, cut } = isJson ? fromJson(text, feed) : fromCsv(text, feed)
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
      cut,
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

interface InFile {
  entries: (() => ReadEntry)[]
  cut: string | undefined
}

function fromCsv(text: string, feed: string): InFile {
  const entries = readDirectoryCsv(text, feed).map((one) => () => one)
  return { entries, cut: isBrokenOff(text) ? 'The last line of the file breaks off.' : undefined }
}

function fromJson(text: string, feed: string): InFile {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    throw new SourceFault('The file is not JSON that can be read. It may be cut off.')
  }
  const list = isObject(raw) ? (raw.contents ?? raw.services) : raw
  const all = list ?? [raw]
  if (!Array.isArray(all)) throw new SourceFault('There is no list of services in the file.')
  const entries = all.map((one, index) => () => readService(one, { feed, place: `entry ${index + 1}` }))
  const isOne = list === undefined || list === null
  return { entries, cut: isOne ? 'The file has one service and no list.' : cutOfOnePage(raw, all.length) }
}
