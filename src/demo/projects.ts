import { FALLS_PREVENTION, SO14_ACTIVE } from './projects/active.ts'
import { ADVICE } from './projects/advice.ts'
import { KOOTH, MEMORY_CAFES, NO_LIMITS } from './projects/ages.ts'
import { COMMUNICARE } from './projects/befriending.ts'
import { AMPARO, THE_LIGHTHOUSE } from './projects/crisis.ts'
import { FAMILY_HUBS } from './projects/families.ts'
import { NEIGHBOURHOOD, VOLUNTEERING } from './projects/neighbourhood.ts'
import { SOLENT_MIND } from './projects/peer-support.ts'
import {
  COMMUNITY_ROOTS,
  MAYFIELD_NURSERIES,
  MENS_SHED,
  PEER_RECOVERY,
  SAINTS_BY_YOUR_SIDE,
} from './projects/recovery.ts'
import type { DemoProject } from './shape.ts'

/** Every project of the city with its groups. Facts and rules are the city's own; the words and the numbers of places are ours. */
export const PROJECTS: DemoProject[] = [
  COMMUNITY_ROOTS,
  MENS_SHED,
  SOLENT_MIND,
  COMMUNICARE,
  FAMILY_HUBS,
  FALLS_PREVENTION,
  SO14_ACTIVE,
  SAINTS_BY_YOUR_SIDE,
  MAYFIELD_NURSERIES,
  PEER_RECOVERY,
  MEMORY_CAFES,
  NO_LIMITS,
  KOOTH,
  AMPARO,
  THE_LIGHTHOUSE,
  ...ADVICE,
  ...NEIGHBOURHOOD,
  VOLUNTEERING,
]
