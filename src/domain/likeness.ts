import type { Day } from './day.ts'

/** What two descriptions of people are compared by. */
export interface Described {
  fullName: string
  givenName: string | null
  familyName: string | null
  dateOfBirth: Day
  postcode: string | null
  nhsNumber: string | null
}

/** Why two descriptions may be of one person: the number says so, or they only look alike. */
export type Likeness = 'nhs_number' | 'likeness'

/** Whether two names of one word each sound alike. Given from outside: the rule knows no language. */
export type SoundsAlike = (a: string, b: string) => boolean

/** Up to this length one letter more, less or other is a slip of the pen rather than another name. */
const SHORT_NAME = 6

const TITLES = new Set(['mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'sir', 'dame', 'rev'])

export const isTitle = (word: string): boolean => TITLES.has(word)

// Letters that no normal form takes apart.
const LETTERS: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
}

/** The words of a name, comparable: lower case, without accents, apostrophes and titles. */
export function nameWords(name: string): string[] {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[łøđðþßæœı]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/['’‘`]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
  const withoutTitle = words.length > 2 && TITLES.has(words[0] ?? '') ? words.slice(1) : words
  return withoutTitle
}

/**
 * Whether two descriptions may be of one person: a warning to somebody who looks, never a judgement. Two known NHS
 * numbers decide alone: twins share a birthday, an address and sometimes the sound of a name.
 */
export function likenessOf(a: Described, b: Described, soundsAlike: SoundsAlike): Likeness | undefined {
  if (a.nhsNumber && b.nhsNumber) return a.nhsNumber === b.nhsNumber ? 'nhs_number' : undefined
  if (a.dateOfBirth !== b.dateOfBirth || !a.postcode || a.postcode !== b.postcode) return undefined
  return namesAlike(a, b, soundsAlike) ? 'likeness' : undefined
}

function namesAlike(a: Described, b: Described, soundsAlike: SoundsAlike): boolean {
  const sound: SoundsAlike = (one, other) => one === other || soundsAlike(one, other)
  const [wordsOfA, wordsOfB] = [nameWords(a.fullName), nameWords(b.fullName)]
  const [fewer, more] = wordsOfA.length <= wordsOfB.length ? [wordsOfA, wordsOfB] : [wordsOfB, wordsOfA]
  // One word alone is too little to stand for a whole name.
  if ((fewer.length > 1 || more.length === 1) && eachHasItsOwn(fewer, more, sound)) return true
  const [givenA, familyA] = partsOf(a, wordsOfA)
  const [givenB, familyB] = partsOf(b, wordsOfB)
  return sound(givenA, givenB) && (sound(familyA, familyB) || isSlip(familyA, familyB))
}

function partsOf({ givenName, familyName }: Described, words: string[]): [string, string] {
  const given = givenName ? nameWords(givenName)[0] : undefined
  const family = familyName ? nameWords(familyName).at(-1) : undefined
  return [given ?? words[0] ?? '', family ?? words.at(-1) ?? '']
}

/**
 * In any order: families write the family name first as often as last. A word whose others are all taken asks their
 * holders to move on, so that many like words take no longer than many different ones.
 */
function eachHasItsOwn(words: string[], others: string[], sound: SoundsAlike): boolean {
  const holders = new Map<number, string>()
  function finds(word: string, asked: Set<number>): boolean {
    return others.some((other, at) => {
      if (asked.has(at) || !sound(word, other)) return false
      asked.add(at)
      const holder = holders.get(at)
      if (holder !== undefined && !finds(holder, asked)) return false
      holders.set(at, word)
      return true
    })
  }
  return words.every((word) => finds(word, new Set()))
}

function isSlip(a: string, b: string): boolean {
  return Math.min(a.length, b.length) > 1 && Math.max(a.length, b.length) <= SHORT_NAME && isWithinOneLetter(a, b)
}

/** Equal but for one letter more, less or other, or two neighbours that changed places. */
function isWithinOneLetter(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (long.length - short.length > 1) return false
  let same = 0
  while (same < short.length && short[same] === long[same]) same++
  const [restOfShort, restOfLong] = [short.slice(same), long.slice(same)]
  if (short.length < long.length) return restOfShort === restOfLong.slice(1)
  const swapped = `${restOfShort[1] ?? ''}${restOfShort[0] ?? ''}${restOfShort.slice(2)}`
  return restOfShort.slice(1) === restOfLong.slice(1) || swapped === restOfLong
}
