import type { Page } from 'playwright-core'
import { afterAll, expect, it } from 'vitest'
import { seedDemoCity } from '../../src/demo/city.ts'
import { closeBrowser, complaints, look, openSite, openWindow, press } from '../support/browser.ts'
import { PASSWORD } from '../support/given.ts'

afterAll(closeBrowser)

async function follow(page: Page, list: string, link: string, name: string): Promise<void> {
  await page.goto(list)
  const found = page.locator(link).first()
  expect([name, await found.count()]).toEqual([name, 1])
  await press(page, link)
  await look(page, name)
}

async function outside(page: Page) {
  await page.goto('/')
  await look(page, 'start')
  await page.goto('/sign-in')
  await look(page, 'sign-in')
  await press(page, 'main form button')
  await look(page, 'sign-in-faults')
  await page.goto('/no/such/page')
  await look(page, 'not-found')
  await page.goto('/dev/mailbox')
  await look(page, 'mailbox')
}

async function atThePractice(page: Page) {
  await look(page, 'my-referrals')
  await page.goto('/o/st-marys-surgery/refer')
  await press(page, 'button:has-text("Continue")')
  await look(page, 'refer-who-faults')
  await follow(page, '/o/st-marys-surgery/referrals', '.trellis-row:has-text("Active") h2 a', 'follow-active')
  await follow(page, '/o/st-marys-surgery/referrals', '.trellis-row:has(.nhsuk-tag--blue) h2 a', 'follow-new')
  await press(page, 'text=Withdraw this referral')
  await look(page, 'withdraw')
  await page.goto('/o/st-marys-surgery/board')
  await look(page, 'forbidden')
}

async function atTheService(page: Page) {
  const board = '/o/so-linked/board?whose=all'
  await page.goto(board)
  await look(page, 'board-full')
  await follow(page, board, '.trellis-column--contacting h3 a', 'work-to-call')
  const address = page.url()
  for (const part of ['contact', 'close', 'withdraw', 'assign']) {
    await page.goto(`${address}/${part}`)
    await look(page, `work-${part}`)
    await press(page, 'main form button')
    if (part !== 'contact') await look(page, `work-${part}-faults`)
  }
  await follow(page, board, '.trellis-column--with-provider h3 a', 'work-with-provider')
  await page.goto(`${page.url()}/matches`)
  await page.click('details >> nth=-1 >> summary')
  await look(page, 'matches-full')
  await press(page, 'button:has-text("Send anyway")')
  await look(page, 'matches-refused')
  await follow(page, board, '.trellis-ticket:has-text("Risk") h3 a', 'work-risk')
  await press(page, 'text=Show detail')
  await look(page, 'risks')
  await follow(page, board, '.trellis-ticket:has-text("Agree with the person") h3 a', 'work-to-plan')
  await press(page, 'text=Agree the plan')
  await page.fill('#importance-1', '99')
  await press(page, 'button:has-text("Save the plan")')
  await look(page, 'plan-faults')
}

async function atTheProject(page: Page) {
  await look(page, 'week-full')
  await press(page, 'main section h3 a')
  await look(page, 'decide-full')
  await press(page, 'text=No, decline')
  await press(page, 'main form button')
  await look(page, 'decline-faults')
  await page.goto('/o/solent-mind/places')
  await page.click('summary >> nth=0')
  await look(page, 'places')
  await page.fill('input[name=places] >> nth=0', '-1')
  await press(page, 'button:has-text("Save") >> nth=0')
  await look(page, 'places-faults')
}

it('every page of the demonstration city is clean, one column on a phone, and asks nothing from outside', async () => {
  const { base } = await openSite((context) => seedDemoCity(context, { password: PASSWORD, referrals: 80 }))
  const heard: string[][] = []
  const window = async (email: string | null) => {
    const page = await openWindow(base, email ? { email, password: PASSWORD } : null)
    heard.push(complaints(page))
    return page
  }
  await outside(await window(null))
  await atThePractice(await window('referrer@st-marys-surgery.example'))
  await atTheService(await window('lead@so-linked.example'))
  await atTheProject(await window('worker@solent-mind.example'))
  await look(await window('analyst@public-health.example'), 'home-analyst')
  expect(heard.flat()).toEqual([])
}, 240_000)
