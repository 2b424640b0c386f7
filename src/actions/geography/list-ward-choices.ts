import { listOfferedWards } from '../../store/world.ts'
import type { Context } from '../context.ts'

export type WardChoice = Awaited<ReturnType<typeof listOfferedWards>>[number]

/** The wards to narrow a list down by, by name: of the loaded geography, else the city's own. */
export async function listWardChoices({ db }: Pick<Context, 'db'>): Promise<WardChoice[]> {
  return listOfferedWards(db.read)
}
