import { londonDay } from '../../domain/day.ts'
import { isInDirectory } from '../../domain/directory.ts'
import { takesStraightFrom } from '../../domain/eligibility.ts'
import { whyNotNow } from '../../domain/offer.ts'
import type { Actor } from '../../domain/organisation.ts'
import type { ReferralRequest } from '../../domain/referral-request.ts'
import { Refusal } from '../../domain/refusal.ts'
import { findLies } from '../../store/geography.ts'
import { countGroups, intakeOf, listGroupRows, NOBODY } from '../../store/groups.ts'
import { getServiceFor } from '../../store/organisations.ts'
import { findProject } from '../../store/projects.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { newPerson, postcodeOf } from '../people/new-person.ts'
import { getLimits } from '../steps/limits.ts'
import { decideDirect } from './direct-route.ts'
import { ownPracticeCode } from './submit-referral.ts'

/**
 * A project that somebody has in mind while they refer, with the groups of it that take people straight from where they
 * work, now; undefined where it stands in no directory any more.
 */
export async function findWanted(context: Context, actor: Actor, projectId: string) {
  permit(actor, 'referral.create')
  const { read } = context.db
  const project = await findProject(read, projectId)
  if (!project || !isInDirectory(project)) return undefined
  const today = londonDay(context.now())
  const referrer = { kind: actor.organisationKind, organisation: actor.organisation }
  const running = await listGroupRows(read, { projectId })
  const counts = await countGroups(read, running, context.now())
  const groups = running.filter((group) => {
    const { courseEndsOn } = group
    const intake = intakeOf(group, counts.get(group.id) ?? NOBODY)
    const offer = { status: project.status, isFromFeed: project.feed !== null, intake, courseEndsOn }
    return whyNotNow(offer, today) === null && takesStraightFrom([...project.rules, ...group.rules], referrer)
  })
  return {
    id: project.id,
    name: project.name,
    groups: groups.map(({ id, name, schedule }) => ({ id, name, schedule })),
  }
}
export type WantedProject = NonNullable<Awaited<ReturnType<typeof findWanted>>>

/**
 * What would become of the wish for a project if the request were sent now: straight to a group of it, by when that
 * answers, or to a navigator, with why. Nothing is written. Undefined where no project is named, or it is gone.
 */
export async function planWanted(context: Context, actor: Actor, request: ReferralRequest) {
  const wanted = request.projectId ? await findWanted(context, actor, request.projectId) : undefined
  if (!wanted) return undefined
  const project = wanted.name
  if (!request.consent.shareWithProject) return { project, straight: null, why: null }
  const { read } = context.db
  const now = context.now()
  const lies = await findLies(read, postcodeOf(request.person))
  const practiceOdsCode = request.person.practiceOdsCode ?? (await ownPracticeCode(read, actor))
  const person = newPerson({ ...request.person, practiceOdsCode }, lies, '', now)
  const receivingOrganisationId = await getServiceFor(read, person)
  const limits = await getLimits(read, { receivingOrganisationId })
  const { organisationId: referringOrganisationId, organisationKind: origin } = actor
  const way = { origin, referringOrganisationId, receivingOrganisationId, needs: request.needs }
  try {
    const direct = await decideDirect(read, request, way, person, { now, limits })
    return {
      project,
      straight: direct ? { group: direct.group.name, answersBy: direct.next.dueOn } : null,
      why: null,
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const why = error.faults.length > 0 ? error.faults.map(({ detail }) => detail) : [error.message]
    return { project, straight: null, why: why.map((words) => (/[.?]$/.test(words) ? words : `${words}.`)).join(' ') }
  }
}
export type WantedPlan = NonNullable<Awaited<ReturnType<typeof planWanted>>>
