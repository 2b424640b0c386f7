import { afterAll, expect, it } from 'vitest'
import { askPlaces } from '../../src/actions/clocks/ask-places.ts'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { offerPlacement } from '../../src/actions/placements/offer-placement.ts'
import { waitlistPlacement } from '../../src/actions/placements/wait-for-place.ts'
import { groups, organisations } from '../../src/store/schema.ts'
import { closeBrowser, complaints, counting, look, openSite, openWindow } from '../support/browser.ts'
import { givenIn } from '../support/given.ts'
import { addressesInMail, codeSent, linkOf, POST, wholeDatabase } from '../support/links.ts'

afterAll(closeBrowser)

const REACHABLE = {
  email: 'maria@home.example',
  safeContact: { voicemail: false, text: false, email: true, post: false },
}

it('a browser that runs scripts changes nothing by looking; a shed says yes in two clicks, and reads who it is', async () => {
  const { base, context } = await openSite(async (filling) => {
    const given = givenIn(filling)
    const city = await given.city({ places: 2 })
    const waits = await given.referral(city, REACHABLE).sent()
    await waitlistPlacement(filling, city.worker, waits.id)
    await offerPlacement(filling, city.worker, waits.id)
    await given.referral(city, { fullName: 'Ana Shed' }).sent()
    return city
  })
  // What was said a month ago.
  const old = new Date(context.now().getTime() - 30 * 86_400_000)
  await context.db.write((tx) => tx.update(groups).set({ capacityConfirmedAt: old }))
  await askPlaces(context, new AbortController().signal)
  await deliverMessages(context, { ...POST, baseUrl: 'https://trellis.example' })
  const shed = await openWindow(base, null)
  const heard = complaints(shed)
  const links = (await addressesInMail(context)).filter((path) => path.startsWith('/l/'))
  expect(links.length).toBeGreaterThanOrEqual(3)
  const before = await wholeDatabase(context)
  for (const path of links) {
    await shed.goto(path, { waitUntil: 'networkidle' })
    await shed.mouse.move(50, 50)
  }
  expect(await wholeDatabase(context)).toEqual(before)

  const decide = await linkOf(context, 'placement-to-decide')
  const hand = counting(shed)
  // The first of the two is the link in the mail.
  await shed.goto(decide)
  await look(shed, 'link-decide')
  await hand.press('button[value=accept]')
  expect(hand.clicks).toBe(1)
  await look(shed, 'link-accepted')
  await hand.press('button[value=code]')
  await shed.fill('#code', await codeSent(context))
  await hand.press('button[value=know]')
  expect(await shed.locator('h1').innerText()).toBe('Ana Shed')
  await look(shed, 'link-known')

  await shed.goto(await linkOf(context, 'person-place-offered'))
  await look(shed, 'link-offer')
  await shed.goto(await linkOf(context, 'places-to-confirm'))
  await look(shed, 'link-places')
  await hand.press('button[value=confirm]')
  expect(await shed.locator('main').innerText()).toContain('Saved: still right.')
  expect(heard).toEqual([])

  await context.db.write((tx) => tx.update(organisations).set({ email: 'hello@new-shed.example' }))
  await shed.goto(decide)
  await look(shed, 'link-moved')
})
