import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import type { EventRow } from '../../store/events.ts'
import { findFirstOf, getPerson, listMerges, listSamePeople, type PersonRow, savePerson } from '../../store/people.ts'
import type { ReferralRow } from '../../store/referrals.ts'
import type { Context } from '../context.ts'
import { type Author, record } from '../record.ts'
import { allowAgain, type Spread, spreadStop } from './stop-messages.ts'

type Of = Pick<ReferralRow, 'id' | 'personId'>

/** Whether the two stand for one person already, by whatever way round. */
async function isSamePerson(db: Db, a: string, b: string): Promise<boolean> {
  return (await listSamePeople(db, a)).includes(b)
}

/**
 * The person of this referral is the person of that one: a navigator judged so, and may judge otherwise later. Rows that
 * were recognised as this person before come along, so that no earlier judgement is lost.
 */
export async function recogniseAs(
  context: Context,
  tx: Db,
  author: Author,
  referral: Of,
  original: Of,
  causedBy: string | null,
): Promise<void> {
  if (await isSamePerson(tx, referral.personId, original.personId)) return
  const first = await findFirstOf(tx, referral.personId)
  await judge(context, tx, author, first, { to: original.personId, referral, other: original, causedBy })
}

/** Takes back the newest such judgement that was made from this referral; false where there is none. */
export async function tellApart(
  context: Context,
  tx: Db,
  author: Author,
  referral: Of,
  causedBy: string | null,
): Promise<boolean> {
  const standing = await findStanding(tx, referral.id)
  if (!standing) return false
  await takeBackJudgement(context, tx, author, standing, causedBy)
  return true
}

/** What a judgement changed, put back as it was; what was judged since stands. */
export async function takeBackJudgement(
  context: Context,
  tx: Db,
  author: Author,
  event: EventRow,
  causedBy: string | null = null,
): Promise<void> {
  const [was = null, is = null] = event.changes?.mergedIntoId ?? []
  const person = await getPerson(tx, event.subjectId)
  if (person.mergedIntoId !== is || was === is) return
  if ((await listMerges(tx, event.referralId ?? '')).some(({ undoes }) => undoes === event.id)) return
  const to = typeof was === 'string' ? was : null
  if (to && (await isSamePerson(tx, person.id, to))) return
  const { as, stopped } = event.detail as { as?: string; stopped?: Spread }
  const other = as ? { id: as, personId: String(to ?? is) } : null
  const referral = { id: event.referralId ?? '', personId: person.id }
  if (stopped) await allowAgain(tx, stopped)
  await judge(context, tx, author, person, { to, referral, other, causedBy, undoes: event.id })
}

async function findStanding(tx: Db, referralId: string): Promise<EventRow | undefined> {
  const judgements = await listMerges(tx, referralId)
  const undone = new Set(judgements.flatMap(({ undoes }) => undoes ?? []))
  for (const event of judgements.toReversed()) {
    const [, is] = event.changes?.mergedIntoId ?? []
    if (event.type !== 'person.merged' || undone.has(event.id) || typeof is !== 'string') continue
    if ((await getPerson(tx, event.subjectId)).mergedIntoId === is) return event
  }
  return undefined
}

interface Judgement {
  to: string | null
  /** From which it was judged. */
  referral: Of
  /** The other one of the two, whose history tells of it too. */
  other: Of | null
  causedBy: string | null
  undoes?: string
}

async function judge(
  context: Context,
  tx: Db,
  author: Author,
  person: PersonRow,
  { to, referral, other, causedBy, undoes }: Judgement,
): Promise<void> {
  const type = to ? 'person.merged' : 'person.unmerged'
  const saved = await savePerson(tx, person, { mergedIntoId: to })
  const stopped = to ? await spreadStop(context, tx, saved.id) : undefined
  const [eventId = ''] = await record(context, tx, author, [
    {
      type,
      subject: { kind: 'person', id: saved.id, version: saved.version },
      referralId: referral.id,
      detail: { ...(other ? { as: other.id } : {}), ...(stopped ? { stopped } : {}) },
      changes: { mergedIntoId: [person.mergedIntoId, to] },
      causedBy,
      undoes: undoes ?? null,
    },
  ])
  if (!other) return
  // A version of its own on the other side as well: two navigators who judge at once meet there.
  const met = await savePerson(tx, await getPerson(tx, other.personId), {})
  await record(context, tx, author, [
    {
      type,
      subject: { kind: 'person', id: met.id, version: met.version },
      referralId: other.id,
      detail: { as: referral.id },
      causedBy: eventId,
    },
  ])
}

/** Refuses where there is nothing to judge: the same referral, or people who are one already. */
export async function requireApart(db: Db, referral: Of, other: Of): Promise<void> {
  if (await isSamePerson(db, referral.personId, other.personId))
    throw new Refusal('wrong-status', 'These two are recognised as the same person already.')
}
