import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { askNavigator } from '../../src/actions/placements/ask-navigator.ts'
import { bookPlacement } from '../../src/actions/placements/book-placement.ts'
import { waitlistPlacement } from '../../src/actions/placements/wait-for-place.ts'
import { auditRows, grants, people, placements, referrals } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City } from '../support/given.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

const WEEK = '/o/community-roots/placements'
let test: TestApp
let city: City
let worker: Visitor

async function start(places: number | null = 10) {
  test = await openApp()
  city = await test.given.city({ places })
  worker = visitor(test.app, city.worker)
}
beforeEach(() => start())

const words = async (path = WEEK) => readable((await worker.get(path)).html)
const links = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].map(([, href = '']) => href)

/** The same request many times over, each of somebody else: what hundreds of referrals leave behind. */
async function copies(id: string, count: number): Promise<void> {
  const { db, newId } = test.context
  const [placement] = await db.read.select().from(placements).where(eq(placements.id, id))
  const [referral] = await db.read
    .select()
    .from(referrals)
    .where(eq(referrals.id, placement?.referralId ?? ''))
  const [person] = await db.read
    .select()
    .from(people)
    .where(eq(people.id, referral?.personId ?? ''))
  const given = await db.read.select().from(grants).where(eq(grants.placementId, id))
  if (!placement || !referral || !person) throw new Error('There is nothing to copy.')
  await db.write(async (tx) => {
    for (let copy = 0; copy < count; copy++) {
      const [p, r, l] = [newId(), newId(), newId()]
      const fullName = `${person.fullName} ${String(copy).padStart(3, '0')}`
      await tx.insert(people).values({ ...person, id: p, fullName })
      await tx.insert(referrals).values({ ...referral, id: r, personId: p, reference: `SP-COPY-${p.slice(-6)}` })
      await tx.insert(placements).values({ ...placement, id: l, referralId: r })
      for (const grant of given)
        await tx.insert(grants).values({ ...grant, id: newId(), placementId: l, referralId: r, personId: p })
    }
  })
}

describe('this week', () => {
  it('teaches when nobody comes: how many places there are, or that this is not known', async () => {
    expect(await words()).toContain('No one this week. You have 10 places, and navigators see them.')
    test.clock.set('2026-12-14T09:00:00Z')
    await start(null)
    expect(await words()).toContain('No one this week. Your groups are open to everybody.')
  })

  it('counts a request with a question among those to decide, as it lists it there', async () => {
    await test.given.referral(city).sent()
    const { id } = await test.given.referral(city).sent()
    await askNavigator(test.context, city.worker, id, { question: 'Are steps a problem?' })
    expect(await words()).toContain('To decide 2 ')
  })

  it('shows what to decide with what may be known, what to do, and each session with who is new', async () => {
    await test.given.referral(city, { fullName: 'Ann Unseen', interpreter: true, preferredLanguage: 'Polish' }).sent()
    const old = await test.given.referral(city, { fullName: 'Bob Regular' }).started()
    const { id } = await test.given.referral(city, { fullName: 'Cy New', communicationNeeds: 'Large print' }).accepted()
    await bookPlacement(test.context, city.worker, id, { startsAt: new Date('2026-11-26T10:00:00Z') })
    await test.given.referral(city, { fullName: 'Dee Accepted' }).accepted()
    const shown = await words()
    expect(shown).toContain('To decide 1 Loneliness or isolation Sent Aged 65 to 74')
    expect(shown).toContain('Needs an interpreter: Polish')
    expect(shown).toMatch(/Answer by Mon 30 November/)
    expect(shown).not.toContain('Ann Unseen')
    expect(shown).toMatch(/To do Dee Accepted Arrange the first session, by/)
    expect(shown).toMatch(
      /Thu 26 November Group \d+ Thursdays 10:00 to 12:00. The hall 3 people , 2 new. 7 places free/,
    )
    expect(shown).toContain('New Cy New , first visit Thu 26 November at 10am Large print')
    expect(shown).toContain('Bob Regular Came once')
    expect((await worker.get(WEEK)).html).toContain('aria-label="3 of 10 taken, 7 not taken"')
    expect((await worker.get(WEEK)).html).toContain(`/groups/${old.group.id}/register?on=2026-11-19`)
    const looks = await test.context.db.read.select().from(auditRows).where(eq(auditRows.action, 'placement.listed'))
    expect(JSON.stringify(looks.at(-1)?.detail)).toContain(old.id)
  })

  it('unfolds what is to do after the first four', async () => {
    for (const n of [1, 2, 3, 4, 5, 6]) await test.given.referral(city, { fullName: `Person ${n}` }).accepted()
    const { html } = await worker.get(WEEK)
    const [open = '', folded = ''] = html.split('2 more to do, from ')
    expect(open.match(/Arrange the first session/g)).toHaveLength(4)
    expect(folded.match(/Arrange the first session/g)).toHaveLength(2)
  })

  it('asks for the register of a session that nobody wrote down', async () => {
    test.clock.set('2026-11-18T09:00:00Z')
    const { id, group } = await test.given.referral(city).accepted()
    await bookPlacement(test.context, city.worker, id, { startsAt: new Date('2026-11-19T10:00:00Z') })
    test.clock.set('2026-11-23T09:00:00Z')
    const { html } = await worker.get(WEEK)
    expect(html).toContain(`href="/o/community-roots/groups/${group.id}/register?on=2026-11-19"`)
    expect(readable(html)).toContain('Maria Okafor Say whether they came')
  })

  it('stays usable with three hundred: each list goes on, nobody stands twice, and a place that is gone begins again', async () => {
    await start(null)
    const other = await test.given.group(city.project, { places: 5, schedule: 'When you have time' })
    await copies((await test.given.referral(city).sent()).id, 119)
    await copies((await test.given.referral(city, { fullName: 'Started Person' }).started()).id, 149)
    await copies(
      (await waitlistPlacement(test.context, city.worker, (await test.given.referral(city).sent()).id)).id,
      29,
    )
    const first = await worker.get(WEEK)
    expect(first.html.length).toBeLessThan(100_000)
    expect(readable(first.html)).toContain('To decide 120')
    expect(readable(first.html)).toContain('Waiting for a place 30')
    expect(readable(first.html)).toContain('150 people . Open to everybody')
    expect(readable(first.html)).toContain(`${other.name}: 5 places free`)
    const decide = new Set<string>()
    let page = first
    for (let pages = 0; pages < 20; pages++) {
      const section = /<section aria-labelledby="decide">([\s\S]*?)<\/section>/.exec(page.html)?.[1] ?? ''
      const here = links(section, /<h3><a href="[^"]*placements\/([\w-]+)"/g)
      for (const id of here) expect(decide.has(id)).toBe(false)
      for (const id of here) decide.add(id)
      const [next] = links(section, /<a href="([^"]*)">More to decide/g)
      if (!next) break
      page = await worker.get(next)
    }
    expect(decide.size).toBe(120)
    expect(readable(page.html)).toContain('Back to the first')
    const gone = await worker.get(`${WEEK}?decide=nonsense`)
    expect([gone.status, readable(gone.html).includes('The list has changed since.')]).toEqual([200, true])
    await test.context.db.write((tx) => tx.update(placements).set({ nextDueOn: '2026-01-01' }))
    const [last = ''] = links(first.html, /<a href="([^"]*)">More to decide/g)
    expect(await words(last)).toContain('Nothing more here. Somebody may have answered it meanwhile.')

    const seen = new Set<string>()
    let register: string | undefined = `/o/community-roots/groups/${city.group.id}/register?on=2026-11-23`
    while (register) {
      const { html }: { html: string } = await worker.get(register)
      for (const id of links(html, /id="came-([\w-]{36})"/g)) seen.add(id)
      register = links(html, /<a href="([^"]*)">More people/g)[0]?.replace(/&amp;/g, '&')
    }
    expect(seen.size).toBe(150)
  })
})
