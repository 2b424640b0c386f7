import { type Mover, type Moves, requireMove, statesFor } from '../../src/domain/moves.ts'

export const MOVERS: Mover[] = [
  'referrer',
  'navigator',
  'triage_lead',
  'receiving_team',
  'provider',
  'person',
  'system',
]

/** One row of the model's table, written again from the model: `to` is a list where the mover chooses. */
export interface Row {
  move: string
  from: readonly string[]
  to: readonly string[] | 'same' | 'before'
  who: readonly Mover[]
}

/** One way that something may happen: "contacted to active by navigator". */
export function cellsOf(rows: readonly Row[]): Set<string> {
  return new Set(
    rows.flatMap(({ move, from, to, who }) =>
      from.flatMap((state) =>
        (typeof to === 'string' ? [to] : to).flatMap((end) =>
          who.map((mover) => `${move}: ${state} to ${end} by ${mover}`),
        ),
      ),
    ),
  )
}

/** The same cells as the code's own table has them. */
export function rowsOf<S extends string>(moves: Moves<S>): Row[] {
  return Object.entries(moves).flatMap(([move, row]) =>
    row.by.map((mover) => ({ move, from: statesFor(row, mover), to: row.to, who: [mover] })),
  )
}

/** Every move tried from every state by every mover: those that were not refused, as "move: state by mover". */
export function allowed<S extends string>(moves: Moves<S>, words: Record<S, string>): Set<string> {
  const passed = new Set<string>()
  for (const move of Object.keys(moves))
    for (const state of Object.keys(words) as S[])
      for (const mover of MOVERS) {
        try {
          requireMove(moves, move, state, [mover], words)
          passed.add(`${move}: ${state} by ${mover}`)
        } catch {
          // Refused; that the refusal is the right one is tried elsewhere.
        }
      }
  return passed
}

export function withoutEnds(cells: Iterable<string>): Set<string> {
  return new Set(
    [...cells].filter((cell) => !cell.includes(': new ')).map((cell) => cell.replace(/ to \w+ by /, ' by ')),
  )
}
