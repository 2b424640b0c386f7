import { and, eq, gte, inArray, isNull } from 'drizzle-orm'
import { daysBetween, londonDay } from '../domain/day.ts'
import type { Forecast, Wait } from '../domain/forecast.ts'
import { type Db, prepared } from './database.ts'
import { groupForecasts, groups, placements } from './schema.ts'

/** How long everybody waited whom a project was sent since a moment, by group; each group that runs is among them. */
export async function listWaits(db: Db, projectId: string, since: Date, now: Date): Promise<Map<string, Wait[]>> {
  const running = await db
    .select({ id: groups.id })
    .from(groups)
    .where(and(eq(groups.projectId, projectId), isNull(groups.cancelledAt)))
  const waits = new Map<string, Wait[]>(running.map(({ id }) => [id, []]))
  if (running.length === 0) return waits
  const { groupId, sentAt, startedAt, endedAt } = placements
  const rows = await db
    .select({ groupId, sentAt, startedAt, endedAt })
    .from(placements)
    .where(and(inArray(groupId, [...waits.keys()]), gte(sentAt, since)))
  for (const row of rows) {
    const days = daysBetween(londonDay(row.sentAt), londonDay(row.startedAt ?? row.endedAt ?? now))
    waits.get(row.groupId)?.push({ days: Math.max(0, days), hasStarted: row.startedAt !== null })
  }
  return waits
}

export async function saveForecast(tx: Db, groupId: string, forecast: Forecast, countedAt: Date): Promise<void> {
  const row = { ...forecast, countedAt }
  await tx
    .insert(groupForecasts)
    .values({ groupId, ...row })
    .onConflictDoUpdate({ target: groupForecasts.groupId, set: row })
}

type Kept = Pick<typeof groupForecasts.$inferSelect, 'groupId' | 'starts' | 'lowDays' | 'highDays'>

const { groupId, starts, lowDays, highDays } = groupForecasts
const all = prepared('forecasts.all', (db) => db.select({ groupId, starts, lowDays, highDays }).from(groupForecasts))

/** Every group's; a row for each group there is. */
export async function listForecasts(db: Db): Promise<Map<string, Kept>> {
  return new Map((await all(db)).map((row) => [row.groupId, row]))
}

/** Those of the groups that run of these projects, by the name of the group. */
export async function listForecastsOf(db: Db, projectIds: string[]) {
  if (projectIds.length === 0) return []
  return db
    .select({ projectId: groups.projectId, group: groups.name, starts, lowDays, highDays })
    .from(groupForecasts)
    .innerJoin(groups, eq(groups.id, groupForecasts.groupId))
    .where(and(inArray(groups.projectId, projectIds), isNull(groups.cancelledAt)))
    .orderBy(groups.name)
}
