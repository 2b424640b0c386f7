import { assess } from '../../domain/eligibility.ts'
import { CRISIS_RISKS, rank } from '../../domain/matching.ts'
import type { Actor } from '../../domain/organisation.ts'
import { countGroups, listGroupRows, NOBODY } from '../../store/groups.ts'
import { getPerson } from '../../store/people.ts'
import { listProjectRows } from '../../store/projects.ts'
import { listRisks } from '../../store/referral-details.ts'
import { getReferral } from '../access/get-referral.ts'
import type { Context } from '../context.ts'
import { eligibilityFacts } from '../directory/eligibility-facts.ts'
import { viewCapacity } from '../directory/view.ts'
import { recordAct } from '../record.ts'

/** Every group of the directory as it stands for this person, best first, with the reasons. */
export async function listMatches(context: Context, actor: Actor, id: string) {
  const { read } = context.db
  const now = context.now()
  const referral = await getReferral(read, actor, id, 'referral.view-work')
  const person = await getPerson(read, referral.personId)
  const facts = await eligibilityFacts(read, referral, person, now)
  const inCrisis = (await listRisks(read, [id])).some(({ kind }) => CRISIS_RISKS.includes(kind))
  const projects = new Map((await listProjectRows(read)).map(({ project }) => [project.id, project]))
  const groups = (await listGroupRows(read)).filter(({ projectId }) => projects.has(projectId))
  const counts = await countGroups(
    read,
    groups.map((group) => group.id),
  )
  const matches = groups.flatMap((group) => {
    const project = projects.get(group.projectId)
    if (!project) return []
    const capacity = viewCapacity(group, counts.get(group.id) ?? NOBODY, now)
    return {
      group,
      project,
      capacity,
      projectId: project.id,
      groupId: group.id,
      groupName: group.name,
      fit: assess(facts, [...project.rules, ...group.rules]),
      meetsNeeds: project.needs.filter((code) => referral.needs.includes(code)),
      isCrisis: project.isCrisis,
      intakeOpen: capacity.intake.isOpen,
      free: capacity.free,
      isFull: capacity.isFull,
      waiting: capacity.waiting,
    }
  })
  await context.db.write((tx) =>
    recordAct(context, tx, actor, { action: 'matches.viewed', subjectKind: 'referral', subjectId: id }),
  )
  return rank(matches, inCrisis).map(({ group, project, capacity, fit, meetsNeeds }) => ({
    projectId: project.id,
    projectName: project.name,
    groupId: group.id,
    groupName: group.name,
    schedule: group.schedule,
    venue: group.venue,
    verdict: fit.verdict,
    reasons: fit.reasons,
    meetsNeeds,
    isCrisis: project.isCrisis,
    ...capacity,
    intakeOpen: capacity.intake.isOpen,
    // Told from ten real starts on, and with a geography loaded: neither is there yet.
    expectedWaitDays: null,
    distanceKm: null,
  }))
}
export type MatchView = Awaited<ReturnType<typeof listMatches>>[number]
