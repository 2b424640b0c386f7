import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { WordFile, WordReview } from '../domain/words.ts'
import { templatePath } from '../templates.ts'

/** One file for each language, `templates/words/<language>.json`, and beside them who has read which. */
const FOLDER = templatePath('words')
const REVIEWS = 'reviews.json'

export const ENGLISH = 'en-GB'

/** The languages that there is a file of, English first. */
export function languageCodes(): string[] {
  const codes = readdirSync(FOLDER).flatMap((file) =>
    file.endsWith('.json') && file !== REVIEWS ? [file.slice(0, -5)] : [],
  )
  return [ENGLISH, ...codes.filter((code) => code !== ENGLISH).sort()]
}

const textOf = (code: string): string => readFileSync(`${FOLDER}/${code}.json`, 'utf8')

export function wordFile(code: string): WordFile {
  return JSON.parse(textOf(code)) as WordFile
}

/** The same however a machine ends its lines. */
export function digestOfWords(code: string): string {
  return createHash('sha256').update(textOf(code).replace(/\r\n/g, '\n')).digest('hex')
}

/** What was recorded of those who read the files, by language. */
export function readReviews(): Record<string, WordReview> {
  const file = `${FOLDER}/${REVIEWS}`
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, WordReview>) : {}
}

export function writeReviews(reviews: Record<string, WordReview>): void {
  writeFileSync(`${FOLDER}/${REVIEWS}`, `${JSON.stringify(reviews, null, 2)}\n`)
}
