import { asc, eq, isNotNull } from 'drizzle-orm'
import type { Db } from './database.ts'
import { wards } from './schema.ts'

/** The parts into which the service sorts the city's wards; none before a geography is loaded. */
export async function listLocalities(db: Db): Promise<string[]> {
  const rows = await db
    .selectDistinct({ locality: wards.locality })
    .from(wards)
    .where(isNotNull(wards.locality))
    .orderBy(asc(wards.locality))
  return rows.flatMap(({ locality }) => locality ?? [])
}

export async function listWardsOf(db: Db, locality: string): Promise<string[]> {
  const rows = await db.select({ code: wards.code }).from(wards).where(eq(wards.locality, locality))
  return rows.map(({ code }) => code)
}
