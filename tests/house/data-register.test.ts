import { getTableColumns, getTableName, is, Table } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import * as schema from '../../src/store/schema.ts'
import { registerFaults, sectionsOf } from './data-register.ts'
import { readText } from './files.ts'

const columns = Object.values(schema).flatMap((table) =>
  is(table, Table) ? Object.values(getTableColumns(table)).map(({ name }) => `${getTableName(table)}.${name}`) : [],
)
const sections = sectionsOf(readText('docs/data.md'))

describe('docs/data.md', () => {
  test('describes every column of the schema, and no other', () => {
    expect(columns.length).toBeGreaterThan(200)
    expect(registerFaults(columns, sections)).toEqual([])
  })

  test('calls names, numbers, addresses and free text what they are', () => {
    const sensitivityOf = (name: string) => {
      const [table, column] = name.split('.')
      return sections.find((section) => section.table === table)?.entries.find((entry) => entry.column === column)
        ?.sensitivity
    }
    expect(sensitivityOf('users.password_hash')).toBe('secret')
    for (const name of ['full_name', 'date_of_birth', 'nhs_number', 'address_lines', 'postcode', 'phone', 'email'])
      expect(sensitivityOf(`people.${name}`)).toBe('personal')
    for (const name of [
      'people.ethnicity',
      'people.facts',
      'risks.detail',
      'contacts.note',
      'referrals.reason',
      'drafts.content',
    ])
      expect(sensitivityOf(name)).toBe('special-category')
  })
})

describe('the rule notices', () => {
  const page = (row: string) =>
    `# Register\n\n## people\n\nWho is helped.\n\n| column | meaning | sensitivity | kept |\n|---|---|---|---|\n${row}\n`
  const NAME = '| name | Their name | personal | record; service |'

  test.each([
    ['a column that is not described', ['people.name', 'people.age'], NAME, 'people.age is not in the register'],
    ['a column that is gone', [], NAME, 'people.name is not in the schema'],
    ['one described twice', ['people.name'], `${NAME}\n${NAME}`, 'people.name stands twice'],
    ['no meaning', ['people.name'], '| name | | personal | record |', 'people.name has no meaning'],
    [
      'another word for sensitivity',
      ['people.name'],
      '| name | Name | high | record |',
      'people.name is "high", which is no sensitivity',
    ],
    [
      'no term',
      ['people.name'],
      '| name | Name | personal | |',
      'people.name does not say how long it is kept and who sees it',
    ],
  ])('%s', (_, schemaColumns, row, fault) => {
    expect(registerFaults(schemaColumns, sectionsOf(page(row)))).toEqual([fault])
  })

  test('a table without a purpose', () => {
    const bare = sectionsOf(page(NAME).replace('Who is helped.', ''))
    expect(registerFaults(['people.name'], bare)).toEqual(['people does not say what it is for'])
    expect(registerFaults(['people.name'], sectionsOf(page(NAME)))).toEqual([])
  })
})
