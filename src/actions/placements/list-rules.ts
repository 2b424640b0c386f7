import { type EligibilityRule, ruleSentence } from '../../domain/eligibility.ts'
import type { Actor } from '../../domain/organisation.ts'
import { findGroup } from '../../store/groups.ts'
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
  const placement = await getPlacement(read, actor, placementId)
  const project = await findProject(read, placement.projectId)
  const group = await findGroup(read, placement.groupId)
  const said = new Map<EligibilityRule['rule'], Set<string>>()
  for (const rule of [...(project?.rules ?? []), ...(group?.rules ?? [])])
    said.set(rule.rule, (said.get(rule.rule) ?? new Set()).add(ruleSentence(rule)))
  return [...said].map(([rule, sentences]) => ({ rule, says: [...sentences].join('. ') }))
}
