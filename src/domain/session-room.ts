import type { SessionTime } from './directory.ts'
import { Refusal } from './refusal.ts'
import { timesWords } from './session-times.ts'

/** One session of a group that counts its places for each: "Tuesdays, 10am", and how many are in it. */
export interface SessionRoom {
  id: string
  words: string
  /** Null where this session has no limit of its own. */
  places: number | null
  /** Taken, or held by an offer. */
  filled: number
}

/** The sessions of a group, where at least one of them counts its places; else none. */
export function sessionRooms(
  times: readonly SessionTime[] | null,
  filledIn: Readonly<Record<string, number>>,
): SessionRoom[] {
  if (!times?.some(({ places }) => places !== undefined)) return []
  return times.flatMap((time) =>
    time.id === undefined
      ? []
      : [{ id: time.id, words: timesWords([time]), places: time.places ?? null, filled: filledIn[time.id] ?? 0 }],
  )
}

function left({ places, filled }: SessionRoom): number {
  return places === null ? Number.POSITIVE_INFINITY : Math.max(0, places - filled)
}

/** Places left in all the sessions together; null where one of them has no limit, or none is counted. */
export function placesInSessions(sessions: readonly SessionRoom[]): number | null {
  if (sessions.length === 0) return null
  const all = sessions.reduce((sum, session) => sum + left(session), 0)
  return all === Number.POSITIVE_INFINITY ? null : all
}

const POINTER = '/sessionTimeId'

function refused(code: string, detail: string): Refusal {
  return new Refusal('invalid-input', `${detail}.`, [{ pointer: POINTER, code, detail }])
}

/**
 * The session in which somebody takes a place: the one that was named, or the only one with room.
 * @returns null where places are not counted for each session
 */
export function chooseSession(sessions: readonly SessionRoom[], asked: string | undefined): string | null {
  const named = sessions.find(({ id }) => id === asked)
  if (asked !== undefined && !named) throw refused('not-found', 'Choose one of the sessions of this group')
  if (sessions.length === 0) return null
  if (named) {
    if (left(named) > 0) return named.id
    throw new Refusal('group-full', `${named.words} is full. Choose another session, or use the waiting list.`)
  }
  const withRoom = sessions.filter((session) => left(session) > 0)
  const [only] = withRoom
  if (!only) throw new Refusal('group-full', 'All sessions are full. Put the person on the waiting list instead.')
  if (withRoom.length > 1)
    throw refused('choose-session', `Choose a session: ${withRoom.map(({ words }) => words).join(' or ')}`)
  return only.id
}

/** What the software chooses for an offer: where most places are left, and the first of those. Null where there is none to choose. */
export function roomiestSession(sessions: readonly SessionRoom[]): string | null {
  const [first] = [...sessions].sort((a, b) => (left(b) === left(a) ? 0 : left(b) - left(a)))
  return first && left(first) > 0 ? first.id : null
}

/** A session that counts its places keeps its name when its day or hour changes; a new one gets its own. */
export function withSessionIds(times: readonly SessionTime[]): SessionTime[] {
  const used = new Set(times.flatMap(({ id }) => id ?? []))
  if (!times.some(({ places }) => places !== undefined)) return [...times]
  return times.map((time) => {
    if (time.id !== undefined) return time
    const plain = `${time.weekday}-${time.opensAt.replace(':', '')}`
    let id = plain
    for (let number = 2; used.has(id); number++) id = `${plain}-${number}`
    used.add(id)
    return { id, ...time }
  })
}
