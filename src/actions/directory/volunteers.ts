import { londonDay } from '../../domain/day.ts'
import type { Actor } from '../../domain/organisation.ts'
import { may } from '../../domain/permissions.ts'
import { Refusal } from '../../domain/refusal.ts'
import { awayFault, isAvailable, type VolunteerChange, type VolunteerInput } from '../../domain/volunteer.ts'
import type { Db } from '../../store/database.ts'
import { findGroup, type GroupRow } from '../../store/groups.ts'
import { listReferences } from '../../store/placements.ts'
import {
  findVolunteer,
  insertVolunteer,
  listGroupsWithVolunteers,
  listVolunteers,
  saveVolunteer,
  type VolunteerRow,
  type VolunteerWithPerson,
} from '../../store/volunteers.ts'
import { getVisibleGroup, requireRunning } from '../access/get-group.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { followVolunteer } from '../steps/volunteer-step.ts'
import { given } from './create-project.ts'

function requireOwn(actor: Actor, group: GroupRow): void {
  permit(actor, 'group.change', { provider: group.providerOrganisationId }, { kind: 'group', id: group.id })
}

function requireOneToOne({ capacityKind }: GroupRow): void {
  if (capacityKind === 'one_to_one') return
  throw new Refusal('wrong-status', 'Only a one-to-one group has volunteers as its places. Change the group first.')
}

async function viewVolunteers(context: Context, db: Db, actor: Actor, group: GroupRow) {
  const today = londonDay(context.now())
  const rows = await listVolunteers(db, group.id)
  const mayKnow = may(actor, 'placement.view', { provider: group.providerOrganisationId })
  const references = mayKnow
    ? await listReferences(
        db,
        rows.flatMap(({ placementId }) => placementId ?? []),
      )
    : new Map<string, string>()
  return rows.map((row) => viewVolunteer(row, references.get(row.placementId ?? '') ?? null, mayKnow, today))
}

function viewVolunteer(row: VolunteerWithPerson, reference: string | null, mayKnow: boolean, today: string) {
  const { id, version, groupId, name, wards, languages, availability, availableFrom, isWithSomebody, freeSince } = row
  return {
    id,
    version,
    groupId,
    name,
    wards,
    languages,
    availability,
    availableFrom: availableFrom !== null && availableFrom > today ? availableFrom : null,
    isAvailable: isAvailable(row, today),
    isWithSomebody,
    freeSince: isWithSomebody ? null : freeSince,
    /** Whose they are, for those who do the work. */
    placement: mayKnow && row.placementId ? { id: row.placementId, reference: reference ?? '' } : null,
  }
}
export type VolunteerView = ReturnType<typeof viewVolunteer>

/** The volunteers of a group of one's own, who have not left, by name. */
export async function listGroupVolunteers(context: Context, actor: Actor, groupId: string): Promise<VolunteerView[]> {
  const { read } = context.db
  const group = await getVisibleGroup(read, actor, groupId)
  requireOwn(actor, group)
  return viewVolunteers(context, read, actor, group)
}

/** Which of these groups have their volunteers written down: their places are not typed. */
export async function findGroupsWithVolunteers(
  { db }: Context,
  groups: readonly { id: string }[],
): Promise<Set<string>> {
  return listGroupsWithVolunteers(
    db.read,
    groups.map(({ id }) => id),
  )
}

async function present(context: Context, tx: Db, actor: Actor, group: GroupRow, id: string): Promise<VolunteerView> {
  const view = (await viewVolunteers(context, tx, actor, group)).find((one) => one.id === id)
  if (!view) throw new Error('A volunteer that was just written is not there.')
  return view
}

/** One volunteer of one's own, with the group whose place they are. */
export async function openVolunteer(context: Context, actor: Actor, id: string) {
  const { read } = context.db
  const { group } = await getOwnVolunteer(read, actor, id)
  return { groupId: group.id, groupName: group.name, volunteer: await present(context, read, actor, group, id) }
}

function requireLaterDay(availableFrom: string | null | undefined, now: Date): void {
  const detail = awayFault(availableFrom, londonDay(now))
  if (detail)
    throw new Refusal('invalid-input', 'The day on which they are back must be in the future.', [
      { pointer: '/availableFrom', code: 'in-the-past', detail },
    ])
}

/** One more volunteer is one more place, and whoever waits first is offered it. */
export async function addVolunteer(
  context: Context,
  actor: Actor,
  groupId: string,
  input: VolunteerInput,
): Promise<VolunteerView> {
  const createdAt = context.now()
  return context.db.write(async (tx) => {
    const group = await getVisibleGroup(tx, actor, groupId)
    requireOwn(actor, group)
    requireOneToOne(group)
    requireLaterDay(input.availableFrom, createdAt)
    const { id } = await insertVolunteer(tx, {
      id: context.newId(),
      version: 1,
      groupId,
      name: input.name,
      wards: input.wards ?? [],
      languages: input.languages ?? [],
      availability: input.availability ?? '',
      availableFrom: input.availableFrom ?? null,
      endedAt: null,
      createdAt,
    })
    // Seen before an offer can take them: the answer says what was written down.
    await followVolunteer(context, tx, actor, group, { type: 'group.volunteer-added', volunteerId: id })
    return present(context, tx, actor, group, id)
  })
}

async function getOwnVolunteer(
  tx: Db,
  actor: Actor,
  id: string,
): Promise<{ volunteer: VolunteerRow; group: GroupRow }> {
  const volunteer = await findVolunteer(tx, id)
  const group = volunteer && !volunteer.endedAt ? await findGroup(tx, volunteer.groupId) : undefined
  const isOwn = group && may(actor, 'group.change', { provider: group.providerOrganisationId })
  if (!volunteer || !isOwn) throw new Refusal('not-found', 'There is nothing here that you can see.')
  return { volunteer, group: requireRunning(group) }
}

/**
 * What is known of a volunteer. Somebody who goes away keeps the person they are with; only nobody new is matched to them.
 * @param version what the caller read
 */
export async function changeVolunteer(
  context: Context,
  actor: Actor,
  id: string,
  version: number,
  change: VolunteerChange,
): Promise<VolunteerView> {
  return context.db.write(async (tx) => {
    const { volunteer, group } = await getOwnVolunteer(tx, actor, id)
    if (volunteer.version !== version)
      throw new Refusal('stale-version', 'Somebody changed this volunteer in the meantime. Look again.')
    requireLaterDay(change.availableFrom, context.now())
    await saveVolunteer(tx, volunteer, given(change))
    await followVolunteer(context, tx, actor, group, { type: 'group.volunteer-changed', volunteerId: id })
    return present(context, tx, actor, group, id)
  })
}

/**
 * A volunteer leaves. Refused while they are somebody's: that person gets another volunteer first, or comes to their end.
 * Answers with those who stay.
 */
export async function endVolunteer(context: Context, actor: Actor, id: string): Promise<{ items: VolunteerView[] }> {
  return context.db.write(async (tx) => {
    const { volunteer, group } = await getOwnVolunteer(tx, actor, id)
    const view = await present(context, tx, actor, group, id)
    if (view.isWithSomebody)
      throw new Refusal(
        'volunteer-taken',
        `${volunteer.name} is with somebody${view.placement ? ` (${view.placement.reference})` : ''}. Name another volunteer for them first.`,
      )
    await saveVolunteer(tx, volunteer, { endedAt: context.now() })
    await followVolunteer(context, tx, actor, group, { type: 'group.volunteer-ended', volunteerId: id })
    return { items: await viewVolunteers(context, tx, actor, group) }
  })
}
