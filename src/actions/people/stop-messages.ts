import type { MessagesStopped } from '../../domain/person.ts'
import type { Db } from '../../store/database.ts'
import { findToldStop, listPeople, listSamePeople, savePeople } from '../../store/people.ts'
import type { Context } from '../context.ts'

/** Nothing is sent to them any more, whichever row they stand under; what is queued asks before it goes. */
export async function stopMessages(context: Context, tx: Db, personId: string, why: MessagesStopped): Promise<void> {
  await savePeople(tx, await listSamePeople(tx, personId), {
    messagesStopped: why,
    messagesStoppedAt: context.now(),
  })
}

export async function allowMessages(tx: Db, personId: string): Promise<void> {
  await savePeople(tx, await listSamePeople(tx, personId), { messagesStopped: null, messagesStoppedAt: null })
}

/** A death recorded by mistake: what the person or a court had said before holds again. */
export async function takeBackDeath(tx: Db, personId: string): Promise<void> {
  const ids = await listSamePeople(tx, personId)
  const before = await findToldStop(tx, ids)
  await savePeople(tx, ids, { messagesStopped: before?.why ?? null, messagesStoppedAt: before?.at ?? null })
}

/** The rows that a stop came to when they were recognised as somebody whose messages were stopped. */
export interface Spread {
  why: MessagesStopped
  at: string
  people: string[]
}

const GRAVEST: readonly MessagesStopped[] = ['died', 'restricted', 'do_not_contact']

/** Whoever asked not to be written to is not written to under another row either. */
export async function spreadStop(context: Context, tx: Db, personId: string): Promise<Spread | undefined> {
  const rows = await listPeople(tx, await listSamePeople(tx, personId))
  const why = GRAVEST.find((stop) => rows.some(({ messagesStopped }) => messagesStopped === stop))
  const free = rows.flatMap(({ id, messagesStopped }) => (messagesStopped ? [] : [id]))
  if (!why || free.length === 0) return undefined
  const at = context.now()
  await savePeople(tx, free, { messagesStopped: why, messagesStoppedAt: at })
  return { why, at: at.toISOString(), people: free }
}

/** They are somebody else after all; what was decided about their messages since stands. */
export async function allowAgain(tx: Db, { at, people }: Spread): Promise<void> {
  const still = (await listPeople(tx, people)).filter(
    ({ messagesStoppedAt }) => messagesStoppedAt?.toISOString() === at,
  )
  await savePeople(
    tx,
    still.map(({ id }) => id),
    { messagesStopped: null, messagesStoppedAt: null },
  )
}
