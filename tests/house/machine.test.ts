import { expect, test } from 'vitest'
import { filesUnder } from './files.ts'
import { machineFaults } from './machine.ts'

// The rule itself has to name what it looks for, and so do the examples below.
const HERE = ['tests/house/machine.ts', 'tests/house/machine.test.ts']
const TEXT = [
  '.ts',
  '.js',
  '.mjs',
  '.md',
  '.njk',
  '.json',
  '.sql',
  '.css',
  '.example',
  '.yml',
  '.npmrc',
  '.gitignore',
  'run',
]

test('the project speaks of no particular machine', () => {
  const files = filesUnder('.', ...TEXT).filter(({ path }) => !HERE.includes(path) && path !== 'package-lock.json')
  expect(files.length).toBeGreaterThan(50)
  expect(machineFaults(files)).toEqual([])
})

test.each([
  ['a folder', 'see /mnt/notes'],
  ['a temporary file', 'cat > /tmp/x.ts'],
  ['a home', '/home/ada/trellis'],
  ['another kind of home', 'C:\\trellis'],
  ['papers that are not in the project', 'as model.md says'],
])('%s is noticed', (_, text) => {
  expect(machineFaults([{ path: 'README.md', text: `first line\n${text}` }])).toEqual([
    expect.stringMatching(/^README\.md:2 /),
  ])
})

test.each([
  'framework/tmpdir()',
  'a homework club',
  '/dev/mailbox',
  '/usr/lib/postgresql',
  'https://example.org/workshops/',
])('%s is nobody’s machine', (text) => {
  expect(machineFaults([{ path: 'README.md', text }])).toEqual([])
})
