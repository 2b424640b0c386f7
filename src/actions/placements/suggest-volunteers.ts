import { londonDay } from '../../domain/day.ts'
import type { Actor } from '../../domain/organisation.ts'
import { suggest, suggestionWords } from '../../domain/volunteer.ts'
import { listVolunteers } from '../../store/volunteers.ts'
import { getPlacement } from '../access/get-placement.ts'
import type { Context } from '../context.ts'
import { suitedOf } from '../steps/seat.ts'

/** Who could be this person's, best first, with why; nobody where the group has no volunteers written down. */
export async function suggestVolunteers(context: Context, actor: Actor, placementId: string) {
  const { read } = context.db
  const placement = await getPlacement(read, actor, placementId, 'placement.accept')
  const volunteers = await listVolunteers(read, placement.groupId)
  if (volunteers.length === 0) return []
  const person = await suitedOf(read, placement)
  return suggest(volunteers, person, londonDay(context.now())).map((suggestion) => ({
    id: suggestion.volunteer.id,
    name: suggestion.volunteer.name,
    why: suggestionWords(suggestion, person.wardCode),
    /** Null where English does. */
    speaksTheirs: person.language === null ? null : suggestion.speaks !== null,
  }))
}
