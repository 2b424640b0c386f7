/** Words where a number decides the form, by the categories of Intl.PluralRules: `{ "one": "…", "other": "…" }`. */
export type Plural = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>
export type WordFile = Record<string, string | Plural>

export function formsOf(words: string | Plural): string[] {
  return typeof words === 'string' ? [words] : Object.values(words)
}

/** The gaps that are filled: "Hello {name}" has one, `name`. */
export function gapsOf(words: string): string[] {
  return [...words.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort()
}

/** Where a number decides the form, the form may say it in a word: "one week". */
function gapsIn(meant: string | Plural, of: string | Plural = meant): string {
  const gaps = gapsOf(formsOf(meant)[0] ?? '')
  return (typeof of === 'string' ? gaps : gaps.filter((gap) => gap !== 'count')).join()
}

/**
 * What keeps a language from being shown: words that are missing, empty or not asked for, gaps that are not those of the
 * English words, and forms of plurals that are not those of the language.
 * @param tag as Intl knows the language
 */
export function faultsOfWords(words: WordFile, english: WordFile, tag: string): string[] {
  const forms = new Intl.PluralRules(tag).resolvedOptions().pluralCategories.sort()
  const invented = Object.keys(words).filter((key) => !Object.hasOwn(english, key))
  const faults = Object.entries(english).flatMap(([key, meant]) => {
    const said = words[key]
    if (said === undefined) return [`${key} is missing`]
    if (formsOf(said).some((form) => form.trim() === '')) return [`${key} is empty`]
    if (typeof meant !== typeof said) return [`${key} ${typeof meant === 'string' ? 'has' : 'lacks'} forms by number`]
    if (typeof said !== 'string' && Object.keys(said).sort().join() !== forms.join())
      return [`${key} needs the forms ${forms.join(', ')}`]
    const gaps = gapsIn(meant)
    return formsOf(said).every((form) => gapsIn(form, said) === gaps) ? [] : [`${key} needs the gaps ${gaps || 'none'}`]
  })
  return [...faults, ...invented.map((key) => `${key} is not asked for`)]
}

/** Who has read a language's file, on which day, and what the file was then. */
export interface WordReview {
  sha256: string
  who: string
  on: string
}

/** Somebody who speaks it has read every word of it, it changed since, or nobody has. */
export type ReviewState = 'read' | 'lapsed' | 'unread'

export function reviewState(review: WordReview | undefined, sha256: string): ReviewState {
  if (!review) return 'unread'
  return review.sha256 === sha256 ? 'read' : 'lapsed'
}
