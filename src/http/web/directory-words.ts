import type { Entry, EntryGroup } from '../../actions/directory/entry-view.ts'
import { spokenDay, writtenDay } from '../../domain/day.ts'

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** Whether somebody may come, in few words; free places only while their number is confirmed. */
export function roomWords({ room }: EntryGroup): string | null {
  if (!room.isOpen && room.isQuotaOrWindow) return room.closed
  if (!room.isOpen)
    return room.reopensOn
      ? `Paused: takes nobody new until ${spokenDay(room.reopensOn)}`
      : 'Paused: takes nobody new at the moment'
  if (room.isUnlimited) return 'Open to all who come'
  if (room.free === null) return null
  return room.free === 0 ? 'Full at the moment' : `${counted(room.free, 'place')} free`
}

/** The same for staff, who also hear of the books and the waiting list. */
export function staffRoomWords(group: EntryGroup): string {
  const { room, places, taken, waiting } = group
  const first = roomWords(group) ?? 'Free places not confirmed lately'
  const books = room.isUnlimited || places === null ? [] : [`${taken} of ${counted(places, 'place')} taken`]
  return [first, ...books, ...(waiting > 0 ? [`${waiting} waiting`] : [])].join(' · ')
}

/** How somebody gets there by themselves, or who has to ask for them. */
export function joinWords({ isOpenAccess, takesSelf, contact }: Entry): string {
  if (isOpenAccess) return 'Everybody is welcome. You do not need a referral.'
  if (!takesSelf) return 'Somebody who helps you asks for you: you cannot join by yourself.'
  return contact.phone ? `You can ask to join yourself. Ring ${contact.phone}.` : 'You can ask to join yourself.'
}

const SHOWN_TIMES = 3

/** Whose it is, where its own name does not say so. */
function providerOf({ name, provider }: Entry): string | null {
  return provider.name.toLowerCase() === name.toLowerCase() ? null : provider.name
}

function courseWords({ courseStartsOn, courseEndsOn }: EntryGroup): string | null {
  if (!courseStartsOn) return null
  return courseEndsOn
    ? `From ${spokenDay(courseStartsOn)} to ${writtenDay(courseEndsOn)}`
    : `Starts on ${writtenDay(courseStartsOn)}`
}

/** An entry as it stands in the list. */
export function entryRow(entry: Entry, path: string, isStaff: boolean) {
  const { slug, name, summary, groups, free, cost, isClosedForNow, isFresh, checked, waiting } = entry
  const times = [...new Set(groups.map((group) => `${group.schedule}: ${group.venue}`))]
  return {
    href: `${path}/${slug}`,
    name,
    provider: providerOf(entry),
    summary,
    cost,
    isClosedForNow,
    times: times.slice(0, SHOWN_TIMES),
    more: Math.max(0, times.length - SHOWN_TIMES),
    room: free > 0 && !isClosedForNow ? `${counted(free, 'place')} free` : null,
    waiting: isStaff && waiting > 0 ? `${waiting} waiting` : null,
    checked: isFresh ? null : checked,
  }
}

/** An entry as it stands on its own page. */
export function entryModel(entry: Entry, isStaff: boolean) {
  return {
    ...entry,
    by: providerOf(entry),
    // The words of the first visit mostly name whoever it is.
    greets: Boolean(entry.greeter && !entry.firstVisit?.includes(entry.greeter)),
    join: joinWords(entry),
    groups: entry.groups.map((group) => ({
      name: group.name,
      schedule: group.schedule,
      course: courseWords(group),
      venue: group.venue,
      place: group.place,
      rules: group.rules,
      room: isStaff ? staffRoomWords(group) : roomWords(group),
    })),
    isStaff,
  }
}
