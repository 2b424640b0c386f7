import { eq } from 'drizzle-orm'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { bookPlacement } from '../../src/actions/placements/book-placement.ts'
import { addDays, londonDay, spokenDay } from '../../src/domain/day.ts'
import type { PlacementStatus } from '../../src/domain/placement-moves.ts'
import { attendances, groups, placements } from '../../src/store/schema.ts'
import { closeBrowser, complaints, look, openSite, openWindow, press } from '../support/browser.ts'
import { givenIn, PASSWORD } from '../support/given.ts'
import { handsOn } from '../support/hands.ts'

afterAll(closeBrowser)
afterEach(() => expect(heard.splice(0).flat()).toEqual([]))

const heard: string[][] = []
const EIGHT = ['Ann', 'Bob', 'Cy', 'Dee', 'Eve', 'Fay', 'Gus', 'Ida'].map((name) => `${name} O’Brien-Ñandú`)
const today = londonDay(new Date())
const WEEK = '/o/community-roots/placements'
const MARK = 'main .nhsuk-button:has-text("Mark attendance")'

/** A project that meets today: so many people whose first session it is, and two who ask to come. */
async function open({ people, javaScriptEnabled = true }: { people: number; javaScriptEnabled?: boolean }) {
  const { base, filled, context } = await openSite(async (context) => {
    const given = givenIn(context)
    const city = await given.city()
    const weekday = spokenDay(today).split(' ')[0]
    await context.db.write((tx) => tx.update(groups).set({ schedule: `${weekday}s, 10am to 12 noon` }))
    for (const fullName of EIGHT.slice(0, people)) {
      const { id } = await given.referral(city, { fullName }).accepted()
      await bookPlacement(context, city.worker, id, { startsAt: new Date(`${today}T10:00:00Z`) })
    }
    for (const fullName of ['Unseen First', 'Unseen Second']) await given.referral(city, { fullName }).sent()
    return city
  })
  const page = await openWindow(base, { email: filled.worker.email, password: PASSWORD }, { javaScriptEnabled })
  heard.push(complaints(page))
  await page.goto(WEEK)
  return { page, context, city: filled }
}

it.each<['mouse' | 'keyboard', boolean]>([
  ['mouse', true],
  ['keyboard', true],
  ['mouse', false],
])('a project stays within its budgets by %s, scripts %s', async (way, javaScriptEnabled) => {
  const { page, context } = await open({ people: 8, javaScriptEnabled })
  const { read } = context.db
  const isFirst = way === 'mouse' && javaScriptEnabled
  const countIn = (status: PlacementStatus) => read.$count(placements, eq(placements.status, status))
  const groupNow = async () => (await read.select().from(groups))[0]

  const no = handsOn(page, way)
  await no.press('main h3 a')
  await no.press('a:has-text("No, decline")')
  await no.choose('label:has-text("No room")')
  await no.press('main form button')
  expect([no.effort.activations, await countIn('declined')]).toEqual([4, 1])

  const yes = handsOn(page, way)
  await yes.press('main h3 a')
  expect(await page.content()).not.toContain('Unseen')
  await yes.press('button:has-text("Yes, accept")')
  expect([yes.effort.activations, await countIn('accepted')]).toEqual([2, 1])
  expect(await page.textContent('main')).toContain('Nothing more to decide.')

  await page.goto(WEEK)
  const register = handsOn(page, way)
  await register.press(MARK)
  await register[javaScriptEnabled ? 'choose' : 'press']('button:has-text("Everybody came")')
  await register.choose('li:nth-child(2) label:has-text("Did not come")')
  await register.choose('li:nth-child(7) label:has-text("Did not come")')
  await register.press('button:has-text("Save")')
  await page.waitForURL(/done=saved/)
  expect(register.effort.activations).toBeLessThanOrEqual(10)
  expect(register.effort.screens).toHaveLength(1)
  expect(await page.textContent('main')).toContain('Saved: 6 came, 2 did not come.')
  expect(await read.$count(attendances)).toBe(8)
  if (isFirst) await look(page, 'project-register')

  await page.goto('/o/community-roots/places')
  const more = handsOn(page, way)
  await more[javaScriptEnabled ? 'choose' : 'press']('a:has-text("One more")')
  await more.press('button:has-text("Save")')
  expect([more.effort.activations, (await groupNow())?.places]).toEqual([2, 11])
  const right = handsOn(page, way)
  await right.press('button:has-text("Still right")')
  expect([right.effort.activations, await page.textContent('.trellis-done')]).toEqual([
    1,
    expect.stringContaining('Saved: still right.'),
  ])
  const pause = handsOn(page, way)
  await pause.choose('summary:has-text("Pause")')
  await pause.press('button:has-text("2 weeks")')
  expect([pause.effort.activations, (await groupNow())?.intakeReopensOn]).toEqual([2, addDays(today, 14)])
  if (isFirst) await look(page, 'project-places')
})

describe('where the signal is poor', () => {
  it('says "not saved", keeps what was chosen, and brings it back after a new sign-in', async () => {
    const { page, context, city } = await open({ people: 2 })
    // A browser complains where it is offline.
    heard.pop()
    await press(page, MARK)
    await page.click('li:nth-child(1) label:has-text("Did not come")')
    await page.click('li:nth-child(2) label:has-text("Came") >> nth=0')
    await page.context().setOffline(true)
    await page.click('button:has-text("Save")')
    await page.waitForSelector('text=Not saved yet. You are offline.')
    await page.context().setOffline(false)
    expect(await context.db.read.$count(attendances)).toBe(0)

    await page.context().clearCookies({ name: 'trellis' })
    await page.click('button:has-text("Save")')
    await page.waitForSelector('#email')
    await page.fill('#email', city.worker.email)
    await page.fill('#password', PASSWORD)
    await press(page, 'main form button')
    await page.waitForSelector('text=What you typed is back in the form.')
    await page.click('button:has-text("Save")')
    await page.waitForURL(/done=saved/)
    expect(await page.textContent('main')).toContain('Saved: 1 came, 1 did not come.')
    expect(await page.evaluate('sessionStorage.length')).toBe(0)
  })

  it('keeps what was chosen from whoever signs in to the same window next', async () => {
    const { page, context, city } = await open({ people: 2 })
    await press(page, MARK)
    await page.click('li:nth-child(1) label:has-text("Did not come")')
    const register = page.url()
    const email = 'colleague@community-roots.example'
    await givenIn(context).user('provider_worker', city.provider, { email })
    await press(page, 'button:has-text("Sign out")')
    await page.goto('/sign-in')
    await page.fill('#email', email)
    await page.fill('#password', PASSWORD)
    await press(page, 'main form button')
    await page.goto(register)
    expect(await page.textContent('h1')).toContain('Who came')
    expect(await page.$$('input:checked')).toHaveLength(0)
    expect(await page.evaluate('sessionStorage.length')).toBe(0)
  })
})
