import { eq, sql } from 'drizzle-orm'
import type { NextAction } from '../domain/next-action.ts'
import { Refusal } from '../domain/refusal.ts'
import { type Db, inserting, kept, prepared, saving } from './database.ts'
import { RetryWrite, uniqueViolation } from './failures.ts'
import { people, referrals } from './schema.ts'

export type ReferralRow = typeof referrals.$inferSelect
export type NewReferral = typeof referrals.$inferInsert
export type ReferralChanges = Partial<Omit<ReferralRow, 'id' | 'version' | 'reference' | 'personId' | 'receivedAt'>>

/** The one next action as columns; null empties them, which only a closed state may have. */
export function nextColumns(next: NextAction | null) {
  return {
    nextOwnerKind: next?.ownerKind ?? null,
    nextOwnerId: next?.ownerId ?? null,
    nextStep: next?.step ?? null,
    nextDueOn: next?.dueOn ?? null,
    remindedAt: null,
  }
}

const byId = prepared('referrals.byId', (db) =>
  db
    .select()
    .from(referrals)
    .where(eq(referrals.id, sql.placeholder('id'))),
)

export async function findReferral(db: Db, id: string): Promise<ReferralRow | undefined> {
  const [row] = await byId(db, { id })
  return row
}

const byReference = prepared('referrals.byReference', (db) =>
  db
    .select()
    .from(referrals)
    .where(eq(referrals.reference, sql.placeholder('reference'))),
)

export async function findReferralByReference(db: Db, reference: string): Promise<ReferralRow | undefined> {
  const [row] = await byReference(db, { reference })
  return row
}

const forLookUp = prepared('referrals.forLookUp', (db) =>
  db
    .select({ referral: referrals, dateOfBirth: people.dateOfBirth })
    .from(referrals)
    .innerJoin(people, eq(people.id, referrals.personId))
    .where(eq(referrals.reference, sql.placeholder('reference'))),
)

/** A referral with the birthday that has to be known beside its reference. */
export async function findForLookUp(db: Db, reference: string) {
  const [row] = await forLookUp(db, { reference })
  return row
}

/** For what hangs on a referral: its absence is a fault of ours, not a question. */
export async function getReferralRow(db: Db, id: string): Promise<ReferralRow> {
  const row = await findReferral(db, id)
  if (!row) throw new Error('A placement names a referral that is not there.')
  return row
}

const insert = inserting(referrals)

export async function insertReferral(tx: Db, row: NewReferral): Promise<ReferralRow> {
  try {
    return await insert(tx, row)
  } catch (error) {
    // One in thousands of millions: the unit runs again and draws another.
    if (uniqueViolation(error) === 'referrals.reference') throw new RetryWrite('The reference is taken.')
    throw error
  }
}

const save = saving(referrals)

/** Writes against the version that was read: whoever comes second is told, and writes nothing. */
export async function saveReferral(tx: Db, read: ReferralRow, changes: ReferralChanges): Promise<ReferralRow> {
  const saved = await save(tx, read, changes)
  if (!saved)
    throw new Refusal('changed-meanwhile', 'Somebody changed this referral in the meantime. Look at it again.')
  return saved
}

/** News that changes nothing of the referral itself: it stands first in the lists that show news. */
const touch = prepared('referrals.touch', (db) =>
  db
    .update(referrals)
    .set({ changedAt: kept('changedAt', referrals.changedAt) })
    .where(eq(referrals.id, sql.placeholder('id'))),
)

export async function touchReferral(tx: Db, id: string, changedAt: Date): Promise<void> {
  await touch(tx, { id, changedAt })
}
