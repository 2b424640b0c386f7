import { writtenOf } from '../domain/languages.ts'
import { ENGLISH } from '../words/files.ts'
import { type Language, language, languagesOn } from '../words/language.ts'

export type { Language }

/**
 * The language of letters to somebody, by what was recorded of them: "Polish", "pl". English where nothing was, and where
 * their language is not on.
 */
export function tongueOf(preferredLanguage: string | null, { withDrafts }: { withDrafts: boolean }): Language {
  const on = languagesOn({ withDrafts })
  const code = preferredLanguage
    ? writtenOf(
        on.map((one) => one.code),
        preferredLanguage,
      )
    : undefined
  return on.find((one) => one.code === code) ?? language(ENGLISH)
}
