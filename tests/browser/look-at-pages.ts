import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { Context } from '../../src/actions/context.ts'
import { importDirectory } from '../../src/actions/directory/import-directory.ts'
import { seedDemoCity } from '../../src/demo/city.ts'
import { openFile } from '../../src/sources/file.ts'
import { mailbox } from '../../src/store/schema.ts'
import { complaints, look, openSite, openWindow, press } from '../support/browser.ts'
import { PASSWORD } from '../support/given.ts'
import { aService } from '../support/odd-feed.ts'
import { crawl } from './crawl.ts'
import { LOOKS, type Look, type Step, WHO, type Who } from './looks.ts'
import { matches } from './routes-looked-at.ts'

// The long run looks at each page in six lights instead of two, and at where the focus goes.
const WHILE = process.env.WHOLE ? 7_200_000 : 900_000

const LETTER = {
  id: 'letter-1',
  to: 'team@so-linked.example',
  subject: 'New referral',
  messageId: '<1@trellis>',
  text: 'Read it at http://127.0.0.1:3000/o/so-linked/board',
  html: '<p>Read it</p>',
}

/** Somebody else's directory, with an entry that cannot be used and one that is cut. */
async function readIn(context: Context): Promise<void> {
  const services = [aService(1), aService(2, { url: 'none' }), aService(3, { status: 'perhaps' })]
  await importDirectory(context, 'system', openFile('their-services.json', Buffer.from(JSON.stringify(services))))
}

async function take(page: Page, step: Step): Promise<void> {
  if (typeof step !== 'string') {
    if ('click' in step) await page.locator(step.click).first().click()
    else await page.fill(step.fill, step.with)
  } else if (step.startsWith('+')) await page.goto(new URL(page.url()).pathname + step.slice(1))
  else await press(page, step)
}

async function lookAt(page: Page, { name, at, steps = [], page: route }: Look): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.goto(at)
  for (const step of steps) await take(page, step)
  const path = new URL(page.url()).pathname
  expect([name, matches(route, path), path]).toEqual([name, true, path])
  await look(page, name)
}

/** The tests of what some people see: two files share the people, so that two processes share the work. */
export function lookAtPagesOf(people: Who[]): void {
  it(
    'every page of the demonstration city is clean in every light, and asks nothing from outside',
    async () => {
      const { base } = await openSite(async (context) => {
        await seedDemoCity(context, { password: PASSWORD, referrals: 70 })
        await readIn(context)
        await context.db.write((tx) => tx.insert(mailbox).values({ ...LETTER, receivedAt: context.now() }))
      })
      const faults: string[] = []
      for (const who of people) {
        const page = await openWindow(base, signInOf(who))
        const heard = complaints(page)
        // Every page is looked at before any of them fails the test.
        for (const one of LOOKS.filter((one) => one.who === who))
          await lookAt(page, one).catch((error: Error) => faults.push(`${one.name}: ${error.message}`))
        faults.push(...heard)
      }
      expect(faults.join('\n\n')).toBe('')
    },
    WHILE,
  )

  it.runIf(process.env.WHOLE)(
    'every page that can be reached by links, by whoever can reach it',
    async () => {
      const { base } = await openSite((context) => seedDemoCity(context, { password: PASSWORD, referrals: 80 }))
      const faults: string[] = []
      for (const who of people) {
        if (!WHO[who]) continue
        const page = await openWindow(base, signInOf(who))
        const heard = complaints(page)
        const crawled = await crawl(page, who, look)
        expect(crawled.pages).toBeGreaterThan(0)
        faults.push(...crawled.faults, ...heard)
      }
      expect(faults.join('\n\n')).toBe('')
    },
    WHILE,
  )
}

function signInOf(who: Who) {
  const email = WHO[who]
  return email ? { email, password: PASSWORD } : null
}
