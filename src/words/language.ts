import { faultsOfWords, type Plural, type ReviewState, reviewState, type WordFile } from '../domain/words.ts'
import { digestOfWords, ENGLISH, languageCodes, readReviews, wordFile } from './files.ts'

/** What is put in place of `{name}`. */
export type Fillings = Record<string, string | number>

/** Says what stands under a key. A key that is not there is a fault of ours, not an empty place on a page. */
export type Say = (key: string, fillings?: Fillings) => string

export interface Language {
  /** As its file and its addresses are called: `en-GB`, `pt`, `zh-Hans`. */
  code: string
  /** As it stands in `lang`, and as Intl knows it: `pt-PT`. */
  tag: string
  direction: 'ltr' | 'rtl'
  /** What its speakers call it. */
  ownName: string
  /** How its addresses begin: none for English, `/pl` for Polish. */
  prefix: string
  /** Nobody who speaks it has read these words yet: pages and letters say so. */
  isDraft: boolean
  say: Say
}

/** A language's file as it stands: what is wrong with it, and who has read it. */
export interface WordState {
  code: string
  ownName: string
  faults: string[]
  review: ReviewState
  who: string | null
  on: string | null
}

const FROM_RIGHT = ['ar', 'fa', 'he', 'ps', 'ur']

/** Where a file is in one country's way of writing, and its name is that of the language alone. */
const TAGS: Record<string, string> = { pt: 'pt-PT' }

const primaryOf = (code: string): string => code.split('-')[0] ?? code

export function tagOf(code: string): string {
  return TAGS[code] ?? code
}

function ownNameOf(code: string): string {
  // Of Chinese the script matters, of English the country does not.
  const asked = code.length > 5 ? code : primaryOf(code)
  const name = new Intl.DisplayNames([code], { type: 'language' }).of(asked) ?? code
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1)
}

export function stateOf(code: string): WordState {
  const review = readReviews()[code]
  return {
    code,
    ownName: ownNameOf(code),
    faults: faultsOfWords(wordFile(code), wordFile(ENGLISH), tagOf(code)),
    review: code === ENGLISH ? 'read' : reviewState(review, digestOfWords(code)),
    who: review?.who ?? null,
    on: review?.on ?? null,
  }
}

interface Known {
  language: Language
  isWhole: boolean
}

const known = new Map<string, Known>()

function knownAs(code: string): Known {
  const found = known.get(code) ?? read(code)
  known.set(code, found)
  return found
}

/** A language with its words, read once. */
export function language(code: string): Language {
  return knownAs(code).language
}

/**
 * The languages that pages and letters are in, English first: those whose words are whole and were read by somebody who
 * speaks them. The demonstration shows drafts too, and says that they are.
 */
export function languagesOn({ withDrafts }: { withDrafts: boolean }): readonly Language[] {
  whole ??= languageCodes()
    .map(knownAs)
    .flatMap(({ isWhole, language }) => (isWhole ? [language] : []))
  return withDrafts ? whole : whole.filter(({ isDraft }) => !isDraft)
}

// Asked of every page, and never another answer while the process runs.
let whole: Language[] | undefined

function read(code: string): Known {
  const { ownName, faults, review } = stateOf(code)
  const tag = tagOf(code)
  const language: Language = {
    code,
    tag,
    direction: FROM_RIGHT.includes(primaryOf(code)) ? 'rtl' : 'ltr',
    ownName,
    prefix: code === ENGLISH ? '' : `/${code}`,
    isDraft: review !== 'read',
    say: sayerOf(tag, wordFile(code)),
  }
  return { language, isWhole: faults.length === 0 }
}

/** Latin digits in every language, so that a number can be read out to anybody. */
export function sayerOf(tag: string, words: WordFile): Say {
  const rules = new Intl.PluralRules(tag)
  const numbers = new Intl.NumberFormat(`${tag}-u-nu-latn`)
  const isFromRight = FROM_RIGHT.includes(primaryOf(tag))
  return (key, fillings = {}) => {
    const found = words[key]
    if (found === undefined) throw new Error(`There are no words for ${key} in ${tag}.`)
    const pattern = typeof found === 'string' ? found : formOf(found, rules, fillings)
    return pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
      const filling = fillings[name]
      if (filling === undefined) throw new Error(`Nothing is put in place of {${name}} in ${key}.`)
      return typeof filling === 'number' ? numbers.format(filling) : setApart(filling, isFromRight)
    })
  }
}

const RUNS_RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u
const RUNS_LEFT_TO_RIGHT = /[\p{Script=Latin}\d]/u

/** What runs the other way than the sentence around it would change places with its neighbours: U+2068 … U+2069 keep it. */
function setApart(filling: string, isFromRight: boolean): string {
  const runsAgainst = (isFromRight ? RUNS_LEFT_TO_RIGHT : RUNS_RIGHT_TO_LEFT).test(filling)
  return runsAgainst ? `\u2068${filling}\u2069` : filling
}

function formOf(found: Plural, rules: Intl.PluralRules, { count }: Fillings): string {
  return (typeof count === 'number' && found[rules.select(count)]) || found.other
}
