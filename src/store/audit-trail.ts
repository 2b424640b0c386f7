import { and, asc, desc, eq, getTableColumns, gt, isNotNull, isNull, ne, or, sql } from 'drizzle-orm'
import { type AuditEntry, digestOf } from './audit-digest.ts'
import { type Db, prepared } from './database.ts'
import { auditRows, events } from './schema.ts'

export type { AuditEntry } from './audit-digest.ts'

export type AuditRow = typeof auditRows.$inferSelect
export type SealedRow = AuditRow & { sequence: number; seal: string }

const appendOne = prepared('audit.append', (db) => {
  const given = (name: keyof AuditEntry | 'digest') => sql.placeholder(name)
  return db.insert(auditRows).values({
    id: given('id'),
    at: given('at'),
    actorKind: given('actorKind'),
    actorId: given('actorId'),
    organisationId: given('organisationId'),
    action: given('action'),
    subjectKind: given('subjectKind'),
    subjectId: given('subjectId'),
    eventId: given('eventId'),
    requestId: given('requestId'),
    detail: given('detail'),
    digest: given('digest'),
  })
})

/** Writes rows with their digests, in the transaction of what they tell of. The sealing job chains them later. */
export async function appendAudit(tx: Db, key: Uint8Array, entries: AuditEntry | AuditEntry[]): Promise<void> {
  const rows = [entries].flat().map((entry) => ({ ...entry, digest: digestOf(key, entry) }))
  const [row] = rows
  if (row && rows.length === 1) await appendOne(tx, { ...row })
  else if (row) await tx.insert(auditRows).values(rows)
}

// SQLite keeps JSON as text that anybody's hand may have spoilt: such a row is a finding, not a reason to stop reading.
const readable = {
  ...getTableColumns(auditRows),
  detail: sql<Record<string, unknown>>`${auditRows.detail}`.mapWith((value: unknown) => {
    try {
      return typeof value === 'string' ? JSON.parse(value) : value
    } catch {
      return { unreadable: value }
    }
  }),
}

/** One row's place in the chain. */
export interface Link {
  id: string
  sequence: number
  seal: string
}

/** Another process has sealed some of the same rows in the meantime. Nothing was written. */
export class SealedByAnother extends Error {
  override name = 'SealedByAnother'
}

/** Gives rows their places, all of them or none. */
export async function sealRows(tx: Db, links: Link[]): Promise<void> {
  const values = links.map(({ id, sequence, seal }) => sql`(${id}, cast(${sequence} as integer), ${seal})`)
  const sealed = await tx
    .update(auditRows)
    .set({ sequence: sql`link.column2`, seal: sql`link.column3` })
    .from(sql`(values ${sql.join(values, sql`, `)}) as link`)
    .where(and(eq(auditRows.id, sql`link.column1`), isNull(auditRows.sequence)))
    .returning({ id: auditRows.id })
  if (sealed.length !== links.length) throw new SealedByAnother()
}

/** The last link of the chain; undefined while nothing is sealed. */
export async function findLastLink(db: Db): Promise<SealedRow | undefined> {
  const [row] = await db
    .select(readable)
    .from(auditRows)
    .where(isNotNull(auditRows.sequence))
    .orderBy(desc(auditRows.sequence))
    .limit(1)
  return row as SealedRow | undefined
}

export async function findLink(db: Db, sequence: number): Promise<SealedRow | undefined> {
  const [row] = await db.select(readable).from(auditRows).where(eq(auditRows.sequence, sequence))
  return row as SealedRow | undefined
}

/** A page of the chain, in its order. */
export async function listSealed(db: Db, after: number, limit: number): Promise<SealedRow[]> {
  const rows = await db
    .select(readable)
    .from(auditRows)
    .where(gt(auditRows.sequence, after))
    .orderBy(asc(auditRows.sequence))
    .limit(limit)
  return rows as SealedRow[]
}

/** A page of the rows that no seal covers yet, oldest first. */
export async function listUnsealed(db: Db, afterId: string, limit: number): Promise<AuditRow[]> {
  const rows = await db
    .select(readable)
    .from(auditRows)
    .where(and(isNull(auditRows.sequence), gt(auditRows.id, afterId)))
    .orderBy(asc(auditRows.id))
    .limit(limit)
  return rows as AuditRow[]
}

export async function hasUnsealed(db: Db): Promise<boolean> {
  const rows = await db.select({ id: auditRows.id }).from(auditRows).where(isNull(auditRows.sequence)).limit(1)
  return rows.length > 0
}

/** A page of the events in the order of their ids, each with what its audit row keeps of it. */
export async function listToldEvents(db: Db, afterId: string, limit: number) {
  const rows = await db
    .select({ event: events, told: readable.detail })
    .from(events)
    .leftJoin(auditRows, eq(auditRows.eventId, events.id))
    .where(gt(events.id, afterId))
    .orderBy(asc(events.id))
    .limit(limit)
  return rows as { event: typeof events.$inferSelect; told: Record<string, unknown> | null }[]
}

/** Events that no audit row tells of, or whose audit row tells of something else. */
export async function listUntoldEvents(db: Db, limit: number): Promise<{ eventId: string; auditId: string | null }[]> {
  const differs = or(
    isNull(auditRows.id),
    ne(auditRows.action, events.type),
    sql`coalesce(${auditRows.subjectId}, '') <> ${events.subjectId}`,
    sql`coalesce(${auditRows.actorId}, '') <> coalesce(${events.actorId}, '')`,
    ne(auditRows.at, events.at),
  )
  return db
    .select({ eventId: events.id, auditId: auditRows.id })
    .from(events)
    .leftJoin(auditRows, eq(auditRows.eventId, events.id))
    .where(differs)
    .limit(limit)
}

/** Audit rows that tell of an event which is not there. */
export async function listEventlessRows(db: Db, limit: number): Promise<{ id: string; eventId: string | null }[]> {
  return db
    .select({ id: auditRows.id, eventId: auditRows.eventId })
    .from(auditRows)
    .leftJoin(events, eq(events.id, auditRows.eventId))
    .where(and(isNotNull(auditRows.eventId), isNull(events.id)))
    .limit(limit)
}
