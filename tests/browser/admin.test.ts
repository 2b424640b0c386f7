import { desc } from 'drizzle-orm'
import { afterAll, expect, it } from 'vitest'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { mailbox } from '../../src/store/schema.ts'
import { closeBrowser, complaints, counting, look, openSite, openWindow, press } from '../support/browser.ts'
import { givenIn, PASSWORD } from '../support/given.ts'

afterAll(closeBrowser)

const NEW_PASSWORD = 'three odd words together'

it('a colleague is invited, sets a password, signs in, and is removed in two clicks', async () => {
  const { base, context, filled } = await openSite(async (filling) => {
    const given = givenIn(filling)
    const city = await given.city()
    return { admin: await given.user('organisation_admin', city.service) }
  })
  const { email } = filled.admin
  const admin = await openWindow(base, { email, password: PASSWORD })
  const heard = complaints(admin)
  await look(admin, 'colleagues')
  await press(admin, 'main a:has-text("Invite a colleague")')
  await look(admin, 'colleague-invite')
  await admin.fill('#name', 'Ada Núñez')
  await admin.fill('#email', 'ada@so-linked.example')
  await admin.check('input[name=role][value=navigator]')
  await press(admin, 'main form button')

  await deliverMessages(context, { mailer: null, from: 'no-reply@trellis.example', baseUrl: base, retryBaseMs: 1000 })
  const [mail] = await context.db.read.select().from(mailbox).orderBy(desc(mailbox.receivedAt)).limit(1)
  const link = /https?:\S+\/l\/\S+/.exec(mail?.text ?? '')?.[0] ?? 'no link'
  const ada = await openWindow(base, null)
  await ada.goto(link)
  await look(ada, 'access-link')
  await ada.fill('#password', NEW_PASSWORD)
  await ada.fill('#again', NEW_PASSWORD)
  await press(ada, 'main form button')
  await ada.fill('#email', 'ada@so-linked.example')
  await ada.fill('#password', NEW_PASSWORD)
  await press(ada, 'main form button')
  expect(ada.url()).toContain('/o/so-linked/board')

  await admin.goto('/o/so-linked/colleagues')
  const hand = counting(admin)
  await hand.press('main li:has-text("Ada") a:has-text("Remove access")')
  await hand.press('main form button')
  expect(hand.clicks).toBe(2)
  await ada.goto(`${base}/o/so-linked/board`)
  expect(ada.url()).toContain('/sign-in')
  await admin.goto('/o/so-linked/settings')
  await look(admin, 'settings')
  expect(heard).toEqual([])
})
