import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'
import { uuidv7 } from 'uuidv7'
import { expect, onTestFinished } from 'vitest'
import type { Context } from '../../src/actions/context.ts'
import { buildApp } from '../../src/app.ts'
import { configFrom } from '../../src/config.ts'
import { TEST_SETTINGS } from './app.ts'
import { freshDatabase } from './database.ts'
import { testContext } from './small-city.ts'

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** Where Chromium is; a machine without it gets Debian's when root runs the tests, and is told what to do otherwise. */
function chromiumPath(): string {
  const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  const found = () => places.find((place) => place && existsSync(place))
  if (!found() && process.getuid?.() === 0) {
    execFileSync('apt-get', ['update'], { stdio: 'ignore' })
    execFileSync('apt-get', ['install', '--yes', 'chromium'], { stdio: 'ignore' })
  }
  const path = found()
  if (!path) throw new Error('The browser tests need Chromium: apt-get install chromium, or set CHROMIUM to its path.')
  return path
}

let browser: Promise<Browser> | undefined

function openBrowser(): Promise<Browser> {
  browser ??= chromium.launch({ executablePath: chromiumPath(), args: FLAGS })
  return browser
}

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close()
  browser = undefined
}

/** The whole site on a port of its own, in real time: a browser drops cookies that end before its own clock. */
export async function openSite<T>(fill: (context: Context) => Promise<T>) {
  const { context: fixed } = testContext(await freshDatabase())
  const context: Context = { ...fixed, now: () => new Date(), newId: uuidv7, randomBytes }
  // What was there before has ids that count up, as the factories expect; what comes is later than any of them.
  const filled = await fill({ ...context, newId: fixed.newId })
  const app = await buildApp(context, configFrom({ ...TEST_SETTINGS, DEMO: '1' }))
  onTestFinished(() => app.close())
  return { base: await app.listen({ port: 0, host: '127.0.0.1' }), context, filled }
}

/** A window of somebody who is signed in, or of nobody. */
export async function openWindow(
  base: string,
  who: { email: string; password: string } | null,
  { javaScriptEnabled = true } = {},
): Promise<Page> {
  const window = await (await openBrowser()).newContext({ javaScriptEnabled, locale: 'en-GB', baseURL: base })
  onTestFinished(() => window.close())
  const page = await window.newPage()
  page.setDefaultTimeout(10_000)
  if (who) {
    await page.goto('/sign-in')
    await page.fill('#email', who.email)
    await page.fill('#password', who.password)
    await press(page, 'main form button')
    expect(page.url()).not.toContain('/sign-in')
  }
  return page
}

/** Clicks what leads to another page, and waits until that is there. */
export async function press(page: Page, selector: string): Promise<void> {
  await Promise.all([page.waitForEvent('framenavigated'), page.locator(selector).first().click()])
  await page.waitForLoadState()
}

/** Clicks that are counted, as the budgets of the paths count them: choices and buttons, not typing. */
export function counting(page: Page) {
  let clicks = 0
  const screens = new Set<string>()
  page.on('framenavigated', (frame) => screens.add(new URL(frame.url()).pathname))
  return {
    press: (selector: string) => {
      clicks++
      return press(page, selector)
    },
    choose: (selector: string) => {
      clicks++
      return page.locator(selector).first().click()
    },
    get clicks() {
      return clicks
    },
    screens,
  }
}

interface Sight {
  width: number
  height: number
  media: NonNullable<Parameters<Page['emulateMedia']>[0]>
}

const LIGHT = { colorScheme: 'light', forcedColors: 'none' } as const
const DARK = { colorScheme: 'dark', forcedColors: 'none' } as const

const SIGHTS: Record<string, Sight> = {
  desk: { width: 1280, height: 900, media: LIGHT },
  'phone-dark': { width: 320, height: 900, media: DARK },
}

// Every way to look, which takes ten times as long: only where there is time.
const MORE_SIGHTS: Record<string, Sight> = {
  phone: { width: 320, height: 900, media: LIGHT },
  dark: { width: 1280, height: 900, media: DARK },
  forced: { width: 1280, height: 900, media: { colorScheme: 'dark', forcedColors: 'active' } },
  // A desk of 1280 by 1024 at four times the size.
  zoomed: { width: 320, height: 256, media: LIGHT },
}

// Off unless they are asked for; everything else that axe knows is on.
const ALSO_ON = ['target-size', 'label-content-name-mismatch', 'table-fake-caption', 'td-has-header']
const RULES = Object.fromEntries(ALSO_ON.map((rule) => [rule, { enabled: true }]))

/**
 * Looks at a page as people do: axe finds nothing (no rule is left out) on a desk and on a phone in the dark, nothing is
 * wider than the screen, and it has one main heading. In the long run also in dark, in colours of the person's own, at
 * four times the size, and by keyboard; in the short one axe reads every other page on the phone only, and the rest on the
 * desk. With SCREENSHOTS set to a folder, pictures of it are kept there.
 */
export async function look(page: Page, name: string): Promise<void> {
  expect([name, await page.locator('h1').count()]).toEqual([name, 1])
  for (const [kind, sight] of Object.entries(process.env.WHOLE ? { ...SIGHTS, ...MORE_SIGHTS } : SIGHTS)) {
    const { width, height, media } = sight
    await page.emulateMedia(media)
    await page.setViewportSize({ width, height })
    // A link that has the focus looks like no link in a text, on purpose: axe looks at pages that nobody touches.
    await page.evaluate('document.activeElement.blur()')
    await page.mouse.move(0, 0)
    expect([name, kind, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([name, kind, width])
    if (!process.env.WHOLE && kind !== sightFor(name)) {
      await keepPicture(page, `${name}-${kind}`)
      continue
    }
    // Legacy mode reads the page where it is; the other opens a second window for frames, which no page of ours has.
    const { violations } = await new AxeBuilder({ page }).options({ rules: RULES }).setLegacyMode().analyze()
    const found = violations.map(({ id, nodes }) => [name, kind, id, nodes.map(({ html }) => html).slice(0, 3)])
    expect(found).toEqual([])
    if (process.env.WHOLE) expect([name, kind, (await hiddenFocus(page)).join('\n')]).toEqual([name, kind, ''])
    await keepPicture(page, `${name}-${kind}`)
  }
  await page.emulateMedia(LIGHT)
  await page.setViewportSize({ width: 1280, height: 900 })
}

/** The same one for the same page each time. */
const sightFor = (name: string) =>
  [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 2 ? 'desk' : 'phone-dark'

const MOST_TABS = 40

/** What the keyboard reaches without being seen: out of the window, under something else, or without any mark. */
async function hiddenFocus(page: Page): Promise<string[]> {
  await page.evaluate('document.activeElement.blur()')
  const hidden: string[] = []
  for (let tab = 0; tab < MOST_TABS; tab++) {
    await page.keyboard.press('Tab')
    const found = await page.evaluate<string | null>(`(() => {
      const one = document.activeElement
      if (!one || one === document.body) return null
      const label = one.matches('.nhsuk-radios__input, .nhsuk-checkboxes__input') ? one.labels[0] : null
      // What NHS.UK's own styles mark inside a summary, and what the browser marks inside a field for a day.
      const inside = one.querySelector('.nhsuk-details__summary-text')
      const marks = [label ? getComputedStyle(label, '::before') : getComputedStyle(one), ...(inside ? [getComputedStyle(inside)] : [])]
      const { top, left, bottom, right } = one.getBoundingClientRect()
      const [x, y] = [(Math.max(left, 0) + Math.min(right, innerWidth)) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2]
      const above = document.elementFromPoint(x, y)
      const isSeen = above !== null && (one.contains(above) || above.contains(one) || label?.contains(above))
      const isMarked = !one.matches(':focus') || marks.some((mark) => mark.outlineStyle !== 'none' || mark.boxShadow !== 'none')
      return isSeen && isMarked ? '' : one.outerHTML.slice(0, 120)
    })()`)
    if (found === null) break
    if (found) hidden.push(found)
  }
  return hidden
}

async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}

/** Everything the browser complains about: blocked styles, missing files, faults. Refusals of forms are answers. */
export function complaints(page: Page): string[] {
  const heard: string[] = []
  page.on('console', (message) => {
    const isAnswer = /status of (400|401|403|404|409)/.test(message.text())
    if (message.type() === 'error' && !isAnswer) heard.push(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => heard.push(`${page.url()}: ${error.message}`))
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(page.url() === 'about:blank' ? request.url() : page.url()).origin))
      heard.push(`asked outside: ${request.url()}`)
  })
  return heard
}
