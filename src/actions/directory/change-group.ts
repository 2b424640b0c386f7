import { type CapacityKind, requireRoomForTaken } from '../../domain/capacity.ts'
import { type Day, londonDay } from '../../domain/day.ts'
import type { Acting } from '../../domain/organisation.ts'
import type { GroupInput } from '../../domain/project-entry.ts'
import { Refusal } from '../../domain/refusal.ts'
import { withSessionIds } from '../../domain/session-room.ts'
import { timesWords } from '../../domain/session-times.ts'
import type { Db } from '../../store/database.ts'
import { indexProject } from '../../store/directory-index.ts'
import { capacityOf, countGroup, type GroupRow, saveGroup } from '../../store/groups.ts'
import type { LocationRow } from '../../store/locations.ts'
import { listFilledReferences } from '../../store/placements.ts'
import { getVisibleGroup } from '../access/get-group.ts'
import { getOwnProject, requireKeptHere } from '../access/get-project.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { type Happening, record } from '../record.ts'
import { offerPlaces } from '../steps/carry-out.ts'
import { changesBetween } from '../steps/changes.ts'
import { keepPlaces } from '../steps/seat.ts'
import { given } from './create-project.ts'
import { requireCourse, requireOwnLocation, requireSessionRoom } from './group-details.ts'
import { presentGroup } from './open-group.ts'
import { requireSoundRules } from './require-sound-rules.ts'
import type { GroupView } from './view.ts'

type Details = Omit<GroupInput, 'places'>

export type GroupChange = { [K in keyof Details]?: Details[K] | undefined } & {
  places?: number | undefined
  intake?: { paused: boolean; reopensOn?: Day | null | undefined } | undefined
}

/**
 * Sets places and intake, and what the directory says of the group. A changed number of places is a confirmed one.
 * @param version what the caller read; another number means that somebody changed the group meanwhile
 */
export async function changeGroup(
  context: Context,
  actor: Acting,
  id: string,
  version: number,
  change: GroupChange,
): Promise<GroupView> {
  const now = context.now()
  return context.db.write(async (tx) => {
    const group = await getVisibleGroup(tx, actor, id)
    permit(actor, 'group.change', { provider: group.providerOrganisationId }, { kind: 'group', id })
    if (group.version !== version)
      throw new Refusal('stale-version', 'Somebody changed this group in the meantime. Look at it again.')
    const { places, intake, ...details } = change
    const columns = {
      ...(await detailColumns(tx, actor, group, details, now)),
      ...(await placesColumns(tx, group, places, details.capacityKind, now)),
      ...intakeColumns(intake, now),
    }
    const saved = await saveGroup(tx, group, columns)
    await record(context, tx, actor, [happeningOf(group, saved, change)])
    await indexProject(tx, now, group.projectId)
    await offerPlaces(context, tx, id)
    return presentGroup(context, tx, actor, saved)
  })
}

/** Places and intake alone have names of their own in the history; anything else tells what was and what is. */
function happeningOf(group: GroupRow, saved: GroupRow, { places, intake, ...details }: GroupChange): Happening {
  const subject = { kind: 'group' as const, id: group.id, version: saved.version }
  if (Object.values(details).some((value) => value !== undefined))
    return { type: 'group.changed', subject, changes: changesBetween(group, saved) }
  return {
    type: places === undefined ? 'group.intake-changed' : 'group.places-changed',
    subject,
    detail: { ...(places === undefined ? {} : { from: group.places, to: places }), ...(intake ? { intake } : {}) },
  }
}

async function detailColumns(
  tx: Db,
  actor: Acting,
  group: GroupRow,
  { rules, capacityKind, ...details }: Omit<GroupChange, 'places' | 'intake'>,
  now: Date,
): Promise<Partial<GroupRow>> {
  const said = given(details)
  if (rules || Object.keys(said).length > 0) {
    const project = await getOwnProject(tx, actor, group.projectId)
    requireKeptHere(project)
    if (rules) await requireSoundRules(tx, rules, [{ whose: project.name, rules: project.rules }])
  }
  const { courseStartsOn, courseEndsOn, intakeFrom, intakeUntil } = group
  requireCourse({ courseStartsOn, courseEndsOn, intakeFrom, intakeUntil, ...said })
  const times = said.times ? withSessionIds(said.times) : said.times
  if (times || capacityKind) {
    const { sessions } = await countGroup(tx, { ...group, times: times ?? group.times }, now)
    requireSessionRoom(times === undefined ? group.times : times, capacityKind ?? group.capacityKind, sessions)
  }
  const location = await requireOwnLocation(tx, group.providerOrganisationId, said.locationId)
  const followed = await wordsThatFollow(tx, group, times, location)
  return { ...followed, ...said, ...(times ? { times } : {}), ...(rules ? { rules } : {}) }
}

/** Words that only say the times, or only name the place, go with them: nobody comes on the day that was. */
async function wordsThatFollow(
  tx: Db,
  group: GroupRow,
  times: GroupRow['times'] | undefined,
  location: LocationRow | undefined,
): Promise<Partial<GroupRow>> {
  const hasMadeWords = group.times !== null && group.schedule === timesWords(group.times)
  const before = location && (await requireOwnLocation(tx, group.providerOrganisationId, group.locationId))
  return {
    ...(times && times.length > 0 && hasMadeWords ? { schedule: timesWords(times) } : {}),
    ...(location && group.venue === before?.name ? { venue: location.name } : {}),
  }
}

/** Open has no number; anything else has one that holds everybody who is in the group or was offered a place. */
async function placesColumns(
  tx: Db,
  group: GroupRow,
  places: number | undefined,
  kind: CapacityKind = group.capacityKind,
  now: Date,
): Promise<Partial<GroupRow>> {
  if (kind === 'open') {
    if (places !== undefined)
      throw new Refusal('invalid-input', 'This group is open to everybody: it has no number of places.', [
        { pointer: '/places', code: 'open-group', detail: 'This group has no number of places.' },
      ])
    return kind === group.capacityKind ? {} : { capacityKind: kind, places: null, capacityConfirmedAt: now }
  }
  const wanted = places ?? group.places
  if (wanted === null)
    throw new Refusal('invalid-input', 'Enter the number of places.', [
      { pointer: '/places', code: 'missing', detail: 'Enter the number of places.' },
    ])
  const isChanged = kind !== group.capacityKind
  if (places === undefined && !isChanged) return {}
  const volunteers = kind === 'one_to_one' ? await keepPlaces(tx, { ...group, capacityKind: kind }, now) : null
  if (volunteers !== null && places !== undefined && places !== volunteers)
    throw new Refusal(
      'invalid-input',
      'The places of this group are its volunteers. Add a volunteer, or say who left.',
      [{ pointer: '/places', code: 'volunteers', detail: 'Add a volunteer, or say who left' }],
    )
  const capacity = capacityOf(group, await countGroup(tx, group, now))
  if (wanted < capacity.taken + capacity.held)
    requireRoomForTaken(wanted, capacity, await listFilledReferences(tx, group.id))
  return { places: wanted, capacityConfirmedAt: now, ...(isChanged ? { capacityKind: kind } : {}) }
}

function intakeColumns(intake: GroupChange['intake'], now: Date): Partial<GroupRow> {
  if (!intake) return {}
  if (intake.paused && intake.reopensOn && intake.reopensOn <= londonDay(now))
    throw new Refusal('invalid-input', 'The day on which the group reopens must be in the future.', [
      { pointer: '/intake/reopensOn', code: 'in-the-past', detail: 'Enter a day after today.' },
    ])
  return { intakePaused: intake.paused, intakeReopensOn: intake.paused ? (intake.reopensOn ?? null) : null }
}

/** "Still right": the places are known again for two weeks. */
export async function confirmCapacity(context: Context, actor: Acting, id: string): Promise<GroupView> {
  return context.db.write(async (tx) => {
    const group = await getVisibleGroup(tx, actor, id)
    permit(actor, 'group.change', { provider: group.providerOrganisationId }, { kind: 'group', id })
    const saved = await saveGroup(tx, group, { capacityConfirmedAt: context.now() })
    await record(context, tx, actor, [
      { type: 'group.capacity-confirmed', subject: { kind: 'group', id, version: saved.version } },
    ])
    await offerPlaces(context, tx, id)
    return presentGroup(context, tx, actor, saved)
  })
}
