import { and, asc, eq, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Day } from '../domain/day.ts'
import { OPEN_REFERRAL } from '../domain/referral-moves.ts'
import type { SignpostAnswer } from '../domain/signpost.ts'
import { type Db, inserting, prepared } from './database.ts'
import { people, referrals, signposts } from './schema.ts'

export type SignpostRow = typeof signposts.$inferSelect

export const insertSignpost = inserting(signposts)

export async function deleteSignpost(tx: Db, id: string): Promise<void> {
  await tx.delete(signposts).where(eq(signposts.id, id))
}

const ofReferral = prepared('signposts.ofReferral', (db) =>
  db
    .select({
      id: signposts.id,
      projectId: signposts.projectId,
      text: signposts.text,
      madeAt: signposts.madeAt,
      askOn: signposts.askOn,
      answer: signposts.answer,
      answeredAt: signposts.answeredAt,
    })
    .from(signposts)
    .where(eq(signposts.referralId, sql.placeholder('referralId')))
    .orderBy(asc(signposts.madeAt), asc(signposts.id)),
)

export async function listSignposts(db: Db, referralId: string) {
  return ofReferral(db, { referralId })
}

/** A signpost of this referral; undefined where there is none. */
export async function findSignpost(db: Db, referralId: string, id: string): Promise<SignpostRow | undefined> {
  const [row] = await db
    .select()
    .from(signposts)
    .where(and(eq(signposts.id, id), eq(signposts.referralId, referralId)))
  return row
}

export async function saveSignpostAnswer(
  tx: Db,
  id: string,
  answer: { answer: SignpostAnswer | null; answeredAt: Date | null; askOn: Day | null },
): Promise<void> {
  await tx.update(signposts).set(answer).where(eq(signposts.id, id))
}

// Whoever withdrew, was not reached or must not be contacted is not asked how it was.
const ASKED_OF = [...OPEN_REFERRAL, 'completed'] as const

function isDue({ receivingOrganisationId, navigatorId, today }: DueOf): SQL | undefined {
  return and(
    lte(signposts.askOn, today),
    eq(referrals.receivingOrganisationId, receivingOrganisationId),
    inArray(referrals.status, [...ASKED_OF]),
    isNull(people.messagesStopped),
    // While nobody has it, it is everybody's to ask.
    navigatorId ? or(eq(referrals.navigatorId, navigatorId), isNull(referrals.navigatorId)) : undefined,
  )
}

interface DueOf {
  receivingOrganisationId: string
  /** Only what this navigator has to ask, and what nobody has. */
  navigatorId?: string | undefined
  today: Day
}

/** Whom to ask today or earlier whether they went, longest due first. */
export async function listDueSignposts(
  db: Db,
  of: DueOf,
  { after, limit }: { after?: { askOn: Day; id: string } | undefined; limit: number },
) {
  return db
    .select({
      id: signposts.id,
      referralId: signposts.referralId,
      reference: referrals.reference,
      personName: people.fullName,
      text: signposts.text,
      madeAt: signposts.madeAt,
      askOn: signposts.askOn,
      answer: signposts.answer,
    })
    .from(signposts)
    .innerJoin(referrals, eq(referrals.id, signposts.referralId))
    .innerJoin(people, eq(people.id, referrals.personId))
    .where(
      and(isDue(of), after ? sql`(${signposts.askOn}, ${signposts.id}) > (${after.askOn}, ${after.id})` : undefined),
    )
    .orderBy(asc(signposts.askOn), asc(signposts.id))
    .limit(limit)
}

/** How many of them there are, counted no further than `most`. */
export async function countDueSignposts(db: Db, of: DueOf, most: number): Promise<number> {
  const rows = await db
    .select({ id: signposts.id })
    .from(signposts)
    .innerJoin(referrals, eq(referrals.id, signposts.referralId))
    .innerJoin(people, eq(people.id, referrals.personId))
    .where(isDue(of))
    .limit(most)
  return rows.length
}
