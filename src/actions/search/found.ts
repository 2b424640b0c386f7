import type { Day } from '../../domain/day.ts'
import type { Actor } from '../../domain/organisation.ts'
import type { Permission } from '../../domain/permissions.ts'
import type { PlacementStatus } from '../../domain/placement-moves.ts'
import type { ReferralStatus } from '../../domain/referral-moves.ts'
import type { Db } from '../../store/database.ts'
import { listSamePeople } from '../../store/people.ts'
import { PLACEMENT_TIES, REFERRAL_TIES, scope } from '../../store/scope.ts'
import { type FoundPerson, listPlacementsFound, listRecognised, listReferralsFound } from '../../store/search.ts'

/** A record about somebody that the asker may open. */
export type FoundRecord =
  | { kind: 'referral'; id: string; reference: string; status: ReferralStatus; at: Date }
  | { kind: 'placement'; id: string; reference: string; status: PlacementStatus; at: Date }

export interface Found {
  personId: string
  name: string
  dateOfBirth: Day
  postcode: string | null
  records: FoundRecord[]
}

/** People as they stand in the list of results, each with all that the actor may see of them, whatever row it is under. */
export async function viewFound(db: Db, actor: Actor, permission: Permission, people: FoundPerson[]): Promise<Found[]> {
  const rowsOf = await rowsOfEach(db, people)
  const ids = [...new Set([...rowsOf.values()].flat())]
  const referrals = await listReferralsFound(db, ids, scope(actor, permission, REFERRAL_TIES))
  const ofProject = permission === 'look.report' ? permission : 'placement.view'
  const placements = await listPlacementsFound(db, ids, scope(actor, ofProject, { provider: PLACEMENT_TIES.provider }))
  return people.map(({ id: personId, fullName: name, dateOfBirth, postcode }) => {
    const isTheirs = (record: { personId: string }) => rowsOf.get(personId)?.includes(record.personId)
    return {
      personId,
      name,
      dateOfBirth,
      postcode,
      records: [
        ...referrals.filter(isTheirs).map(({ personId: _, ...record }) => ({ kind: 'referral' as const, ...record })),
        ...placements.filter(isTheirs).map(({ personId: _, ...record }) => ({ kind: 'placement' as const, ...record })),
      ],
    }
  })
}

async function rowsOfEach(db: Db, people: FoundPerson[]): Promise<Map<string, string[]>> {
  const ids = people.map(({ id }) => id)
  const recognised = await listRecognised(db, ids)
  const rows = new Map<string, string[]>()
  for (const id of ids) rows.set(id, recognised.has(id) ? await listSamePeople(db, id) : [id])
  return rows
}
