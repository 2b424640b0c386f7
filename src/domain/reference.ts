// No vowels (no accidental words) and none of 0 1 5 8 B I L O S: misheard or misread on the phone.
const ALPHABET = '234679CDFGHJKMNPQRTVWXYZ'

function checkCharacter(body: string): string {
  // Weights +1 and -1 in turn (modulo 24) notice every wrong character and all but a few swaps of neighbours.
  const sum = [...body].reduce((total, character, i) => total + ALPHABET.indexOf(character) * (i % 2 ? 23 : 1), 0)
  return ALPHABET[sum % ALPHABET.length] ?? ''
}

/**
 * A referral's reference, `SP-7K3M-Q2XD`: seven random characters (4.6 thousand million) and a check character.
 * @param random seven or more bytes from a secure source
 */
export function referenceFrom(random: Uint8Array): string {
  const body = [...random.slice(0, 7)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')
  const code = body + checkCharacter(body)
  return `SP-${code.slice(0, 4)}-${code.slice(4)}`
}

/** The reference as we print it, from what somebody typed or read out; undefined when it cannot be one. */
export function normaliseReference(text: string): string | undefined {
  const code = text
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/^SP(?=.{8}$)/, '')
  const body = code.slice(0, 7)
  if (code.length !== 8 || [...code].some((character) => !ALPHABET.includes(character))) return undefined
  return checkCharacter(body) === code[7] ? `SP-${code.slice(0, 4)}-${code.slice(4)}` : undefined
}

/** What may have been written where something else was read, letters that we never print included. */
const LOOKS_LIKE: Record<string, string> = {
  '0': 'QDC',
  O: 'QDC',
  '1': 'J7T',
  I: 'J7T',
  L: 'J7T',
  '5': '6FG',
  S: '36G',
  '8': '36R',
  B: '36R',
  A: '4R',
  E: 'F3',
  U: 'VW',
  '2': 'Z',
  Z: '2',
  '6': 'G',
  G: '6C',
  '7': 'T',
  T: '7',
  V: 'W',
  W: 'V',
  M: 'N',
  N: 'M',
  C: 'G',
  D: 'Q',
  Q: 'D',
  P: 'R',
  R: 'P',
  F: 'P',
  '3': '9',
  '9': '3',
  '4': '9',
  K: 'X',
  X: 'K',
}

const MOST_UNPRINTED = 2

/**
 * The references that eight typed characters may stand for: themselves where they add up, else those that look like them
 * and do. Letters that we never print were surely misread; of the others at most one.
 */
export function referencesLike(code: string): string[] {
  const exact = normaliseReference(code)
  if (exact) return [exact]
  const characters = [...code.toUpperCase()]
  const unprinted = characters.flatMap((character, at) => (ALPHABET.includes(character) ? [] : [at]))
  if (characters.length !== 8 || unprinted.length > MOST_UNPRINTED) return []
  const places = unprinted.length > 0 ? [unprinted] : characters.map((_, at) => [at])
  const readings = places.flatMap((at) => readingsAt(characters, at))
  return [...new Set(readings.flatMap((reading) => normaliseReference(reading) ?? []))]
}

function readingsAt(characters: string[], [at, ...others]: number[]): string[] {
  if (at === undefined) return [characters.join('')]
  const alike = LOOKS_LIKE[characters[at] ?? ''] ?? ''
  return [...alike].flatMap((other) => readingsAt(characters.toSpliced(at, 1, other), others))
}
