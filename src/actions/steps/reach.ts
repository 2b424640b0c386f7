import { canBeMailed } from '../../domain/person.ts'
import type { Reach } from '../../domain/waiting.ts'
import type { Db } from '../../store/database.ts'
import { getPerson } from '../../store/people.ts'
import type { PlacementRow } from '../../store/placements.ts'
import { getReferralRow } from '../../store/referrals.ts'

/** Whether the software can ask the person of a placement, or a human has to. */
export async function reachOf(tx: Db, { referralId }: PlacementRow, now: Date): Promise<Reach> {
  const { personId } = await getReferralRow(tx, referralId)
  return { personId, byMachine: canBeMailed(await getPerson(tx, personId), now) }
}
