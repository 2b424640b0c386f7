const NAMES = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

/** "Polish" from "pl"; the code itself where nobody has a name for it. */
export function languageName(code: string): string {
  try {
    return NAMES.of(code) ?? code
  } catch {
    return code
  }
}

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz']
let byName: Map<string, string> | undefined

/** "pl" from "Polish" or "PL"; undefined where it is no language. */
export function languageCode(text: string): string | undefined {
  const wanted = text.trim()
  if (/^[a-z]{2,3}(-[a-z\d]{2,8})*$/i.test(wanted) && languageName(wanted) !== wanted) return canonical(wanted)
  byName ??= new Map(
    LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).flatMap((code) => {
      const name = NAMES.of(code)
      return name ? [[name.toLowerCase(), code] as const] : []
    }),
  )
  return byName.get(wanted.toLowerCase())
}

function canonical(code: string): string | undefined {
  return Intl.getCanonicalLocales(code)[0]
}
