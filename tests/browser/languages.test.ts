import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { ENGLISH, languageCodes } from '../../src/words/files.ts'
import { type Language, language } from '../../src/words/language.ts'
import { closeBrowser, complaints, look, openSite, openWindow, press } from '../support/browser.ts'
import { givenIn } from '../support/given.ts'

afterAll(closeBrowser)

const NARROW = { width: 320, height: 640 }
const on = 'main form button'

/** What somebody does on each question, by the names of its fields: the words are in another language each time. */
const FILL: [string, (page: Page) => Promise<unknown>][] = [
  ['who', (it) => it.check('[name=who][value=me]', { force: true })],
  ['help', (it) => it.check('[name=help][value="0"]', { force: true })],
  ['more', async () => {}],
  ['name', (it) => it.fill('#name', 'محمد O’Brien')],
  ['contact', (it) => it.fill('#phone', '07700 900123')],
  [
    'home',
    async (it) => {
      await it.fill('#line1', '1 High Street')
      await it.fill('#town', 'Southampton')
      await it.fill('#postcode', 'SO14 0YN')
    },
  ],
  [
    'gp',
    async (it) => {
      await it.selectOption('#practice', 'not_sure')
      await it.check('[name=tellPractice][value=no]', { force: true })
    },
  ],
  [
    'born',
    async (it) => {
      await it.fill('#born-day', '27')
      await it.fill('#born-month', '3')
      await it.fill('#born-year', '1958')
    },
  ],
  ['talk', async () => {}],
  [
    'consent',
    async (it) => {
      await it.check('[name=consent]', { force: true })
      await it.check('[name=projects][value=yes]', { force: true })
    },
  ],
]

const site = () => openSite((context) => givenIn(context).city())

/** From the first page to the end and the look-up; `seen` is told each page. */
async function goThrough(page: Page, tongue: Language, seen: (name: string) => Promise<unknown>): Promise<void> {
  await page.goto(tongue.prefix || '/')
  await seen('first')
  await page.goto(`${tongue.prefix}/refer-yourself`)
  await seen('start')
  await press(page, on)
  for (const [question, fill] of FILL) {
    expect(new URL(page.url()).pathname).toBe(`${tongue.prefix}/refer-yourself/${question}`)
    if (question === 'who') {
      await press(page, on)
      await seen('faults')
    }
    await fill(page)
    await seen(question)
    await press(page, on)
  }
  await seen('check')
  await press(page, on)
  const [reference = ''] = /SP-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec((await page.textContent('main')) ?? '') ?? []
  expect(reference).not.toBe('')
  await seen('done')
  await page.goto(`${tongue.prefix}/where`)
  await page.fill('#reference', reference)
  await page.fill('#born-day', '27')
  await page.fill('#born-month', '3')
  await page.fill('#born-year', '1958')
  await seen('where')
  await press(page, on)
  await seen('shown')
}

/** How far each drawn circle or box lies from the middle of the input that it stands for, in pixels. */
const OFFSETS = `[...document.querySelectorAll('.nhsuk-radios__item, .nhsuk-checkboxes__item')].map((item) => {
  const input = item.querySelector('input').getBoundingClientRect()
  const drawn = getComputedStyle(item.querySelector('label'), '::before')
  const { left, top } = item.getBoundingClientRect()
  const [x, y] = [left + parseFloat(drawn.left) + parseFloat(drawn.width) / 2, top + parseFloat(drawn.top) + parseFloat(drawn.height) / 2]
  return Math.max(Math.abs(x - (input.left + input.width / 2)), Math.abs(y - (input.top + input.height / 2)))
})`

const widthOf = (page: Page) => page.evaluate<number>('document.documentElement.scrollWidth')

describe.each([language('ar'), language('pl')])('in $ownName on a narrow phone', (tongue) => {
  it('nothing is wider than the screen, circles stand where they are pressed, and axe finds nothing', async () => {
    const { base } = await site()
    const page = await openWindow(base, null)
    await page.setViewportSize(NARROW)
    const heard = complaints(page)
    await goThrough(page, tongue, async (name) => {
      expect([name, await widthOf(page)]).toEqual([name, NARROW.width])
      const offsets = await page.evaluate<number[]>(OFFSETS)
      expect([name, offsets.filter((offset) => !(offset <= 2))]).toEqual([name, []])
      expect(await page.getAttribute('html', 'dir')).toBe(tongue.direction)
      // Axe is slow: one page with faults, and one with everything that was answered.
      if (name === (tongue.direction === 'rtl' ? 'check' : 'faults')) {
        await look(page, `${name}-${tongue.code}`)
        await page.setViewportSize(NARROW)
      }
    })
    expect(heard).toEqual([])
  }, 120_000)
})

it('words that are two fifths longer than the English ones still fit a narrow phone', async () => {
  const { base } = await site()
  const page = await openWindow(base, null)
  await page.setViewportSize(NARROW)
  await goThrough(page, language(ENGLISH), async (name) => {
    const width = await page.evaluate<(number | string)[]>(`(() => {
      const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      for (let node = walk.nextNode(); node; node = walk.nextNode())
        node.data = node.data.replace(/\\p{L}+/gu, (word) => word + 'ñ'.repeat(Math.ceil(word.length * 0.4)))
      const wide = [...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
      return [document.documentElement.scrollWidth, ...wide.map((one) => one.outerHTML.slice(0, 120))]
    })()`)
    expect([name, ...width]).toEqual([name, NARROW.width])
  })
}, 120_000)

const IN_EVERY_WAY = languageCodes().flatMap((code) => [true, false].map((hasScripts) => ({ code, hasScripts })))

it.runIf(process.env.WHOLE).each(IN_EVERY_WAY)(
  'the whole way in $code, with scripts: $hasScripts',
  async ({ code, hasScripts }) => {
    const { base } = await site()
    const page = await openWindow(base, null, { javaScriptEnabled: hasScripts })
    const heard = complaints(page)
    await page.setViewportSize(NARROW)
    await goThrough(page, language(code), async (name) => {
      expect([name, await widthOf(page)]).toEqual([name, NARROW.width])
      if (hasScripts) await look(page, `${name}-${code}`)
      await page.setViewportSize(NARROW)
    })
    expect(heard).toEqual([])
  },
  1_200_000,
)
