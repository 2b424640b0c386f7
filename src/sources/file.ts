import { createHash } from 'node:crypto'
import { type DirectorySource, feedOfFile, readingOfFile, SourceFault } from '../domain/directory-source.ts'
import { MOST_GROUPS, type ReadEntry, type SourceId } from '../domain/listing.ts'
import { isBrokenOff, readDirectoryCsv } from '../standards/csv.ts'
import { readService } from '../standards/open-referral-read.ts'
import { isObject, sourceId } from '../standards/read-fields.ts'
import { cutOfOnePage } from './feed-pages.ts'

const PER_PAGE = 50
const GROUPS_PER_PAGE = 500
export const MOST_FILE_BYTES = 50 * 1024 * 1024

/**
 * A directory in a file: services of Open Referral as JSON (a page, a list, or one), or our own table as CSV.
 * @param name of the source, by which its entries are known again: that of the file, or one that it was given
 * @throws SourceFault
 */
export function openFile(name: string, bytes: Uint8Array): DirectorySource {
  if (bytes.byteLength > MOST_FILE_BYTES)
    throw new SourceFault(`The file is larger than ${MOST_FILE_BYTES / 1048576} MB.`)
  if (!/^[^\p{C}]{1,200}$/u.test(name) || name.trim() !== name)
    throw new SourceFault('The name of a source has 1 to 200 characters, on one line.')
  const feed = feedOfFile(name)
  const text = textOf(bytes)
  const isJson = /^\s*[[{]/.test(text)
  const { entries, cut } = isJson ? fromJson(text, feed) : fromCsv(text, feed)
  if (entries.length === 0) throw new SourceFault('There is no entry in the file.')
  const pages = pagesOf(entries)
  return {
    name,
    reading: readingOfFile(name, createHash('sha256').update(bytes).digest('hex')),
    feed,
    ids: entries.flatMap(({ ids }) => ids ?? []),
    close: () => {},
    page: async (number) => ({
      entries: (pages[number - 1] ?? []).map(({ read }) => read()),
      isLast: number >= pages.length,
      of: pages.length,
      cut,
    }),
  }
}

/** By entries and by groups alike: a page is one transaction, and nobody else writes meanwhile. */
function pagesOf(entries: InFile['entries']): InFile['entries'][] {
  const pages: InFile['entries'][] = []
  let room = 0
  for (const entry of entries) {
    const page = pages.at(-1)
    const isFull = !page || page.length >= PER_PAGE || entry.groups > room
    room = (isFull ? GROUPS_PER_PAGE : room) - entry.groups
    if (isFull) pages.push([entry])
    else page.push(entry)
  }
  return pages
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new SourceFault('The file is not text in UTF-8. Save it as “CSV UTF-8”, or as JSON.')
  }
}

interface InFile {
  entries: { ids: SourceId | null; groups: number; read: () => ReadEntry }[]
  cut: string | undefined
}

function fromCsv(text: string, feed: string): InFile {
  const entries = readDirectoryCsv(text, feed).map((one) => {
    return { ids: one.ids, groups: one.listing?.groups.length ?? 0, read: () => one }
  })
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
  const entries = all.map((one, index) => ({
    ids: isObject(one) ? sourceId(feed, 'service', one.id) : null,
    groups:
      isObject(one) && Array.isArray(one.service_at_locations)
        ? Math.min(one.service_at_locations.length, MOST_GROUPS)
        : 0,
    read: () => readService(one, { feed, place: `entry ${index + 1}` }),
  }))
  const isOne = list === undefined || list === null
  return { entries, cut: isOne ? 'The file has one service and no list.' : cutOfOnePage(raw, all.length) }
}
