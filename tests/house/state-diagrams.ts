import type { Mover, Moves } from '../../src/domain/moves.ts'
import { PLACEMENT_MOVES, PLACEMENT_WORDS } from '../../src/domain/placement-moves.ts'
import { REFERRAL_MOVES, REFERRAL_WORDS } from '../../src/domain/referral-moves.ts'

const WHO: Record<Mover, string> = {
  referrer: 'referrer',
  navigator: 'navigator',
  triage_lead: 'triage lead',
  receiving_team: 'receiving team',
  provider: 'provider',
  person: 'person',
  system: 'the clock',
}

const INTRODUCTION = `# States and moves

Drawn from the transition tables (\`src/domain/referral-moves.ts\`, \`src/domain/placement-moves.ts\`), from which the
buttons, \`allowedActions\` and the words of a refusal come too. A test keeps this page in step:
\`npx vitest run --project domain tests/house/state-diagrams.test.ts -u\` writes it anew.

“Back” returns to the state that the move being answered had left. A move without a door comes about by the clock or with
another move. Whoever made the last move may take it back within 24 hours, from any state, while nothing has followed.
`

/** docs/states.md, from the tables. */
export function describeStates(): string {
  return [
    INTRODUCTION,
    section('Referral', 'referrals', REFERRAL_MOVES, REFERRAL_WORDS),
    section('Placement', 'placements', PLACEMENT_MOVES, PLACEMENT_WORDS),
  ].join('\n')
}

function section<S extends string>(title: string, noun: string, moves: Moves<S>, words: Record<S, string>): string {
  const all = Object.keys(words).length
  const drawn = Object.entries(moves).flatMap(([, { from, to, says }]) =>
    typeof to === 'string' || from.length === all
      ? []
      : from.flatMap((state) => to.map((end) => `  ${state === 'new' ? '[*]' : state} --> ${end}: ${says}`)),
  )
  const rows = Object.values(moves).map(({ from, to, by, says, door, only = {} }) => {
    const who = by.map((mover) => {
      const states: readonly S[] | undefined = only[mover]
      return states ? `${WHO[mover]} (from ${states.join(', ')})` : WHO[mover]
    })
    const start = from.length >= all ? 'any' : from.join(', ')
    const end = to === 'same' ? 'stays' : to === 'before' ? 'back' : to.join(', ')
    return `| ${says} | ${start} | ${end} | ${who.join(', ')} | ${door ? `\`/${noun}/{id}/${door}\`` : ''} |`
  })
  return [
    `## ${title}`,
    '',
    '```mermaid',
    'stateDiagram-v2',
    ...new Set(drawn),
    '```',
    '',
    '| move | from | to | who | door |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}
