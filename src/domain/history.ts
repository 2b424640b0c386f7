/** What stands in a history: which version of which record it made, when by the clock, and what brought it about. */
export interface Dated {
  id: string
  subjectId: string
  subjectVersion: number
  causedBy: string | null
  at: Date
}

/**
 * The order in which things happened. By the clock, but never against the versions of a record or before its cause: the
 * clock of a machine may have been set back in between.
 */
export function inOrderOfEvents<E extends Dated>(events: readonly E[]): E[] {
  const happened = notBefore(events)
  const timeOf = ({ id, at }: E) => happened.get(id) ?? at.getTime()
  const sorted = [...events].sort((a, b) => {
    const [first, second] = [timeOf(a), timeOf(b)]
    // What happened after the clock was set back stands behind what happened just before it.
    const isMoved = (event: E) => Number(timeOf(event) > event.at.getTime())
    return first - second || isMoved(a) - isMoved(b) || a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1)
  })
  return byVersionInPlace(sorted)
}

/** For each event the earliest time at which it can have happened; a cause and its effect are one transaction. */
function notBefore<E extends Dated>(events: readonly E[]): Map<string, number> {
  const times = new Map(events.map(({ id, at }) => [id, at.getTime()]))
  const byVersion = [...events].sort((a, b) => a.subjectVersion - b.subjectVersion)
  for (let isMoving = true; isMoving; ) {
    isMoving = false
    const raise = (id: string, to: number) => {
      if (to <= (times.get(id) ?? Number.POSITIVE_INFINITY)) return
      times.set(id, to)
      isMoving = true
    }
    const latestOf = new Map<string, number>()
    for (const { id, subjectId, causedBy } of byVersion) {
      raise(id, latestOf.get(subjectId) ?? 0)
      if (causedBy) raise(id, times.get(causedBy) ?? 0)
      if (causedBy) raise(causedBy, times.get(id) ?? 0)
      latestOf.set(subjectId, times.get(id) ?? 0)
    }
  }
  return times
}

/** Where the order of one record's events is still not that of its versions, they change places with each other. */
function byVersionInPlace<E extends Dated>(sorted: E[]): E[] {
  const waiting = new Map<string, E[]>()
  for (const event of sorted) waiting.set(event.subjectId, [...(waiting.get(event.subjectId) ?? []), event])
  for (const own of waiting.values()) own.sort((a, b) => a.subjectVersion - b.subjectVersion)
  return sorted.flatMap(({ subjectId }) => waiting.get(subjectId)?.shift() ?? [])
}
