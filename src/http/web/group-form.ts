import type { EntryGroup } from '../../actions/directory/own-entry-view.ts'
import type { SessionTime } from '../../domain/directory.ts'
import { GROUP_LABELS as LABELS } from '../../domain/entry-labels.ts'
import { timesWords } from '../../domain/session-times.ts'
import { dateOf, type FieldFault, text, type Values } from './forms.ts'

const MOST_ROWS = 8

/** How a time comes again, as one choice. */
const PATTERNS = {
  'week-1': 'Every week',
  'week-2': 'Every second week',
  'month-1': 'First of the month',
  'month-2': 'Second of the month',
  'month-3': 'Third of the month',
  'month-4': 'Fourth of the month',
  'month--1': 'Last of the month',
} as const
const PATTERN_CHOICES = [
  { value: '', text: 'No time here' },
  ...Object.entries(PATTERNS).map(([value, words]) => ({ value, text: words })),
]

/** What is offered, and what a group has already though the form does not offer it. */
export function patternChoices(values: Values) {
  const held = Array.from({ length: MOST_ROWS }, (_, row) => text(values, `pattern-${row}`) ?? '')
  const odd = [...new Set(held)].filter((value) => /^week-\d{1,2}$/.test(value) && !Object.hasOwn(PATTERNS, value))
  return [...PATTERN_CHOICES, ...odd.map((value) => ({ value, text: `Every ${value.slice(5)} weeks` }))]
}

export const WEEKDAY_CHOICES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map(
  (day, index) => ({ value: String(index + 1), text: day }),
)
export const CAPACITY_CHOICES = [
  { value: 'places', text: 'A number of places' },
  { value: 'one_to_one', text: 'One to one: as many as there are volunteers' },
  { value: 'open', text: 'Open: as many as come' },
]

const { name, schedule, venue, locationId, capacityKind, places } = LABELS
export const GROUP_LABELS: Record<string, string> = { name, schedule, venue, locationId, capacityKind, places }

/** Rows for the times: those there are, and two more. */
export function timeRows(values: Values): number[] {
  const filled = Array.from({ length: MOST_ROWS }, (_, row) => row).filter((row) => text(values, `pattern-${row}`))
  return Array.from({ length: Math.min(MOST_ROWS, (filled.at(-1) ?? -1) + 3) }, (_, row) => row)
}

function patternOf({ every, interval = 1, nth }: SessionTime): string {
  return every === 'week' ? `week-${interval}` : `month-${nth ?? 1}`
}

const dayParts = (name: string, day: string | null): Values => ({
  [`${name}-day`]: day ? String(Number(day.slice(8))) : '',
  [`${name}-month`]: day ? String(Number(day.slice(5, 7))) : '',
  [`${name}-year`]: day?.slice(0, 4) ?? '',
})

/** What a group says that its times and its place do not say by themselves: words made from them stand in no field. */
export function groupValues(group: EntryGroup, locations: { id: string; name: string }[]): Values {
  const isMade = group.times !== null && group.schedule === timesWords(group.times)
  const place = locations.find(({ id }) => id === group.locationId)
  const times = (group.times ?? []).flatMap((time, row) => [
    [`pattern-${row}`, patternOf(time)],
    [`weekday-${row}`, String(time.weekday)],
    [`opens-${row}`, time.opensAt],
    [`closes-${row}`, time.closesAt ?? ''],
    [`places-${row}`, time.places === undefined ? '' : String(time.places)],
    [`id-${row}`, time.id ?? ''],
    [`from-${row}`, time.from ?? ''],
    [`until-${row}`, time.until ?? ''],
    [`months-${row}`, time.every === 'month' && time.interval ? String(time.interval) : ''],
  ])
  return {
    name: group.name,
    schedule: isMade ? '' : group.schedule,
    venue: group.venue === place?.name ? '' : group.venue,
    locationId: group.locationId ?? '',
    capacityKind: group.capacityKind,
    places: group.places === null ? '' : String(group.places),
    ...Object.fromEntries(times),
    ...dayParts('courseStartsOn', group.courseStartsOn),
    ...dayParts('courseEndsOn', group.courseEndsOn),
    ...dayParts('intakeFrom', group.intake.from),
    ...dayParts('intakeUntil', group.intake.until),
    weeklyQuota: group.intake.weeklyQuota === null ? '' : String(group.intake.weeklyQuota),
  }
}

/** "9", "9:30", "9.30am" and "6 pm" as HH:MM; what is no time stays as it was typed, and is refused with words. */
export function clockOf(typed: string | undefined): string | undefined {
  if (typed === undefined) return undefined
  const [, hour, minutes = '00', half] = /^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$/i.exec(typed) ?? []
  if (!hour) return typed
  const noon =
    half?.toLowerCase() === 'pm' && Number(hour) < 12 ? 12 : half?.toLowerCase() === 'am' && hour === '12' ? -12 : 0
  return `${String(Number(hour) + noon).padStart(2, '0')}:${minutes}`
}

/** The rows that are filled in, and the row of each: faults go back to it. */
function timesFrom(values: Values) {
  return Array.from({ length: MOST_ROWS }, (_, row) => row).flatMap((row) => {
    const pattern = text(values, `pattern-${row}`)
    if (!pattern) return []
    const [every, number = '1'] = pattern.split(/-(.*)/)
    const closesAt = clockOf(text(values, `closes-${row}`))
    const [id, places] = [text(values, `id-${row}`), text(values, `places-${row}`)]
    const [from, until] = [text(values, `from-${row}`), text(values, `until-${row}`)]
    const months = Number(text(values, `months-${row}`) ?? 1)
    const time = {
      every,
      weekday: Number(text(values, `weekday-${row}`) ?? Number.NaN),
      opensAt: clockOf(text(values, `opens-${row}`)),
      ...(every === 'month'
        ? { nth: Number(number), ...(months > 1 ? { interval: months } : {}) }
        : Number(number) > 1
          ? { interval: Number(number) }
          : {}),
      ...(closesAt ? { closesAt } : {}),
      ...(id ? { id } : {}),
      ...(places === undefined ? {} : { places: wholeNumber(places) }),
      ...(from ? { from } : {}),
      ...(until ? { until } : {}),
    }
    return [{ row, time }]
  })
}

const wholeNumber = (typed: string) => (/^\d{1,4}$/.test(typed) ? Number(typed) : Number.NaN)

/** The form as what is said of a group. */
export function groupFrom(values: Values) {
  const times = timesFrom(values).map(({ time }) => time)
  const kind = text(values, 'capacityKind')
  const places = text(values, 'places')
  const quota = text(values, 'weeklyQuota')
  const [schedule, venue] = [text(values, 'schedule'), text(values, 'venue')]
  return {
    name: text(values, 'name') ?? '',
    ...(schedule ? { schedule } : {}),
    ...(venue ? { venue } : {}),
    times: times.length > 0 ? times : null,
    locationId: text(values, 'locationId') ?? null,
    courseStartsOn: dateOf(values, 'courseStartsOn') ?? null,
    courseEndsOn: dateOf(values, 'courseEndsOn') ?? null,
    intakeFrom: dateOf(values, 'intakeFrom') ?? null,
    intakeUntil: dateOf(values, 'intakeUntil') ?? null,
    weeklyQuota: quota === undefined ? null : wholeNumber(quota),
    capacityKind: kind,
    ...(kind === 'open' || places === undefined ? {} : { places: wholeNumber(places) }),
  }
}

const TIME_FIELDS: Record<string, string> = {
  opensAt: 'opens',
  closesAt: 'closes',
  weekday: 'weekday',
  nth: 'pattern',
  from: 'from',
  until: 'until',
  every: 'pattern',
  interval: 'pattern',
  places: 'places',
}

const DAY_FIELDS = ['courseStartsOn', 'courseEndsOn', 'intakeFrom', 'intakeUntil']

/** Where a fault of the shape stands on the page. */
export function groupFieldOf(values: Values) {
  return (path: string): string => {
    const [first = '', at, inside = ''] = path.split('/')
    if (first === 'times') return `${TIME_FIELDS[inside] ?? 'pattern'}-${timesFrom(values)[Number(at)]?.row ?? 0}`
    return DAY_FIELDS.includes(first) ? `${first}-day` : first
  }
}

/** Days stand in three boxes here, and what is wrong twice says in which row. */
export function groupFaults(faults: FieldFault[]): FieldFault[] {
  const once = ({ text }: FieldFault) => faults.filter((fault) => fault.text === text).length === 1
  return faults.map((fault) => {
    const [, row] = /-(\d)$/.exec(fault.field) ?? []
    const words = fault.text.replace(/, like \d{4}-\d{2}-\d{2}$/, ', like 27 3 2027')
    const isNamed = row === undefined || once(fault)
    return {
      ...fault,
      text: isNamed ? words : `Time ${Number(row) + 1}: ${words.charAt(0).toLowerCase()}${words.slice(1)}`,
    }
  })
}
