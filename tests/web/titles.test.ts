import { expect, it } from 'vitest'
import { acceptPlacement } from '../../src/actions/placements/accept-placement.ts'
import { openApp } from '../support/app.ts'
import { type Visitor, visitor } from './visitor.ts'

const PERSON = 'Quintessa Unmistakable'

const hrefs = (html: string) =>
  [...html.matchAll(/href="(\/o\/[^"#]+)"/g)].map(([, href = '']) => href.replace(/&amp;|&#38;/g, '&'))

/** The titles of a page and of every page that it leads to, by their addresses. */
async function titlesFrom(who: Visitor, address: string): Promise<[string, string][]> {
  const start = await who.get(address)
  expect([address, start.status, start.html.includes(PERSON)]).toEqual([address, 200, true])
  const pages: [string, string][] = []
  for (const path of new Set([address, ...hrefs(start.html)]))
    pages.push([path, /<title>([^<]*)/.exec((await who.get(path)).html)?.[1] ?? ''])
  return pages
}

it('no title holds the name of a person who is supported: it would stay in the browser’s history', async () => {
  const { app, context, given } = await openApp()
  const city = await given.city()
  const named = { fullName: PERSON }
  const at = '/o/so-linked/referrals'
  const called = await given.referral(city, named).contacted()
  const placement = await given.referral(city, named).sent()
  await acceptPlacement(context, city.worker, placement.id)
  const navigator = visitor(app, city.navigator)
  const pages = [
    ...(await titlesFrom(navigator, `${at}/${called.id}`)),
    ...(await titlesFrom(navigator, `${at}/${placement.referralId}`)),
    ...(await titlesFrom(visitor(app, city.referrer), `/o/st-marys-surgery/referrals/${called.id}`)),
    ...(await titlesFrom(visitor(app, city.worker), `/o/community-roots/placements/${placement.id}`)),
  ]
  expect(pages.length).toBeGreaterThan(25)
  expect(pages.filter(([, title]) => title.includes('Unmistakable'))).toEqual([])
  expect(pages.filter(([, title]) => /SP-\w{4}-\w{4}/.test(title)).length).toBeGreaterThan(4)
})
