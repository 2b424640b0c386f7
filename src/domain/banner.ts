import { type DateInText, datesIn } from './banner-date.ts'
import { type BannerLabel, type Part, partsOf } from './banner-labels.ts'
import { looksLikeName, nameFrom, nameOfParts } from './banner-name.ts'
import type { Day } from './day.ts'
import { isNhsNumber, normaliseNhsNumber, spacedNhsNumber } from './nhs-number.ts'
import { normalisePostcode } from './place.ts'

/** What was read of a person from the text of a clinical record: only what is certain. */
export interface BannerReading {
  fullName?: string
  dateOfBirth?: Day
  nhsNumber?: string
  phone?: string
  email?: string
  /** At most five lines, without the postcode. */
  address?: string[]
  postcode?: string
  /** What stood there and was not taken, each as a sentence that says what to do. */
  notes: string[]
}

const LONGEST_TEXT = 5_000
const MOST_LINES = 5
const LONGEST_LINE = 80
// Marks without a shape and marks of direction, which programs put around names and numbers.
const UNSEEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g
const POSTCODE = /\b([A-Z]{1,2}\d[A-Z\d]?)\s{0,2}(\d[A-Z]{2})\b/gi
const EMAIL = /[^\s,;:<>()[\]"@]{1,64}@[^\s,;:<>()[\]"@]{1,180}\.[a-z]{2,24}/i
const PHONE = /(^|[^\d+])((?:\+44|\(?0)[\d\s()-]{8,16}\d)/g
const SPACED_NUMBER = /(^|[^\d+])([1-9]\d{2}[ -]\d{3}[ -]\d{4}|[1-9]\d{9})(?![\d])/gm

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}

/** Reads a patient banner or a list of details. What is unclear is said, never guessed; what is not found is left out. */
export function readBanner(pasted: string, today: Day): BannerReading {
  const text = pasted
    .slice(0, LONGEST_TEXT)
    .normalize('NFC')
    .replace(UNSEEN, '')
    .replace(/\r\n?/g, '\n')
    .replace(/\u00a0/g, ' ')
  const parts = partsOf(text)
  const notes: string[] = []
  const number = numberIn(parts, notes)
  const birth = birthIn(parts, today, notes)
  const phone = phoneIn(parts, today, notes)
  const place = placeIn(parts, notes)
  const email = ownText(parts, ['email', 'phone', 'address', null]).map((value) => EMAIL.exec(value)?.[0])
  const found = {
    dateOfBirth: birth,
    nhsNumber: number,
    phone,
    email: email.find((address) => address !== undefined)?.replace(/\.$/, ''),
    ...place,
  }
  const isAboutSomebody = Object.values(found).some((value) => value !== undefined) || notes.length > 0
  const fullName = nameIn(parts, today, isAboutSomebody)
  if (parts.some(({ label }) => label === 'kin'))
    notes.push('What stands behind the next of kin or carer was left out.')
  if (parts.some(({ label, value }) => label === 'died' && !/^\s*:?\s*(no?\b|$)/i.test(value)))
    notes.push('The text says that the person has died. Check the record.')
  return { ...present({ fullName, ...found }), notes }
}

/** Whether anything at all was made of the text. */
export function hasRead({ notes, ...found }: BannerReading): boolean {
  return Object.keys(found).length > 0
}

type Known = { [K in keyof Omit<BannerReading, 'notes'>]: BannerReading[K] | undefined }

function present(found: Known): Omit<BannerReading, 'notes'> {
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

function valuesOf(parts: Part[], label: BannerLabel): string[] {
  return parts.filter((part) => part.label === label).map(({ value }) => value)
}

/** Their own details in the order of the labels asked for, and then what stands on lines without a label. */
function ownText(parts: Part[], labels: (BannerLabel | null)[]): string[] {
  const labelled = labels.flatMap((label) => parts.filter((part) => part.label === label).map(({ value }) => value))
  // Behind a birthday or a number there may be more on the same line; what another label names is not to be taken.
  const loose = parts
    .filter(({ label }) => label !== 'kin')
    .map(({ label, value }) => (label === 'born' || label === 'nhs' ? value : lines(value).slice(1).join('\n')))
  return [...labelled, ...loose]
}

function nameIn(parts: Part[], today: Day, isAboutSomebody: boolean): string | undefined {
  const first = (label: BannerLabel) => lines(valuesOf(parts, label)[0] ?? '')[0] ?? ''
  if (first('given') || first('family')) return nameOfParts(first('given'), first('middle'), first('family'))
  if (first('name')) return nameFrom(upToNumbers(first('name'), today))
  if (!isAboutSomebody) return undefined
  const name = nameFrom(upToNumbers(lines(parts[0]?.value ?? '')[0] ?? '', today))
  return name && looksLikeName(name) ? name : undefined
}

/** A name ends where a date, a number or an address begins. */
function upToNumbers(line: string, today: Day): string {
  const ends = [line.search(/[\d@|\t]/), datesIn(line, today)[0]?.start ?? -1, line.search(/\S {3,}/) + 1]
  return line.slice(0, Math.min(...ends.filter((at) => at > 0), line.length))
}

function numberIn(parts: Part[], notes: string[]): string | undefined {
  const labelled = valuesOf(parts, 'nhs').flatMap((value) => {
    const digits = /\d[\d \t-]*/.exec(lines(value)[0] ?? '')?.[0]
    if (!digits) return []
    return [normaliseNhsNumber(/^\d{3}[ -]\d{3}[ -]\d{4}\b/.exec(digits)?.[0] ?? digits.trim())]
  })
  const loose = parts
    .filter(({ label }) => label !== 'kin' && label !== 'phone')
    .flatMap(({ value }) => [...value.matchAll(SPACED_NUMBER)].map((match) => normaliseNhsNumber(match[2] ?? '')))
  const candidates = [...new Set(labelled.length > 0 ? labelled : loose)]
  const valid = candidates.filter(isNhsNumber)
  if (valid.length === 1) return valid[0]
  if (valid.length > 1) notes.push('There is more than one NHS number in the text. Type the right one.')
  else if (candidates[0]) notes.push(whyNoNumber(candidates[0]))
  return undefined
}

function whyNoNumber(digits: string): string {
  return digits.length === 10
    ? `${spacedNhsNumber(digits)} is not a valid NHS number, so it was left out. Check each digit.`
    : `The NHS number in the text has ${digits.length} digits, not 10, so it was left out.`
}

function birthIn(parts: Part[], today: Day, notes: string[]): Day | undefined {
  const labelled = valuesOf(parts, 'born').flatMap((value) => datesIn(value, today).slice(0, 1))
  const around = parts
    .filter(({ label }) => label === null || label === 'name')
    .flatMap(({ value }) => datesIn(value, today))
  const aged = around.filter(({ hasAge }) => hasAge)
  const candidates = [labelled, aged, around].find((dates) => dates.length > 0) ?? []
  if (differ(candidates)) {
    notes.push('There is more than one date in the text. Type the date of birth.')
    return undefined
  }
  if (candidates[0]?.fault) notes.push(candidates[0].fault)
  return candidates[0]?.day
}

function differ([first, ...others]: DateInText[]): boolean {
  return others.some(({ day, fault }) => day !== first?.day || fault !== first?.fault)
}

function phoneIn(parts: Part[], today: Day, notes: string[]): string | undefined {
  const numbers = ownText(parts, ['phone', 'address', null]).flatMap((value) => phonesOf(value, today))
  const distinct = numbers.filter((one, at) => numbers.findIndex((other) => bare(other) === bare(one)) === at)
  const best = distinct.find((one) => /^(07|\+447)/.test(bare(one))) ?? distinct[0]
  const others = distinct.filter((one) => one !== best)
  if (others.length > 0) notes.push(`There is another phone number in the text: ${others.join(', ')}.`)
  return best
}

const bare = (phone: string) => phone.replace(/[\s()-]/g, '')

function phonesOf(value: string, today: Day): string[] {
  const withoutDates = datesIn(value, today).reduceRight(
    (rest, { start, end }) => `${rest.slice(0, start)}|${rest.slice(end)}`,
    value,
  )
  return lines(withoutDates.replace(SPACED_NUMBER, '$1|')).flatMap((line) =>
    [...line.matchAll(PHONE)]
      .map(([phone]) =>
        phone
          .replace(/^(\+44)\s?\(0\)\s?/, '$1 ')
          .replace(/\s+/g, ' ')
          .trim(),
      )
      .filter((phone) => /^(0\d{9,10}|\+44\d{9,10})$/.test(bare(phone))),
  )
}

function placeIn(parts: Part[], notes: string[]): { address?: string[] | undefined; postcode?: string | undefined } {
  const texts = ownText(parts, ['postcode', 'address', 'town', null])
  const postcode = texts.flatMap(postcodesOf)[0]
  const typed = lines(valuesOf(parts, 'postcode')[0] ?? '')[0]
  if (!postcode && typed) notes.push(`“${typed.slice(0, 10)}” is not a full UK postcode, so it was left out.`)
  const labelled = parts.filter(({ label }) => label === 'address' || label === 'town').map(({ value }) => value)
  const loose = postcode ? texts.flatMap(lines).find((line) => isAddress(line)) : undefined
  const address = addressOf(labelled.length > 0 ? labelled : [loose ?? ''])
  return { address: address.length > 0 ? address : undefined, postcode }
}

function postcodesOf(text: string): string[] {
  return [...text.matchAll(POSTCODE)].flatMap(([postcode]) => normalisePostcode(postcode) ?? [])
}

/** A line without a label that can only be an address: a house and a street before a postcode. */
function isAddress(line: string): boolean {
  return /^(\d+\w?[ ,]|flat |the |apartment |unit )/i.test(line) && line.includes(',') && postcodesOf(line).length > 0
}

function addressOf(values: string[]): string[] {
  const kept = values
    .join('\n')
    .replace(EMAIL, '\n')
    .replace(PHONE, '$1\n')
    .replace(POSTCODE, (text) => (normalisePostcode(text) ? '\n' : text))
    .split(/[\n,]/)
    .map((line) =>
      line
        .replace(/\s+/g, ' ')
        .replace(/^[\s:.-]+|[\s:.-]+$/g, '')
        .slice(0, LONGEST_LINE),
    )
    .filter((line) => /[\p{L}\d]/u.test(line))
  // A house number alone belongs to the street behind it.
  const whole = kept.map((line, at) => (/^\d+\w?$/.test(kept[at - 1] ?? '') ? `${kept[at - 1]} ${line}` : line))
  return whole.filter((line) => !/^\d+\w?$/.test(line)).slice(0, MOST_LINES)
}
