import type { z } from 'zod'
import type { Day } from './day.ts'
import { languageName, spokenOf } from './languages.ts'
import { dayField, fields, listOf, requiredLine, typedLine } from './person.ts'
import { wardName } from './place.ts'
import { Refusal } from './refusal.ts'

/** Somebody who gives one person their time: one volunteer, one place of a one-to-one group. */
export interface Volunteer {
  id: string
  name: string
  /** Ward codes; none for everywhere. */
  wards: readonly string[]
  /** BCP 47 codes. */
  languages: readonly string[]
  /** Away until the day before this one. */
  availableFrom: Day | null
  endedAt: Date | null
}

/** A volunteer with whom they are now, if anybody, and since when they have nobody. */
export type Standing = Volunteer & { isWithSomebody: boolean; freeSince: Date }

export function isAvailable({ availableFrom, endedAt }: Volunteer, today: Day): boolean {
  return endedAt === null && (availableFrom === null || availableFrom <= today)
}

export function isFree(volunteer: Standing, today: Day): boolean {
  return isAvailable(volunteer, today) && !volunteer.isWithSomebody
}

/**
 * Places of a one-to-one group: the volunteers who are available, and who is away but still somebody's. People from before
 * the volunteers were written down stand against those who are free, so that no volunteer is promised twice.
 * @param people in the group, or with an offer: those whose volunteer is named, and those of whom nobody said whose they are
 */
export function placesOf(
  volunteers: readonly Standing[],
  { named, unnamed }: { named: number; unnamed: number },
  today: Day,
): number {
  const free = volunteers.filter((volunteer) => isFree(volunteer, today)).length
  return named + Math.max(unnamed, free)
}

/** What of a person decides who suits them. */
export interface Suited {
  /** As it was said: a code or a name; none where English does. */
  language: string | null
  wardCode: string | null
}

export interface Suggestion {
  volunteer: Standing
  speaks: string | null
  /** Null where either is not known, or the volunteer goes everywhere. */
  goesThere: boolean | null
}

function suggestionOf(volunteer: Standing, { language, wardCode }: Suited): Suggestion {
  const isAnywhere = volunteer.wards.length === 0
  return {
    volunteer,
    speaks: language === null ? null : (spokenOf(volunteer.languages, language) ?? null),
    goesThere: isAnywhere || wardCode === null ? null : volunteer.wards.includes(wardCode),
  }
}

/** Who is free, who suits best first: by language, then by ward, then who has been without anybody longest. */
export function suggest(volunteers: readonly Standing[], person: Suited, today: Day): Suggestion[] {
  const rank = ({ speaks, goesThere }: Suggestion) =>
    (person.language !== null && speaks === null ? 3 : 0) + (goesThere === null ? 1 : goesThere ? 0 : 2)
  return volunteers
    .filter((volunteer) => isFree(volunteer, today))
    .map((volunteer) => suggestionOf(volunteer, person))
    .sort(
      (a, b) =>
        rank(a) - rank(b) ||
        a.volunteer.freeSince.getTime() - b.volunteer.freeSince.getTime() ||
        (a.volunteer.id < b.volunteer.id ? -1 : 1),
    )
}

/** Why somebody is suggested, in a few words: "speaks Polish, goes to Shirley". */
export function suggestionWords({ speaks, goesThere }: Suggestion, wardCode: string | null): string {
  const words = [
    ...(speaks ? [`speaks ${languageName(speaks)}`] : []),
    ...(goesThere && wardCode ? [`goes to ${wardName(wardCode) ?? 'their ward'}`] : []),
    ...(goesThere === false ? ['usually goes elsewhere'] : []),
  ]
  return words.join(', ')
}

/** The volunteer of a new match: the one who was named, or who suits best. */
export function chooseVolunteer(
  volunteers: readonly Standing[],
  person: Suited,
  today: Day,
  asked: string | undefined,
): Standing {
  if (asked === undefined) {
    const [best] = suggest(volunteers, person, today)
    if (best) return best.volunteer
    throw new Refusal('group-full', 'No volunteer is free. Put the person on the waiting list instead.')
  }
  const named = volunteers.find(({ id, endedAt }) => id === asked && endedAt === null)
  if (!named)
    throw new Refusal('invalid-input', 'Choose one of the volunteers of this group.', [
      { pointer: '/volunteerId', code: 'not-found', detail: 'Choose one of the volunteers of this group' },
    ])
  if (named.isWithSomebody)
    throw new Refusal('volunteer-taken', `${named.name} has somebody already. Choose another volunteer.`)
  if (!isAvailable(named, today))
    throw new Refusal('volunteer-taken', `${named.name} is away. Choose another volunteer.`)
  return named
}

const language = typedLine(35, 'A language').regex(
  /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/,
  'Enter languages as codes, like en, pl or zh-Hans',
)
const distinct = <T>(list: T[]) => [...new Set(list)]

const details = {
  wards: listOf(typedLine(20, 'A ward'), 40, 'wards').transform(distinct).optional(),
  languages: listOf(language, 20, 'languages').transform(distinct).optional(),
  availability: typedLine(200, 'When they are free').optional(),
  availableFrom: dayField('the day on which they are back').nullable().optional(),
}
const name = requiredLine(80, 'The name', 'Enter the volunteer’s name')

/** Whoever is away comes back on a day that lies ahead; in words what is wrong with another. */
export function awayFault(availableFrom: Day | null | undefined, today: Day): string | null {
  return availableFrom && availableFrom <= today ? 'Enter a day after today, or leave it empty if they are back' : null
}

export const VolunteerInput = fields('The volunteer', { name, ...details })
export type VolunteerInput = z.output<typeof VolunteerInput>

/** What is left out stays. */
export const VolunteerChange = fields('The volunteer', { name: name.optional(), ...details }).refine(
  (change) => Object.keys(change).length > 0,
  { error: 'Send at least one thing to change' },
)
export type VolunteerChange = z.output<typeof VolunteerChange>
