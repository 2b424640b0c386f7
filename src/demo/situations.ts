import type { Random } from './random.ts'
import { ADULT_SITUATIONS } from './situations/adults.ts'
import { OLDER_SITUATIONS } from './situations/older.ts'
import { PRACTICAL_SITUATIONS } from './situations/practical.ts'
import type { Situation } from './situations/shape.ts'
import { YOUNG_SITUATIONS } from './situations/young.ts'

export type { Situation } from './situations/shape.ts'

const SITUATIONS: [Situation, ...Situation[]] = [
  ...OLDER_SITUATIONS,
  ...ADULT_SITUATIONS,
  ...YOUNG_SITUATIONS,
  ...PRACTICAL_SITUATIONS,
]

/** Projects of the providers with a printed sign-in: each of them shall have something to decide, to arrange, to register. */
const FEATURED: [string, ...string[]][] = [
  ['community-roots'],
  ['shirley-mens-shed'],
  ['solent-mind-peer-groups'],
  ['communicare-befriending'],
  ['falls-prevention', 'so14-active', 'saints-by-your-side'],
  ['family-hubs'],
]

/** A situation that leads to one of the featured projects, in turn. */
export function featuredSituation(random: Random, turn: number): Situation {
  const project = random.pick(FEATURED[turn % FEATURED.length] ?? ['community-roots'])
  const [first, ...others] = SITUATIONS.filter(({ projects }) => projects.includes(project))
  if (!first) throw new Error(`Nobody is ever sent to ${project}.`)
  return { ...random.pick([first, ...others]), projects: [project] }
}

/** All situations in a chance order, again and again, so that none is left out for long. */
export function* situationsInTurn(random: Random): Generator<Situation, never> {
  for (;;) yield* random.shuffle(SITUATIONS)
}
