import { londonDay } from '../../domain/day.ts'
import { doorsOpen } from '../../domain/moves.ts'
import { needLabel } from '../../domain/needs.ts'
import type { Acting } from '../../domain/organisation.ts'
import { may, moversFor, type Ties } from '../../domain/permissions.ts'
import { ageBand } from '../../domain/person.ts'
import { areaShown } from '../../domain/place.ts'
import { takesAPlace } from '../../domain/placement.ts'
import { IDENTITY_KNOWN, PLACEMENT_MOVES, PLACEMENT_WORDS, type PlacementStatus } from '../../domain/placement-moves.ts'
import { REASON_WORDS } from '../../domain/placement-reasons.ts'
import { timesWords } from '../../domain/session-times.ts'
import type { Db } from '../../store/database.ts'
import { listBeginnings } from '../../store/events.ts'
import { getWards } from '../../store/geography.ts'
import { placementsWithLiveGrant } from '../../store/grants.ts'
import { countGroups, type GroupRow, NOBODY } from '../../store/groups.ts'
import {
  getWholePlacements,
  listAttendances,
  listWaitingElsewhere,
  type WholePlacement,
} from '../../store/placements.ts'
import { getProjects } from '../../store/projects.ts'
import { listQuestions } from '../../store/questions.ts'
import { listContactsOf, listGoalsOf, listRisks } from '../../store/referral-details.ts'
import { getUserNames } from '../../store/users.ts'
import { getVolunteers } from '../../store/volunteers.ts'
import { placementTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { viewCapacity } from '../directory/view.ts'
import { type NextActionView, ownerNames, viewNextAction } from '../next-action-view.ts'
import { viewPerson, viewPersonForProvider } from '../person-view.ts'
import { findUndoable } from '../undo/undoable.ts'
import { readPositions } from './read-position.ts'

/**
 * Placements as this actor may see them, all read together. Least data first: until a project has accepted, it sees the
 * need, the area, the age band and access needs, and whether there is a risk; never who it is.
 */
export async function viewPlacements(context: Context, db: Db, actor: Acting, whole: WholePlacement[]) {
  const now = context.now()
  const ids = whole.map(({ placement }) => placement.id)
  const known = await placementsWithLiveGrant(db, ids)
  const counts = await countGroups(db, [...new Map(whole.map(({ group }) => [group.id, group])).values()], now)
  const attendances = await listAttendances(db, ids)
  const referralIds = [...new Set(whole.map(({ referral }) => referral.id))]
  const referralsAtRisk = new Set((await listRisks(db, referralIds)).map(({ referralId }) => referralId))
  const goals = await listGoalsOf(db, referralIds)
  const questions = await listQuestions(db, referralIds)
  const tries = await listContactsOf(db, referralIds)
  const wards = await getWards(
    db,
    whole.map(({ person }) => person.wardCode),
  )
  const positions = await readPositions(
    db,
    whole.map(({ placement }) => placement),
  )
  const volunteers = await getVolunteers(
    db,
    whole.flatMap(({ placement }) => placement.volunteerId ?? []),
  )
  const lists = await listWaitingElsewhere(
    db,
    whole.filter(({ placement }) => takesAPlace(placement.status)).map(({ referral }) => referral.id),
  )
  const better = await getProjects(
    db,
    whole.flatMap(({ placement }) => placement.redirectedToProjectId ?? []),
  )
  const overridden = whole.filter(({ placement }) => placement.overrideReason !== null)
  const beginnings = await listBeginnings(
    db,
    overridden.map(({ placement }) => placement.id),
  )
  const undoable = await findUndoable(db, actor, 'placement', ids, now)
  const names = await ownerNames(
    db,
    whole.map(({ placement, referral }) => ({ ...placement, navigatorId: referral.navigatorId })),
  )
  const navigators = await getUserNames(db, [...new Set(whole.flatMap(({ referral }) => referral.navigatorId ?? []))])
  return whole.map(({ placement, referral, person, group, project, provider }) => {
    const ties = placementTies(placement)
    const isNavigator = may(actor, 'referral.view-work', ties)
    const isProvider = may(actor, 'placement.view', { provider: ties.provider })
    const otherLists =
      isNavigator && takesAPlace(placement.status)
        ? lists.filter(({ id, referralId }) => referralId === referral.id && id !== placement.id)
        : []
    const mayKnow = isNavigator || (isProvider && known.has(placement.id) && IDENTITY_KNOWN.includes(placement.status))
    return {
      id: placement.id,
      version: placement.version,
      referralId: isProvider ? null : referral.id,
      reference: referral.reference,
      status: placement.status,
      statusText: PLACEMENT_WORDS[placement.status],
      group: { id: group.id, name: group.name, schedule: group.schedule, venue: group.venue },
      project,
      provider,
      needs: referral.needs.map((code) => ({ code, label: needLabel(code) })),
      area: areaShown(person, wards),
      ageBand: ageBand(person.dateOfBirth, londonDay(now)),
      accessNeeds: {
        interpreter: person.interpreter,
        preferredLanguage: person.preferredLanguage,
        // Free text may say who somebody is, so before acceptance only that there is some.
        communicationNeeds: mayKnow ? person.communicationNeeds : null,
        hasCommunicationNeeds: Boolean(person.communicationNeeds),
      },
      hasRisk: (isNavigator || isProvider) && referralsAtRisk.has(referral.id),
      person: mayKnow ? (isNavigator ? viewPerson(person, now) : viewPersonForProvider(person, now)) : null,
      navigator: referral.navigatorId ? (navigators.get(referral.navigatorId) ?? null) : null,
      capacity: viewCapacity(group, counts.get(group.id) ?? NOBODY, now),
      sentAt: placement.sentAt,
      acceptedAt: placement.acceptedAt,
      bookedFor: placement.bookedFor,
      startedAt: placement.startedAt,
      endedAt: placement.endedAt,
      reason: placement.reason,
      reasonText: reasonText(placement.reason),
      declinedRule: placement.declinedRule,
      // What a project wrote may name the person: it is for those who do the work.
      note: isNavigator || isProvider ? placement.note : null,
      // A rule did not fit. Why is free text, so a project reads it when it may know the person.
      isOverride: placement.overrideReason !== null,
      sentAlthough: (beginnings.get(placement.id)?.although ?? []) as string[],
      overrideReason: mayKnow ? placement.overrideReason : null,
      attendances:
        isNavigator || mayKnow
          ? attendances
              .filter(({ placementId }) => placementId === placement.id)
              .map(({ sessionOn, attended, late, reason }) => ({ sessionOn, attended, late, reason }))
          : [],
      // What the person wants is theirs to share: a project learns it with the name.
      goals: mayKnow
        ? goals
            .filter(({ referralId }) => referralId === referral.id)
            .map(({ id, text, result }) => ({ id, text, result }))
        : [],
      questions:
        isNavigator || isProvider
          ? questions
              .filter(({ placementId }) => placementId === placement.id)
              // The answer goes with the access; what the project asked is its own.
              .map((question) => (isNavigator || known.has(placement.id) ? question : { ...question, answer: null }))
          : [],
      contacts: isNavigator ? tries.filter(({ placementId }) => placementId === placement.id) : null,
      waitingSince: placement.waitingSince,
      position: positions.get(placement.id) ?? null,
      otherLists,
      queuePriority: placement.queuePriority,
      // Why may say who somebody is, so a project reads it when it may know the person.
      queueReason: mayKnow ? placement.queueReason : null,
      session: sessionOf(group, placement.sessionTimeId),
      // Whose time it is, is for those at work on it.
      volunteer: nameOf(volunteers.get(placement.volunteerId ?? '')),
      restartsOn: placement.restartsOn,
      fit: placement.fit,
      redirectedToProject: nameOf(better.get(placement.redirectedToProjectId ?? '')),
      nextAction: mayKnow
        ? viewNextAction({ ...placement, navigatorId: referral.navigatorId }, names, now)
        : withoutThePerson(viewNextAction({ ...placement, navigatorId: referral.navigatorId }, names, now)),
      allowedActions: allowedActions(placement.status, actor, ties, {
        isCrisis: project.isCrisis,
        hasSeats: group.capacityKind === 'one_to_one' || placement.sessionTimeId !== null,
        undoable: undoable.has(placement.id),
      }).concat(otherLists.length > 0 ? ['release-others'] : []),
    }
  })
}
export type PlacementView = Awaited<ReturnType<typeof viewPlacements>>[number]

export async function presentPlacement(context: Context, db: Db, actor: Acting, id: string): Promise<PlacementView> {
  const [view] = await viewPlacements(context, db, actor, await getWholePlacements(db, [id]))
  if (!view) throw new Error('A placement that was just written is not there.')
  return view
}

/** Before acceptance not even the identifier of the person is the project's to know. */
function withoutThePerson(next: NextActionView | null): NextActionView | null {
  return next?.owner.kind === 'person' ? { ...next, owner: { ...next.owner, id: 'person' } } : next
}

function reasonText(reason: string | null): string | null {
  return reason === null ? null : (REASON_WORDS[reason] ?? reason)
}

function sessionOf(group: GroupRow, id: string | null) {
  const time = group.times?.find((one) => one.id === id)
  return id !== null && time ? { id, words: timesWords([time]) } : null
}

function nameOf(project: { id: string; name: string } | undefined) {
  return project ? { id: project.id, name: project.name } : null
}

/** The doors that a request would find open: a crisis offer has no waiting list, and not every move can be taken back. */
function allowedActions(
  status: PlacementStatus,
  actor: Acting,
  ties: Ties,
  { isCrisis, hasSeats, undoable }: { isCrisis: boolean; hasSeats: boolean; undoable: boolean },
): string[] {
  const shut = [...(isCrisis ? ['waitlist'] : []), ...(hasSeats ? [] : ['rematch']), ...(undoable ? [] : ['undo'])]
  return doorsOpen<PlacementStatus>(PLACEMENT_MOVES, status, moversFor(actor, ties)).filter(
    (door) => !shut.includes(door),
  )
}
