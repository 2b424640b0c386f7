import { type DigestNotice, isDigestNotice, waitsFor } from '../../domain/digest.ts'
import { isAccessNotice, type MailMode, type Notice } from '../../domain/notices.ts'
import type { Db } from '../../store/database.ts'
import { findOpenDigest, insertDigest, joinDigest, listMailFacts, listSinglesSince } from '../../store/digests.ts'
import type { OutboxRow } from '../../store/outbox.ts'
import type { Context } from '../context.ts'
import type { Batch } from './claim-messages.ts'

const HOUR_MS = 3_600_000

/** A message with how its recipient wants to hear, and for whom they work. */
interface Wanted {
  row: OutboxRow
  mode: MailMode
  organisationId: string
}

export interface Sorted {
  /** These go out now: on their own, or as a digest. */
  going: OutboxRow[]
  /** These wait for a digest from now on, and are the caller's no more. */
  held: Set<string>
  /** Of these, what the recipient also wants to read in the digest of the day. */
  againInDigest: Map<string, Wanted>
}

/**
 * Which of a claimed batch go out on their own. Some wait for a digest from now on: too many went out within the hour, or
 * the recipient wants to hear once a day. Some are left for the next batch, which knows whether these were really sent.
 * Messages to a person never wait, nor does what somebody had sent again.
 */
export async function sortOut(
  context: Context,
  { rows, lapsed }: Pick<Batch, 'rows' | 'lapsed'>,
  most: number | undefined,
): Promise<Sorted> {
  const { db, now } = context
  const at = now()
  const candidates = rows.filter(({ notice, toKind, referralId, resends }) => {
    const isForStaff = toKind === 'user' || toKind === 'organisation'
    return referralId !== null && resends === null && isForStaff && !isDigestNotice(notice) && !isAccessNotice(notice)
  })
  if (candidates.length === 0) return { going: rows, held: new Set(), againInDigest: new Map() }
  const ids = candidates.map(({ id }) => id)
  const facts = new Map((await listMailFacts(db.read, ids)).map((fact) => [fact.id, fact]))
  const recipients = [...new Set(candidates.map(({ toId }) => toId))]
  const singles = await listSinglesSince(db.read, recipients, new Date(at.getTime() - HOUR_MS))
  const toGo = new Map<string, Date[]>()
  const held: (Wanted & { in: DigestNotice; until: Date })[] = []
  const left = new Set<string>()
  const againInDigest = new Map<string, Wanted>()
  for (const row of candidates) {
    const fact = facts.get(row.id)
    if (!fact) continue
    const { createdAt, toId, attempts, outcome } = row
    const wasTried = lapsed || attempts > 0 || outcome !== null
    const single = { ...fact, notice: row.notice as Notice, createdAt, wasTried }
    const sentAt = singles.get(toId) ?? []
    const others = toGo.get(toId) ?? []
    const wanted = { row, mode: fact.mode, organisationId: fact.organisationId }
    const waits = waitsFor(single, sentAt, at, most)
    if (waits) held.push({ ...wanted, ...waits })
    else if (waitsFor(single, [...sentAt, ...others], at, most)) left.add(row.id)
    else {
      toGo.set(toId, [...others, at])
      if (fact.mode === 'both') againInDigest.set(row.id, wanted)
    }
  }
  if (held.length > 0)
    await db.write(async (tx) => {
      for (const { row, organisationId, until, ...waits } of held)
        await joinOne(context, tx, row, { organisationId, notice: waits.in, until })
    })
  const waiting = new Set(held.map(({ row }) => row.id))
  const going = rows.filter(({ id }) => !waiting.has(id) && !left.has(id))
  return { going, held: waiting, againInDigest }
}

/** Puts a message into the digest of its recipient that is open, or into a new one that is sent by then. */
export async function joinOne(
  context: Context,
  tx: Db,
  row: Pick<OutboxRow, 'id' | 'toKind' | 'toId'>,
  { until, ...digest }: { organisationId: string; notice: DigestNotice; until: Date },
): Promise<void> {
  const { toKind, toId } = row
  const open = await findOpenDigest(tx, { toKind, toId, ...digest })
  const id = open?.id ?? context.newId()
  if (!open) await insertDigest(tx, { id, toKind, toId, ...digest, createdAt: context.now(), until })
  await joinDigest(tx, [row.id], id)
}
