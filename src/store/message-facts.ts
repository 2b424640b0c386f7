import { eq } from 'drizzle-orm'
import type { Db } from './database.ts'
import type { OutboxRow } from './outbox.ts'
import { organisations, people, placements, referrals, users } from './schema.ts'

export type MessageFacts = NonNullable<Awaited<ReturnType<typeof findMessageFacts>>>

/**
 * What a message may need of its referral, as it is now and not as it was when the message was owed. Undefined where
 * the referral is gone.
 */
export async function findMessageFacts(db: Db, { referralId, placementId }: OutboxRow) {
  if (!referralId) return undefined
  const [referral] = await db
    .select({
      id: referrals.id,
      reference: referrals.reference,
      personId: referrals.personId,
      status: referrals.status,
      priority: referrals.priority,
      receivedAt: referrals.receivedAt,
      closingReason: referrals.closingReason,
      nextOwnerKind: referrals.nextOwnerKind,
      nextOwnerId: referrals.nextOwnerId,
      navigatorId: referrals.navigatorId,
      nextStep: referrals.nextStep,
      nextDueOn: referrals.nextDueOn,
      receivingOrganisation: organisations.slug,
    })
    .from(referrals)
    .innerJoin(organisations, eq(organisations.id, referrals.receivingOrganisationId))
    .where(eq(referrals.id, referralId))
  return referral && { referral, placement: placementId ? await findPlacement(db, placementId) : undefined }
}

async function findPlacement(db: Db, id: string) {
  const [placement] = await db
    .select({ id: placements.id, nextStep: placements.nextStep, nextDueOn: placements.nextDueOn })
    .from(placements)
    .where(eq(placements.id, id))
  return placement
}

/** Who a message is for. Of a person there is no more than a letter needs. */
export async function findRecipient(db: Db, { toKind, toId }: Pick<OutboxRow, 'toKind' | 'toId'>) {
  if (toKind === 'organisation') {
    const [row] = await db
      .select({ email: organisations.email, slug: organisations.slug })
      .from(organisations)
      .where(eq(organisations.id, toId))
    return row && ({ kind: 'organisation', ...row } as const)
  }
  if (toKind === 'user') {
    const [row] = await db
      .select({ email: users.email, suspendedAt: users.suspendedAt })
      .from(users)
      .where(eq(users.id, toId))
    return row && ({ kind: 'user', ...row } as const)
  }
  const [row] = await db
    .select({
      email: people.email,
      givenName: people.givenName,
      fullName: people.fullName,
      safeContact: people.safeContact,
    })
    .from(people)
    .where(eq(people.id, toId))
  return row && ({ kind: 'person', ...row } as const)
}
export type Recipient = NonNullable<Awaited<ReturnType<typeof findRecipient>>>
