import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The open data that some tests need stands beside the project, and is no part of it. */
const folder = process.env.OPEN_DATA ?? join(import.meta.dirname, '../../../shared/data')
const city = join(folder, 'southampton')
const layouts = join(city, 'official-layout')

/** Where the city's official files are; undefined where they are not on this machine, which is said on one line. */
export function officialFiles() {
  if (!existsSync(layouts)) {
    process.stderr.write('The open data of the city (../shared/data/southampton) is absent: its tests are left out.\n')
    return undefined
  }
  const named = (start: string) => join(layouts, readdirSync(layouts).find((name) => name.startsWith(start)) ?? '')
  return { nspl: named('NSPL'), imd: named('IMD'), wards: named('LSOA'), practices: named('epraccur') }
}

/** The tidy table of that name, each row by the names of its columns. None of its cells holds a comma that matters. */
export function tidy(name: string): Record<string, string>[] {
  const [head = '', ...lines] = readFileSync(join(city, `${name}.csv`), 'utf8')
    .trim()
    .split(/\r?\n/)
  const names = head.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(names.map((column, index) => [column, cells[index] ?? '']))
  })
}
