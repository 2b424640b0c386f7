import type { Command } from 'commander'
import type { Day } from './domain/day.ts'
import { digestOfWords, ENGLISH, languageCodes, readReviews, writeReviews } from './words/files.ts'
import { stateOf, type WordState } from './words/language.ts'

interface Roof {
  today(): Day
  say(line: string): void
  complain(line: string): void
  failed(): Error
}

interface Options {
  reviewed?: string
  by?: string
}

/** Which languages the pages for residents are in, what is missing of each, and who has read them. */
export function addWordsCommand(program: Command, roof: Roof): void {
  program
    .command('words')
    .description('list the languages of the public pages; or record that somebody who speaks one has read its file')
    .option('--reviewed <language>', 'the language whose file was read from beginning to end, like pl')
    .option('--by <name>', 'who read it: somebody who grew up with the language')
    .action(({ reviewed, by }: Options) => {
      if (reviewed || by) record(roof, reviewed, by)
      for (const code of languageCodes().filter((code) => code !== ENGLISH)) {
        const state = stateOf(code)
        roof.say(lineOf(state))
        for (const fault of state.faults) roof.say(`        ${fault}`)
      }
    })
}

function lineOf({ code, ownName, faults, review, who, on }: WordState): string {
  const words = {
    read: `on: read by ${who} on ${on}`,
    lapsed: `off: it changed since ${who} read it on ${on}`,
    unread: 'off: nobody has read it yet',
  }
  const stands = faults.length > 0 ? `off: ${faults.length} words to mend` : words[review]
  return `${code.padEnd(8)}${ownName.padEnd(12)}${stands}`
}

function record({ today, complain, failed }: Roof, code: string | undefined, who: string | undefined): void {
  const isKnown = code !== undefined && code !== ENGLISH && languageCodes().includes(code)
  const isWhole = isKnown && stateOf(code).faults.length === 0
  if (!isWhole || !who?.trim()) {
    complain(
      isKnown && !isWhole
        ? `${code} is not whole yet: mend its words first.`
        : 'Say which language was read and by whom: words --reviewed pl --by "Ola Nowak"',
    )
    throw failed()
  }
  writeReviews({ ...readReviews(), [code]: { sha256: digestOfWords(code), who: who.trim(), on: today() } })
}
