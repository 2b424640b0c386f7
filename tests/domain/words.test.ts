import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { writtenOf } from '../../src/domain/languages.ts'
import { faultsOfWords, formsOf, reviewState, type WordFile } from '../../src/domain/words.ts'
import { templatePath } from '../../src/templates.ts'
import { dateIn, dayIn, timeIn } from '../../src/words/days.ts'
import { ENGLISH, languageCodes, wordFile } from '../../src/words/files.ts'
import { language, languagesOn, sayerOf, stateOf, tagOf } from '../../src/words/language.ts'
import { gradeOf, longSentences } from '../support/readability.ts'

const OTHERS = languageCodes().filter((code) => code !== ENGLISH)

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

  it('keep apart what runs the other way: a reference in Arabic, an Arabic name in English', () => {
    const words = { hi: '{name}.' }
    expect(sayerOf('ar', words)('hi', { name: 'SP-7K3M-Q2XD' })).toBe('\u2068SP-7K3M-Q2XD\u2069.')
    expect(sayerOf('ar', words)('hi', { name: 'مريم' })).toBe('مريم.')
    expect(sayerOf(ENGLISH, words)('hi', { name: 'مريم' })).toBe('\u2068مريم\u2069.')
    expect(sayerOf('pl', words)('hi', { name: 'Ola' })).toBe('Ola.')
  })

  it.each(OTHERS)('%s is whole: every word, the gaps of the English one, and its own plural forms', (code) => {
    expect(stateOf(code).faults).toEqual([])
  })

  it.each(OTHERS)('%s keeps the numbers, names and examples that are the same for everybody', (code) => {
    const english = wordFile(ENGLISH)
    const kept = /\b(?:999|111|NHS|BSL|GP|The Lighthouse|Trellis|SP-7K3M-Q2XD|SO14 0YN|07700 900123|Shift)\b/g
    const lost = Object.entries(wordFile(code)).flatMap(([key, said]) => {
      const wanted = new Set([...(formsOf(english[key] ?? '')[0] ?? '').matchAll(kept)].map(([one]) => one))
      return [...wanted].filter((one) => !formsOf(said).every((form) => form.includes(one))).map((one) => [key, one])
    })
    expect(lost).toEqual([])
  })

  it('in languages from the right set digits with gaps between them apart, but for days, whose boxes change places too', () => {
    const loose = OTHERS.filter((code) => language(code).direction === 'rtl').flatMap((code) =>
      Object.entries(wordFile(code)).flatMap(([key, said]) =>
        formsOf(said)
          .filter((form) => /\d[ -]\d/.test(form.replace(/\u2066[^\u2069]*\u2069|\b27 3 1958\b/g, '')))
          .map(() => `${code} ${key}`),
      ),
    )
    expect(loose).toEqual([])
  })

  it('are used, each of them, and none that is not there', () => {
    const folders = ['pages', 'partials', 'partials/self', 'email', 'email/parts']
    const templates = folders.flatMap((folder) => filesOf(templatePath(folder), '.njk'))
    const code = ['src/http/web', 'src/http/api', 'src/mail', 'src/domain'].flatMap((folder) => filesOf(folder, '.ts'))
    const all = [...templates, ...code].join('\n')
    const known = Object.keys(wordFile(ENGLISH))
    const said = [...templates.join('\n').matchAll(/\bt\("([\w.-]+)"/g)].map(([, key = '']) => key)
    expect(said.filter((key) => !known.includes(key) && !key.endsWith('.'))).toEqual([])
    // A key may be put together from its beginning and what is chosen.
    const beginnings = [...all.matchAll(/["'`]((?:[a-z-]+\.)+)(?:"|'|\$\{)/g)].map(([, beginning = '']) => beginning)
    const unused = known.filter(
      (key) => !all.includes(`"${key}"`) && !all.includes(`'${key}'`) && !beginnings.some((one) => key.startsWith(one)),
    )
    expect(unused).toEqual([])
  })

  it('are short in English: no sentence of more than twenty words, and grade six at most', () => {
    const english = Object.entries(wordFile(ENGLISH))
    expect(
      english.flatMap(([key, said]) =>
        formsOf(said)
          .flatMap(longSentences)
          .map((one) => `${key}: ${one}`),
      ),
    ).toEqual([])
    // A single label of one long word says nothing of how hard a page is: the words of one page are read together.
    const pages = new Map<string, string[]>()
    for (const [key, said] of english) {
      const page = key.split('.').slice(0, 2).join('.')
      pages.set(page, [...(pages.get(page) ?? []), ...formsOf(said)])
    }
    const hard = [...pages].flatMap(([page, words]) => {
      const text = words.join('\n')
      return text.split(/\s+/).length >= 25 && gradeOf(text) > 6 ? [[page, gradeOf(text)]] : []
    })
    expect(hard).toEqual([])
  })
})

function filesOf(folder: string, ending: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isFile() && entry.name.endsWith(ending) ? [readFileSync(`${folder}/${entry.name}`, 'utf8')] : [],
  )
}

describe('a file of words', () => {
  const english: WordFile = { hi: 'Hello {name}', n: { one: '{count} day', other: '{count} days' } }
  const polish = { one: 'jeden dzień', few: '{count} dni', many: '{count} dni', other: '{count} dnia' }

  it.each<[string, WordFile, string[]]>([
    ['is whole', { hi: 'Cześć {name}', n: polish }, []],
    ['lacks a word', { n: polish }, ['hi is missing']],
    ['has an empty one', { hi: ' ', n: polish }, ['hi is empty']],
    ['has another gap', { hi: 'Cześć {nazwa}', n: polish }, ['hi needs the gaps name']],
    ['lacks a form', { hi: '{name}', n: { one: '1', other: '2' } }, ['n needs the forms few, many, one, other']],
    ['has no forms', { hi: '{name}', n: '{count} dni' }, ['n lacks forms by number']],
    ['has words that nobody asks for', { hi: '{name}', n: polish, bye: 'Pa' }, ['bye is not asked for']],
  ])('%s', (_, words, faults) => {
    expect(faultsOfWords(words, english, 'pl')).toEqual(faults)
  })

  it('is read by somebody who speaks it, until it changes', () => {
    const review = { sha256: 'a', who: 'Ola Nowak', on: '2026-12-01' }
    expect([undefined, review, review].map((one, index) => reviewState(one, index === 2 ? 'b' : 'a'))).toEqual([
      'unread',
      'read',
      'lapsed',
    ])
  })
})

describe('languages', () => {
  it('are on in the demonstration as drafts, and elsewhere only once somebody has read them', () => {
    expect(languagesOn({ withDrafts: true }).map(({ code }) => code)).toEqual(languageCodes())
    const read = OTHERS.filter((code) => stateOf(code).review === 'read')
    expect(languagesOn({ withDrafts: false }).map(({ code }) => code)).toEqual([ENGLISH, ...read])
  })

  it('are called what their speakers call them', () => {
    expect(languageCodes().map((code) => language(code).ownName)).toEqual([
      'English',
      'العربية',
      'Polski',
      'Português',
      'Română',
      '简体中文',
    ])
  })

  it('write days in the Gregorian calendar, with Latin digits, in the names of the language', () => {
    const codes = [ENGLISH, 'pl', 'ro', 'pt', 'zh-Hans', 'ar']
    expect(codes.map((code) => dayIn(language(code), '2026-11-25'))).toEqual([
      'Wednesday 25 November',
      'środa, 25 listopada',
      'miercuri, 25 noiembrie',
      'quarta-feira, 25 de novembro',
      '11月25日星期三',
      'الأربعاء، 25 نوفمبر',
    ])
    expect(dateIn(language('pl'), '1958-03-27')).toBe('27 marca 1958')
    const afternoon = new Date('2026-07-01T14:05:00Z')
    expect([ENGLISH, 'pl', 'ar'].map((code) => timeIn(language(code), afternoon))).toEqual([
      '3:05pm',
      '15:05',
      '3:05 م',
    ])
    expect(tagOf('pt')).toBe('pt-PT')
  })

  it.each([
    ['Polish', 'pl'],
    ['pl', 'pl'],
    ['polski', 'pl'],
    ['Polish, a little English', 'pl'],
    ['English, some Polish', undefined],
    ['en-GB', undefined],
    ['pt-BR', 'pt'],
    ['Chinese', 'zh-Hans'],
    ['Mandarin', 'zh-Hans'],
    ['简体中文', 'zh-Hans'],
    ['Cantonese', undefined],
    ['zh-Hant', undefined],
    ['العربية', 'ar'],
    ['Somali', undefined],
    ['British Sign Language', undefined],
    ['', undefined],
  ])('somebody who says "%s" is written to in %s', (says, code) => {
    expect(writtenOf(languageCodes(), says)).toBe(code)
  })
})
