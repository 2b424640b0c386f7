import { isInDirectory } from '../../domain/directory.ts'
import type { Limits, NextAction } from '../../domain/next-action.ts'
import type { PlacementStep } from '../../domain/placement.ts'
import type { ReferralRequest } from '../../domain/referral-request.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { type GroupRow, listGroupRows } from '../../store/groups.ts'
import { findProject } from '../../store/projects.ts'
import type { ReferralRow } from '../../store/referrals.ts'
import { eligibilityFacts, type FactsOfPerson } from '../directory/eligibility-facts.ts'
import { decideToSend, getDestination } from '../steps/new-placement.ts'

/** A placement to be made with the referral, and the next action that the two then share. */
export interface Direct {
  group: GroupRow
  step: PlacementStep
  next: NextAction
}

/**
 * Straight to a project: where one was named and the person agreed to share with it. The project has to take this
 * route, and its rules have to be met: nobody stands between who could ask. Undefined: to the service, as usual.
 */
export async function decideDirect(
  tx: Db,
  request: ReferralRequest,
  way: Pick<ReferralRow, 'origin' | 'needs' | 'referringOrganisationId' | 'receivingOrganisationId'>,
  person: FactsOfPerson,
  { now, limits }: { now: Date; limits: Limits },
): Promise<Direct | undefined> {
  if (!request.projectId) {
    if (request.groupId) throw notPossible('/groupId', 'without-project', 'Name the project of the group, too')
    return undefined
  }
  const groups = await listGroupsOf(tx, request.projectId)
  // What was only had in mind needs no group: a navigator finds the right one with the person.
  if (!request.consent.shareWithProject && !request.groupId) return undefined
  const groupId = chooseGroup(groups, request.groupId)
  if (!request.consent.shareWithProject) return undefined
  const destination = await getDestination(tx, groupId, now)
  const facts = await eligibilityFacts(tx, way, person, now, true)
  const step = decideToSend(destination, facts, { now, limits, isDirect: true })
  if (step.next === 'kept' || step.next === null) throw new Error('A placement was sent without a next action.')
  return { group: destination.group, step, next: step.next }
}

async function listGroupsOf(tx: Db, projectId: string): Promise<GroupRow[]> {
  const project = await findProject(tx, projectId)
  if (!project || !isInDirectory(project))
    throw notPossible('/projectId', 'not-found', 'Choose a project of the directory')
  return listGroupRows(tx, { projectId })
}

function chooseGroup(groups: GroupRow[], groupId: string | undefined): string {
  if (groupId) {
    if (groups.some(({ id }) => id === groupId)) return groupId
    throw notPossible('/groupId', 'not-found', 'Choose a group of this project')
  }
  const [only, ...others] = groups
  if (only && others.length === 0) return only.id
  throw notPossible('/groupId', 'missing', 'This project has several groups. Choose one')
}

function notPossible(pointer: string, code: string, detail: string): Refusal {
  return new Refusal('invalid-input', 'The person cannot be referred straight to this project like that.', [
    { pointer, code, detail },
  ])
}
