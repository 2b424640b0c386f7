import { differences, repeated } from './registers.ts'

const SENSITIVITIES = ['public', 'internal', 'personal', 'special-category', 'secret']

export interface Entry {
  column: string
  meaning: string
  sensitivity: string
  kept: string
}

export interface Section {
  table: string
  /** What the table is for. */
  purpose: string
  entries: Entry[]
}

/** Reads docs/data.md: a heading for each table, a sentence, and a row for each column. */
export function sectionsOf(markdown: string): Section[] {
  return markdown
    .split(/^## +/m)
    .slice(1)
    .map((section) => {
      const [title = '', ...lines] = section.split('\n')
      const rows = lines.filter((line) => line.startsWith('|'))
      const cells = rows.slice(2).map((row) =>
        row
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      )
      const purpose = lines
        .filter((line) => !line.startsWith('|'))
        .join(' ')
        .trim()
      const entries = cells.map(([column = '', meaning = '', sensitivity = '', kept = '']) => ({
        column,
        meaning,
        sensitivity,
        kept,
      }))
      return { table: title.replaceAll('`', '').trim(), purpose, entries }
    })
}

function entryFaults(table: string, { column, meaning, sensitivity, kept }: Entry): string[] {
  const name = `${table}.${column}`
  return [
    meaning === '' ? `${name} has no meaning` : '',
    SENSITIVITIES.includes(sensitivity) ? '' : `${name} is "${sensitivity}", which is no sensitivity`,
    kept === '' ? `${name} does not say how long it is kept and who sees it` : '',
  ].filter(Boolean)
}

/** Where the register and the schema do not say the same, or the register says too little. */
export function registerFaults(columns: string[], sections: Section[]): string[] {
  const written = sections.flatMap(({ table, entries }) => entries.map(({ column }) => `${table}.${column}`))
  const { missing, invented } = differences(columns, written)
  return [
    ...missing.map((name) => `${name} is not in the register`),
    ...invented.map((name) => `${name} is not in the schema`),
    ...repeated(written).map((name) => `${name} stands twice`),
    ...sections.flatMap(({ table, purpose }) =>
      /[a-z].*[.:]/.test(purpose) ? [] : [`${table} does not say what it is for`],
    ),
    ...sections.flatMap(({ table, entries }) => entries.flatMap((entry) => entryFaults(table, entry))),
  ]
}
