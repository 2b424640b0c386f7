import type { Page } from 'playwright-core'
import { afterAll, expect, it } from 'vitest'
import { assignReferral } from '../../src/actions/referrals/assign-referral.ts'
import { submitReferral } from '../../src/actions/referrals/submit-referral.ts'
import { closeBrowser, complaints, look, openSite, openWindow } from '../support/browser.ts'
import { givenIn, PASSWORD } from '../support/given.ts'
import { handsOn } from '../support/hands.ts'
import { aRequest } from '../support/small-city.ts'

afterAll(closeBrowser)

async function site() {
  const opened = await openSite(async (context) => {
    const given = givenIn(context)
    const city = await given.city()
    return { given, city }
  })
  const { context, filled } = opened
  const person = { fullName: 'Agnieszka Wójcik-O’Brien', interpreter: true, preferredLanguage: 'Polish' }
  const refer = (more: Record<string, unknown> = {}) =>
    submitReferral(context, filled.city.referrer, aRequest(person, more))
  return { ...opened, ...filled, refer }
}

async function open(base: string, who: { email: string }, javaScriptEnabled = true) {
  const page = await openWindow(base, { email: who.email, password: PASSWORD }, { javaScriptEnabled })
  return { page, heard: complaints(page) }
}

/** From a new referral to a project that has it. What is said on the call is typed, and not counted as a click. */
async function toProject(page: Page, way: 'mouse' | 'keyboard') {
  const hands = handsOn(page, way)
  await hands.press('button:has-text("Take next")')
  expect(hands.effort.activations).toBe(1)
  expect(await page.textContent('main')).toContain('This referral is yours now.')
  await hands.press('button:has-text("Spoke")')
  await hands.choose('label:has-text("The person agrees that a project may know")')
  await hands.press('button:has-text("Save the plan")')
  await hands.press('button:has-text("Send to this group")')
  expect(await page.textContent('main')).toContain('Sent. The project gets an e-mail')
  return hands.effort
}

it.each([
  ['by mouse', 'mouse', true],
  ['by keyboard alone', 'keyboard', true],
  ['without scripts', 'mouse', false],
] as const)(
  'new to sent in six clicks and ninety seconds, a failed call in one and five: %s',
  async (_, way, scripts) => {
    const { base, city, refer } = await site()
    await refer({ priority: 'urgent' })
    const { page, heard } = await open(base, city.navigator, scripts)
    const effort = await toProject(page, way)
    expect(effort.activations).toBeLessThanOrEqual(6)
    if (way === 'mouse') expect(effort.seconds).toBeLessThanOrEqual(90)
    await refer()
    await page.goto('/o/so-linked/board')
    await handsOn(page, way).press('button:has-text("Take next")')
    const call = handsOn(page, way)
    await call.press('button:has-text("No answer")')
    expect(call.effort.activations).toBe(1)
    if (way === 'mouse') expect(call.effort.seconds).toBeLessThanOrEqual(5)
    expect(await page.textContent('main')).toContain('The contact is saved.')
    expect(heard).toEqual([])
  },
  60_000,
)

it('a change by somebody else is said, moves nothing and takes no focus', async () => {
  const { base, context, city, refer } = await site()
  const { id } = await refer()
  const { page, heard } = await open(base, city.navigator)
  await page.goto('/o/so-linked/board')
  await page.focus('a:has-text("Everybody’s")')
  await assignReferral(context, city.lead, id, { toMe: true })
  // What the clock of the page would do by itself every half minute.
  await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`)
  const line = page.locator('.trellis-changes')
  await line.locator('a').waitFor()
  expect(await line.textContent()).toBe(`${city.lead.name} took 1 referral. Show the new board`)
  expect(await page.evaluate('document.activeElement.textContent')).toContain('Everybody’s')
  expect(await page.locator('.trellis-column--new .trellis-ticket').count()).toBe(1)
  await line.locator('a').click()
  await page.waitForLoadState()
  expect(await page.locator('.trellis-column--new .trellis-ticket').count()).toBe(0)
  expect(heard).toEqual([])
}, 60_000)

// Looking with axe at two widths takes seconds for each page: the rest of them waits for the long run.
const lookLong = (page: Page, name: string) => (process.env.WHOLE ? look(page, name) : Promise.resolve())

it('the board, its list, what is stuck and giving away are sound on a desk and on a phone', async () => {
  const { base, context, city, given, refer } = await site()
  const { id } = await refer({ priority: 'urgent', risks: [{ kind: 'self_harm', detail: 'Said so.' }] })
  await refer()
  await given.referral(city).sent()
  const { page, heard } = await open(base, city.lead)
  await look(page, 'board')
  await page.click('summary:has-text("Filter")')
  await page.selectOption('#priority', 'urgent')
  await page.click('button:has-text("Apply")')
  await page.waitForLoadState()
  expect(new URL(page.url()).searchParams.get('priority')).toBe('urgent')
  await lookLong(page, 'board-filtered')
  await page.setViewportSize({ width: 360, height: 800 })
  expect(await page.locator('.trellis-column:visible').count()).toBe(1)
  await page.goto('/o/so-linked/list')
  await look(page, 'list')
  await page.click('button:has-text("Give the selected ones")')
  await page.waitForLoadState()
  expect(await page.textContent('.nhsuk-error-summary')).toContain('Select a referral for this task')
  await lookLong(page, 'list-none-selected')
  await page.locator('label:has-text("Select")').first().click()
  await page.click('button:has-text("Give the selected ones")')
  await page.waitForLoadState()
  await lookLong(page, 'assign-several')
  await assignReferral(context, city.lead, id, { toMe: true })
  await page.goto('/o/so-linked/stuck')
  await look(page, 'stuck')
  await page.goto(`/o/so-linked/referrals/${id}`)
  await lookLong(page, 'person')
  expect(heard).toEqual([])
}, 60_000)
