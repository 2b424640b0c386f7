import type { SourceId } from '../domain/listing.ts'
import { cutTo, plainText } from '../domain/plain-text.ts'
import { isUuid, stableId } from './stable-id.ts'

type Json = Record<string, unknown>

/** Longer markup is not read at all beyond this. */
const MOST_RAW = 100_000

/** Reads fields of one entry, and keeps account of what was cut, mended or left out. */
export class FieldReader {
  readonly notes: string[] = []

  note(what: string): void {
    if (this.notes.length < 20 && !this.notes.includes(what)) this.notes.push(what)
  }

  /** Plain words of at most so many characters; null where there are none. */
  text(from: Json, name: string, most: number): string | null {
    const value = from[name]
    if (value === null || value === undefined) return null
    if (typeof value !== 'string') {
      this.note(`${name} is no text`)
      return null
    }
    const words = plainText(value.slice(0, MOST_RAW))
    if (words !== value.trim() && /<[a-z!/]/i.test(value)) this.note(`${name} had mark-up in it: its words are kept`)
    if (words.length > most) this.note(`${name} was longer than ${most} characters: it is cut`)
    return cutTo(words, most) || null
  }

  /** The same without line breaks: names, numbers, addresses. */
  line(from: Json, name: string, most: number): string | null {
    return this.text(from, name, most)?.replace(/\s*\n\s*/g, ', ') ?? null
  }

  /** An address of the web that a page may link to. */
  link(from: Json, name: string): string | null {
    const text = this.line(from, name, 2000)
    if (text === null) return null
    if (/^https?:\/\/[^\s/]/i.test(text) && URL.canParse(text)) return text
    this.note(`${name} is no address of the web`)
    return null
  }

  number(from: Json, name: string, least: number, most: number): number | null {
    const said = from[name]
    if (said === null || said === undefined) return null
    // Blanks are nothing, and not the number 0: a cost of nothing is free.
    if (typeof said === 'string' && said.trim() === '') return null
    const value = typeof said === 'string' ? Number(said) : said
    if (typeof value === 'number' && value >= least && value <= most) return value
    this.note(`${name} is no number from ${least} to ${most}`)
    return null
  }

  /** The objects of a list; what is none is left out and said. */
  list(from: Json, name: string, most = 200): Json[] {
    const value = from[name]
    if (value === null || value === undefined) return []
    if (!Array.isArray(value)) {
      this.note(`${name} is no list`)
      return []
    }
    if (value.length > most) this.note(`${name} has more than ${most} entries: the first are read`)
    return value.slice(0, most).flatMap((one) => {
      if (isObject(one)) return [one]
      this.note(`${name} has an entry that is none`)
      return []
    })
  }

  object(from: Json, name: string): Json | null {
    const value = from[name]
    if (value === null || value === undefined) return null
    if (isObject(value)) return value
    this.note(`${name} is not what it should be`)
    return null
  }
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The id of the source where it is one, and one that is made from source and id for where it is none or is taken. */
export function sourceId(feed: string, kind: string, raw: unknown): SourceId | null {
  if ((typeof raw !== 'string' && typeof raw !== 'number') || raw === '' || String(raw).length > 200) return null
  const text = String(raw)
  const spareId = stableId('read', feed, kind, text)
  return { id: isUuid(text) ? text.toLowerCase() : spareId, spareId }
}
