import { freeShown, isConfirmed, placesLeft } from '../../domain/capacity.ts'
import { type Day, londonDay } from '../../domain/day.ts'
import { ruleSentence } from '../../domain/eligibility.ts'
import { closedWords, isIntakeOpen, whyClosed } from '../../domain/intake.ts'
import { needLabel } from '../../domain/needs.ts'
import type { Party } from '../../domain/organisation.ts'
import { may } from '../../domain/permissions.ts'
import { capacityOf, type GroupCounts, type GroupRoom, type GroupRow, intakeOf } from '../../store/groups.ts'
import type { ProjectRow } from '../../store/projects.ts'

/** How full a group is. `free` is null where it is open, or where nobody has confirmed it for two weeks. */
export function viewCapacity(group: GroupRoom, counts: GroupCounts, now: Date) {
  const capacity = capacityOf(group, counts)
  const { taken, held, waiting } = counts
  return {
    capacityKind: group.capacityKind,
    places: group.places,
    taken,
    held,
    waiting,
    free: freeShown(capacity, now),
    isFull: placesLeft(capacity) === 0,
    confirmedAt: group.capacityConfirmedAt,
    isConfirmed: isConfirmed(capacity, now),
    intake: viewIntake(group, counts, londonDay(now)),
    sessions: (capacity.sessions ?? []).map(({ filled, ...session }) => ({
      ...session,
      taken: filled,
      free: session.places === null || !isConfirmed(capacity, now) ? null : Math.max(0, session.places - filled),
    })),
  }
}

function viewIntake(group: GroupRoom, counts: GroupCounts, today: Day) {
  const intake = intakeOf(group, counts)
  return {
    paused: intake.paused,
    reopensOn: intake.reopensOn,
    from: group.intakeFrom,
    until: group.intakeUntil,
    weeklyQuota: group.weeklyQuota,
    newThisWeek: counts.newThisWeek,
    isOpen: isIntakeOpen(intake, today),
    opensOn: whyClosed(intake, today)?.opensOn ?? null,
    closedBecause: closedWords(intake, today),
  }
}

export function viewGroup(group: GroupRow, projectName: string, counts: GroupCounts, actor: Party, now: Date) {
  const mayChange = may(actor, 'group.change', { provider: group.providerOrganisationId })
  return {
    id: group.id,
    version: group.version,
    projectId: group.projectId,
    projectName,
    name: group.name,
    schedule: group.schedule,
    venue: group.venue,
    rules: group.rules.map(ruleSentence),
    ...viewCapacity(group, counts, now),
    courseStartsOn: group.courseStartsOn,
    courseEndsOn: group.courseEndsOn,
    cancelledAt: group.cancelledAt,
    allowedActions: mayChange && !group.cancelledAt ? ['change', 'confirm-capacity', 'cancel'] : [],
  }
}
export type GroupView = ReturnType<typeof viewGroup>

export function viewProject(
  project: ProjectRow,
  provider: { id: string; slug: string; name: string },
  groups: GroupView[],
) {
  return {
    id: project.id,
    slug: project.slug,
    name: project.name,
    provider,
    summary: project.summary,
    firstVisit: project.firstVisit,
    needs: project.needs.map((code) => ({ code, label: needLabel(code) })),
    rules: project.rules.map(ruleSentence),
    isCrisis: project.isCrisis,
    groups,
  }
}
export type ProjectView = ReturnType<typeof viewProject>
