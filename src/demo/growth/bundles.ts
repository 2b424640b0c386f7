import type { Db } from '../../store/database.ts'
import { COPIED, type CopiedName } from './tables.ts'

export type Row = Record<string, unknown>
/** Rows of every copied table that tell of the same people. */
export type Bundle = Record<CopiedName, Row[]>

const NAMES = Object.keys(COPIED) as CopiedName[]

const emptyBundle = (): Bundle => Object.fromEntries(NAMES.map((name) => [name, []])) as unknown as Bundle

const idOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Who belongs together: one person's referrals, people who turned out to be one, a referral and its duplicate. */
function families(people: Row[], referrals: Row[]): (id: unknown) => string {
  const parent = new Map<string, string>()
  const rootOf = (id: string): string => {
    const above = parent.get(id)
    return above === undefined || above === id ? id : rootOf(above)
  }
  const join = (a: unknown, b: unknown) => {
    if (a && b) parent.set(rootOf(idOf(a)), rootOf(idOf(b)))
  }
  for (const { id, mergedIntoId } of people) join(id, mergedIntoId)
  for (const { id, personId, duplicateOf } of referrals) {
    join(id, personId)
    join(id, duplicateOf)
  }
  return (id) => rootOf(idOf(id))
}

/** Everything that was played, person by person. Rows that tell of nobody (a group's, a list's) are left out. */
export async function readBundles(db: Db): Promise<Bundle[]> {
  const all = Object.fromEntries(
    await Promise.all(NAMES.map(async (name) => [name, (await db.select().from(COPIED[name])) as Row[]] as const)),
  ) as Bundle
  const familyOf = families(all.people, all.referrals)
  const placed = new Map(all.placements.map(({ id, referralId }) => [id, referralId]))
  const bundles = new Map<string, Bundle>()
  for (const { id } of all.people) {
    const family = familyOf(id)
    if (!bundles.has(family)) bundles.set(family, emptyBundle())
  }
  const keyOf: Record<CopiedName, (row: Row) => unknown> = {
    people: ({ id }) => id,
    // Made anew for every copy, whose name is another.
    personWords: () => undefined,
    referrals: ({ id }) => id,
    events: ({ referralId, subjectId }) => referralId ?? subjectId,
    auditRows: ({ subjectId }) => placed.get(subjectId) ?? subjectId,
    outbox: ({ referralId, placementId }) => referralId ?? placed.get(placementId),
    attendances: ({ placementId }) => placed.get(placementId),
    placements: ({ referralId }) => referralId,
    grants: ({ referralId }) => referralId,
    goals: ({ referralId }) => referralId,
    risks: ({ referralId }) => referralId,
    contacts: ({ referralId }) => referralId,
    questions: ({ referralId }) => referralId,
    signposts: ({ referralId }) => referralId,
    unmetNeeds: ({ referralId }) => referralId,
  }
  for (const name of NAMES) for (const row of all[name]) bundles.get(familyOf(keyOf[name](row)))?.[name].push(row)
  return [...bundles.values()]
}
