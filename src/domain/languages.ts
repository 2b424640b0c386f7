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

/** "Polish" from "pl", "Portuguese" from "pt-BR". What is no code is a name already. */
export function languageName(code: string): string {
  return remembered(knownNames, code, nameOf)
}

// Signed languages that the list does not name.
const SIGNED: Record<string, string> = { bfi: 'British Sign Language' }

function nameOf(code: string): string {
  const [primary = ''] = code.trim().toLowerCase().split(/[-_]/)
  if (!/^[a-z]{2,3}$/.test(primary)) return code.trim()
  const name = SIGNED[primary] ?? NAMES.of(primary) ?? primary
  return name === primary ? code.trim() : name
}

/** What people call a language where its own name in the list is another. */
const ALSO: Record<string, string> = {
  farsi: 'persian',
  dari: 'persian',
  panjabi: 'punjabi',
  tagalog: 'filipino',
  mandarin: 'chinese',
  cantonese: 'chinese',
  sorani: 'kurdish',
  kurmanji: 'kurdish',
  bsl: 'british sign language',
  castilian: 'spanish',
}

/** Every way in which a name may be meant, between spaces: Cantonese is Cantonese, and Chinese. */
function meanings(text: string): string[] {
  return remembered(knownMeanings, text, () => {
    const words = folded(languageName(text))
    return [words, ...words.split(' ').flatMap((word) => ALSO[word] ?? [])].map((meaning) => ` ${meaning} `)
  })
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
