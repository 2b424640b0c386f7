import { Refusal } from './refusal.ts'

/** Who makes a move: a role of a party, not a person. `system` is the clock or a cascade. */
export type Mover = 'referrer' | 'navigator' | 'triage_lead' | 'receiving_team' | 'provider' | 'person' | 'system'

/**
 * One row of a transition table. `to` is a list where the mover chooses the ending; `same` keeps the state, `before`
 * returns to the state left by the move being answered. `door` is the verb in the address that carries it out:
 * a row without one is the clock's, or comes about with another move.
 */
export interface Move<Status extends string> {
  from: readonly (Status | 'new')[]
  to: readonly Status[] | 'same' | 'before'
  by: readonly Mover[]
  /** Narrower than `from` for one mover: a referrer may withdraw only until contact. */
  only?: Partial<Record<Mover, readonly Status[]>>
  event: string
  /** What it is called on a button and in a refusal. */
  says: string
  door?: string
}

export type Moves<Status extends string> = Record<string, Move<Status>>

/** The states from which this mover may make the move. */
export function statesFor<S extends string>(move: Move<S>, mover: Mover): readonly (S | 'new')[] {
  if (!move.by.includes(mover)) return []
  return move.only?.[mover] ?? move.from
}

/** The doors open to these movers in this state, each once, in the order of the table. */
export function doorsOpen<S extends string>(moves: Moves<S>, status: S, movers: readonly Mover[]): string[] {
  const open = Object.values(moves).filter(
    (move) => move.door !== undefined && movers.some((mover) => statesFor(move, mover).includes(status)),
  )
  return [...new Set(open.flatMap(({ door }) => door ?? []))]
}

/** Refuses a move that the table does not have from this state, and says what is possible instead. */
export function requireMove<S extends string>(
  moves: Moves<S>,
  name: string,
  status: S,
  movers: readonly Mover[],
  words: Record<S, string>,
): void {
  const move = moves[name]
  if (move && movers.some((mover) => statesFor(move, mover).includes(status))) return
  const possible = Object.values(moves)
    .filter((other) => other.door && movers.some((mover) => statesFor(other, mover).includes(status)))
    .map(({ says }) => says.toLowerCase())
  const instead = possible.length > 0 ? ` What is possible now: ${[...new Set(possible)].join(', ')}.` : ''
  throw new Refusal(
    'wrong-status',
    `This is “${words[status].toLowerCase()}”, so “${(move?.says ?? name).toLowerCase()}” is not possible.${instead}`,
  )
}
