import { ACCESS, ACCESS_CODES, LOCATION_KINDS, type SessionTime } from '../domain/directory.ts'
import { MOST_GROUPS, NOT_SAID, type ReadGroup } from '../domain/listing.ts'
import { normalisePostcode } from '../domain/place.ts'
import { cutTo } from '../domain/plain-text.ts'
import { timesWords } from '../domain/session-times.ts'
import { dayOf } from './days.ts'
import { readRules } from './open-referral-read-words.ts'
import { BYDAY } from './open-referral-schedules.ts'
import { type FieldReader, sourceId } from './read-fields.ts'

type Json = Record<string, unknown>

/** One group for each place at which the service is given. What has no place of its own is a group all the same. */
export function readGroups(reader: FieldReader, service: Json, feed: string, serviceName: string): ReadGroup[] {
  const places = reader.list(service, 'service_at_locations', MOST_GROUPS)
  const all = reader.list(service, 'schedules', 1000)
  const seen = new Set<string>()
  return places.flatMap((place) => {
    const id = sourceId(feed, 'service_at_location', place.id)
    if (!id || seen.has(id.id)) {
      reader.note(id ? 'a service_at_location stands there twice' : 'a service_at_location has no id')
      return []
    }
    seen.add(id.id)
    const general = all.filter(({ service_at_location_id: of }) => of === undefined || of === null || of === '')
    const named = all.filter(({ service_at_location_id: of }) => of === place.id)
    const own = named.length > 0 ? named : reader.list(place, 'schedules', 200)
    const location = readLocation(reader, place, feed)
    const description = reader.line(place, 'description', 300)
    return [
      {
        ...id,
        name: reader.line(place, 'name', 200) ?? serviceName,
        venue: description ?? location?.name ?? NOT_SAID,
        rules: readRules(reader, place),
        location,
        ...readTimes(reader, own.length > 0 ? own : general),
      },
    ]
  })
}

function readLocation(reader: FieldReader, place: Json, feed: string): ReadGroup['location'] {
  const raw = reader.object(place, 'location')
  const id = raw && sourceId(feed, 'location', raw.id)
  if (!raw || !id) return null
  const kind = LOCATION_KINDS.find((one) => one === raw.location_type)
  if (!kind) reader.note(`location_type must be ${LOCATION_KINDS.join(', ')}: taken as physical`)
  const latitude = reader.number(raw, 'latitude', -90, 90)
  const longitude = reader.number(raw, 'longitude', -180, 180)
  // Nothing and nowhere, as a machine writes it.
  const isPoint = latitude !== null && longitude !== null && !(latitude === 0 && longitude === 0)
  const address = readAddress(reader, raw)
  const fallback = kind === 'virtual' ? 'Online or by phone' : (address.addressLines[0] ?? address.postcode ?? NOT_SAID)
  return {
    ...id,
    kind: kind ?? 'physical',
    name: reader.line(raw, 'name', 200) ?? fallback,
    ...address,
    latitude: isPoint ? latitude : null,
    longitude: isPoint ? longitude : null,
    ...readAccess(reader, raw),
  }
}

function readAddress(reader: FieldReader, location: Json) {
  const [first] = reader.list(location, 'addresses', 20)
  const description = reader.line(location, 'description', 300)
  if (!first) return { addressLines: description ? [description] : [], city: null, postcode: null }
  const lines = ['address_1', 'address_2'].flatMap((name) => reader.line(first, name, 200) ?? [])
  const said = reader.line(first, 'postal_code', 20)
  const postcode = said ? normalisePostcode(said) : undefined
  if (said && !postcode) reader.note('postal_code is no postcode')
  return { addressLines: lines, city: reader.line(first, 'city', 100), postcode: postcode ?? null }
}

function readAccess(reader: FieldReader, location: Json) {
  const all = reader.list(location, 'accessibility', 50).map((one) => ({
    description: reader.line(one, 'description', 300),
    details: reader.text(one, 'details', 500),
  }))
  const codeOf = (text: string | null) =>
    ACCESS_CODES.find((code) => ACCESS[code].toLowerCase() === text?.toLowerCase())
  const notes = all.flatMap(({ description, details }) => [codeOf(description) ? null : description, details])
  return {
    access: [...new Set(all.flatMap(({ description }) => codeOf(description) ?? []))],
    accessNote: cutTo(notes.filter(Boolean).join('. '), 500) || null,
  }
}

function readTimes(reader: FieldReader, schedules: Json[]) {
  const times = schedules.flatMap((one) => timesOf(reader, one))
  const days = schedules.map((one) => ({
    from: dayOf(reader, one, 'valid_from'),
    until: dayOf(reader, one, 'valid_to'),
  }))
  const [first] = days
  // Every one of its times has the same first and last day: that is a course.
  const isCourse = first && days.every(({ from, until }) => from === first.from && until === first.until)
  const words = schedules.flatMap((one) => reader.line(one, 'description', 300) ?? reader.line(one, 'notes', 300) ?? [])
  const said = words.length > 0 ? words : [timesWords(times)].filter(Boolean)
  return {
    times: times.slice(0, 50),
    schedule: cutTo([...new Set(said)].join('; '), 500) || NOT_SAID,
    courseStartsOn: isCourse ? first.from : null,
    courseEndsOn: isCourse ? first.until : null,
  }
}

/** The regular times that one schedule says: one for each of its days. */
function timesOf(reader: FieldReader, raw: Json): SessionTime[] {
  const opensAt = clockOf(raw.opens_at)
  const closesAt = clockOf(raw.closes_at)
  const byday =
    typeof raw.byday === 'string'
      ? raw.byday
          .toUpperCase()
          .split(/[\s,]+/)
          .filter(Boolean)
      : []
  const every = raw.freq === 'MONTHLY' ? 'month' : raw.freq === 'WEEKLY' ? 'week' : undefined
  if (!every || !opensAt || byday.length === 0) return []
  const interval = reader.number(raw, 'interval', 1, 52)
  const from = dayOf(reader, raw, 'valid_from')
  const until = dayOf(reader, raw, 'valid_to')
  return byday.slice(0, 7).flatMap((part) => {
    const [, nth, code = ''] = /^([+-]?\d)?([A-Z]{2})$/.exec(part) ?? []
    const weekday = BYDAY.indexOf(code) + 1
    const which = nth === undefined ? 1 : Number(nth)
    if (weekday === 0 || (every === 'month' && ![1, 2, 3, 4, -1].includes(which))) {
      reader.note(`byday “${cutTo(part, 20)}” cannot be kept as a time`)
      return []
    }
    return {
      every,
      ...(interval === null ? {} : { interval: Math.round(interval) }),
      weekday,
      ...(every === 'month' ? { nth: which } : {}),
      opensAt,
      ...(closesAt ? { closesAt } : {}),
      ...(from ? { from } : {}),
      ...(until ? { until } : {}),
    }
  })
}

// A regular time is the city's own, summer and winter: what offset a feed wrote beside it says nothing more.
function clockOf(raw: unknown): string | undefined {
  const text = typeof raw === 'string' ? raw.replace(/^\d{4}-\d{2}-\d{2}T/, '') : ''
  return /^([01]\d|2[0-3]):[0-5]\d/.exec(text)?.[0]
}
