import { and, asc, eq, gt, isNotNull, isNull, lte, or } from 'drizzle-orm'
import type { Day } from '../domain/day.ts'
import type { Db } from './database.ts'
import { isInDirectory } from './project-index.ts'
import { organisations, projects } from './schema.ts'

/** Entries confirmed on the first day or before, and asked about on the second day or before: or neither ever. */
export interface ChaseDue {
  assuredBy: Day
  chasedBy: Day
}

interface Page {
  after: { id: string } | undefined
  limit: number
}

// What a feed keeps right is asked about where it comes from.
async function listDue(db: Db, { assuredBy, chasedBy }: ChaseDue, { after, limit }: Page, id?: string) {
  return db
    .select({ id: projects.id })
    .from(projects)
    .innerJoin(organisations, eq(organisations.id, projects.providerOrganisationId))
    .where(
      and(
        isInDirectory,
        isNull(projects.feed),
        isNotNull(organisations.email),
        or(isNull(projects.assuredOn), lte(projects.assuredOn, assuredBy)),
        or(isNull(projects.chasedOn), lte(projects.chasedOn, chasedBy)),
        after ? gt(projects.id, after.id) : undefined,
        id ? eq(projects.id, id) : undefined,
      ),
    )
    .orderBy(asc(projects.id))
    .limit(limit)
}

export async function listEntriesToChase(db: Db, due: ChaseDue, page: Page): Promise<{ id: string }[]> {
  return listDue(db, due, page)
}

export async function isToChase(tx: Db, due: ChaseDue, id: string): Promise<boolean> {
  return (await listDue(tx, due, { after: undefined, limit: 1 }, id)).length > 0
}

/** Confirmed by what its provider did, and not by anybody's word. No new version: nothing was edited. */
export async function touchAssured(tx: Db, id: string, assuredOn: Day): Promise<void> {
  await tx.update(projects).set({ assuredOn, assuredBy: null }).where(eq(projects.id, id))
}

/** No new version: nothing was edited. */
export async function setChased(tx: Db, id: string, chasedOn: Day): Promise<void> {
  await tx.update(projects).set({ chasedOn }).where(eq(projects.id, id))
}
