import { and, asc, desc, eq, exists, gte, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import { type Day, londonMoment } from '../domain/day.ts'
import { weekBegins } from '../domain/intake.ts'
import { HOLDING_A_PLACE, TAKING_A_PLACE } from '../domain/placement-moves.ts'
import type { Db } from './database.ts'
import { hitsFor, isInDirectory } from './project-index.ts'
import { groups, organisations, placements, projectFacets, projects, projectTexts } from './schema.ts'

export interface EntriesSought {
  /** How words of an entry begin: all of them are in it. */
  starts: string[]
  /** One of each of these. */
  facets: string[][]
  /** Only with a place that is free by a count no older than this, in a group that takes people on this day. */
  room?: { confirmedSince: Date; today: Day } | undefined
  /** Entries confirmed before this day, or never, stand last. */
  assuredSince: Day
}

/** Where a page of the list ended. */
export interface EntryPlace {
  sinks: number
  score: number
  assuredOn: string
  name: string
  id: string
}

const GONE_ON = [...TAKING_A_PLACE, ...HOLDING_A_PLACE]

function hasFacet(db: Db, anyOf: string[]): SQL {
  return exists(
    db
      .select({ one: sql`1` })
      .from(projectFacets)
      .where(and(eq(projectFacets.projectId, projects.id), inArray(projectFacets.facet, anyOf))),
  )
}

function hasRoom(db: Db, { confirmedSince, today }: NonNullable<EntriesSought['room']>): SQL {
  const taken = sql`(select count(*) from ${placements}
    where ${placements.groupId} = ${groups.id} and ${inArray(placements.status, GONE_ON)})`
  const monday = sql.param(londonMoment(weekBegins(today), 0), placements.sentAt)
  // As groups.newcomers counts them.
  const newThisWeek = sql`(select count(*) from ${placements} where ${placements.groupId} = ${groups.id} and (
    (${placements.sentAt} >= ${monday} and ${placements.status} <> 'recalled') or ${placements.status} = 'offered'
    or (${placements.waitingSince} is not null and ${placements.acceptedAt} >= ${monday})))`
  return exists(
    db
      .select({ one: sql`1` })
      .from(groups)
      .where(
        and(
          eq(groups.projectId, projects.id),
          isNull(groups.cancelledAt),
          or(eq(groups.intakePaused, false), lte(groups.intakeReopensOn, today)),
          or(isNull(groups.intakeFrom), lte(groups.intakeFrom, today)),
          or(isNull(groups.intakeUntil), gte(groups.intakeUntil, today)),
          or(isNull(groups.weeklyQuota), sql`${groups.weeklyQuota} > ${newThisWeek}`),
          or(isNull(groups.courseEndsOn), gte(groups.courseEndsOn, today)),
          gte(groups.capacityConfirmedAt, confirmedSince),
          or(eq(groups.capacityKind, 'open'), sql`${groups.places} > ${taken}`),
        ),
      ),
  )
}

const assured = sql<string>`coalesce(cast(${projects.assuredOn} as text), '')`

function parts(db: Db, { starts, facets, room, assuredSince }: EntriesSought) {
  const isSought = starts.length > 0
  return {
    isSought,
    sinks: sql<number>`case when ${gte(projects.assuredOn, assuredSince)} then 0 else 1 end`.mapWith(Number),
    score: isSought ? sql<number>`hits.score`.mapWith(Number) : sql<number>`0`.mapWith(Number),
    where: and(isInDirectory, ...facets.map((anyOf) => hasFacet(db, anyOf)), room && hasRoom(db, room)),
  }
}

type Parts = ReturnType<typeof parts>

/** What comes after a place, in the order of the list. */
function after({ isSought, sinks, score }: Parts, place: EntryPlace): SQL | undefined {
  const later = or(sql`${sinks} > ${place.sinks}`)
  const here = sql`${sinks} = ${place.sinks}`
  const byName = sql`(${projects.name}, ${projects.id}) > (${place.name}, ${place.id})`
  if (!isSought) return or(later, and(here, byName))
  const sameScore = sql`${score} = ${place.score}`
  const sameDay = sql`${assured} = ${place.assuredOn}`
  return or(
    later,
    and(
      here,
      or(
        sql`${score} < ${place.score}`,
        and(sameScore, or(sql`${assured} < ${place.assuredOn}`, and(sameDay, byName))),
      ),
    ),
  )
}

/**
 * A page of the directory: what was confirmed lately first; where words are looked for the best match, and of equals
 * the freshest; else by name.
 */
export async function listEntries(
  db: Db,
  sought: EntriesSought,
  { place, limit }: { place?: EntryPlace | undefined; limit: number },
) {
  const built = parts(db, sought)
  const { isSought, sinks, score, where } = built
  const base = db
    .select({
      project: projects,
      provider: { id: organisations.id, slug: organisations.slug, name: organisations.name },
      place: { sinks, score, assuredOn: assured, name: projects.name, id: projects.id },
    })
    .from(projects)
    .innerJoin(organisations, eq(organisations.id, projects.providerOrganisationId))
    .$dynamic()
  const joined = isSought
    ? base
        .innerJoin(projectTexts, eq(projectTexts.projectId, projects.id))
        .innerJoin(hitsFor(sought.starts), sql`hits.number = ${projectTexts.number}`)
    : base
  return joined
    .where(and(where, place && after(built, place)))
    .orderBy(asc(sinks), ...(isSought ? [desc(score), desc(assured)] : []), asc(projects.name), asc(projects.id))
    .limit(limit)
}

export async function countEntries(db: Db, sought: EntriesSought): Promise<number> {
  const { isSought, where } = parts(db, sought)
  const base = db
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(projects)
    .$dynamic()
  const joined = isSought
    ? base
        .innerJoin(projectTexts, eq(projectTexts.projectId, projects.id))
        .innerJoin(hitsFor(sought.starts), sql`hits.number = ${projectTexts.number}`)
    : base
  const [row] = await joined.where(where)
  return row?.count ?? 0
}

async function findOne(db: Db, isIt: SQL) {
  const [row] = await db
    .select({
      project: projects,
      provider: {
        id: organisations.id,
        slug: organisations.slug,
        name: organisations.name,
        email: organisations.email,
      },
    })
    .from(projects)
    .innerJoin(organisations, eq(organisations.id, projects.providerOrganisationId))
    .where(and(isIt, isInDirectory))
  if (!row) return undefined
  const { email, ...provider } = row.provider
  return { project: row.project, provider, providerEmail: email }
}

const MOST_CRISIS = 5

/** Crisis support that runs, by name. */
export async function listCrisisEntries(db: Db) {
  return db
    .select({
      project: projects,
      provider: { id: organisations.id, slug: organisations.slug, name: organisations.name },
    })
    .from(projects)
    .innerJoin(organisations, eq(organisations.id, projects.providerOrganisationId))
    .where(and(isInDirectory, eq(projects.isCrisis, true), eq(projects.status, 'active')))
    .orderBy(asc(projects.name), asc(projects.id))
    .limit(MOST_CRISIS)
}

export async function findEntry(db: Db, slug: string) {
  return findOne(db, eq(projects.slug, slug))
}

export async function findEntryById(db: Db, id: string) {
  return findOne(db, eq(projects.id, id))
}
