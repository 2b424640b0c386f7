import type { LoadView } from '../../actions/access/list-loads.ts'
import type { Actor } from '../../domain/organisation.ts'
import { wardName } from '../../domain/place.ts'
import { dayWords } from '../../templates.ts'

/** What each colleague carries, as a line of a table with a bar: whoever carries least stands first, who is away last. */
export function loadLines(loads: LoadView[], actor: Actor, holderId?: string) {
  const heaviest = Math.max(1, ...loads.map(({ weight }) => weight))
  return loads.map(({ id, name, open, fresh, weight, isOnLeave, leaveUntil, wards }) => ({
    value: id,
    name: id === actor.userId ? `${name} (you)` : name,
    hasIt: id === holderId,
    isAway: isOnLeave,
    away: isOnLeave ? `On leave${leaveUntil ? ` until ${dayWords(leaveUntil)}` : ''}` : null,
    open: open.routine + open.priority + open.urgent,
    urgent: open.urgent,
    priority: open.priority,
    fresh,
    bar: Math.round((weight / heaviest) * 100),
    wards: wards.map((code) => wardName(code) ?? code).join(', '),
  }))
}
