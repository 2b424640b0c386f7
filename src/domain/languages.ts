import { folded } from './plain-words.ts'

const NAMES = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' })

// Codes are few and what they mean never changes, so each is looked up once.
const knownNames = new Map<string, string>()
const knownMeanings = new Map<string, string[]>()
const REMEMBERED = 1000

function remembered<T>(known: Map<string, T>, text: string, find: (text: string) => T): T {
  const before = known.get(text)
  if (before !== undefined) return before
  const found = find(text)
  if (known.size < REMEMBERED) known.set(text, found)
  return found
}

/** As people here say it, where the list of the world's languages says it otherwise or not at all. */
const SAID_HERE = new Map([
  ['bfi', 'British Sign Language'],
  ['bn', 'Bengali'],
  ['fa', 'Farsi'],
  ['pa', 'Panjabi'],
])

/** Offered by name where somebody says which languages there are; any other is typed as its code. */
export const OFFERED_LANGUAGES = ['en', 'pl', 'ro', 'zh', 'pt', 'ar', 'pa', 'ur', 'bn', 'es', 'so', 'uk', 'fa']

/** "Polish" from "pl", "Portuguese" from "pt-BR". What is no code is a name already. */
export function languageName(code: string): string {
  return remembered(knownNames, code, nameOf)
}

function nameOf(code: string): string {
  const [primary = ''] = code.trim().toLowerCase().split(/[-_]/)
  if (!/^[a-z]{2,3}$/.test(primary)) return code.trim()
  const name = SAID_HERE.get(primary) ?? NAMES.of(primary) ?? primary
  return name === primary ? code.trim() : name
}

/** "polski" from "pl": what its speakers call it; nothing where that is not known. */
export function ownNameOf(code: string): string {
  const [tag] = /^[a-z]{2,3}(-[a-z\d]{2,8})*$/i.test(code) ? Intl.getCanonicalLocales(code) : []
  return (tag && new Intl.DisplayNames([tag], { type: 'language', fallback: 'none' }).of(tag)) ?? ''
}

/** What people call a language where its own name in the list is another. */
const ALSO = new Map([
  ['farsi', 'persian'],
  ['dari', 'persian'],
  ['panjabi', 'punjabi'],
  ['bengali', 'bangla'],
  ['tagalog', 'filipino'],
  ['mandarin', 'chinese'],
  ['cantonese', 'chinese'],
  ['sorani', 'kurdish'],
  ['kurmanji', 'kurdish'],
  ['bsl', 'british sign language'],
  ['castilian', 'spanish'],
])

/** Every way in which a name may be meant, between spaces: Cantonese is Cantonese, and Chinese. */
function meanings(text: string): string[] {
  return remembered(knownMeanings, text, () => {
    const words = folded(languageName(text))
    return [words, ...words.split(' ').flatMap((word) => ALSO.get(word) ?? [])].map((meaning) => ` ${meaning} `)
  })
}

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz']
const PAIRS = LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
let byName: Map<string, string> | undefined

/** "pl" from "Polish" or "PL"; undefined where it is no language that is known. */
export function languageCode(text: string): string | undefined {
  const wanted = text.trim()
  if (/^[a-z]{2,3}(-[a-z\d]{2,8})*$/i.test(wanted) && languageName(wanted) !== wanted) return canonical(wanted)
  byName ??= new Map(
    [...PAIRS, ...SAID_HERE.keys()].flatMap((code) =>
      [NAMES.of(code) ?? code, languageName(code)]
        .filter((name) => name !== code)
        .map((name) => [name.toLowerCase(), canonical(code) ?? code] as const),
    ),
  )
  return byName.get(wanted.toLowerCase())
}

function canonical(code: string): string | undefined {
  return Intl.getCanonicalLocales(code)[0]
}

export function isEnglish(text: string): boolean {
  return meanings(text)[0] === ' english '
}

/** Which of these languages somebody speaks who says of themselves "Polish", "pl" or "Polish and some English". */
export function spokenOf(codes: readonly string[], says: string): string | undefined {
  const said = meanings(says)
  return codes.find(
    (code) => !isEnglish(code) && meanings(code).some((name) => said.some((meaning) => meaning.includes(name))),
  )
}

/** Cantonese is written with other signs than the simplified ones; whoever asks for it is not helped by those. */
const WRITTEN_OTHERWISE = /\b(cantonese|traditional|hakka|hokkien|taiwanese|zh-(hant|hk|tw|mo))\b/i

/**
 * In which of these languages to write to somebody who says of themselves "Polish", "pl", "polski" or "Polish, some
 * English". Undefined is English: also where English stands first, and where no language can be told.
 */
export function writtenOf(codes: readonly string[], says: string): string | undefined {
  const said = folded(says)
  const own = codes.find((code) => [code, code.split('-')[0] ?? ''].some((tag) => folded(ownNameOf(tag)) === said))
  if (own) return own
  const named = languageCode(says)
  if (isEnglish(named ?? says) || meanings(says)[0]?.startsWith(' english ')) return undefined
  const open = codes.filter((code) => !code.startsWith('zh') || !WRITTEN_OTHERWISE.test(says))
  return open.find((code) => code === named) ?? spokenOf(open, named ?? says)
}
