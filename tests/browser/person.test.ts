import type { Page } from 'playwright-core'
import { afterAll, expect, it } from 'vitest'
import { closeBrowser, complaints, look, openSite, openWindow, press } from '../support/browser.ts'
import { givenIn } from '../support/given.ts'

afterAll(closeBrowser)

const on = 'main form button'

/** Answers a question by its heading, and goes on. */
async function answer(page: Page, heading: string, fill: (page: Page) => Promise<unknown>): Promise<void> {
  expect(await page.textContent('h1')).toBe(heading)
  await fill(page)
  await press(page, on)
}

const choose = (words: string) => (page: Page) => page.click(`label:text-is("${words}")`)

async function referThemselves(javaScriptEnabled: boolean): Promise<void> {
  const { base } = await openSite((context) => givenIn(context).city())
  const page = await openWindow(base, null, { javaScriptEnabled })
  const heard = complaints(page)
  const seen = (name: string) => (javaScriptEnabled ? look(page, name) : Promise.resolve())
  await page.goto('/')
  await press(page, 'text=Ask for help for yourself')
  await press(page, on)
  await answer(page, 'Who is this for?', choose('Me'))
  await answer(page, 'What would help most?', choose('Loneliness or isolation'))
  await answer(page, 'Would you like to say more?', (it) => it.fill('#more', 'Some days I want to end my life.'))
  expect(await page.textContent('h1')).toBe('You can get help right now')
  await seen('self-help-now')
  await press(page, 'main a.nhsuk-button')
  await answer(page, 'What is your name?', (it) => it.fill('#name', 'Zofia O’Brien-Ñandú'))
  await answer(page, 'How can we reach you?', (it) => it.fill('#phone', '07700 900123'))
  await answer(page, 'Where do you live?', async (it) => {
    await it.fill('#line1', '1 High Street')
    await it.fill('#town', 'Southampton')
    await it.fill('#postcode', 'SO14 0YN')
  })
  await answer(page, 'Which GP surgery do you use?', async (it) => {
    await it.selectOption('#practice', 'not_sure')
    await choose('Yes')(it)
  })
  await answer(page, 'What is your date of birth?', async (it) => {
    await it.fill('#born-day', '27')
    await it.fill('#born-month', '3')
    await it.fill('#born-year', '1958')
  })
  await answer(page, 'What helps us talk to you?', async () => {})
  await answer(page, 'Do you agree?', (it) => it.click('label:has-text("I agree that a navigator")'))
  expect(await page.textContent('h1')).toBe('Check your answers')
  await seen('self-check')
  await press(page, on)
  expect(await page.textContent('main')).toMatch(/SP-[2-9A-Z]{4}-[2-9A-Z]{4}/)
  await seen('self-done')
  expect(heard).toEqual([])
}

it(
  'a resident asks for help in ten questions, and is shown help first where they may be in danger',
  () => referThemselves(true),
  240_000,
)

it('the same without any script', () => referThemselves(false), 240_000)

it('Shift three times leaves at once, and nothing is left to come back to', async () => {
  const { base } = await openSite((context) => givenIn(context).city())
  const page = await openWindow(base, null)
  await page.goto('/refer-yourself')
  await press(page, on)
  await page.click('label:text-is("Me")')
  const left = page.waitForResponse(/\/refer-yourself\/leave$/)
  for (let times = 0; times < 3; times++) await page.keyboard.press('Shift')
  expect((await left).status()).toBe(200)
  // Where it leads is on another site, which is not reached from here.
  const later = await page.context().newPage()
  await later.goto(`${base}/refer-yourself/who`)
  expect(await later.textContent('h1')).toBe('Your answers are not kept any more')
}, 120_000)
