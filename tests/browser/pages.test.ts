import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedDemoCity } from '../../src/demo/city.ts'
import { closeBrowser, complaints, look, openSite, openWindow, press } from '../support/browser.ts'
import { PASSWORD } from '../support/given.ts'
import { crawl } from './crawl.ts'
import { LOOKS, type Look, matches, type Step, WHO } from './looks.ts'

const closing: (() => Promise<void>)[] = []
let base = ''

// One city for the whole file: nothing here changes it.
beforeAll(async () => {
  const referrals = process.env.WHOLE ? 80 : 48
  const site = await openSite(
    (context) => seedDemoCity(context, { password: PASSWORD, referrals }),
    (close) => closing.push(close),
  )
  base = site.base
}, 120_000)

afterAll(async () => {
  await closeBrowser()
  for (const close of closing) await close()
})

async function take(page: Page, step: Step): Promise<void> {
  if (typeof step !== 'string') {
    if ('click' in step) await page.locator(step.click).first().click()
    else await page.fill(step.fill, step.with)
  } else if (step.startsWith('+')) await page.goto(new URL(page.url()).pathname + step.slice(1))
  else await press(page, step)
}

async function lookAt(page: Page, { name, at, steps = [], page: route }: Look): Promise<void> {
  await page.goto(at)
  for (const step of steps) await take(page, step)
  const path = new URL(page.url()).pathname
  expect([name, matches(route, path), path]).toEqual([name, true, path])
  await look(page, name)
}

describe('every page of the demonstration city is clean in every light, and asks nothing from outside', () => {
  it.each(Object.entries(WHO))('for %s', async (who, email) => {
    const page = await openWindow(base, email ? { email, password: PASSWORD } : null)
    const heard = complaints(page)
    for (const one of LOOKS.filter((one) => one.who === who)) await lookAt(page, one)
    expect(heard).toEqual([])
  })
})

describe.runIf(process.env.WHOLE)('every page that can be reached by links', () => {
  it.each(Object.entries(WHO).filter(([, email]) => email))(
    'for %s',
    async (who, email) => {
      const page = await openWindow(base, { email: email ?? '', password: PASSWORD })
      const heard = complaints(page)
      expect(await crawl(page, who, look)).toBeGreaterThan(0)
      expect(heard).toEqual([])
    },
    3_600_000,
  )
})
