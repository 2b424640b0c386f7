import type { Context } from '../actions/context.ts'
import type { groups, volunteers } from '../store/schema.ts'

// Invented, and any likeness is chance: a first name is all that a project needs to know its volunteers by.
const NAMES = [
  'Agnes',
  'Bernard',
  'Camilla',
  'Dev',
  'Eileen',
  'Farida',
  'Gordon',
  'Halina',
  'Idris',
  'Jo',
  'Kamal',
  'Lesley',
  'Mireille',
  'Nadeem',
  'Olive',
  'Piotr',
  'Rosa',
  'Stan',
  'Tamsin',
  'Una',
  'Vikram',
  'Wendy',
  'Yusuf',
  'Zofia',
]
const SPEAKS: Record<string, string[]> = {
  Halina: ['pl'],
  Piotr: ['pl'],
  Zofia: ['pl'],
  Dev: ['pa'],
  Vikram: ['pa'],
  Farida: ['ur'],
  Nadeem: ['ur'],
  Yusuf: ['so', 'ar'],
  Rosa: ['es', 'pt'],
}
const WHEN = ['Weekday mornings', 'Tuesday and Thursday afternoons', 'Evenings and weekends', 'Most days', 'Wednesdays']

type VolunteerRow = typeof volunteers.$inferInsert

/** As many volunteers as a group has places. `before` is how many there are already, so that names take turns. */
export function volunteersOf(
  { id: groupId, places }: Pick<typeof groups.$inferInsert, 'id' | 'places'>,
  before: number,
  { newId, now }: Context,
): VolunteerRow[] {
  return Array.from({ length: places ?? 0 }, (_, index) => {
    const at = before + index
    const name = NAMES[at % NAMES.length] ?? 'Sam'
    // The second to bear a name in the city has an initial.
    const round = Math.floor(at / NAMES.length)
    return {
      id: newId(),
      version: 1,
      groupId,
      name: round > 0 ? `${name} ${'KTW'[round - 1] ?? 'M'}.` : name,
      wards: [],
      languages: SPEAKS[name] ?? [],
      availability: WHEN[at % WHEN.length] ?? '',
      availableFrom: null,
      endedAt: null,
      createdAt: now(),
    }
  })
}
