import type { Sought } from '../../domain/search.ts'
import type { PeopleSought } from '../../store/search.ts'
import { keyOf } from '../people/name-keys.ts'

/** What was understood, with the words as they are looked for. */
export function soughtPeople({ words, ...sought }: Sought): PeopleSought {
  return {
    ...sought,
    words: words.map(keyOf).map(({ word, sound, otherSound }) => ({
      word,
      sounds: [sound, otherSound].filter((one) => one !== null),
    })),
  }
}
