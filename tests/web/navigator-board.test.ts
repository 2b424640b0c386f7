import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { assignReferral } from '../../src/actions/referrals/assign-referral.ts'
import { holdReferral } from '../../src/actions/referrals/hold-referral.ts'
import { logContact } from '../../src/actions/referrals/log-contact.ts'
import { auditRows, outbox, referrals } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import { type City, PASSWORD, type TestUser } from '../support/given.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

const BASE = '/o/so-linked'

let test: TestApp
let city: City
let navigator: Visitor
let lead: Visitor

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city()
  navigator = visitor(test.app, city.navigator)
  lead = visitor(test.app, city.lead)
})

const referral = (more: Record<string, unknown> = {}, person: Record<string, unknown> = {}) =>
  test.given.referral(city, person, more)

/** The sign-ins of the morning have ended on a later day. */
async function on(day: string, who: TestUser = city.navigator): Promise<Visitor> {
  test.clock.set(`${day}T09:00:00Z`)
  const later = visitor(test.app)
  await later.send('/sign-in', { email: who.email, password: PASSWORD })
  return later
}

describe('filters', () => {
  it('stand in the address, together, and each can be taken away by itself', async () => {
    const wanted = await referral({ needs: ['housing'], priority: 'priority' }).submitted()
    const other = await referral({ needs: ['housing'] }).submitted()
    const { html } = await lead.get(`${BASE}/board?whose=all&need=housing&ward=&priority=priority`)
    expect(html).toContain(wanted.reference)
    expect(html).not.toContain(other.reference)
    expect(readable(html)).toMatch(/Remove Housing .* Remove Priority .* Clear all/)
    expect(html).toContain(`href="${BASE}/board?whose=all&amp;priority=priority"`)
    expect(html).toContain(`href="${BASE}/board?whose=all&amp;need=housing"`)
    expect((await lead.get(`${BASE}/board?whose=all&need=housing`)).html).toContain(other.reference)
  })

  it('offer what stands still with how many there are, beside whatever else is chosen', async () => {
    const [held] = [await referral({ needs: ['housing'] }).active(), await referral().active()]
    await holdReferral(test.context, city.navigator, held.id, { reason: 'In hospital.', restartsOn: '2026-12-14' })
    const board = (await navigator.get(`${BASE}/board`)).html
    expect(readable(board)).toContain('Everybody’s On hold 1 Filter')
    const held1 = readable((await navigator.get(`${BASE}/board?whose=mine&show=on-hold`)).html)
    expect(held1).toContain('Remove On hold 1 ✕')
    expect(held1).toContain(held.reference)
    const others = readable((await navigator.get(`${BASE}/board?whose=mine&need=food`)).html)
    expect(others).toContain('Remove Food')
    expect(others).not.toContain('On hold 1')
  })

  it('show one colleague’s, and several states at once', async () => {
    const mine = await referral().assigned()
    await logContact(test.context, city.navigator, mine.id, { outcome: 'spoke', channel: 'phone' })
    const open = await lead.get(`${BASE}/board?whose=${city.navigator.userId}`)
    expect(open.html).toContain(mine.reference)
    expect(readable(open.html)).toContain(`Remove With ${city.navigator.name}`)
    expect((await lead.get(`${BASE}/board?whose=${city.lead.userId}`)).html).not.toContain(mine.reference)
    const none = readable((await lead.get(`${BASE}/board?show=on-hold&show=overdue`)).html)
    expect(none).toContain('None of these.')
    expect(none).toMatch(/Remove On hold .* Remove Overdue/)
  })

  it.each([
    'need=dancing',
    'ward=E99',
    'priority=soon',
    'show=everything',
    'whose=nobody-here',
    'stage=lost',
    'need=a&need=b',
  ])('leaves out what nobody offers: %s', async (query) => {
    const { reference } = await referral().submitted()
    for (const page of ['board', 'list', 'stuck']) {
      const { status, html } = await lead.get(`${BASE}/${page}?${query}`)
      expect([page, status]).toEqual([page, 200])
      expect(readable(html)).toContain('had a filter that is not offered. It was left out.')
      if (page !== 'stuck') expect(html).toContain(reference)
    }
  })
})

describe('many', () => {
  it('are counted and led on to a list that goes page by page, each of them once', async () => {
    const made = []
    for (let n = 0; n < 60; n++) made.push((await referral({}, { fullName: `Person ${n}` }).submitted()).reference)
    const board = (await lead.get(`${BASE}/board`)).html
    expect(readable(board)).toContain('Go to New, 60')
    expect(board.match(/class="trellis-ticket"/g)).toHaveLength(12)
    expect(readable(board)).toContain('Show all 60')
    const first = await lead.get(`${BASE}/list?stage=new&whose=all`)
    const next = /href="([^"]*after=[^"]*)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = await lead.get(next)
    const found = [first.html, second.html].flatMap((html) => html.match(/SP-\w{4}-\w{4}(?=<\/span><\/a>)/g) ?? [])
    expect(found.sort()).toEqual(made.sort())
    expect(readable(second.html)).toContain('Back to the first page')
    const gone = await lead.get(`${BASE}/list?stage=new&after=bm90LWEtY3Vyc29y`)
    expect(gone.status).toBe(200)
    expect(readable(gone.html)).toContain('The list has moved on since that page was opened. This is its first page.')
  }, 60_000)

  it('are given to a colleague in one go, or none of them', async () => {
    const some = [await referral().submitted(), await referral().assigned()]
    const colleague = await test.given.user('navigator', city.service)
    const bare = await lead.get(`${BASE}/assign?stage=new&whose=all`)
    expect([bare.status, bare.faults]).toEqual([400, ['Select a referral for this task']])
    expect(bare.html).toContain('href="#selected"')
    const refs = some.map(({ id }) => `ref=${id}`).join('&')
    const form = await lead.get(`${BASE}/assign?${refs}`)
    expect(readable(form.html)).toContain('Give 2 referrals to a colleague')
    expect(readable(form.html)).toMatch(new RegExp(`${city.navigator.name} 1 open · 1 new in 7 days`))
    const ref = some.map(({ id }) => id)
    const none = await lead.send(`${BASE}/assign`, { ref }, `${BASE}/assign?${refs}`)
    expect([none.status, none.faults]).toEqual([400, ['Choose a colleague']])
    const all = await lead.send(`${BASE}/assign`, { ref, navigatorId: city.navigator.userId }, `${BASE}/assign?${refs}`)
    expect([all.status, all.faults[0]]).toEqual([409, expect.stringContaining('Nothing was given to anybody.')])
    const given = await lead.send(`${BASE}/assign`, { ref, navigatorId: colleague.userId }, `${BASE}/assign?${refs}`)
    expect(given.location).toBe(`${BASE}/list?given=2`)
    expect(readable((await lead.get(`${BASE}/list?given=2`)).html)).toContain('2 referrals were given to a colleague.')
    const rows = await test.context.db.read.select().from(referrals)
    expect(rows.map(({ navigatorId }) => navigatorId)).toEqual([colleague.userId, colleague.userId])
    expect((await navigator.get(`${BASE}/assign?${refs}`)).status).toBe(403)
    expect((await navigator.get(`${BASE}/list`)).html).not.toContain('name="ref"')
  })
})

describe('an emptied board', () => {
  it('says who waits longest, and what each column would hold', async () => {
    await referral().assigned()
    const later = await on('2026-11-26')
    const text = readable((await later.get(`${BASE}/board`)).html)
    expect(text).toContain('All new referrals are taken. Oldest in Contacting: 3 working days.')
    expect(text).toMatch(/New 0 Nothing new\..*Nobody to match\..*Nobody with a project\..*Nothing stuck\./)
  })

  it('tells who took it, when, and that there is another one to take', async () => {
    const { id } = await referral().submitted()
    await referral().submitted()
    const hidden = await navigator.hiddenOf(`${BASE}/board`)
    test.clock.set('2026-11-23T10:41:00Z')
    await assignReferral(test.context, city.lead, id, { toMe: true })
    const answer = await navigator.post(`${BASE}/referrals/${id}/take`, hidden)
    expect([answer.status, answer.faults]).toEqual([409, [`${city.lead.name} took this at 10:41.`]])
    expect(readable(answer.html)).toContain('Board Take next')
  })
})

describe('what is stuck', () => {
  it('says so where nothing is', async () => {
    await referral().assigned()
    expect(readable((await navigator.get(`${BASE}/stuck`)).html)).toContain('Nothing stuck. Nothing is late')
  })

  it('says how many fall due today, tomorrow and this week, and leads to who is first', async () => {
    const { html } = await navigator.get(`${BASE}/stuck`)
    expect(readable(html)).not.toContain('due soon')
    await referral({ priority: 'urgent' }).assigned()
    await referral({ priority: 'priority' }).assigned()
    const shown = await navigator.get(`${BASE}/stuck`)
    expect(readable(shown.html)).toMatch(/Not late yet: due soon Today 1 Tomorrow 0 This week 1 See who is due first/)
    expect(shown.html).toContain(`href="${BASE}/list?`)
  })

  it('has the worst on top, whole, and comes back with the next', async () => {
    const calm = await referral().assigned()
    const urgent = await referral({ priority: 'urgent' }, { fullName: 'Urgent Person' }).assigned()
    const later = await on('2026-12-14')
    const first = await later.get(`${BASE}/stuck`)
    expect(readable(first.html)).toMatch(/Worst first · SP-\S+ Urgent Person .*Was due Mon 23 Nov.*Spoke No answer/)
    expect(readable(first.html)).toMatch(new RegExp(`After that .*${calm.reference}`))
    const page = `${BASE}/referrals/${urgent.id}/contact?from=stuck`
    const wrong = await later.send(page, { outcome: '', channel: 'phone', note: 'Kept' }, `${BASE}/stuck`)
    expect(wrong.status).toBe(400)
    expect(wrong.html).toContain('contact?from=stuck')
    const done = await later.send(page, { outcome: 'spoke', channel: 'phone', note: '' }, `${BASE}/stuck`)
    expect(done.location).toBe(`${BASE}/stuck?done=logged`)
    const next = readable((await later.get(done.location ?? '')).html)
    expect(next).toContain('The contact is saved.')
    expect(next).toMatch(new RegExp(`Worst first · ${calm.reference}`))
    for (const cut of ['x', 'WyIxIiwieCJd', `${Buffer.from('["4 2199-01-01","x"]').toString('base64url')}`])
      expect(readable((await later.get(`${BASE}/stuck?after=${cut}`)).html)).toContain('Worst first')
  })

  it('goes on from the one that was left, whatever was resolved meanwhile', async () => {
    const made = [await referral().assigned(), await referral().assigned(), await referral().assigned()]
    const later = await on('2026-12-14')
    const topOf = (html: string) => /(?:Worst first|The next one) · (SP-\S+)/.exec(readable(html))?.[1]
    const onwardFrom = (html: string) => /href="([^"]*after=[^"]*)">Leave/.exec(html)?.[1]?.replace(/&amp;/g, '&') ?? ''
    const first = (await later.get(`${BASE}/stuck`)).html
    const [top, second, third] = [
      topOf(first),
      ...made.map(({ reference }) => reference).filter((one) => one !== topOf(first)),
    ]
    const from = `${BASE}/referrals/${made.find(({ reference }) => reference === top)?.id}/contact?from=stuck`
    await later.send(from, { outcome: 'spoke', channel: 'phone', note: '' }, `${BASE}/stuck`)
    const next = (await later.get(onwardFrom(first))).html
    expect(topOf(next)).toBe(second)
    expect(topOf((await later.get(onwardFrom(next))).html)).toBe(third)
  })

  it('offers what gets a silent project going, and goes on to the next where this one has to wait', async () => {
    const { referralId } = await referral().sent()
    await referral().sent()
    const later = await on('2026-12-02')
    const first = (await later.get(`${BASE}/stuck`)).html
    expect(readable(first)).toMatch(/No answer from Community Roots.*Recall the request: Community Roots/)
    expect(first).toMatch(/\/do\/recall\?from=stuck/)
    const onward = /href="([^"]*after=[^"]*)">Leave this one/.exec(first)?.[1]?.replace(/&amp;|&#38;/g, '&') ?? ''
    const second = (await later.get(onward)).html
    expect(readable(second)).toContain('The next one · ')
    expect(first.includes(String(referralId)) || second.includes(String(referralId))).toBe(true)
    const recall = /href="([^"]*\/do\/recall\?from=stuck)"/.exec(first)?.[1] ?? ''
    expect((await later.send(recall)).location).toBe(`${BASE}/stuck?done=place-recall`)
  })

  it('counts a message that reached nobody until somebody was told another way', async () => {
    const { id } = await referral().assigned()
    const giveUp = { failedAt: test.context.now(), endedAt: test.context.now(), outcome: 'No such mailbox.' }
    await test.context.db.write((tx) => tx.update(outbox).set(giveUp).where(eq(outbox.referralId, id)))
    test.clock.set('2026-11-23T09:05:00Z')
    const stuck = readable((await navigator.get(`${BASE}/stuck`)).html)
    expect(stuck).toMatch(/A message could not be sent.*Tell them in another way/)
    await navigator.send(
      `${BASE}/referrals/${id}/contact?from=stuck`,
      { outcome: 'left_message', channel: 'phone', note: 'Told' },
      `${BASE}/stuck`,
    )
    expect(readable((await navigator.get(`${BASE}/stuck`)).html)).toContain('Nothing stuck.')
  })
})

describe('what others did', () => {
  const told = async (who: Visitor, html: string) => {
    const address = /data-changes="([^"]+)"/.exec(html)?.[1] ?? ''
    return JSON.parse((await who.get(address)).html) as { text: string | null }
  }

  it('is told to the board in one sentence without anybody’s name who is supported, and leaves no row', async () => {
    const { id } = await referral().submitted()
    const { html } = await navigator.get(`${BASE}/board`)
    expect(await told(navigator, html)).toEqual({ text: null })
    await navigator.send(`${BASE}/board/next`, {}, `${BASE}/board`)
    expect(await told(navigator, html)).toEqual({ text: null })
    const other = await referral().submitted()
    await assignReferral(test.context, city.lead, other.id, { toMe: true })
    await assignReferral(test.context, city.lead, id, { navigatorId: city.lead.userId })
    await referral().submitted()
    const before = await test.context.db.read.$count(auditRows)
    expect(await told(navigator, html)).toEqual({ text: `${city.lead.name} took 2 referrals and 2 referrals came.` })
    expect(await test.context.db.read.$count(auditRows)).toBe(before)
  })

  it('is told to a person’s page, and to nobody who may not see it', async () => {
    const { id } = await referral().assigned()
    const { html } = await navigator.get(`${BASE}/referrals/${id}`)
    expect(await told(navigator, html)).toEqual({ text: null })
    await logContact(test.context, city.lead, id, { outcome: 'no_answer', channel: 'phone' })
    expect(await told(navigator, html)).toEqual({ text: `${city.lead.name} changed this since you opened it.` })
    const stranger = visitor(
      test.app,
      await test.given.user('navigator', await test.given.organisation('health_service')),
    )
    expect((await stranger.get(`${BASE}/referrals/${id}/changes?since=`)).status).toBe(404)
    expect((await visitor(test.app).get(`${BASE}/changes?since=`)).status).toBe(303)
  })
})

describe('two tabs for two organisations', () => {
  it('each show and do what is theirs', async () => {
    const elsewhere = await test.given.organisation('navigation_service', { isDefaultService: false })
    await test.given.membership(city.navigator.userId, elsewhere, 'navigator')
    const { id, reference } = await referral().submitted()
    const other = `/o/${elsewhere.slug}`
    expect((await navigator.get(`${BASE}/board`)).html).toContain(reference)
    const empty = await navigator.get(`${other}/board`)
    expect(empty.html).not.toContain(reference)
    expect(readable(empty.html)).toContain('All new referrals are taken.')
    expect((await navigator.get(`${other}/referrals/${id}`)).status).toBe(404)
    expect((await navigator.send(`${other}/referrals/${id}/take`, {}, `${other}/board`)).status).toBe(404)
    expect((await navigator.send(`${BASE}/referrals/${id}/take`, {}, `${BASE}/board`)).status).toBe(303)
  })
})
