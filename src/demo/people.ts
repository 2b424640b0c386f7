import { addDays, type Day } from '../domain/day.ts'
import { isNhsNumber } from '../domain/nhs-number.ts'
import { type Gender, searchName } from '../domain/person.ts'
import { WARDS } from '../domain/place.ts'
import type { ReferralRequest } from '../domain/referral-request.ts'
import type { PersonRow } from '../store/people.ts'
import { type Community, communityAt, NEW_TO_ENGLISH } from './names.ts'
import type { Random } from './random.ts'

type Person = ReferralRequest['person']

/** Who is wanted for a story; what is left out may be anything. */
export interface PersonWanted {
  ages: [least: number, most: number]
  gender?: Gender
  wards?: string[]
  facts?: Person['facts']
  practiceOdsCode?: string
  isNewToEnglish?: boolean
}

export interface DemoPerson {
  person: Person
  wardCode: string
}

/** The postcode district that holds most of each ward. */
const DISTRICTS: Record<string, string> = {
  'Banister & Polygon': 'SO15',
  Bargate: 'SO14',
  Bassett: 'SO16',
  Bevois: 'SO14',
  'Bitterne Park': 'SO18',
  Coxford: 'SO16',
  Freemantle: 'SO15',
  Harefield: 'SO18',
  Millbrook: 'SO16',
  Peartree: 'SO19',
  Portswood: 'SO17',
  Redbridge: 'SO16',
  Shirley: 'SO15',
  Sholing: 'SO19',
  Swaythling: 'SO17',
  Thornhill: 'SO19',
  Woolston: 'SO19',
}

const STREETS = [
  'Larch',
  'Quayside',
  'Tanner',
  'Mulberry',
  'Osprey',
  'Cobden',
  'Saltmarsh',
  'Linden',
  'Kestrel',
] as const
const STREET_KINDS = ['Road', 'Close', 'Street', 'Avenue'] as const
const COMMUNICATION_NEEDS = [
  'Hard of hearing: speak slowly and face to face',
  'Large print',
  'Easy Read',
  'British Sign Language interpreter',
  'Does not read well: ring instead of writing',
  'Uses a wheelchair: needs step-free rooms',
] as const
const CONTACT_NOTES = ['Ring after 4pm', 'Ring in the morning', 'Do not say where you ring from'] as const
const LETTERS = 'ABDEFGHJLNPQRSTUWXYZ'

/** Numbers from the range kept for tests: they start with 999, and no patient has one. */
export function testNhsNumber(index: number): string {
  const stem = `999${String(index % 1_000_000).padStart(6, '0')}`
  for (let digit = 0; digit < 10; digit++) if (isNhsNumber(`${stem}${digit}`)) return `${stem}${digit}`
  // One stem in eleven has no check digit that may be used.
  return testNhsNumber(index + 500_009)
}

/** Numbers that Ofcom keeps free for drama. */
function dramaPhone(index: number): string {
  return `07700 900${String(index % 1000).padStart(3, '0')}`
}

function postcodeIn(random: Random, district: string): string {
  const letter = () => LETTERS.charAt(random.between(0, LETTERS.length - 1))
  return `${district} ${random.between(0, 9)}${letter()}${letter()}`
}

function bornFor(random: Random, [least, most]: [number, number], asOf: Day): Day {
  const years = random.between(least, most)
  const birthday = `${Number(asOf.slice(0, 4)) - years}${asOf.slice(4) === '-02-29' ? '-02-28' : asOf.slice(4)}`
  // At least eight weeks past the birthday, so that the age holds through the whole story.
  return addDays(birthday, -random.between(57, 360))
}

function ascii(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/ł/g, 'l')
    .replace(/[^a-z]/g, '')
}

/** A Polish surname follows the person. */
function familyName(random: Random, community: Community, gender: Gender): string {
  const name = random.pick(community.families)
  return gender === 'woman' && community.language === 'Polish' ? name.replace(/ski$/, 'ska') : name
}

function emailFor(givenName: string, family: string, index: number): string {
  return `${ascii(givenName)}.${ascii(family)}${index}@people.example`
}

function contactOf(random: Random, index: number, givenName: string, family: string): Partial<Person> {
  const hasEmail = random.chance(0.6)
  const hasPhone = !hasEmail || random.chance(0.95)
  return {
    ...(hasPhone ? { phone: dramaPhone(index) } : {}),
    ...(hasEmail ? { email: emailFor(givenName, family, index) } : {}),
    safeContact: {
      voicemail: hasPhone && random.chance(0.6),
      text: hasPhone && random.chance(0.7),
      email: hasEmail && random.chance(0.85),
      post: random.chance(0.8),
      ...(random.chance(0.12) ? { note: random.pick(CONTACT_NOTES) } : {}),
    },
  }
}

function homeOf(random: Random, district: string): Partial<Person> {
  const postcode = postcodeIn(random, district)
  if (random.chance(0.03)) return { noFixedAddress: true, postcode }
  return { address: { lines: streetIn(random), postcode } }
}

function streetIn(random: Random): string[] {
  const street = `${random.between(1, 140)} ${random.pick(STREETS)} ${random.pick(STREET_KINDS)}`
  return random.chance(0.2) ? [`Flat ${random.between(1, 24)}`, street, 'Southampton'] : [street, 'Southampton']
}

/** The community that somebody comes from, as far as their language tells. */
function communityOf(language: string | null): Community {
  for (let percent = 0; percent < 100; percent++) {
    const community = communityAt(percent)
    if (community.language === language) return community
  }
  return communityAt(0)
}

// Above this the numbers that are left have no check digit of their own.
const NHS_NUMBERS = 450_000

/** Another name, home and number for somebody whose story is told again. Ways of contact stay: the story used them. */
export function renamed(random: Random, index: number, person: PersonRow): Partial<PersonRow> {
  const community = communityOf(person.preferredLanguage)
  const names = (person.dateOfBirth > '1985' && community.young) || community
  const isNamedAsMan = person.gender === 'man' || (person.gender !== 'woman' && random.chance(0.5))
  const givenName = random.pick(isNamedAsMan ? names.men : names.women)
  const family = familyName(random, community, person.gender ?? 'not_stated')
  const fullName = `${givenName} ${family}`
  const district = person.postcode?.split(' ')[0] ?? 'SO14'
  return {
    fullName,
    givenName,
    familyName: family,
    searchName: searchName(fullName),
    postcode: postcodeIn(random, district),
    ...(person.addressLines ? { addressLines: streetIn(random) } : {}),
    ...(person.phone ? { phone: dramaPhone(index) } : {}),
    ...(person.email ? { email: emailFor(givenName, family, index) } : {}),
    ...(person.nhsNumber ? { nhsNumber: index < NHS_NUMBERS ? testNhsNumber(index) : null } : {}),
  }
}

/** Somebody who could live in the city. The same random numbers make the same person. */
export function inventPerson(random: Random, index: number, wanted: PersonWanted, asOf: Day): DemoPerson {
  const community = communityAt(random.between(wanted.isNewToEnglish ? 100 - NEW_TO_ENGLISH : 0, 99))
  const gender = wanted.gender ?? (random.chance(0.04) ? 'non_binary' : random.pick<Gender>(['woman', 'man']))
  const dateOfBirth = bornFor(random, wanted.ages, asOf)
  const names = (dateOfBirth > '1985' && community.young) || community
  const isNamedAsMan = gender === 'man' || (gender === 'non_binary' && random.chance(0.5))
  const givenName = random.pick(isNamedAsMan ? names.men : names.women)
  // One in thirty has a name that tries every list, search and letter.
  const family = index % 30 === 7 ? 'O’Brien-Ñandú' : familyName(random, community, gender)
  const wards = WARDS.filter(({ name }) => !wanted.wards || wanted.wards.includes(name))
  const ward = wards[random.between(0, wards.length - 1)] ?? { code: '', name: '' }
  const speaksEnglish = community.language === 'English'
  const person: Person = {
    fullName: `${givenName} ${family}`,
    givenName,
    familyName: family,
    dateOfBirth,
    ...contactOf(random, index, givenName, family),
    ...homeOf(random, DISTRICTS[ward.name] ?? 'SO14'),
    ...(random.chance(0.85) ? { nhsNumber: testNhsNumber(index) } : {}),
    ...(wanted.practiceOdsCode ? { practiceOdsCode: wanted.practiceOdsCode } : {}),
    gender: random.chance(0.04) && !wanted.gender ? 'not_stated' : gender,
    ethnicity: random.pick(community.ethnicities),
    preferredLanguage: community.language,
    interpreter: !speaksEnglish && random.chance(0.5),
    ...(random.chance(0.15) ? { communicationNeeds: random.pick(COMMUNICATION_NEEDS) } : {}),
    ...(wanted.facts ? { facts: wanted.facts } : {}),
  }
  return { person, wardCode: ward.code }
}
