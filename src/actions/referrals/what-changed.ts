import type { EventType } from '../../domain/events.ts'
import type { Actor } from '../../domain/organisation.ts'
import { findChangeSince, listDoneSince } from '../../store/board.ts'
import { getReferral } from '../access/get-referral.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'

/** What others did since a page was opened: how many referrals came, and how many each colleague took or changed. */
export interface WhatChanged {
  arrived: number
  taken: { by: string; count: number }[]
  changed: number
}

const ARRIVED: readonly EventType[] = ['referral.submitted', 'referral.submitted-direct', 'referral.fell-back']
const TAKEN: readonly EventType[] = ['referral.assigned', 'referral.reassigned']

/** Names colleagues and counts referrals, and nobody who is supported: so it leaves no row in the audit trail. */
export async function whatChanged({ db }: Context, actor: Actor, since: string): Promise<WhatChanged> {
  permit(actor, 'referral.view-work', { receiving: actor.organisationId })
  const { organisationId, userId } = actor
  const done = await listDoneSince(db.read, { organisationId, since, notBy: userId })
  const referralsOf = (some: typeof done) => new Set(some.map(({ referralId }) => referralId))
  const taken = done.filter(({ type, by }) => TAKEN.includes(type) && by !== null)
  const arrived = referralsOf(done.filter(({ type }) => ARRIVED.includes(type)))
  const names = [...new Set(taken.map(({ by }) => by ?? ''))]
  const named = new Set([...arrived, ...referralsOf(taken)])
  return {
    arrived: arrived.size,
    taken: names.map((name) => ({ by: name, count: referralsOf(taken.filter(({ by }) => by === name)).size })),
    changed: [...referralsOf(done)].filter((id) => !named.has(id)).length,
  }
}

/** Who changed one referral since a page about it was opened: null where nobody else did, a name or nobody's. */
export async function changedSince(
  { db }: Context,
  actor: Actor,
  id: string,
  since: string,
): Promise<{ by: string | null } | null> {
  await getReferral(db.read, actor, id, 'referral.view-work')
  return (await findChangeSince(db.read, { referralId: id, since, notBy: actor.userId })) ?? null
}
