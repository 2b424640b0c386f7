import type { ReadEntry } from './listing.ts'

/** Other people's directory, page by page: a feed on the network, or a file. */
export interface DirectorySource {
  /** As people know it: the address, or the name of the file. */
  name: string
  /** What marks its entries here: only they may be changed by it. */
  feed: string
  /** From 1. Throws a SourceFault where it cannot be read; nothing of that page is then used. */
  page(number: number): Promise<SourcePage>
  close(): void
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
