import { type Day, writtenDay } from './day.ts'
import { isTitle, nameWords } from './likeness.ts'
import { isNhsNumber, spacedNhsNumber } from './nhs-number.ts'
import { normalisePostcode } from './place.ts'
import { normaliseReference, referencesLike } from './reference.ts'
import { findBirthday } from './typed-day.ts'

/** What somebody looks for, as one box was understood. Everything named has to hold. */
export interface Sought {
  /** The reference that was typed, or those it may have been misread from. */
  references: string[]
  nhsNumber: string | null
  bornOn: Day | null
  postcode: string | null
  /** The first half of a postcode: it narrows a name or a birthday down, and finds nobody alone. */
  district: string | null
  words: string[]
}

export type SoughtBy = 'reference' | 'nhs_number' | 'birth' | 'postcode' | 'district' | 'name'

export interface Understood {
  sought: Sought
  /** By what is looked for: all that the audit trail keeps of it. Empty where nothing could be understood. */
  by: SoughtBy[]
  /** How it was understood, in words for whoever typed it: "the name “maria okafor”, born 27 March 1958". */
  words: string[]
  /** What was not right in it, kindly. */
  notes: string[]
}

export const MOST_TYPED = 100
const MOST_WORDS = 6

const REFERENCE = /(?<![A-Z0-9])SP[\s-]*([A-Z0-9]{4})[\s-]*([A-Z0-9]{4})(?![A-Z0-9])/i
const BARE_REFERENCE = /^\s*([A-Z0-9]{4})[\s-]?([A-Z0-9]{4})\s*$/i
const TEN_DIGITS = /(?<![\d/.])\d(?:[\s-]?\d){8,10}(?![\d/.])/
const POSTCODE = /(?<![A-Z0-9])([A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2})(?![A-Z0-9])/i
const DISTRICT = /(?<![A-Z0-9])([A-Z]{1,2}\d[A-Z\d]?)(?![A-Z0-9])/i

const nothing: Sought = { references: [], nhsNumber: null, bornOn: null, postcode: null, district: null, words: [] }

/** Understands what was typed into the one box, in whatever order. */
export function understand(text: string, today: Day): Understood {
  const typed = text.normalize('NFC').slice(0, MOST_TYPED)
  const reference = understandReference(typed)
  if (reference) return reference
  const reading = new Reading(typed)
  reading.takeBirthday(today)
  reading.takeNumber()
  reading.takePlace()
  reading.takeName()
  return reading.understood()
}

function understandReference(text: string): Understood | undefined {
  const [whole, ...halves] = REFERENCE.exec(text) ?? BARE_REFERENCE.exec(text) ?? []
  if (!whole) return undefined
  const code = halves.join('').toUpperCase()
  const isNamed = /^\s*SP/i.test(whole) && (/\d/.test(code) || /^\s*SP[\s-]/i.test(whole))
  const references = referencesLike(code)
  // "Jack Dunn" has as many letters, and may look like a reference, too. What adds up is one.
  const mayBeName = !/\d/.test(code) && !normaliseReference(code)
  if ((references.length === 0 || mayBeName) && !isNamed) return undefined
  const printed = `SP-${code.slice(0, 4)}-${code.slice(4)}`
  if (references.length === 0)
    return {
      sought: nothing,
      by: ['reference'],
      words: [`the reference ${printed}`],
      notes: [`${printed} is not a reference of ours. Check each letter: a reference has 8 after SP.`],
    }
  const isExact = references.includes(printed)
  return {
    sought: { ...nothing, references },
    by: ['reference'],
    words: [`the reference ${isExact ? printed : references.join(' or ')}`],
    notes: isExact ? [] : [`${printed} is not a reference of ours, so we looked for what it may have been.`],
  }
}

/** Takes out of the text what it understands, part by part; what is left is the name. */
class Reading {
  readonly #sought: Sought = { ...nothing }
  readonly #words: string[] = []
  readonly #notes: string[] = []
  readonly #by: SoughtBy[] = []
  #rest: string

  constructor(text: string) {
    this.#rest = text
  }

  takeBirthday(today: Day): void {
    const born = findBirthday(this.#rest, today)
    if (!born) return
    this.#rest = born.rest
    this.#by.push('birth')
    if (!born.day) {
      this.#notes.push('There is no such date of birth. Check the day, the month and the year.')
      return
    }
    this.#sought.bornOn = born.day
    this.#words.push(`born ${writtenDay(born.day)}`)
  }

  takeNumber(): void {
    const [number] = TEN_DIGITS.exec(this.#rest) ?? []
    if (!number) return
    this.#rest = this.#rest.replace(number, ' ')
    const digits = number.replace(/\D/g, '')
    this.#by.push('nhs_number')
    if (isNhsNumber(digits)) {
      this.#sought.nhsNumber = digits
      this.#words.push(`the NHS number ${spacedNhsNumber(digits)}`)
    } else if (digits.length === 11 && digits.startsWith('0'))
      this.#notes.push('That looks like a phone number. Look for the name or the NHS number instead.')
    else if (digits.length === 10)
      this.#notes.push('This is not a valid NHS number. Check the last digit, and that no two changed places.')
    else this.#notes.push(`An NHS number has 10 digits. This has ${digits.length}.`)
  }

  takePlace(): void {
    const [found] = POSTCODE.exec(this.#rest) ?? []
    const postcode = found ? normalisePostcode(found) : undefined
    if (found && postcode) {
      this.#rest = this.#rest.replace(found, ' ')
      this.#sought.postcode = postcode
      this.#by.push('postcode')
      this.#words.push(`the postcode ${postcode}`)
      return
    }
    const [district] = DISTRICT.exec(this.#rest) ?? []
    if (!district || !normalisePostcode(`${district} 1AA`)) return
    this.#rest = this.#rest.replace(district, ' ')
    this.#sought.district = district.toUpperCase()
    this.#by.push('district')
    this.#words.push(`a postcode that starts with ${district.toUpperCase()}`)
  }

  takeName(): void {
    const all = nameWords(this.#rest)
    const untitled = all.filter((word) => !isTitle(word))
    const words = (untitled.length > 0 ? untitled : all).slice(0, MOST_WORDS)
    if (words.length === 0) return
    this.#by.push('name')
    const others = this.#sought.nhsNumber || this.#sought.bornOn || this.#sought.postcode
    if (!others && words.every((word) => /^[a-z0-9]$/.test(word))) {
      this.#notes.push('One letter is too little. Type at least two letters of the name.')
      return
    }
    this.#sought.words = words
    this.#words.unshift(`the name “${words.join(' ')}”, or one that sounds like it`)
  }

  understood(): Understood {
    const { nhsNumber, bornOn, postcode, district, words } = this.#sought
    const isDistrictAlone = district && !nhsNumber && !bornOn && !postcode && words.length === 0
    if (isDistrictAlone) this.#notes.push('Many people live in one district. Add a name, or type the whole postcode.')
    // What is wrong in one part must not widen the search to the others.
    const isUsable = this.#notes.length === 0
    return {
      sought: isUsable ? this.#sought : nothing,
      by: this.#by,
      words: this.#words,
      notes: this.#notes,
    }
  }
}

/** Whether anything is looked for at all. */
export function isSought({ references, nhsNumber, bornOn, postcode, words }: Sought): boolean {
  return references.length > 0 || nhsNumber !== null || bornOn !== null || postcode !== null || words.length > 0
}
