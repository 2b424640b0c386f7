import { eq } from 'drizzle-orm'
import type { Db } from './database.ts'
import { memberships, organisations } from './schema.ts'

export async function insertOrganisation(tx: Db, row: typeof organisations.$inferInsert): Promise<void> {
  await tx.insert(organisations).values(row)
}

export async function insertMembership(tx: Db, row: typeof memberships.$inferInsert): Promise<void> {
  await tx.insert(memberships).values(row)
}

export async function hasDefaultService(db: Db): Promise<boolean> {
  const found = db.select({ id: organisations.id }).from(organisations).where(eq(organisations.isDefaultService, true))
  return (await found.limit(1)).length > 0
}
