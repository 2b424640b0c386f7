/** What a stored column holds, as the database's driver takes it. */
export type Stored = string | number | boolean | null

/** A text with gaps: piece, gap, piece … Each gap is the number of what fills it. */
interface Cut {
  pieces: string[]
  gaps: number[]
}

export type Cell = Stored | Cut

/** What stands in a gap: the same thing, wherever it is named, has one number. */
export interface Gap {
  kind: 'id' | 'moment' | 'reference' | 'digest'
  original: string
}

const FOUND =
  /(?<![\w-])[\w-]{43}(?![\w-])|[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z|SP-\w{4}-\w{4}/g

// An appointment is at a full minute, and stays there; what people did happened at some second.
const isAppointed = (moment: string) => moment.endsWith(':00.000Z')

/** Rows that belong together, with gaps for everything that must differ in a copy of them. */
export class Stencil {
  readonly gaps: Gap[] = []
  readonly #numbers = new Map<string, number>()
  readonly #own: ReadonlyMap<string, Gap['kind']>

  /** @param own the ids, references and digests of these rows themselves; what else they name stays as it is */
  constructor(own: ReadonlyMap<string, Gap['kind']>) {
    this.#own = own
  }

  #kindOf(found: string): Gap['kind'] | undefined {
    return this.#own.get(found) ?? (found.length === 24 && !isAppointed(found) ? 'moment' : undefined)
  }

  gap(original: string, kind: Gap['kind']): number {
    const known = this.#numbers.get(original)
    if (known !== undefined) return known
    this.#numbers.set(original, this.gaps.length)
    return this.gaps.push({ kind, original }) - 1
  }

  cut(text: string): string | Cut {
    const pieces: string[] = []
    const gaps: number[] = []
    let from = 0
    for (const { 0: found, index } of text.matchAll(FOUND)) {
      const kind = this.#kindOf(found)
      if (!kind) continue
      pieces.push(text.slice(from, index))
      gaps.push(this.gap(found, kind))
      from = index + found.length
    }
    return gaps.length === 0 ? text : { pieces: [...pieces, text.slice(from)], gaps }
  }

  cell(value: Stored): Cell {
    return typeof value === 'string' ? this.cut(value) : value
  }
}

export function fill(cell: Cell, fillings: readonly string[]): Stored {
  if (typeof cell !== 'object' || cell === null) return cell
  let text = cell.pieces[0] ?? ''
  for (let i = 0; i < cell.gaps.length; i++) text += (fillings[cell.gaps[i] ?? 0] ?? '') + (cell.pieces[i + 1] ?? '')
  return text
}
