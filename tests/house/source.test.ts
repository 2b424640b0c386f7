import { describe, expect, test } from 'vitest'
import { filesUnder } from './files.ts'
import { codeFaults, commentFaults, nameFaults, sizeFaults } from './source.ts'

const source = filesUnder('src', '.ts')
const tests = filesUnder('tests', '.ts')
const everything = [...source, ...tests]

// Spelt in two halves, so that this file does not break the rule it tries.
const UNFINISHED = `TO${'DO'}`
const LOOK_AWAY = `@ts-${'ignore'}`

describe('this house', () => {
  test('has no any, no test left out, and no clock, chance or environment below the roof', () => {
    expect(codeFaults(everything)).toEqual([])
  })

  test('has no unfinished work and no silenced compiler', () => {
    expect(commentFaults(everything)).toEqual([])
  })

  test('has no file of over 300 lines', () => {
    expect(sizeFaults(everything)).toEqual([])
  })

  test('has no room without a name', () => {
    expect(nameFaults(everything.map(({ path }) => path))).toEqual([])
  })
})

describe('the rules notice', () => {
  test.each([
    ['any as a type', 'src/store/x.ts', 'const a: any = 1', 'any'],
    ['any behind as', 'src/store/x.ts', 'const a = 1 as any', 'any'],
    ['any inside another type', 'tests/x.test.ts', 'const a: Record<string, any[]> = {}', 'any'],
    ['a clock', 'src/actions/x.ts', 'const now = new Date()', 'new Date()'],
    ['a clock without brackets', 'src/actions/x.ts', 'const now = new Date', 'new Date()'],
    ['a clock as text', 'src/actions/x.ts', 'const now = Date()', 'Date()'],
    ['a clock as a number', 'src/http/x.ts', 'const now = Date.now()', 'Date.now'],
    ['a clock handed over', 'src/jobs/x.ts', 'run(Date.now)', 'Date.now'],
    ['chance', 'src/store/x.ts', 'const x = Math.random()', 'Math.random'],
    ['the environment', 'src/mail/x.ts', 'const host = process.env.SMTP', 'process.env'],
    ['the environment in parts', 'src/store/x.ts', 'const { HOST } = process.env', 'process.env'],
    ['one test alone', 'tests/x.test.ts', "test.only('x', () => {})", 'test.only'],
    ['one table alone', 'tests/x.test.ts', "describe.each([1]).only('x', () => {})", 'describe.only'],
    ['one test left out', 'tests/x.test.ts', "it.skip('x', () => {})", 'it.skip'],
  ])('%s', (_, path, text, fault) => {
    expect(codeFaults([{ path, text }])).toEqual([`${path}:1 ${fault}`])
  })

  test.each([
    ['a moment given', 'src/store/x.ts', 'const at = new Date(text)'],
    ['words in a comment', 'src/store/x.ts', '// any clock, like Date.now() or process.env'],
    ['words in a text', 'src/store/x.ts', "const a = 'any Math.random()'"],
    ['the roof', 'src/config.ts', 'const now = Date.now(); const { env } = process; const x = process.env'],
    ['the demonstration', 'src/demo/x.ts', 'const now = new Date()'],
    ['the engine, which is needed before there is a config', 'src/store/columns.ts', 'const x = process.env'],
    ['a property of that name', 'src/domain/moves.ts', 'const states = move.only?.[mover]'],
    ['a test with a clock of its own', 'tests/x.test.ts', 'const now = new Date()'],
  ])('but not %s', (_, path, text) => {
    expect(codeFaults([{ path, text }])).toEqual([])
  })

  test('unfinished work and a silenced compiler, with their line', () => {
    const text = `const a = 1\n// ${UNFINISHED}: later\n// ${LOOK_AWAY}\nconst mastodon = 2`
    expect(commentFaults([{ path: 'src/x.ts', text }])).toEqual([`src/x.ts:2 ${UNFINISHED}`, `src/x.ts:3 ${LOOK_AWAY}`])
  })

  test('the three hundred and first line', () => {
    const lines = (count: number) => ({ path: 'src/x.ts', text: 'x\n'.repeat(count) })
    expect(sizeFaults([lines(300)])).toEqual([])
    expect(sizeFaults([lines(301)])).toEqual(['src/x.ts has 301 lines'])
  })

  test('rooms without a name', () => {
    const nameless = [
      'src/utils/day.ts',
      'src/store/helpers.ts',
      'src/common.ts',
      'src/job-manager.ts',
      'tests/util/x.ts',
    ]
    expect(nameFaults([...nameless, 'src/domain/utility-bill.ts', 'src/http/plugins/auth.ts'])).toEqual(nameless)
  })
})
