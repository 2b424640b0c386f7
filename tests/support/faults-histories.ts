import type { Db } from '../../src/store/database.ts'
import type { EventRow } from '../../src/store/events.ts'
import { events, groups, placements, referrals } from '../../src/store/schema.ts'

/**
 * Where what is stored disagrees with what is told: each event of a subject starts where the one before it ended, no
 * version is told twice or left out, and the last event made the state that the row has.
 */
export async function findBrokenHistories(db: Db): Promise<string[]> {
  const told = new Map<string, EventRow[]>()
  for (const event of await db.select().from(events)) {
    told.set(event.subjectId, [...(told.get(event.subjectId) ?? []), event])
  }
  const rows = [
    ...(await db.select({ id: referrals.id, version: referrals.version, status: referrals.status }).from(referrals)),
    ...(await db
      .select({ id: placements.id, version: placements.version, status: placements.status })
      .from(placements)),
    // A group has no state, and the factory that makes it tells nobody.
    ...(await db.select({ id: groups.id, version: groups.version }).from(groups)).map((row) => ({
      ...row,
      status: null,
    })),
  ]
  const broken: string[] = []
  for (const { id, version, status } of rows) {
    const history = (told.get(id) ?? []).sort((a, b) => a.subjectVersion - b.subjectVersion)
    const versions = history.map(({ subjectVersion }) => subjectVersion)
    const quiet = status === null ? 1 : 0
    const isWhole = new Set(versions).size === versions.length && versions.length + quiet === version
    if (!isWhole || (versions.at(-1) ?? 0) > version) broken.push(`${id} of version ${version} has events ${versions}`)
    for (const [n, { fromStatus }] of history.entries()) {
      const before = history[n - 1]?.toStatus
      if (status !== null && n > 0 && fromStatus !== before)
        broken.push(`${id} was ${before}, but its next event starts from ${fromStatus}`)
    }
    const last = history.at(-1)?.toStatus
    if (status !== null && last !== status) broken.push(`${id} is ${status}, its last event says ${last}`)
    told.delete(id)
  }
  for (const id of told.keys()) broken.push(`events tell of ${id}, which is not there`)
  return broken
}
