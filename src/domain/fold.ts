/** An event as far as history is concerned: each changed column with what it held before and what it holds now. */
export interface Told {
  subjectVersion: number
  changes: Record<string, [unknown, unknown]> | null
}

/** What a record is, from its events alone: state is the fold of history. */
export function fold(events: readonly Told[]): Record<string, unknown> {
  const inOrder = [...events].sort((a, b) => a.subjectVersion - b.subjectVersion)
  const state: Record<string, unknown> = {}
  for (const { changes } of inOrder) for (const [column, [, now]] of Object.entries(changes ?? {})) state[column] = now
  return state
}
