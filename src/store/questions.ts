import { and, asc, desc, eq, isNull } from 'drizzle-orm'
import { type Db, inserting, listed, oneOf, prepared } from './database.ts'
import { questions, users } from './schema.ts'

type QuestionRow = typeof questions.$inferSelect

export const insertQuestion = inserting(questions)

/**
 * The question that waits for an answer: of a referral itself, or of one of its placements. The newest: an older one
 * whose time was over stays without an answer.
 */
export async function findOpenQuestion(
  db: Db,
  { referralId, placementId }: { referralId: string; placementId: string | null },
): Promise<QuestionRow | undefined> {
  const [row] = await db
    .select()
    .from(questions)
    .where(
      and(
        eq(questions.referralId, referralId),
        placementId === null ? isNull(questions.placementId) : eq(questions.placementId, placementId),
        isNull(questions.answeredAt),
      ),
    )
    .orderBy(desc(questions.askedAt), desc(questions.id))
    .limit(1)
  return row
}

export async function answerQuestion(
  tx: Db,
  id: string,
  answered: Pick<QuestionRow, 'answer' | 'answeredBy' | 'answeredAt'>,
): Promise<void> {
  await tx.update(questions).set(answered).where(eq(questions.id, id))
}

export async function deleteQuestion(tx: Db, id: string): Promise<void> {
  await tx.delete(questions).where(eq(questions.id, id))
}

const ofReferrals = prepared('questions.ofReferrals', (db) =>
  db
    .select({
      id: questions.id,
      placementId: questions.placementId,
      text: questions.text,
      askedAt: questions.askedAt,
      /** Null where it came by a signed link. */
      askedBy: users.name,
      answer: questions.answer,
      answeredAt: questions.answeredAt,
    })
    .from(questions)
    .leftJoin(users, eq(users.id, questions.askedBy))
    .where(oneOf(questions.referralId, 'referralIds'))
    .orderBy(asc(questions.askedAt), asc(questions.id)),
)

/** Every question of these referrals and their placements, oldest first, with who asked. */
export async function listQuestions(db: Db, referralIds: string[]) {
  if (referralIds.length === 0) return []
  return ofReferrals(db, { referralIds: listed(referralIds) })
}
