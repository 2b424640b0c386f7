import { confirmedSince, isConfirmed } from '../../domain/capacity.ts'
import { type Day, londonDay } from '../../domain/day.ts'
import { listUnconfirmed, setAsked } from '../../store/group-asks.ts'
import { findGroup, type GroupRow } from '../../store/groups.ts'
import type { Context } from '../context.ts'
import { owe, recordAct } from '../record.ts'
import { sweep } from './sweep.ts'

/** When nobody has confirmed the places of a group for two weeks, its provider is asked: once, until they are confirmed. */
export function askPlaces(context: Context, signal: AbortSignal): Promise<number> {
  const now = context.now()
  const today = londonDay(now)
  return sweep<GroupRow>(
    context,
    {
      list: (db, page) => listUnconfirmed(db, confirmedSince(now), page),
      isDue: (group) => isToAsk(group, now),
      async take(tx, id) {
        const group = await findGroup(tx, id)
        if (!group || group.cancelledAt || !isToAsk(group, now)) return false
        await setAsked(tx, id, { placesAskedOn: today })
        await owe(context, tx, { notice: 'places-to-confirm', linkId: id })
        await recordAct(context, tx, 'system', { action: 'group.places-asked', subjectKind: 'group', subjectId: id })
        return true
      },
    },
    signal,
  )
}

function isToAsk({ capacityKind, capacityConfirmedAt, placesAskedOn }: GroupRow, now: Date): boolean {
  if (capacityKind === 'open' || isConfirmed({ confirmedAt: capacityConfirmedAt }, now)) return false
  return placesAskedOn === null || (capacityConfirmedAt !== null && placesAskedOn <= lastKnown(capacityConfirmedAt))
}

/** Asked on the day of the confirmation or before it, it was about the time before. */
const lastKnown = (confirmedAt: Date): Day => londonDay(confirmedAt)
