import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { londonDay } from '../../src/domain/day.ts'
import { closeBrowser, complaints, counting, look, openSite, openWindow, press } from '../support/browser.ts'
import { givenIn, PASSWORD } from '../support/given.ts'

afterAll(closeBrowser)

const NAME = 'Agnieszka Wójcik-O’Brien'

async function refer(page: Page, seen: (name: string) => Promise<void>) {
  const counted = counting(page)
  await counted.press('a:has-text("Refer someone")')
  await seen('refer-who')
  await page.fill('#fullName', NAME)
  await page.fill('#dateOfBirth-day', '27')
  await page.fill('#dateOfBirth-month', '3')
  await page.fill('#dateOfBirth-year', '1958')
  await page.fill('#phone', '07700 900123')
  await page.fill('#postcode', 'so14 0yn')
  await counted.choose('label:has-text("The person agrees to be referred")')
  await counted.press('button:has-text("Continue")')
  await seen('refer-why')
  await counted.choose('label:has-text("Loneliness or isolation")')
  await page.fill('#reason', 'Lives alone since her husband died, and has stopped going out.')
  await counted.choose('label:has-text("None known")')
  await counted.press('button:has-text("Continue")')
  await seen('refer-check')
  await counted.press('button:has-text("Confirm and send")')
  await seen('refer-sent')
  expect(await page.textContent('h1')).toContain('Referral sent')
  expect(counted.clicks).toBeLessThanOrEqual(10)
  expect([...counted.screens].filter((path) => /refer(\/|$)/.test(path))).toHaveLength(3)
  return /SP-\w{4}-\w{4}/.exec((await page.textContent('main')) ?? '')?.[0] ?? ''
}

async function navigate(page: Page, reference: string, seen: (name: string) => Promise<void>) {
  await seen('board')
  const counted = counting(page)
  await counted.press('button:has-text("Take next")')
  expect(await page.textContent('main')).toContain(reference)
  await seen('work-assigned')
  await page.fill('#note', 'Glad of the call. Used to grow vegetables.')
  await counted.press('button:has-text("Spoke")')
  await seen('plan')
  await page.fill('#strengths', 'Knows how to grow vegetables')
  await page.fill('#goal-1', 'Get out of the house twice a week')
  await counted.choose('label:has-text("The person agrees that a project may know")')
  await counted.press('button:has-text("Save the plan")')
  await seen('matches')
  await counted.press('button:has-text("Send to this group")')
  await seen('work-sent')
  expect(counted.clicks).toBeLessThanOrEqual(6)
}

async function take(page: Page, seen: (name: string) => Promise<void>) {
  await seen('week')
  const counted = counting(page)
  await counted.press('main h3 a')
  expect(await page.content()).not.toContain('Agnieszka')
  await seen('decide')
  await counted.press('button:has-text("Yes, accept")')
  expect(counted.clicks).toBe(2)
  expect(await page.textContent('h1')).toBe(NAME)
  await seen('person-accepted')
  await page.fill('#day', londonDay(new Date()))
  await page.fill('#time', '10:00')
  await press(page, 'button:has-text("Book")')
  await seen('person-booked')
  await press(page, 'nav >> text=This week')
  await seen('week-register')
  await press(page, 'main section .nhsuk-button')
  await page.goto(`${page.url().replace(/\?.*/, '')}?on=${londonDay(new Date())}`)
  await page.click('label:has-text("Came")')
  await press(page, 'button:has-text("Save")')
  await seen('register-saved')
  expect(await page.textContent('main')).toContain('Saved: 1 came, 0 did not come')
  await press(page, 'nav >> text=This week')
  await page.click(`main details:has(a:has-text("${NAME}")) summary`)
  await press(page, `a:has-text("${NAME}")`)
  await seen('person-started')
  await press(page, 'a:has-text("Record how it ended")')
  await seen('end')
  await page.click('label:has-text("Completed")')
  await page.fill('#note', 'Looks after the bean rows now.')
  await press(page, 'button:has-text("Save")')
  await seen('person-ended')
}

async function close(page: Page, seen: (name: string) => Promise<void>) {
  await press(page, 'nav >> text=Board')
  await press(page, 'main h3 a')
  await seen('work-handed-back')
  await press(page, 'main a:has-text("Close the referral")')
  await seen('close')
  await page.click('label:has-text("Completed")')
  await page.click('label:has-text("Yes")')
  await page.fill('#summary', 'Goes to the allotment twice a week and has made friends there.')
  await press(page, 'button:has-text("Close the referral")')
  await seen('work-closed')
}

/** One referral from the practice to its outcome, and the practice reads it: nobody types an address. */
async function journey(javaScriptEnabled: boolean) {
  const { base, filled } = await openSite((context) => givenIn(context).city())
  const password = PASSWORD
  const heard: string[][] = []
  const window = async ({ email }: { email: string }) => {
    const page = await openWindow(base, { email, password }, { javaScriptEnabled })
    heard.push(complaints(page))
    // axe is a script itself. Other tests look at each page; at each of them on this way, where there is time.
    const isLookedAt = javaScriptEnabled && process.env.WHOLE
    return { page, seen: (name: string) => (isLookedAt ? look(page, name) : Promise.resolve()) }
  }
  const practice = await window(filled.referrer)
  await practice.seen('my-referrals-empty')
  const reference = await refer(practice.page, practice.seen)
  const navigator = await window(filled.navigator)
  await navigate(navigator.page, reference, navigator.seen)
  const worker = await window(filled.worker)
  await take(worker.page, worker.seen)
  await close(navigator.page, navigator.seen)
  await press(practice.page, 'nav >> text=My referrals')
  await practice.seen('my-referrals-closed')
  await press(practice.page, `a:has-text("${NAME}")`)
  await practice.seen('follow-closed')
  const read = (await practice.page.textContent('main')) ?? ''
  expect(read).toContain('Goes to the allotment twice a week and has made friends there.')
  expect(read).toContain(`Social prescribing ${reference}: completed`)
  expect(heard.flat()).toEqual([])
}

describe('one referral, from the practice to its outcome', () => {
  it('goes through the pages within the clicks promised', () => journey(true), 240_000)

  it('goes through without any script', () => journey(false), 240_000)
})
