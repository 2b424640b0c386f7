import type { EventType } from '../domain/events.ts'
import { type AccessNotice, type Audience, NOTICE_DECISIONS } from '../domain/notices.ts'
import type { Acting } from '../domain/organisation.ts'
import type { RiskShown } from '../domain/sealed.ts'
import { digestOfEvent } from '../store/audit-digest.ts'
import { type AuditEntry, appendAudit } from '../store/audit-trail.ts'
import type { Db } from '../store/database.ts'
import { insertEvents } from '../store/events.ts'
import { queueMessages } from '../store/outbox.ts'
import type { ColumnChanges, events, outbox } from '../store/schema.ts'
import type { Context } from './context.ts'

/** Who acts: somebody signed in, the holder of a signed link, the person the referral is about, or the clock. */
export type Author = Acting | { personId: string } | 'system'

/** The parties that a notice may go to. Absent ones are not told. */
export interface Parties {
  referringOrganisationId?: string | null
  receivingOrganisationId?: string | null
  navigatorId?: string | null
  providerOrganisationId?: string | null
  /** The team a referral was redirected to. */
  teamOrganisationId?: string | null
  personId?: string | null
}

type SubjectKind = (typeof events.$inferSelect)['subjectKind']

export interface Happening {
  type: EventType
  subject: { kind: SubjectKind; id: string; version: number }
  referralId?: string | null
  placementId?: string | null
  from?: string | null
  to?: string | null
  reason?: string | null
  detail?: Record<string, unknown>
  /** The event that brought this one about. */
  causedBy?: string | null
  /** The event that this one takes back. */
  undoes?: string | null
  /** Each changed column with what it held before and what it holds now. */
  changes?: ColumnChanges | null
  parties?: Parties
}

/** Who stands in the audit trail: an author, or somebody who acts for no organisation. */
type Signer = Author | { userId: string; organisationId: null }

function authorColumns(author: Signer) {
  if (author === 'system') return { actorKind: 'system', actorId: null, organisationId: null } as const
  if ('personId' in author) return { actorKind: 'person', actorId: author.personId, organisationId: null } as const
  if ('linkId' in author)
    return { actorKind: 'link', actorId: author.linkId, organisationId: author.organisationId } as const
  return { actorKind: 'user', actorId: author.userId, organisationId: author.organisationId } as const
}

function recipient(to: Audience, parties: Parties) {
  const [toKind, toId] = {
    receiving: ['organisation', parties.receivingOrganisationId] as const,
    referring: ['organisation', parties.referringOrganisationId] as const,
    provider: ['organisation', parties.providerOrganisationId] as const,
    team: ['organisation', parties.teamOrganisationId] as const,
    // While nobody has taken it, its service stands in for the navigator.
    navigator: parties.navigatorId
      ? (['user', parties.navigatorId] as const)
      : (['organisation', parties.receivingOrganisationId] as const),
    person: ['person', parties.personId] as const,
  }[to]
  return toId ? { toKind, toId } : undefined
}

/** The holder of a link is known by no more than they say. */
function saidOfThemselves(author: Author): { firstName?: string } {
  const firstName = author !== 'system' && 'linkId' in author ? author.firstName : undefined
  return firstName ? { firstName } : {}
}

/** Nobody is told of what they did themselves. */
function isOwnAct(author: Author, { toKind, toId }: { toKind: string; toId: string }): boolean {
  if (author === 'system') return false
  if ('personId' in author) return toKind === 'person' && toId === author.personId
  if ('linkId' in author) return toKind === 'organisation' && toId === author.organisationId
  return (toKind === 'user' && toId === author.userId) || (toKind === 'organisation' && toId === author.organisationId)
}

/**
 * The only road to history, audit and outbox: each happening becomes one event, one audit row, and the messages that
 * were decided for it, in the transaction of the change itself. Answers with the ids of the events, in order.
 */
export async function record(context: Context, tx: Db, author: Author, happenings: Happening[]): Promise<string[]> {
  const at = context.now()
  const by = authorColumns(author)
  const eventRows = []
  const auditEntries: AuditEntry[] = []
  const messages: (typeof outbox.$inferInsert)[] = []
  for (const { subject, type, parties = {}, ...happening } of happenings) {
    const eventId = context.newId()
    const about = { referralId: happening.referralId ?? null, placementId: happening.placementId ?? null }
    const event = {
      id: eventId,
      type,
      subjectKind: subject.kind,
      subjectId: subject.id,
      subjectVersion: subject.version,
      referralId: about.referralId,
      fromStatus: happening.from ?? null,
      toStatus: happening.to ?? null,
      reason: happening.reason ?? null,
      detail: { ...happening.detail, ...saidOfThemselves(author) },
      causedBy: happening.causedBy ?? null,
      undoes: happening.undoes ?? null,
      changes: happening.changes ?? null,
      ...by,
      at,
    }
    eventRows.push(event)
    auditEntries.push({
      id: context.newId(),
      at,
      ...by,
      action: type,
      subjectKind: subject.kind,
      subjectId: subject.id,
      eventId,
      requestId: context.requestId,
      detail: { event: digestOfEvent(event) },
    })
    for (const { to, notice } of NOTICE_DECISIONS[type]) {
      const reached = recipient(to, parties)
      if (!reached || isOwnAct(author, reached)) continue
      messages.push({
        id: context.newId(),
        notice,
        ...reached,
        ...about,
        eventId,
        createdAt: at,
        nextAttemptAt: at,
        attempts: 0,
      })
    }
  }
  await insertEvents(tx, eventRows)
  await appendAudit(tx, context.auditKey, auditEntries)
  const submitted = happenings.find(({ subject }) => subject.kind === 'referral' && subject.version === 1)
  await queueMessages(tx, messages, submitted?.subject.id)
  return eventRows.map(({ id }) => id)
}

/** What is no move of a record and leaves a row in the audit trail: a look, a sign-in, a setting. It changes nothing else. */
interface Act {
  action: string
  subjectKind: string
  subjectId: string | null
  detail?: Record<string, unknown>
}

export async function recordAct(context: Context, tx: Db, author: Signer, act: Act): Promise<void> {
  const entry = {
    id: context.newId(),
    at: context.now(),
    ...authorColumns(author),
    eventId: null,
    requestId: context.requestId,
    detail: {},
    ...act,
  }
  await appendAudit(tx, context.auditKey, entry)
}

/** Owes an e-mail that carries a way in, in the transaction that made it. It tells of no event. */
export async function owe(context: Context, tx: Db, { notice, linkId }: { notice: AccessNotice; linkId: string }) {
  const at = context.now()
  const message = { id: context.newId(), notice, toKind: 'link' as const, toId: linkId, eventId: linkId }
  await queueMessages(tx, [{ ...message, createdAt: at, nextAttemptAt: at, attempts: 0 }])
}

/** Of risks it is also recorded which kinds were shown in detail, and which stayed sealed. Never the detail. */
export async function recordRiskLook(
  context: Context,
  tx: Db,
  actor: Acting,
  referralId: string,
  risks: readonly RiskShown[],
): Promise<void> {
  const kinds = (isSealed: boolean) => risks.flatMap(({ kind, sealed = false }) => (sealed === isSealed ? [kind] : []))
  await recordAct(context, tx, actor, {
    action: 'risk.viewed',
    subjectKind: 'referral',
    subjectId: referralId,
    detail: { shown: kinds(false), sealed: kinds(true) },
  })
}

/** A list that names people is a look at each of them: one row says which. */
export async function recordListLook(
  context: Context,
  actor: Acting,
  subjectKind: 'referral' | 'placement',
  ids: string[],
): Promise<void> {
  if (ids.length === 0) return
  const look = { action: `${subjectKind}.listed`, subjectKind, subjectId: null, detail: { ids } }
  await context.db.write((tx) => recordAct(context, tx, actor, look))
}
