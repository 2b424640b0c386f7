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

const WIDTHS = { desk: 1280, phone: 320 }

/**
 * Looks at a page as people do: axe finds nothing (no rule is left out), it fits a phone, it has one main heading, and
 * nothing was blocked or failed. With SCREENSHOTS set to a folder, pictures of it are kept there.
 */
export async function look(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [name, id, nodes.map(({ html }) => html).slice(0, 3)])).toEqual([])
  expect([name, await page.locator('h1').count()]).toEqual([name, 1])
  for (const [kind, width] of Object.entries(WIDTHS)) {
    await page.setViewportSize({ width, height: 900 })
    const needed = await page.evaluate('document.documentElement.scrollWidth')
    expect([name, kind, needed]).toEqual([name, kind, width])
    await keepPicture(page, `${name}-${kind}`)
  }
  await page.setViewportSize({ width: WIDTHS.desk, height: 900 })
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
