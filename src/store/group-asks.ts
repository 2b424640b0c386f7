import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, ne, or } from 'drizzle-orm'
import type { Day } from '../domain/day.ts'
import { TAKING_A_PLACE } from '../domain/placement-moves.ts'
import type { Db } from './database.ts'
import type { GroupRow } from './groups.ts'
import { groups, organisations, placements, projects } from './schema.ts'

interface Page {
  after: { id: string } | undefined
  limit: number
}

/** Groups that run, of projects that are kept here, whose provider can be written to. */
async function listAskable(db: Db, which: ReturnType<typeof and>, { after, limit }: Page): Promise<GroupRow[]> {
  const rows = await db
    .select({ group: groups })
    .from(groups)
    .innerJoin(projects, eq(projects.id, groups.projectId))
    .innerJoin(organisations, eq(organisations.id, groups.providerOrganisationId))
    .where(
      and(
        isNull(groups.cancelledAt),
        isNull(projects.feed),
        isNotNull(organisations.email),
        which,
        after ? gt(groups.id, after.id) : undefined,
      ),
    )
    .orderBy(asc(groups.id))
    .limit(limit)
  return rows.map(({ group }) => group)
}

/** Groups whose places nobody confirmed since then. */
export async function listUnconfirmed(db: Db, since: Date, page: Page): Promise<GroupRow[]> {
  const isOld = or(isNull(groups.capacityConfirmedAt), lt(groups.capacityConfirmedAt, since))
  return listAskable(db, and(ne(groups.capacityKind, 'open'), isOld), page)
}

/** Groups that were not asked for the register of this day yet. */
export async function listUnaskedOn(db: Db, day: Day, page: Page): Promise<GroupRow[]> {
  return listAskable(db, or(isNull(groups.registerAskedOn), lt(groups.registerAskedOn, day)), page)
}

/** Who has a place in a group, and when their session is agreed for. */
export async function listPlaced(db: Db, groupId: string): Promise<{ bookedFor: Date | null; status: string }[]> {
  return db
    .select({ bookedFor: placements.bookedFor, status: placements.status })
    .from(placements)
    .where(and(eq(placements.groupId, groupId), inArray(placements.status, [...TAKING_A_PLACE])))
}

/** No new version: nothing was edited. */
export async function setAsked(
  tx: Db,
  id: string,
  asked: Partial<Pick<GroupRow, 'placesAskedOn' | 'registerAskedOn'>>,
): Promise<void> {
  await tx.update(groups).set(asked).where(eq(groups.id, id))
}
