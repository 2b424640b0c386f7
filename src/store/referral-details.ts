import { and, asc, eq, inArray } from 'drizzle-orm'
import type { GoalResult } from '../domain/goal.ts'
import { type Db, inserting, listed, oneOf, prepared } from './database.ts'
import { contacts, goals, risks, users } from './schema.ts'

export type GoalRow = typeof goals.$inferSelect
export type RiskRow = typeof risks.$inferSelect

const insertGoal = inserting(goals)

export async function insertGoals(tx: Db, rows: (typeof goals.$inferInsert)[]): Promise<void> {
  for (const row of rows) await insertGoal(tx, row)
}

export async function deleteGoals(tx: Db, ids: string[]): Promise<void> {
  if (ids.length > 0) await tx.delete(goals).where(inArray(goals.id, ids))
}

const goalsOf = prepared('goals.ofReferrals', (db) =>
  db.select().from(goals).where(oneOf(goals.referralId, 'referralIds')).orderBy(asc(goals.id)),
)

export async function listGoals(db: Db, referralId: string): Promise<GoalRow[]> {
  return listGoalsOf(db, [referralId])
}

/** The goals of many referrals, in one query. */
export async function listGoalsOf(db: Db, referralIds: string[]): Promise<GoalRow[]> {
  if (referralIds.length === 0) return []
  return goalsOf(db, { referralIds: listed(referralIds) })
}

/** Says how a goal went; false where the goal is not of this referral. */
export async function saveGoalResult(
  tx: Db,
  referralId: string,
  goal: { id: string; result: GoalResult['result'] | null },
): Promise<boolean> {
  const saved = await tx
    .update(goals)
    .set({ result: goal.result })
    .where(and(eq(goals.id, goal.id), eq(goals.referralId, referralId)))
    .returning({ id: goals.id })
  return saved.length === 1
}

const insertRisk = inserting(risks)

export async function insertRisks(tx: Db, rows: (typeof risks.$inferInsert)[]): Promise<void> {
  for (const row of rows) await insertRisk(tx, row)
}

const risksOf = prepared('risks.ofReferrals', (db) =>
  db.select().from(risks).where(oneOf(risks.referralId, 'referralIds')).orderBy(asc(risks.id)),
)

export async function listRisks(db: Db, referralIds: string[]): Promise<RiskRow[]> {
  if (referralIds.length === 0) return []
  return risksOf(db, { referralIds: listed(referralIds) })
}

export const insertContact = inserting(contacts)

export async function deleteContact(tx: Db, id: string): Promise<void> {
  await tx.delete(contacts).where(eq(contacts.id, id))
}

const contactsOf = prepared('contacts.ofReferrals', (db) =>
  db
    .select({
      id: contacts.id,
      outcome: contacts.outcome,
      channel: contacts.channel,
      note: contacts.note,
      placementId: contacts.placementId,
      madeAt: contacts.madeAt,
      by: users.name,
    })
    .from(contacts)
    .innerJoin(users, eq(users.id, contacts.madeBy))
    .where(oneOf(contacts.referralId, 'referralIds'))
    .orderBy(asc(contacts.madeAt), asc(contacts.id)),
)

/** Every try to reach the person, oldest first, with who made it. */
export async function listContacts(db: Db, referralId: string) {
  return listContactsOf(db, [referralId])
}

/** The same of many referrals, in one query. */
export async function listContactsOf(db: Db, referralIds: string[]) {
  if (referralIds.length === 0) return []
  return contactsOf(db, { referralIds: listed(referralIds) })
}
