import { doubleMetaphone } from 'double-metaphone'
import { nameWords } from '../../domain/likeness.ts'

/** One word of a name as it is looked for. */
export interface NameKey {
  word: string
  sound: string | null
  otherSound: string | null
}

interface Named {
  fullName: string
  givenName: string | null
  familyName: string | null
}

/** Whoever has nothing in their name that can be looked for still has a row, which says that they were seen to. */
const NOTHING: NameKey = { word: '-', sound: null, otherSound: null }

/** Every word of somebody's name, each once: the order in which they are typed does not matter. */
export function nameKeys({ fullName, givenName, familyName }: Named): NameKey[] {
  const words = new Set([fullName, givenName ?? '', familyName ?? ''].flatMap(nameWords))
  return words.size > 0 ? [...words].map(keyOf) : [NOTHING]
}

export function keyOf(word: string): NameKey {
  // By their numbers the letters of other scripts sort alike under every collation, and a beginning stays a beginning.
  if (!/^[a-z0-9]+$/.test(word)) return { word: `0${[...word].map(numberOf).join('')}`, sound: null, otherSound: null }
  const [sound, other] = doubleMetaphone(word)
  return { word: word.toUpperCase(), sound: sound || null, otherSound: other && other !== sound ? other : null }
}

function numberOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(6, '0')
}
