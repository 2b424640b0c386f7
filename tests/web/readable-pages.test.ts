import { expect, it } from 'vitest'
import { openApp } from '../support/app.ts'
import { gradeOf, longSentences } from '../support/readability.ts'
import { visitor } from './visitor.ts'

const ENDS_A_LINE = /<\/(p|li|h\d|dt|dd|label|button|legend|option|summary|td|th|a)>/g

/** The words of a page's own part, a line for each heading, label and paragraph. */
function linesOf(html: string): string {
  const [main = ''] = /<main[\s\S]*<\/main>/.exec(html) ?? []
  return main
    .replace(/<svg[\s\S]*?<\/svg>/g, '')
    .replace(ENDS_A_LINE, '\n')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#?\w+;/g, '’')
    .replace(/[ \t]+/g, ' ')
}

it.each(['/', '/refer-yourself', '/where', '/directory', '/l/nothing', '/visit/nothing', '/nothing'])(
  'what residents read at %s is understood at the age of eleven',
  async (path) => {
    const { app, given } = await openApp()
    await given.city()
    const lines = linesOf((await visitor(app).get(path)).html)
    expect([longSentences(lines), gradeOf(lines) <= 6 ? 'easy' : gradeOf(lines)]).toEqual([[], 'easy'])
  },
)
