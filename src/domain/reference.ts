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
