import { type EligibilityRule, ruleSentence } from '../../domain/eligibility.ts'
import type { Actor } from '../../domain/organisation.ts'
import type { Db } from '../../store/database.ts'
import { findGroup } from '../../store/groups.ts'
import type { PlacementRow } from '../../store/placements.ts'
import { findProject } from '../../store/projects.ts'
import { getPlacement } from '../access/get-placement.ts'
import type { Context } from '../context.ts'

export interface OwnRule {
  rule: EligibilityRule['rule']
  /** What the project's and the group's rules of this kind say. */
  says: string
}

/** The rules that a placement's project and group have, each kind once: what somebody may not fit. */
export async function listRules(context: Context, actor: Actor, placementId: string): Promise<OwnRule[]> {
  const { read } = context.db
  return rulesOf(read, await getPlacement(read, actor, placementId))
}

export async function rulesOf(
  db: Db,
  { projectId, groupId }: Pick<PlacementRow, 'projectId' | 'groupId'>,
): Promise<OwnRule[]> {
  const project = await findProject(db, projectId)
  const group = await findGroup(db, groupId)
  const said = new Map<EligibilityRule['rule'], Set<string>>()
  for (const rule of [...(project?.rules ?? []), ...(group?.rules ?? [])])
    said.set(rule.rule, (said.get(rule.rule) ?? new Set()).add(ruleSentence(rule)))
  return [...said].map(([rule, sentences]) => ({ rule, says: [...sentences].join('. ') }))
}
