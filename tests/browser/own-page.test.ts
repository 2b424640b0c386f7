import { afterAll, expect, it } from 'vitest'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { askForOwnPage } from '../../src/actions/own/ask-for-help.ts'
import { referrals } from '../../src/store/schema.ts'
import { closeBrowser, complaints, counting, look, openSite, openWindow, press } from '../support/browser.ts'
import { givenIn } from '../support/given.ts'
import { linkOf, POST } from '../support/links.ts'

afterAll(closeBrowser)

const SAFE = {
  email: 'maria@home.example',
  safeContact: { voicemail: false, text: false, email: true, post: false },
}

const site = () =>
  openSite(async (context) => {
    const given = givenIn(context)
    await given.referral(await given.city(), SAFE).accepted()
    const [row] = await context.db.read.select().from(referrals)
    await askForOwnPage(context, { reference: row?.reference ?? '', dateOfBirth: '1958-03-27', way: 'link' })
    await deliverMessages(context, POST)
    return linkOf(context, 'person-own-page')
  })

it.each([
  ['', true],
  ['/ar', false],
])('somebody sees their own page%s and ends it in three clicks (scripts: %s)', async (prefix, javaScriptEnabled) => {
  const { base, filled: link } = await site()
  const page = await openWindow(base, null, { javaScriptEnabled })
  const heard = complaints(page)
  const seen = (name: string) => (javaScriptEnabled ? look(page, name) : Promise.resolve())
  await page.goto(prefix + link)
  await seen('own-door')
  await page.fill('#born-day', '27')
  await page.fill('#born-month', '3')
  await page.fill('#born-year', '1958')
  await press(page, 'main form button')
  await seen('own')
  for (const part of ['contact', 'sharing', 'plan']) {
    await press(page, `main a[href$="part=${part}"]`)
    await seen(`own-${part}`)
    await press(page, '.nhsuk-back-link')
  }
  const counted = counting(page)
  await counted.press('main a[href$="part=withdraw"]')
  await counted.choose('label[for^="reason"] >> nth=1')
  await counted.press('main form button')
  expect(counted.clicks).toBe(3)
  expect(await page.locator('main a[href*="part=withdraw"]').count()).toBe(0)
  await seen('own-ended')
  expect(heard).toEqual([])
})
