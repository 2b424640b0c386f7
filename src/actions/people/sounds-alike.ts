import { doubleMetaphone } from 'double-metaphone'

/** Whether two words sound alike to an English ear: Smyth and Smith, Catherine and Kathryn. */
export function soundsAlike(a: string, b: string): boolean {
  const codes = soundsOf(a)
  return soundsOf(b).some((code) => codes.includes(code))
}

// A word in letters that it does not know has no sound, which is not the same sound.
function soundsOf(word: string): string[] {
  return doubleMetaphone(word).filter(Boolean)
}
