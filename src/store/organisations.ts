import { and, asc, eq, inArray, isNotNull, ne, sql } from 'drizzle-orm'
import type { MailMode } from '../domain/notices.ts'
import type { ServiceSettings } from '../domain/service-settings.ts'
import { type Db, listed, oneOf, prepared } from './database.ts'
import { organisations, serviceAreas } from './schema.ts'

export type OrganisationRow = typeof organisations.$inferSelect

const defaultService = prepared('organisations.defaultService', (db) =>
  db.select().from(organisations).where(eq(organisations.isDefaultService, true)).limit(1),
)

const idOfDefaultService = prepared('organisations.idOfDefaultService', (db) =>
  db.select({ id: organisations.id }).from(organisations).where(eq(organisations.isDefaultService, true)).limit(1),
)

export async function hasDefaultService(db: Db): Promise<boolean> {
  return (await defaultService(db)).length > 0
}

export async function insertOrganisation(tx: Db, row: typeof organisations.$inferInsert): Promise<void> {
  await tx.insert(organisations).values(row)
}

export async function findDefaultService(db: Db): Promise<OrganisationRow | undefined> {
  const [row] = await defaultService(db)
  return row
}

/** The navigation service that receives what nobody else's patch or network claims. */
export async function getDefaultService(db: Db): Promise<OrganisationRow> {
  const row = await findDefaultService(db)
  if (!row) throw new Error('No organisation is set as the default navigation service.')
  return row
}

const byArea = prepared('organisations.byArea', (db) =>
  db
    .select({ id: serviceAreas.organisationId })
    .from(serviceAreas)
    .where(and(eq(serviceAreas.kind, sql.placeholder('kind')), eq(serviceAreas.code, sql.placeholder('code')))),
)

/** The service of the person's practice, else the one whose patch holds their ward, else the city's default. */
export async function getServiceFor(
  db: Db,
  { practiceOdsCode, wardCode }: { practiceOdsCode: string | null; wardCode: string | null },
): Promise<string> {
  const [ofPractice] = practiceOdsCode ? await byArea(db, { kind: 'practice', code: practiceOdsCode }) : []
  if (ofPractice) return ofPractice.id
  const [ofWard] = wardCode ? await byArea(db, { kind: 'ward', code: wardCode }) : []
  if (ofWard) return ofWard.id
  const [byDefault] = await idOfDefaultService(db)
  return byDefault?.id ?? (await getDefaultService(db)).id
}

const settingsOf = prepared('organisations.settings', (db) =>
  db
    .select({ settings: organisations.settings })
    .from(organisations)
    .where(eq(organisations.id, sql.placeholder('id'))),
)

export async function findServiceSettings(db: Db, id: string): Promise<ServiceSettings | null> {
  const [row] = await settingsOf(db, { id })
  return row?.settings ?? null
}

const byId = prepared('organisations.byId', (db) =>
  db
    .select()
    .from(organisations)
    .where(eq(organisations.id, sql.placeholder('id'))),
)

const byIds = prepared('organisations.byIds', (db) =>
  db.select().from(organisations).where(oneOf(organisations.id, 'ids')),
)

export async function getOrganisations(db: Db, ids: string[]): Promise<Map<string, OrganisationRow>> {
  if (ids.length === 0) return new Map()
  // One is looked up in half the time of a list of one.
  const [id, ...others] = ids
  const rows = others.length === 0 ? await byId(db, { id }) : await byIds(db, { ids: listed(ids) })
  return new Map(rows.map((row) => [row.id, row]))
}

const bySlug = prepared('organisations.bySlug', (db) =>
  db
    .select()
    .from(organisations)
    .where(eq(organisations.slug, sql.placeholder('slug'))),
)

export async function findOrganisationBySlug(db: Db, slug: string): Promise<OrganisationRow | undefined> {
  const [row] = await bySlug(db, { slug })
  return row
}

export async function getOrganisation(db: Db, id: string): Promise<OrganisationRow> {
  const [row] = await byId(db, { id })
  if (!row) throw new Error(`There is no organisation ${id}.`)
  return row
}

export interface ServiceAreas {
  practices: string[]
  wards: string[]
}

/** The practices and wards that a navigation service looks after, in the order of their codes. */
export async function getServiceAreas(db: Db, organisationId: string): Promise<ServiceAreas> {
  const rows = await db
    .select({ kind: serviceAreas.kind, code: serviceAreas.code })
    .from(serviceAreas)
    .where(eq(serviceAreas.organisationId, organisationId))
  const codesOf = (kind: 'practice' | 'ward') => rows.flatMap((row) => (row.kind === kind ? [row.code] : [])).sort()
  return { practices: codesOf('practice'), wards: codesOf('ward') }
}

/** Whose these codes are, where somebody else has them already. */
export async function findAreasOfOthers(db: Db, organisationId: string, kind: 'practice' | 'ward', codes: string[]) {
  if (codes.length === 0) return []
  return db
    .select({ code: serviceAreas.code, service: organisations.name })
    .from(serviceAreas)
    .innerJoin(organisations, eq(organisations.id, serviceAreas.organisationId))
    .where(
      and(
        eq(serviceAreas.kind, kind),
        inArray(serviceAreas.code, codes),
        ne(serviceAreas.organisationId, organisationId),
      ),
    )
    .orderBy(asc(serviceAreas.code))
}

/** These codes and no others of this kind. */
export async function replaceAreas(
  tx: Db,
  organisationId: string,
  kind: 'practice' | 'ward',
  areas: { id: string; code: string }[],
): Promise<void> {
  await tx.delete(serviceAreas).where(and(eq(serviceAreas.organisationId, organisationId), eq(serviceAreas.kind, kind)))
  if (areas.length > 0) await tx.insert(serviceAreas).values(areas.map((area) => ({ ...area, organisationId, kind })))
}

export async function saveServiceSettings(tx: Db, id: string, settings: ServiceSettings): Promise<void> {
  await tx.update(organisations).set({ settings }).where(eq(organisations.id, id))
}

export async function saveOrganisationMailMode(tx: Db, id: string, mailMode: MailMode): Promise<void> {
  await tx.update(organisations).set({ mailMode }).where(eq(organisations.id, id))
}

export async function saveOrganisationEmail(tx: Db, id: string, email: string): Promise<void> {
  await tx.update(organisations).set({ email }).where(eq(organisations.id, id))
}

export async function saveOrganisationPhone(tx: Db, id: string, phone: string | null): Promise<void> {
  await tx.update(organisations).set({ phone }).where(eq(organisations.id, id))
}

/** The practices that refer here, by name. */
export async function listPractices(db: Db): Promise<{ odsCode: string; name: string }[]> {
  const rows = await db
    .select({ odsCode: organisations.odsCode, name: organisations.name })
    .from(organisations)
    .where(and(eq(organisations.kind, 'gp_practice'), isNotNull(organisations.odsCode)))
    .orderBy(asc(organisations.name))
  return rows.flatMap(({ odsCode, name }) => (odsCode ? [{ odsCode, name }] : []))
}
