import { beforeEach, describe, expect, it } from 'vitest'
import { groups, projects } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City } from '../support/given.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

const TOO_OLD =
  'For people aged 25 or under: this person is 68. To send them all the same, say why this project is still right.'
const MANY = 60
const KINDS = [
  { kind: 'fits', needs: ['loneliness'], rules: [] },
  { kind: 'other', needs: ['housing'], rules: [] },
  { kind: 'unfit', needs: ['loneliness'], rules: [{ rule: 'age' as const, max: 25 }] },
]

let test: TestApp
let city: City
let navigator: Visitor
let page: string

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city()
  const project = await test.given.project(city.provider, { assuredOn: '2026-11-23' })
  const group = await test.given.group(project)
  await test.context.db.write(async (tx) => {
    for (const { kind, needs, rules } of KINDS)
      for (let number = 0; number < MANY; number++) {
        const id = `${kind}-${String(number).padStart(2, '0')}`
        await tx.insert(projects).values({ ...project, id, slug: id, name: `Project ${id}`, needs, rules })
        await tx.insert(groups).values({ ...group, id: `group-${id}`, projectId: id, name: `Group ${id}` })
      }
  })
  navigator = visitor(test.app, city.navigator)
  const { id } = await test.given.referral(city).active()
  page = `/o/${city.navigator.organisation}/referrals/${id}`
})

const shownOn = (html: string, kind: string) => new Set(html.match(new RegExp(`Project ${kind}-\\d\\d`, 'g')))
const linkIn = (html: string, words: string) =>
  new RegExp(`<a[^>]* href="([^"]+)"[^>]*>${words}`).exec(html)?.[1]?.replaceAll('&amp;', '&')

describe('matches in a large directory', () => {
  it('shows the best of each part, and says how many there are', async () => {
    const { html } = await navigator.get(`${page}/matches`)
    expect(readable(html)).toMatch(/56 more that may fit/)
    expect(readable(html)).toMatch(/For other needs \(60\)/)
    expect(readable(html)).toMatch(/Rules that do not fit \(60\)/)
    const shown = KINDS.map(({ kind }) => shownOn(html, kind).size)
    // Of those that fit one is not among the many.
    expect(shown).toEqual([23, 12, 12])
  })

  it.each([
    ['fits', 'See all 62 that may fit', 'Projects that may fit'],
    ['other', 'See all 60 for other needs', 'Projects for other needs'],
    ['unfit', 'See all 60 whose rules do not fit', 'Projects whose rules do not fit'],
  ])('hides none: what %s is all there, page by page', async (kind, link, heading) => {
    const seen: string[] = []
    let next = linkIn((await navigator.get(`${page}/matches?from=stuck`)).html, link)
    expect(next).toContain('?from=stuck&see=')
    let pages = 0
    while (next) {
      const { html } = await navigator.get(next)
      expect(readable(html)).toContain(heading)
      expect(html).toContain(`action="${page}/placements?from=stuck"`)
      seen.push(...shownOn(html, kind))
      next = linkIn(html, 'Show the next ones')
      pages++
    }
    expect([pages, seen.length, new Set(seen).size]).toEqual([3, MANY, MANY])
  })

  it('begins anew where the last project that was seen is gone, and leads back', async () => {
    const { html } = await navigator.get(`${page}/matches?see=others&after=gone`)
    expect(readable(html)).toContain('1 to 25 of 60')
    const second = await navigator.get(linkIn(html, 'Show the next ones') ?? '')
    expect(readable(second.html)).toContain('26 to 50 of 60')
    expect(linkIn(second.html, 'Back to the first page')).toBe(`${page}/matches?see=others`)
    expect((await navigator.get(`${page}/matches?see=magic`)).html).toContain('May take')
  })

  it('says what is wrong beside the group, also where the group stood on a later page', async () => {
    const seen = new Set((await navigator.get(`${page}/matches`)).html.match(/group-unfit-\d\d/g))
    const groupId = KINDS.flatMap(({ kind }) => (kind === 'unfit' ? [...Array(MANY).keys()] : []))
      .map((number) => `group-unfit-${String(number).padStart(2, '0')}`)
      .find((id) => !seen.has(id))
    const from = linkIn((await navigator.get(`${page}/matches?see=unfitting`)).html, 'Show the next ones')
    const answer = await navigator.send(`${page}/placements`, { groupId: groupId ?? '', overrideReason: '' }, from)
    expect([answer.status, answer.faults]).toEqual([409, [TOO_OLD]])
    expect(answer.html).toContain(`id="group-${groupId}"`)
    expect(shownOn(answer.html, 'unfit').size).toBe(13)
  })
})
