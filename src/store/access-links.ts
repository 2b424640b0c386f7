import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Db } from './database.ts'
import { accessLinks, organisations, users } from './schema.ts'

export type AccessLinkRow = typeof accessLinks.$inferSelect

export async function insertAccessLink(tx: Db, row: typeof accessLinks.$inferInsert): Promise<void> {
  await tx.insert(accessLinks).values(row)
}

const isOpen = and(isNull(accessLinks.usedAt), isNull(accessLinks.cancelledAt))

function withOrganisation(db: Db) {
  return db
    .select({
      link: accessLinks,
      organisation: { slug: organisations.slug, name: organisations.name },
      inviter: users.name,
    })
    .from(accessLinks)
    .innerJoin(organisations, eq(organisations.id, accessLinks.organisationId))
    .innerJoin(users, eq(users.id, accessLinks.invitedBy))
}
export type WholeLink = Awaited<ReturnType<typeof withOrganisation>>[number]

export async function findAccessLink(db: Db, id: string): Promise<WholeLink | undefined> {
  const [row] = await withOrganisation(db).where(eq(accessLinks.id, id))
  return row
}

export async function findAccessLinkByDigest(db: Db, digest: string): Promise<WholeLink | undefined> {
  const [row] = await withOrganisation(db).where(eq(accessLinks.digest, digest))
  return row
}

/** Invitations of an organisation that nobody has used or taken back, the newest first; those that ran out included. */
export async function listOpenInvitations(db: Db, organisationId: string): Promise<AccessLinkRow[]> {
  return db
    .select()
    .from(accessLinks)
    .where(and(eq(accessLinks.organisationId, organisationId), eq(accessLinks.kind, 'invitation'), isOpen))
    .orderBy(desc(accessLinks.createdAt), desc(accessLinks.id))
}

/** Ends what is open for this address there: another link takes its place, or none. Says how many. */
export async function cancelAccessLinks(
  tx: Db,
  { organisationId, email, kind }: Pick<AccessLinkRow, 'organisationId' | 'email' | 'kind'>,
  at: Date,
): Promise<number> {
  const cancelled = await tx
    .update(accessLinks)
    .set({ cancelledAt: at })
    .where(
      and(
        eq(accessLinks.organisationId, organisationId),
        eq(accessLinks.email, email),
        eq(accessLinks.kind, kind),
        isOpen,
      ),
    )
    .returning({ id: accessLinks.id })
  return cancelled.length
}

/** Uses a link up; false where somebody was first, or took it back. */
export async function useAccessLink(tx: Db, id: string, userId: string, at: Date): Promise<boolean> {
  const used = await tx
    .update(accessLinks)
    .set({ usedAt: at, userId })
    .where(and(eq(accessLinks.id, id), isOpen))
    .returning({ id: accessLinks.id })
  return used.length > 0
}
