import { listPlacedPeople, placeLocations, placePeople } from '../../store/placing.ts'
import type { Context } from '../context.ts'
import { recordAct } from '../record.ts'

/** How many were put into another ward or neighbourhood than before. */
export interface Placed {
  people: number
  locations: number
}

/**
 * Puts people and places where the list of postcodes says they are, a thousand at a time. It is no correction by
 * anybody: versions stay, so that nobody's open form turns stale, and histories hold nothing of it. One line of the
 * audit trail says that it was done, and of how many. Referrals stay with the service that has them.
 */
export async function placeEverybody(context: Context): Promise<Placed> {
  const { db } = context
  let people = 0
  let after = ''
  for (;;) {
    const ids = await listPlacedPeople(db.read, after)
    const last = ids.at(-1)
    if (last === undefined) break
    after = last
    people += await db.write((tx) => placePeople(tx, ids))
  }
  return db.write(async (tx) => {
    const locations = await placeLocations(tx)
    const detail = { people, locations }
    await recordAct(context, tx, 'system', {
      action: 'geography.placed',
      subjectKind: 'geography-import',
      subjectId: null,
      detail,
    })
    return { people, locations }
  })
}
