import { freeShown, isConfirmed } from '../../domain/capacity.ts'
import { priceWords } from '../../domain/cost.ts'
import { type Day, londonDay } from '../../domain/day.ts'
import { ACCESS, type AccessCode } from '../../domain/directory.ts'
import { takesSelf } from '../../domain/directory-facets.ts'
import { ruleSentence } from '../../domain/eligibility.ts'
import { checkedWords, isAssured } from '../../domain/freshness.ts'
import { closedWords, isIntakeOpen, whyClosed } from '../../domain/intake.ts'
import { languageName } from '../../domain/languages.ts'
import { needLabel } from '../../domain/needs.ts'
import type { Db } from '../../store/database.ts'
import { type LocationRow, listEntryGroups } from '../../store/entry-groups.ts'
import { capacityOf, countGroups, type GroupCounts, type GroupRow, intakeOf, NOBODY } from '../../store/groups.ts'
import type { ProjectRow } from '../../store/projects.ts'

export interface Provider {
  id: string
  slug: string
  name: string
}

const accessWords = (codes: AccessCode[]): string[] => [...new Set(codes)].map((code) => ACCESS[code])

function viewPlace({ kind, name, addressLines, city, postcode, access, accessNote }: LocationRow) {
  const isFixed = kind === 'physical'
  return {
    isFixed,
    lines: isFixed ? [name, ...addressLines, city, postcode].filter((line) => line !== null) : [name],
    access: accessWords(access),
    accessNote,
  }
}

/** What everybody may know of how full a group is: free places only while their number is confirmed. */
function viewRoom(group: GroupRow, counts: GroupCounts, now: Date) {
  const capacity = capacityOf(group, counts)
  const today = londonDay(now)
  const intake = intakeOf(group, counts)
  const isOpen = isIntakeOpen(intake, today)
  return {
    isOpen,
    reopensOn: whyClosed(intake, today)?.opensOn ?? null,
    closed: closedWords(intake, today),
    isQuotaOrWindow: !intake.paused && !isOpen,
    isUnlimited: group.capacityKind === 'open',
    free: isOpen ? freeShown(capacity, now) : null,
    isConfirmed: isConfirmed(capacity, now),
  }
}

function viewEntryGroup(
  { group, place }: { group: GroupRow; place: LocationRow | null },
  project: ProjectRow,
  counts: GroupCounts,
  now: Date,
) {
  return {
    id: group.id,
    name: group.name,
    schedule: group.schedule,
    venue: group.venue,
    place: place ? viewPlace(place) : null,
    rules: group.rules.map(ruleSentence),
    room: viewRoom(group, counts, now),
    takesSelf: takesSelf(project.rules, group.rules),
    courseStartsOn: group.courseStartsOn,
    courseEndsOn: group.courseEndsOn,
    waiting: counts.waiting,
    places: group.places,
    taken: counts.taken + counts.held,
  }
}
export type EntryGroup = ReturnType<typeof viewEntryGroup>

function viewEntry(project: ProjectRow, provider: Provider, groups: EntryGroup[], today: Day) {
  const free = groups.map(({ room }) => room.free ?? 0).reduce((sum, one) => sum + one, 0)
  return {
    id: project.id,
    slug: project.slug,
    name: project.name,
    provider,
    summary: project.summary,
    firstVisit: project.firstVisit,
    greeter: project.greeter,
    needs: project.needs.map(needLabel),
    rules: project.rules.map(ruleSentence),
    howToRefer: project.howToRefer,
    contact: { name: project.contactName, phone: project.contactPhone, email: project.contactEmail, url: project.url },
    cost: priceWords(project.costPence),
    costNote: project.costNote,
    languages: (project.languages ?? []).map(languageName),
    access: accessWords(project.access ?? []),
    alert: project.alert,
    isClosedForNow: project.status === 'temporarily closed',
    isCrisis: project.isCrisis,
    isOpenAccess: project.isOpenAccess,
    takesSelf: project.isOpenAccess || groups.some((group) => group.takesSelf),
    assuredOn: project.assuredOn,
    isFresh: isAssured(project.assuredOn, today),
    checked: checkedWords(project.assuredOn, today),
    free,
    waiting: groups.reduce((sum, { waiting }) => sum + waiting, 0),
    groups,
  }
}
export type Entry = ReturnType<typeof viewEntry>

interface Timed {
  group: GroupRow
}

/** Through the week, and what has no day of its own at the end. */
function byTime({ group: one }: Timed, { group: other }: Timed): number {
  const when = ({ times }: GroupRow) => `${times?.[0]?.weekday ?? 8} ${times?.[0]?.opensAt ?? ''}`
  return when(one).localeCompare(when(other), 'en-GB')
}

/** Entries with their groups and places, read in as many queries for one as for many. Courses that ended are left out. */
export async function viewEntries(
  db: Db,
  rows: { project: ProjectRow; provider: Provider }[],
  now: Date,
): Promise<Entry[]> {
  const today = londonDay(now)
  const all = await listEntryGroups(
    db,
    rows.map(({ project }) => project.id),
  )
  const running = all.filter(({ group }) => !group.courseEndsOn || group.courseEndsOn >= today)
  const counts = await countGroups(
    db,
    running.map(({ group }) => group),
    now,
  )
  return rows.map(({ project, provider }) => {
    const own = running.filter(({ group }) => group.projectId === project.id).sort(byTime)
    const groups = own.map((one) => viewEntryGroup(one, project, counts.get(one.group.id) ?? NOBODY, now))
    return viewEntry(project, provider, groups, today)
  })
}
