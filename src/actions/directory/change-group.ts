import { requireRoomForTaken } from '../../domain/capacity.ts'
import { type Day, londonDay } from '../../domain/day.ts'
import type { Actor } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import { capacityOf, countGroup, saveGroup } from '../../store/groups.ts'
import { getGroup } from '../access/get-group.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { type Happening, record } from '../record.ts'
import { offerPlaces } from '../steps/carry-out.ts'
import { presentGroup } from './open-group.ts'
import type { GroupView } from './view.ts'

export interface GroupChange {
  places?: number | undefined
  intake?: { paused: boolean; reopensOn?: Day | null | undefined } | undefined
}

/**
 * Sets places and intake. A changed number of places is a confirmed one.
 * @param version what the caller read; another number means that somebody changed the group meanwhile
 */
export async function changeGroup(
  context: Context,
  actor: Actor,
  id: string,
  version: number,
  change: GroupChange,
): Promise<GroupView> {
  const now = context.now()
  return context.db.write(async (tx) => {
    const group = await getGroup(tx, id)
    permit(actor, 'group.change', { provider: group.providerOrganisationId }, { kind: 'group', id })
    if (group.version !== version)
      throw new Refusal('stale-version', 'Somebody changed this group in the meantime. Look at it again.')
    const { places, intake } = change
    if (places !== undefined) {
      if (group.capacityKind === 'open')
        throw new Refusal('invalid-input', 'This group is open to everybody: it has no number of places.', [
          { pointer: '/places', code: 'open-group', detail: 'This group has no number of places.' },
        ])
      const counts = await countGroup(tx, id)
      requireRoomForTaken(places, capacityOf(group, counts))
    }
    if (intake?.paused && intake.reopensOn && intake.reopensOn <= londonDay(now))
      throw new Refusal('invalid-input', 'The day on which the group reopens must be in the future.', [
        { pointer: '/intake/reopensOn', code: 'in-the-past', detail: 'Enter a day after today.' },
      ])
    const saved = await saveGroup(tx, group, {
      ...(places === undefined ? {} : { places, capacityConfirmedAt: now }),
      ...(intake
        ? { intakePaused: intake.paused, intakeReopensOn: intake.paused ? (intake.reopensOn ?? null) : null }
        : {}),
    })
    const happening: Happening = {
      type: places === undefined ? 'group.intake-changed' : 'group.places-changed',
      subject: { kind: 'group', id, version: saved.version },
      detail: { ...(places === undefined ? {} : { from: group.places, to: places }), ...(intake ? { intake } : {}) },
    }
    await record(context, tx, actor, [happening])
    await offerPlaces(context, tx, id)
    return presentGroup(context, tx, actor, saved)
  })
}

/** "Still right": the places are known again for two weeks. */
export async function confirmCapacity(context: Context, actor: Actor, id: string): Promise<GroupView> {
  return context.db.write(async (tx) => {
    const group = await getGroup(tx, id)
    permit(actor, 'group.change', { provider: group.providerOrganisationId }, { kind: 'group', id })
    const saved = await saveGroup(tx, group, { capacityConfirmedAt: context.now() })
    await record(context, tx, actor, [
      { type: 'group.capacity-confirmed', subject: { kind: 'group', id, version: saved.version } },
    ])
    await offerPlaces(context, tx, id)
    return presentGroup(context, tx, actor, saved)
  })
}
