import { createHash } from 'node:crypto'
import { SourceFault } from '../domain/directory-source.ts'
import { isObject } from '../standards/read-fields.ts'

/** As many entries as a feed is asked for at once. */
export const PER_PAGE = 50

const MOST_ENTRIES = 1000

/** What a page says of itself and of the whole; null where it does not say. */
interface Said {
  pages: number | null
  entries: number | null
  size: number | null
  isLast: boolean | null
}

interface FeedPage {
  contents: unknown[]
  isLast: boolean
  of: number | null
  /** Of the last page: why there is probably more than came. */
  cut?: string | undefined
}

/** The pages of one reading, in their order: what the feed says of its own length, against what came. */
export class FeedPages {
  /** On which page each entry came first. */
  readonly #pageOf = new Map<string, number>()
  readonly #marks = new Map<string, number>()
  #first: number | undefined
  #mostPages = 0
  #mostEntries: number | null = null
  #came = 0
  #short: string | undefined

  /** @throws SourceFault where it is no page, or one that came before */
  take(raw: unknown, number: number): FeedPage {
    const contents = contentsOf(raw, number)
    this.#requireOther(contents, number)
    const said = saidIn(raw)
    this.#first ??= number
    this.#mostPages = Math.max(this.#mostPages, said.pages ?? 0)
    if (said.entries !== null) this.#mostEntries = Math.max(this.#mostEntries ?? 0, said.entries)
    if (contents.length > 0 && said.size !== null && said.size > contents.length)
      this.#short ??= `Page ${number} of the feed says that it has ${said.size} entries, and ${contents.length} came.`
    this.#count(contents, number)
    const isLast = contents.length === 0 || this.#isEnd(said, number)
    return { contents, isLast, of: said.pages, cut: isLast ? this.#cutAt(number, contents.length, said) : undefined }
  }

  /** Without end, if each page were believed to be another one. */
  #requireOther(contents: unknown[], number: number): void {
    if (contents.length === 0) return
    const mark = createHash('sha1')
      .update(JSON.stringify(contents.map(idOf)))
      .digest('hex')
    const before = this.#marks.get(mark)
    if (before !== undefined && before !== number)
      throw new SourceFault(`Page ${number} of the feed is page ${before} once more.`)
    this.#marks.set(mark, number)
  }

  /** What comes again on another page pushed something else out of sight: it counts once. */
  #count(contents: unknown[], number: number): void {
    for (const one of contents) {
      const id = idOf(one)
      const before = this.#pageOf.get(id)
      if (id !== '' && before !== undefined && before !== number) continue
      this.#pageOf.set(id, number)
      this.#came++
    }
  }

  #isEnd({ pages, entries, isLast }: Said, number: number): boolean {
    if (pages !== null) return number >= pages
    if (isLast !== null) return isLast
    return entries === null || this.#came >= entries
  }

  #cutAt(number: number, here: number, said: Said): string | undefined {
    if (here === 0 && number <= this.#mostPages)
      return `The feed says that it has ${this.#mostPages} pages, and page ${number} is empty.`
    if (number < this.#mostPages) return `The feed said that it has ${this.#mostPages} pages, and ended with ${number}.`
    if (here > 0 && said.pages !== null && said.isLast === false)
      return `Page ${number} of ${said.pages} of the feed says that it is not the last.`
    const isWhole = this.#first === 1
    if (isWhole && this.#mostEntries !== null && this.#came < this.#mostEntries)
      return `The feed says that it has ${this.#mostEntries} entries, and ${this.#came} came.`
    if (this.#mostEntries === null && this.#short) return this.#short
    const isSilent = said.pages === null && said.entries === null && said.isLast === null
    return isSilent && here === PER_PAGE ? 'The feed does not say how long it is, and its page is full.' : undefined
  }
}

/** Why a file that looks like a page of a feed is not all of it. */
export function cutOfOnePage(raw: unknown, count: number): string | undefined {
  const { pages, entries, isLast } = saidIn(raw)
  if (pages !== null && pages > 1) return `The file is one page of ${pages}.`
  if (entries !== null && entries > count) return `The file says that it has ${entries} entries, and ${count} came.`
  return isLast === false ? 'The file is a page that says it is not the last.' : undefined
}

function contentsOf(raw: unknown, number: number): unknown[] {
  if (raw === undefined) throw new SourceFault('There are no services at this address.')
  if (!isObject(raw)) throw new SourceFault(`Page ${number} of the feed is no page of services.`)
  if (Array.isArray(raw.content) && !raw.contents)
    throw new SourceFault('The feed speaks an older version; only Open Referral UK 3 can be read.')
  if (!Array.isArray(raw.contents)) throw new SourceFault(`Page ${number} of the feed has no contents.`)
  if (raw.contents.length > MOST_ENTRIES)
    throw new SourceFault(`Page ${number} of the feed has more than ${MOST_ENTRIES} services.`)
  return raw.contents
}

function saidIn(raw: unknown): Said {
  const page = isObject(raw) ? raw : {}
  const number = (name: string) => {
    const value = page[name]
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
  }
  const isLast = typeof page.last_page === 'boolean' ? page.last_page : null
  return { pages: number('total_pages'), entries: number('total_items'), size: number('size'), isLast }
}

function idOf(one: unknown): string {
  return isObject(one) && (typeof one.id === 'string' || typeof one.id === 'number') ? String(one.id) : ''
}
