import { folded } from './plain-words.ts'

const NAMES = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' })

// Codes are few and their names never change, so each is looked up once.
const known = new Map<string, string>()

/** "Polish" from "pl", "Portuguese" from "pt-BR". What is no code is a name already. */
export function languageName(code: string): string {
  const before = known.get(code)
  if (before !== undefined) return before
  const name = nameOf(code)
  if (known.size < 1000) known.set(code, name)
  return name
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

/** Every way in which a name may be meant: Cantonese is Cantonese, and Chinese. */
function meanings(text: string): string[] {
  const words = folded(languageName(text))
  return [words, ...words.split(' ').flatMap((word) => ALSO[word] ?? [])]
}

export function isEnglish(text: string): boolean {
  return folded(languageName(text)) === 'english'
}

/** Which of these languages somebody speaks who says of themselves "Polish", "pl" or "Polish and some English". */
export function spokenOf(codes: readonly string[], says: string): string | undefined {
  const said = meanings(says).map((meaning) => ` ${meaning} `)
  return codes.find((code) => {
    if (isEnglish(code)) return false
    return meanings(code).some((name) => said.some((meaning) => meaning.includes(` ${name} `)))
  })
}
