import type { ReadEntry, SourceId } from './listing.ts'

/** Other people's directory, page by page: a feed on the network, or a file. */
export interface DirectorySource {
  /** As people know it: the address, or the name of the file or that it was given. */
  name: string
  /** By which a reading that stopped is gone on with: its name, and of a file also what is in it. */
  reading: string
  /** What marks its entries here: only they may be changed by it. */
  feed: string
  /** From 1. Throws a SourceFault where it cannot be read; nothing of that page is then used. */
  page(number: number): Promise<SourcePage>
  /** Whose entries are in it, where that is known before they are read: of a file, whose name another file may have. */
  ids?: SourceId[]
  close(): void
}

/** A file as its reading is kept: another one of the same name is not gone on with in the middle. */
export function readingOfFile(name: string, digest: string): string {
  return `${name}#${digest.slice(0, 16)}`
}

/** What a reading was of, as people know it. Addresses are kept without what follows a #. */
export function nameOfReading(reading: string): string {
  return reading.replace(/#[\da-f]{16}$/, '')
}

/** What marks the entries of a file by this name. */
export const feedOfFile = (name: string): string => `file:${name}`

/** Where an entry came from, as people know it: an address, or a file. */
export function nameOfFeed(feed: string): string {
  return feed.startsWith('file:') ? `the file “${feed.slice(5)}”` : feed
}

export interface SourcePage {
  entries: ReadEntry[]
  isLast: boolean
  /** How many pages the source says it has; null where it does not. */
  of: number | null
  /** Where there is probably more than came: why, as a sentence. What did not come is then not taken for gone. */
  cut?: string | undefined
}

/** What is wrong with a source, in words for whoever wants it read. */
export class SourceFault extends Error {
  override readonly name = 'SourceFault'
}
