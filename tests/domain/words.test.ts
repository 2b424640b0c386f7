import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { templatePath } from '../../src/templates.ts'
import { ENGLISH, languageCodes, sayerOf, wordFile } from '../../src/words.ts'

const placeholders = (words: string) => [...words.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
const forms = (words: string | object) => (typeof words === 'string' ? [words] : Object.values(words))

describe('the words of the public pages', () => {
  it('fill their gaps, count by the rules of the language, and write Latin digits', () => {
    const polish = sayerOf('pl', {
      people: { one: '{count} osoba', few: '{count} osoby', other: '{count} osób' },
      hi: 'Cześć {name}',
    })
    expect([1, 3, 7].map((count) => polish('people', { count }))).toEqual(['1 osoba', '3 osoby', '7 osób'])
    expect(polish('hi', { name: 'Ola' })).toBe('Cześć Ola')
    expect(sayerOf('ar', { n: { other: '{count}' } })('n', { count: 12 })).toBe('12')
  })

  it('know no empty place: a key or a filling that is missing is a fault', () => {
    const say = sayerOf(ENGLISH, { hi: 'Hello {name}' })
    expect(() => say('nothing')).toThrow('nothing')
    expect(() => say('hi')).toThrow('{name}')
  })

  it.each(languageCodes())('%s has every word, with the gaps of the English one', (code) => {
    const english = wordFile(ENGLISH)
    const words = wordFile(code)
    expect(Object.keys(words).sort()).toEqual(Object.keys(english).sort())
    for (const [key, said] of Object.entries(words))
      for (const form of forms(said))
        expect([key, placeholders(form)]).toEqual([key, placeholders(forms(english[key] ?? '')[0] ?? '')])
  })

  it('are used, each of them, and none that is not there', () => {
    const sources = ['pages', 'partials', 'partials/self'].flatMap((folder) =>
      readdirSync(templatePath(folder)).flatMap((file) =>
        file.endsWith('.njk') ? [readFileSync(templatePath(folder, file), 'utf8')] : [],
      ),
    )
    const said = sources.flatMap((source) => [...source.matchAll(/\bt\("([\w.-]+)"/g)].map(([, key]) => key))
    const known = Object.keys(wordFile(ENGLISH))
    expect(said.filter((key) => key && !known.includes(key) && !key.endsWith('.'))).toEqual([])
  })

  it('are short: no English sentence of more than twenty words', () => {
    const long = Object.entries(wordFile(ENGLISH)).flatMap(([key, said]) =>
      (forms(said) as string[]).flatMap((form) =>
        form
          .split(/(?<=[.?:])\s/)
          .filter((sentence) => sentence.split(/\s+/).length > 20)
          .map((sentence) => `${key}: ${sentence}`),
      ),
    )
    expect(long).toEqual([])
  })
})
