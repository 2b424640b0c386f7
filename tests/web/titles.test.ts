import { describe, expect, it } from 'vitest'
import { acceptPlacement } from '../../src/actions/placements/accept-placement.ts'
import { openApp } from '../support/app.ts'
import { type Visitor, visitor } from './visitor.ts'

const PERSON = 'Quintessa Unmistakable'

const hrefs = (html: string) =>
  [...html.matchAll(/href="(\/o\/[^"#]+)"/g)].map(([, href = '']) => href.replace(/&amp;|&#38;/g, '&'))

/** The titles of a record's page and of every page about it that it leads to, by their addresses. */
async function titlesFrom(who: Visitor, address: string): Promise<[string, string][]> {
  const start = await who.get(address)
  expect([address, start.status, start.html.includes(PERSON)]).toEqual([address, 200, true])
  const pages: [string, string][] = []
  for (const path of new Set([address, ...hrefs(start.html).filter((href) => /[\w-]{36}/.test(href))]))
    pages.push([path, /<title>([^<]*)/.exec((await who.get(path)).html)?.[1] ?? ''])
  return pages
}

describe('no title holds the name of a person who is supported, which would stay in the browser’s history', () => {
  it.each(['navigator', 'referrer', 'worker'] as const)('for a %s', { timeout: 120_000 }, async (role) => {
    const { app, context, given } = await openApp()
    const city = await given.city()
    const sent = await given.referral(city, { fullName: PERSON }).sent()
    await acceptPlacement(context, city.worker, sent.id)
    const base = `/o/${city[role].organisation}`
    const address = role === 'worker' ? `${base}/placements/${sent.id}` : `${base}/referrals/${sent.referralId}`
    const pages = await titlesFrom(visitor(app, city[role]), address)
    expect(pages[0]?.[1]).toContain(`Referral ${sent.reference}`)
    expect(pages.filter(([, title]) => title.includes('Unmistakable'))).toEqual([])
  })
})
