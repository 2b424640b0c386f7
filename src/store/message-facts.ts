import { and, eq, isNotNull, or } from 'drizzle-orm'
import { DIED } from '../domain/closing.ts'
import type { Notice } from '../domain/notices.ts'
import type { Db } from './database.ts'
import type { OutboxRow } from './outbox.ts'
import { events, memberships, organisations, people, placements, referrals, users } from './schema.ts'
import { hasLeft } from './users.ts'

export type MessageFacts = NonNullable<Awaited<ReturnType<typeof findMessageFacts>>>

/**
 * What a message may need of its referral, as it is now and not as it was when the message was owed. Undefined where
 * the referral is gone.
 */
export async function findMessageFacts(db: Db, { referralId, placementId, eventId }: OutboxRow) {
  if (!referralId) return undefined
  const [found] = await db
    .select({
      referral: {
        id: referrals.id,
        reference: referrals.reference,
        personId: referrals.personId,
        status: referrals.status,
        priority: referrals.priority,
        receivedAt: referrals.receivedAt,
        nextOwnerKind: referrals.nextOwnerKind,
        nextOwnerId: referrals.nextOwnerId,
        navigatorId: referrals.navigatorId,
        receivingOrganisationId: referrals.receivingOrganisationId,
        nextStep: referrals.nextStep,
        nextDueOn: referrals.nextDueOn,
        remindedAt: referrals.remindedAt,
        receivingOrganisation: organisations.slug,
        servicePhone: organisations.phone,
      },
      /** What the person said about their practice. */
      person: { tellPractice: people.tellPractice, practiceOdsCode: people.practiceOdsCode },
    })
    .from(referrals)
    .innerJoin(organisations, eq(organisations.id, referrals.receivingOrganisationId))
    .innerJoin(people, eq(people.id, referrals.personId))
    .where(eq(referrals.id, referralId))
  if (!found) return undefined
  return {
    ...found,
    placement: placementId ? await findPlacement(db, placementId) : undefined,
    isTakenBack: await isTakenBack(db, eventId),
  }
}

async function findPlacement(db: Db, id: string) {
  const [placement] = await db
    .select({
      id: placements.id,
      status: placements.status,
      nextOwnerKind: placements.nextOwnerKind,
      nextOwnerId: placements.nextOwnerId,
      nextStep: placements.nextStep,
      nextDueOn: placements.nextDueOn,
      remindedAt: placements.remindedAt,
      bookedFor: placements.bookedFor,
    })
    .from(placements)
    .where(eq(placements.id, id))
  return placement
}

async function isTakenBack(db: Db, eventId: string): Promise<boolean> {
  const undone = await db.select({ id: events.id }).from(events).where(eq(events.undoes, eventId)).limit(1)
  return undone.length > 0
}

/** Who a message is for. Of a person there is no more than a letter needs, and what forbids it. */
export async function findRecipient(
  db: Db,
  { toKind, toId }: Pick<OutboxRow, 'toKind' | 'toId'>,
  organisationId?: string,
) {
  if (toKind === 'organisation') {
    const [row] = await db
      .select({ email: organisations.email, slug: organisations.slug, odsCode: organisations.odsCode })
      .from(organisations)
      .where(eq(organisations.id, toId))
    if (!row) return undefined
    const readerLeft = row.email !== null && (await hasLeft(db, toId, row.email))
    return { kind: 'organisation', ...row, readerLeft } as const
  }
  if (toKind === 'user') {
    const [row] = await db
      .select({ email: users.email, suspendedAt: users.suspendedAt })
      .from(users)
      .where(eq(users.id, toId))
    if (!row) return undefined
    const { muted, suspendedAt } = await membershipOf(db, toId, organisationId)
    return { kind: 'user', email: row.email, suspendedAt: row.suspendedAt ?? suspendedAt, muted } as const
  }
  const [row] = await db
    .select({
      email: people.email,
      givenName: people.givenName,
      fullName: people.fullName,
      dateOfBirth: people.dateOfBirth,
      safeContact: people.safeContact,
      preferredLanguage: people.preferredLanguage,
      youngPerson: people.youngPerson,
      mergedIntoId: people.mergedIntoId,
    })
    .from(people)
    .where(eq(people.id, toId))
  if (!row) return undefined
  const { mergedIntoId, ...person } = row
  return { kind: 'person', ...person, stopped: await findStop(db, mergedIntoId ?? toId) } as const
}

/**
 * What somebody chose not to be told of the work that they do for this organisation, and since when they may not do it.
 * Where the work has gone to another one meanwhile, that they may work anywhere is enough.
 */
async function membershipOf(db: Db, userId: string, organisationId: string | undefined) {
  const all = await db
    .select({
      organisationId: memberships.organisationId,
      suspendedAt: memberships.suspendedAt,
      muted: memberships.mutedNotices,
    })
    .from(memberships)
    .where(eq(memberships.userId, userId))
  const own = all.find((one) => one.organisationId === organisationId)
  const elsewhere = all.every((one) => one.suspendedAt !== null) ? all[0] : undefined
  const muted: Notice[] = own?.muted ?? []
  return { muted, suspendedAt: (own ?? elsewhere)?.suspendedAt ?? null }
}

export type Recipient = NonNullable<Awaited<ReturnType<typeof findRecipient>>>

/** Why nothing goes to somebody any more, wherever it was recorded: on any of their rows, and with any referral. */
async function findStop(db: Db, personId: string) {
  const isThem = or(eq(people.id, personId), eq(people.mergedIntoId, personId))
  const [stop] = await db
    .select({ why: people.messagesStopped })
    .from(people)
    .where(and(isThem, isNotNull(people.messagesStopped)))
    .limit(1)
  if (stop) return stop.why
  const [death] = await db
    .select({ why: referrals.closingReason })
    .from(referrals)
    .innerJoin(people, eq(people.id, referrals.personId))
    .where(and(isThem, eq(referrals.closingReason, DIED)))
    .limit(1)
  return death ? DIED : null
}
