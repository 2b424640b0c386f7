import { and, desc, eq, inArray } from 'drizzle-orm'
import type { EventType } from '../domain/events.ts'
import type { Db } from './database.ts'
import { events, groups, locations, people, placements, projects, referrals } from './schema.ts'

/** What somebody needs to know to come: when, where, who meets them, and whom to call. */
export async function findVisit(db: Db, placementId: string) {
  const [row] = await db
    .select({
      status: placements.status,
      version: placements.version,
      bookedFor: placements.bookedFor,
      changedAt: placements.changedAt,
      email: people.email,
      safeContact: people.safeContact,
      venue: groups.venue,
      greeter: projects.greeter,
      phone: projects.contactPhone,
      location: {
        name: locations.name,
        addressLines: locations.addressLines,
        city: locations.city,
        postcode: locations.postcode,
        accessNote: locations.accessNote,
      },
    })
    .from(placements)
    .innerJoin(referrals, eq(referrals.id, placements.referralId))
    .innerJoin(people, eq(people.id, referrals.personId))
    .innerJoin(groups, eq(groups.id, placements.groupId))
    .innerJoin(projects, eq(projects.id, placements.projectId))
    .leftJoin(locations, eq(locations.id, groups.locationId))
    .where(eq(placements.id, placementId))
  return row
}
export type Visit = NonNullable<Awaited<ReturnType<typeof findVisit>>>

const ARRANGED: EventType[] = ['placement.booked', 'placement.rebooked']
const REMINDED: EventType = 'placement.visit-reminded'

/** Whether the person was reminded of the session since it was arranged. */
export async function wasReminded(db: Db, placementId: string): Promise<boolean> {
  const [last] = await db
    .select({ type: events.type })
    .from(events)
    .where(and(eq(events.subjectId, placementId), inArray(events.type, [...ARRANGED, REMINDED])))
    .orderBy(desc(events.subjectVersion))
    .limit(1)
  return last?.type === REMINDED
}
