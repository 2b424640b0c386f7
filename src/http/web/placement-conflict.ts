import type { FastifyRequest } from 'fastify'
import { findLastMove, type LastMove } from '../../actions/placements/last-move.ts'
import { dayWords, timeWords } from '../../templates.ts'
import { actorOf } from '../plugins/auth.ts'

// What somebody did, after their name; and what that means for whoever comes second.
const DID: Record<string, { did: string; so: string }> = {
  'placement.accepted': { did: 'said yes', so: 'You see who it is below.' },
  'placement.offer-accepted': { did: 'recorded a yes to the offer', so: 'You see who it is below.' },
  'placement.booked': { did: 'arranged the first session', so: '' },
  'placement.started': { did: 'recorded that they came', so: '' },
  'placement.declined': { did: 'said no', so: 'There is nothing for you to do.' },
  'placement.redirected': { did: 'named a project that suits better', so: 'There is nothing for you to do.' },
  'placement.waitlisted': { did: 'put them on the waiting list', so: 'Offer a place when one is free.' },
  'placement.asked': { did: 'asked the navigator a question', so: 'You get an e-mail with the answer.' },
  'placement.recalled': { did: 'took the request back', so: 'There is nothing for you to do.' },
  'placement.withdrawn': { did: 'withdrew the request', so: 'There is nothing for you to do.' },
  'placement.returned': { did: 'gave the request back', so: 'There is nothing for you to do.' },
  'placement.lapsed': { did: 'closed the request because nobody answered', so: 'There is nothing for you to do.' },
  'placement.offered': { did: 'offered them a place', so: 'You get an e-mail with the answer.' },
}

/** Who did it, when, and what to do: "Sam Shed said yes on Mon 23 November at 10:41am." Null for moves without words. */
export function moveWords({ type, at, by, isOwn }: LastMove): string | null {
  const words = DID[type]
  if (!words) return null
  const who = isOwn ? 'You' : (by ?? 'Trellis')
  const already = isOwn ? ' already' : ''
  return `${who}${already} ${words.did} on ${dayWords(at)} at ${timeWords(at)}. ${words.so}`.trim()
}

export async function lastMoveWords(request: FastifyRequest, id: string): Promise<string | null> {
  const last = await findLastMove(request.context, actorOf(request), id)
  return last && moveWords(last)
}
