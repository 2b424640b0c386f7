import { and, asc, eq, gt, gte, inArray, sql } from 'drizzle-orm'
import type { Answered, Responsiveness } from '../domain/responsiveness.ts'
import type { Db } from './database.ts'
import { events, placements, projectResponses, projects } from './schema.ts'

const YES = ['placement.accepted', 'placement.waitlisted'] as const
const DECISIONS = [...YES, 'placement.declined', 'placement.redirected'] as const

export async function listProjectIds(
  db: Db,
  { after, limit }: { after: { id: string } | undefined; limit: number },
): Promise<{ id: string }[]> {
  return db
    .select({ id: projects.id })
    .from(projects)
    .where(after ? gt(projects.id, after.id) : undefined)
    .orderBy(asc(projects.id))
    .limit(limit)
}

/** What became of those who were sent to a project since a moment. A decision that was taken back is none. */
export async function listAnswers(db: Db, projectId: string, since: Date): Promise<Answered[]> {
  const sent = await db
    .select({ id: placements.id, sentAt: placements.sentAt, startedAt: placements.startedAt })
    .from(placements)
    .innerJoin(
      projects,
      and(
        eq(projects.id, placements.projectId),
        eq(projects.providerOrganisationId, placements.providerOrganisationId),
      ),
    )
    .where(and(eq(projects.id, projectId), gte(placements.sentAt, since)))
  const decided = await db
    .select({ placementId: events.subjectId, type: events.type, at: events.at })
    .from(placements)
    .innerJoin(projects, eq(projects.id, placements.projectId))
    .innerJoin(events, eq(events.subjectId, placements.id))
    .where(
      and(
        eq(projects.id, projectId),
        eq(placements.providerOrganisationId, projects.providerOrganisationId),
        gte(placements.sentAt, since),
        inArray(events.type, [...DECISIONS]),
        sql`not exists (select 1 from ${events} later where later.undoes = ${events.id})`,
      ),
    )
    .orderBy(asc(events.subjectVersion))
  const first = new Map<string, Answered['answer']>()
  for (const { placementId, type, at } of decided)
    if (!first.has(placementId)) first.set(placementId, { at, isYes: YES.some((yes) => yes === type) })
  return sent.map(({ id, sentAt, startedAt }) => ({ sentAt, startedAt, answer: first.get(id) ?? null }))
}

export async function saveResponses(tx: Db, projectId: string, counted: Responsiveness, countedAt: Date) {
  const row = { ...counted, countedAt }
  await tx
    .insert(projectResponses)
    .values({ projectId, ...row })
    .onConflictDoUpdate({ target: projectResponses.projectId, set: row })
}

export async function listResponses(db: Db, projectIds: string[]): Promise<Map<string, Responsiveness>> {
  if (projectIds.length === 0) return new Map()
  const rows = await db.select().from(projectResponses).where(inArray(projectResponses.projectId, projectIds))
  return new Map(rows.map((row) => [row.projectId, row]))
}
