import { syllable } from 'syllable'

const MOST_WORDS = 20

/** A heading, a label and a line each end what they say. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.?!:])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /\p{L}/u.test(sentence))
}

const wordsOf = (text: string) => text.split(/\s+/).filter((word) => /\p{L}|\d/u.test(word))

export function longSentences(text: string): string[] {
  return sentencesOf(text).filter((sentence) => wordsOf(sentence).length > MOST_WORDS)
}

/** The school year (United States) in which a text is understood, by Flesch and Kincaid (1975); UK reading age is 5 more. */
export function gradeOf(text: string): number {
  const sentences = sentencesOf(text)
  const words = sentences.flatMap(wordsOf)
  const syllables = words.reduce((sum, word) => sum + Math.max(1, syllable(word)), 0)
  return 0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59
}
