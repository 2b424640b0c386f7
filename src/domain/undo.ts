import { Refusal } from './refusal.ts'

/** A mistake is taken back on the day it was made; later there is a move for it. */
const UNDO_HOURS = 24

/** What the rule needs to know of the last event of a record. */
export interface LastEvent {
  id: string
  type: string
  fromStatus: string | null
  actorKind: string
  actorId: string | null
  organisationId: string | null
  at: Date
  undoes: string | null
  causedBy: string | null
}

const BEGINNINGS = ['referral.submitted', 'referral.submitted-direct', 'placement.sent']

/** Who may have made a move: somebody signed in, or the holder of a link, who is known by that link alone. */
type Maker = { organisationId: string } & ({ userId: string } | { linkId: string })

function isOwn({ actorKind, actorId, organisationId }: LastEvent, actor: Maker): boolean {
  const [kind, id] = 'linkId' in actor ? ['link', actor.linkId] : ['user', actor.userId]
  return actorKind === kind && actorId === id && organisationId === actor.organisationId
}

/**
 * Why the last event cannot be taken back by this actor; undefined where it can. Only whoever made it, within a day, and
 * only while nothing followed: it has to be the last.
 */
export function reasonNotToUndo(last: LastEvent | undefined, actor: Maker, now: Date): string | undefined {
  if (!last || (last.actorKind !== 'user' && last.actorKind !== 'link'))
    return 'There is no move of yours to take back: something else happened after it.'
  if (BEGINNINGS.includes(last.type)) return 'The beginning cannot be taken back. Withdraw or recall it instead.'
  if (last.undoes) return 'A move was taken back here already. Make the move again instead.'
  if (last.causedBy) return 'It came with another move: take that one back, or withdraw or recall what it began.'
  if (!isOwn(last, actor)) return 'Somebody else made the last move. Only they can take it back.'
  if (now.getTime() - last.at.getTime() > UNDO_HOURS * 3_600_000)
    return `It is more than ${UNDO_HOURS} hours ago. Make the move that is right now instead.`
  return undefined
}

export function requireUndoable(last: LastEvent | undefined, actor: Maker, now: Date): asserts last is LastEvent {
  const reason = reasonNotToUndo(last, actor, now)
  if (reason) throw new Refusal('wrong-status', reason)
}
