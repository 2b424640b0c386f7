import { and, eq, gte, inArray, isNull, lt } from 'drizzle-orm'
import { OPEN_PLACEMENT } from '../domain/placement-moves.ts'
import type { Db } from '../store/database.ts'
import { organisations, outbox, people, placements } from '../store/schema.ts'
import { findUserByEmail } from '../store/users.ts'

/** True where the people of the demonstration can sign in: its password is published. */
export async function holdsDemoCity(db: Db): Promise<boolean> {
  return (await findUserByEmail(db, 'admin@trellis.example')) !== undefined
}

export async function hasOrganisations(db: Db): Promise<boolean> {
  const rows = await db.select({ id: organisations.id }).from(organisations).limit(1)
  return rows.length > 0
}

export async function countOpenPlacements(db: Db, groupId: string): Promise<number> {
  return db.$count(placements, and(eq(placements.groupId, groupId), inArray(placements.status, [...OPEN_PLACEMENT])))
}

/** Until a geography is loaded nobody can ask a postcode for its ward: the demonstration says it. */
export async function setWard(tx: Db, personId: string, wardCode: string): Promise<void> {
  await tx.update(people).set({ wardCode }).where(eq(people.id, personId))
}

/** Messages of the past are not sent after all: those made from the first moment on, and before the second. */
export async function endMessages(tx: Db, from: Date, before: Date): Promise<void> {
  await tx
    .update(outbox)
    .set({ endedAt: before, outcome: 'invented for the demonstration' })
    .where(
      and(isNull(outbox.sentAt), isNull(outbox.endedAt), gte(outbox.createdAt, from), lt(outbox.createdAt, before)),
    )
}
