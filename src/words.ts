import { readdirSync, readFileSync } from 'node:fs'
import { templatePath } from './templates.ts'

/** The words of the public pages: one file for each language, `templates/words/<language>.json`. */
const FOLDER = templatePath('words')

/** Words where a number decides the form, by the categories of Intl.PluralRules: `{ "one": "…", "other": "…" }`. */
export type Plural = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>
export type WordFile = Record<string, string | Plural>

/** What is put in place of `{name}`. */
export type Fillings = Record<string, string | number>

/** Says what stands under a key. A key that is not there is a fault of ours, not an empty place on a page. */
export type Say = (key: string, fillings?: Fillings) => string

export interface Language {
  /** As it stands in `lang`: `en-GB`, `zh-Hans`. */
  code: string
  direction: 'ltr' | 'rtl'
  /** What its speakers call it. */
  ownName: string
  /** How its addresses begin: none for English, `/pl` for Polish. */
  prefix: string
  say: Say
}

export const ENGLISH = 'en-GB'

const FROM_RIGHT = ['ar', 'fa', 'he', 'ps', 'ur']

const known = new Map<string, Language>()

/** The languages that there is a file of, English first. */
export function languageCodes(): string[] {
  const codes = readdirSync(FOLDER).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -5)] : []))
  return [ENGLISH, ...codes.filter((code) => code !== ENGLISH).sort()]
}

export function wordFile(code: string): WordFile {
  return JSON.parse(readFileSync(`${FOLDER}/${code}.json`, 'utf8')) as WordFile
}

/** A language with its words, read once. */
export function language(code: string): Language {
  const found = known.get(code) ?? read(code)
  known.set(code, found)
  return found
}

function read(code: string): Language {
  const [primary = code] = code.split('-')
  const ownName = new Intl.DisplayNames([code], { type: 'language' }).of(primary) ?? code
  return {
    code,
    direction: FROM_RIGHT.includes(primary) ? 'rtl' : 'ltr',
    ownName: ownName.charAt(0).toLocaleUpperCase(code) + ownName.slice(1),
    prefix: code === ENGLISH ? '' : `/${code}`,
    say: sayerOf(code, wordFile(code)),
  }
}

/** Latin digits in every language, so that a number can be read out to anybody. */
export function sayerOf(code: string, words: WordFile): Say {
  const rules = new Intl.PluralRules(code)
  const numbers = new Intl.NumberFormat(`${code}-u-nu-latn`)
  return (key, fillings = {}) => {
    const found = words[key]
    if (found === undefined) throw new Error(`There are no words for ${key} in ${code}.`)
    const pattern = typeof found === 'string' ? found : formOf(found, rules, fillings)
    return pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
      const filling = fillings[name]
      if (filling === undefined) throw new Error(`Nothing is put in place of {${name}} in ${key}.`)
      return typeof filling === 'number' ? numbers.format(filling) : filling
    })
  }
}

function formOf(found: Plural, rules: Intl.PluralRules, { count }: Fillings): string {
  return (typeof count === 'number' && found[rules.select(count)]) || found.other
}
