import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { drafts, people } from '../../src/store/schema.ts'
import { closeBrowser, complaints, openSite, openWindow } from '../support/browser.ts'
import { givenIn, PASSWORD } from '../support/given.ts'
import { handsOn } from '../support/hands.ts'

afterAll(closeBrowser)

const BANNER = `SMITH, Jane (Mrs)  Born 04-May-1956 (70y)  Gender Female  NHS No. 999 000 0018  Usual GP SINGH, Raj (Dr)
Address 12 High Street, Southampton, SO14 3AB  Mobile 07700 900123`
const CONTINUE = 'button:has-text("Continue")'
// Both budgets of screens.md, section 5.
const TYPED = { screens: 3, activations: 10, seconds: 60 }
const PASTED = { screens: 3, activations: 7, seconds: 25 }

type Hands = ReturnType<typeof handsOn>

async function whyAndSend(hands: Hands, reason: string) {
  await hands.choose('label:has-text("Loneliness or isolation")')
  await hands.type('#reason', reason)
  await hands.choose('label:has-text("None known")')
  await hands.press(CONTINUE)
  await hands.press('button:has-text("Confirm and send")')
}

async function typeSomebody(hands: Hands, year: string) {
  await hands.press('a:has-text("Refer someone")')
  await hands.type('#fullName', 'Jane Smith')
  await hands.type('#dateOfBirth-day', '4')
  await hands.type('#dateOfBirth-month', '5')
  await hands.type('#dateOfBirth-year', year)
  await hands.type('#phone', '07700900123')
  await hands.type('#postcode', 'so143ab')
  await hands.choose('label:has-text("The person agrees to be referred")')
  await hands.press(CONTINUE)
  await whyAndSend(hands, 'Lives alone since her husband died.')
}

async function pasteSomebody(page: Page, hands: Hands) {
  await hands.press('a:has-text("Refer someone")')
  await hands.paste('#banner', BANNER)
  await page.waitForSelector('[data-read="fullName"].is-read')
  expect(await page.inputValue('#fullName')).toBe('Jane Smith')
  await hands.choose('label:has-text("The person agrees to be referred")')
  await hands.press(CONTINUE)
  await whyAndSend(hands, 'Lives alone, lonely')
}

function isWithin({ effort }: Hands, budget: typeof TYPED) {
  const screens = effort.screens.filter((path) => /\/refer(\/|$)/.test(path)).length
  const { activations, seconds } = effort
  expect({ screens, activations, seconds: seconds <= budget.seconds || seconds }).toEqual({
    screens: budget.screens,
    activations: Math.min(activations, budget.activations),
    seconds: true,
  })
}

async function openPractice(options = {}) {
  const { base, context, filled } = await openSite((made) => givenIn(made).city())
  const page = await openWindow(base, { email: filled.referrer.email, password: PASSWORD }, options)
  return { page, heard: complaints(page), context }
}

describe('a referral within its budget', () => {
  it('typed, by mouse and by keys alone', async () => {
    const { page, heard } = await openPractice()
    for (const way of ['mouse', 'keyboard'] as const) {
      await page.goto('/')
      const hands = handsOn(page, way)
      // Another person each time: the second would be warned of the first.
      await typeSomebody(hands, way === 'mouse' ? '1956' : '1957')
      expect(await page.textContent('h1')).toContain('Referral sent')
      isWithin(hands, TYPED)
    }
    expect(heard).toEqual([])
  })

  it('pasted, by keys alone', async () => {
    const { page, heard } = await openPractice()
    const hands = handsOn(page, 'keyboard')
    await pasteSomebody(page, hands)
    expect(await page.textContent('h1')).toContain('Referral sent')
    isWithin(hands, PASTED)
    expect(heard).toEqual([])
  })

  it('pasted, by mouse, and nothing of the text leaves the browser', async () => {
    const { page, heard, context } = await openPractice()
    const sent: string[] = []
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
    await page.goto('/')
    const hands = handsOn(page)
    await pasteSomebody(page, hands)
    expect(await page.textContent('h1')).toContain('Referral sent')
    isWithin(hands, PASTED)
    expect(sent.filter((one) => /SINGH|Gender|_banner/.test(one))).toEqual([])
    const [person] = await context.db.read.select().from(people)
    expect(person).toMatchObject({
      fullName: 'Jane Smith',
      dateOfBirth: '1956-05-04',
      nhsNumber: '9990000018',
      phone: '07700 900123',
      addressLines: ['12 High Street', 'Southampton'],
      postcode: 'SO14 3AB',
    })
    expect(heard).toEqual([])
  })

  it('without any script', async () => {
    const { page, heard } = await openPractice({ javaScriptEnabled: false })
    const hands = handsOn(page)
    await hands.press('a:has-text("Refer someone")')
    await page.fill('#banner', BANNER)
    await hands.press('button:has-text("Read this text")')
    expect(await page.inputValue('#fullName')).toBe('Jane Smith')
    expect(await page.textContent('[data-banner-notice]')).toContain('Read from the text')
    await hands.choose('label:has-text("The person agrees to be referred")')
    await hands.press(CONTINUE)
    await whyAndSend(hands, 'Lives alone, lonely')
    expect(await page.textContent('h1')).toContain('Referral sent')
    expect(hands.effort.activations).toBeLessThanOrEqual(8)
    expect(heard).toEqual([])
  })
})

describe('a pasted text', () => {
  it('marks what it filled until somebody changes it, and lets go of the one before', async () => {
    const { page } = await openPractice()
    const hands = handsOn(page)
    await hands.press('a:has-text("Refer someone")')
    expect(await page.evaluate('document.activeElement.id')).toBe('banner')
    await hands.paste('#banner', BANNER)
    await page.waitForSelector('[data-read="phone"].is-read')
    expect(await page.getAttribute('#phone', 'aria-describedby')).toContain('phone-read')
    await page.fill('#phone', '023 8000 0000')
    expect(await page.locator('[data-read="phone"].is-read').count()).toBe(0)
    await hands.paste('#banner', 'Name: Tom Brown\nDOB: 27/03/1958\nNHS No. 999 000 0019')
    await page.waitForFunction('document.querySelector("#fullName").value === "Tom Brown"')
    expect([await page.inputValue('#nhsNumber'), await page.inputValue('#postcode')]).toEqual(['', ''])
    expect(await page.inputValue('#phone')).toBe('023 8000 0000')
    expect(await page.textContent('[data-banner-notice]')).toContain('999 000 0019 is not a valid NHS number')
    await hands.paste('#banner', 'Thank you for your letter')
    await page.waitForSelector('.trellis-banner__notice--none')
    expect(await page.inputValue('#banner')).toContain('Thank you')
    expect(await page.inputValue('#fullName')).toBe('Tom Brown')
  })
})

it('the news is there after signing in, and the way back keeps what was typed', async () => {
  const { page, context } = await openPractice()
  expect(await page.textContent('h1')).toBe('My referrals')
  const hands = handsOn(page)
  await hands.press('a:has-text("Refer someone")')
  await hands.paste('#banner', BANNER)
  await page.waitForSelector('[data-read="fullName"].is-read')
  await hands.choose('label:has-text("The person agrees to be referred")')
  await hands.press(CONTINUE)
  await hands.press('a:has-text("Back to who")')
  await page.reload()
  expect(await page.inputValue('#fullName')).toBe('Jane Smith')
  await hands.press(CONTINUE)
  expect(await context.db.read.$count(drafts)).toBe(1)
  await page.goto(page.url().replace(/refer\/.*/, 'referrals'))
  expect(await page.textContent('[aria-labelledby="drafts"]')).toContain('Jane Smith')
})
