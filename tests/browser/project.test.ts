import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { bookPlacement } from '../../src/actions/placements/book-placement.ts'
import { addDays, londonDay, spokenDay } from '../../src/domain/day.ts'
import { attendances, groups, placements } from '../../src/store/schema.ts'
import { closeBrowser, complaints, look, openSite, openWindow, press } from '../support/browser.ts'
import { type City, givenIn, PASSWORD } from '../support/given.ts'
import { handsOn } from '../support/hands.ts'

afterAll(closeBrowser)
afterEach(() => expect(heard.splice(0).flat()).toEqual([]))

const heard: string[][] = []
const EIGHT = ['Ann', 'Bob', 'Cy', 'Dee', 'Eve', 'Fay', 'Gus', 'Ida'].map((name) => `${name} O’Brien-Ñandú`)
const today = londonDay(new Date())
const WEEK = '/o/community-roots/placements'
const MARK = 'main .nhsuk-button:has-text("Mark attendance")'

/** A project that meets today: eight people in its group, all of whom came a week ago, and one who asks to come. */
async function open(way: { people?: number; javaScriptEnabled?: boolean } = {}) {
  const { base, filled, context } = await openSite(async (context) => {
    const given = givenIn(context)
    const city = await given.city()
    const weekday = spokenDay(today).split(' ')[0]
    await context.db.write((tx) => tx.update(groups).set({ schedule: `${weekday}s, 10am to 12 noon` }))
    await given.referral(city, { fullName: 'Unseen Person', communicationNeeds: 'Large print' }).sent()
    for (const fullName of EIGHT.slice(0, way.people ?? 0)) {
      const { id } = await given.referral(city, { fullName }).accepted()
      await bookPlacement(context, city.worker, id, { startsAt: new Date(`${today}T10:00:00Z`) })
    }
    return city
  })
  const page = await openWindow(base, { email: filled.worker.email, password: PASSWORD }, way)
  heard.push(complaints(page))
  await page.goto(WEEK)
  return { page, context, city: filled satisfies City }
}

type Opened = Awaited<ReturnType<typeof open>>
const statusOf = async ({ context }: Opened) => (await context.db.read.select().from(placements))[0]?.status

const WAYS: ['mouse' | 'keyboard', boolean][] = [
  ['mouse', true],
  ['keyboard', true],
  ['mouse', false],
]

describe.each(WAYS)('the budgets of a project, by %s, scripts %s', (way, javaScriptEnabled) => {
  it('accepts in two presses, and declines in four, with nothing typed', async () => {
    const opened = await open({ javaScriptEnabled })
    const { page } = opened
    const yes = handsOn(page, way)
    await yes.press('main h3 a')
    if (javaScriptEnabled && way === 'mouse') await look(page, 'project-decide')
    expect(await page.content()).not.toContain('Unseen Person')
    await page.goto(WEEK)
    const no = handsOn(page, way)
    await no.press('main h3 a')
    await no.press('a:has-text("No, decline")')
    await no.choose('label:has-text("No room")')
    await no.press('main form button')
    expect([await statusOf(opened), no.effort.activations <= 4]).toEqual(['declined', true])

    const again = await open({ javaScriptEnabled })
    const hands = handsOn(again.page, way)
    await hands.press('main h3 a')
    await hands.press('button:has-text("Yes, accept")')
    expect(hands.effort.activations).toBe(2)
    expect(await statusOf(again)).toBe('accepted')
    expect(await again.page.textContent('main')).toContain('Nothing more to decide.')
  })

  it('takes the register of eight in ten presses on one screen, and sees what was saved', async () => {
    const { page, context } = await open({ people: 8, javaScriptEnabled })
    if (javaScriptEnabled && way === 'mouse') await look(page, 'project-week')
    const hands = handsOn(page, way)
    await hands.press(MARK)
    await hands[javaScriptEnabled ? 'choose' : 'press']('button:has-text("Everybody came")')
    await hands.choose('li:nth-child(2) label:has-text("Did not come")')
    await hands.choose('li:nth-child(7) label:has-text("Did not come")')
    await hands.press('button:has-text("Save")')
    await page.waitForURL(/done=saved/)
    expect(hands.effort.activations).toBeLessThanOrEqual(10)
    expect(hands.effort.screens).toHaveLength(1)
    expect(await page.textContent('main')).toContain('Saved: 6 came, 2 did not come.')
    expect(await context.db.read.$count(attendances)).toBe(8)
    if (javaScriptEnabled && way === 'mouse') await look(page, 'project-register')
  })

  it('changes places in two presses, pauses in two, confirms in one', async () => {
    const { page, context } = await open({ javaScriptEnabled })
    const rowOf = async () => (await context.db.read.select().from(groups))[0]
    await page.goto('/o/community-roots/places')
    const more = handsOn(page, way)
    await more[javaScriptEnabled ? 'choose' : 'press']('a:has-text("One more")')
    await more.press('button:has-text("Save")')
    expect([(await rowOf())?.places, more.effort.activations]).toEqual([11, 2])
    const right = handsOn(page, way)
    await right.press('button:has-text("Still right")')
    expect(await page.textContent('main')).toContain('Saved: still right.')
    const pause = handsOn(page, way)
    await pause.choose('summary:has-text("Pause")')
    await pause.press('button:has-text("2 weeks")')
    expect([(await rowOf())?.intakeReopensOn, pause.effort.activations]).toEqual([addDays(today, 14), 2])
    if (javaScriptEnabled && way === 'mouse') await look(page, 'project-places')
  })
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
    await page.waitForURL(/sign-in/)
    await page.fill('#email', city.worker.email)
    await page.fill('#password', PASSWORD)
    await press(page, 'main form button')
    await page.waitForSelector('text=What you chose is back.')
    await page.click('button:has-text("Save")')
    await page.waitForURL(/done=saved/)
    expect(await page.textContent('main')).toContain('Saved: 1 came, 1 did not come.')
    expect(await page.evaluate('sessionStorage.length')).toBe(0)
  })
})
