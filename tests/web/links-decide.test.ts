import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { acceptPlacement } from '../../src/actions/placements/accept-placement.ts'
import { answerProject } from '../../src/actions/placements/ask-navigator.ts'
import { recallPlacement } from '../../src/actions/placements/recall-placement.ts'
import { openReferral } from '../../src/actions/referrals/open-referral.ts'
import { auditRows, events, placements, questions } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City } from '../support/given.ts'
import { codeSent, linkOf, POST } from '../support/links.ts'
import { countRows } from '../support/no-trace.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

let test: TestApp
let city: City
let shed: Visitor

beforeEach(() => start())

async function start(places: number | null = 10) {
  test = await openApp()
  city = await test.given.city({ places })
  shed = visitor(test.app)
}

const placement = async (id: string) => {
  const [row] = await test.context.db.read.select().from(placements).where(eq(placements.id, id))
  if (!row) throw new Error('There is no such placement.')
  return row
}
const words = (html: string) => readable(html)

async function sent() {
  const { id } = await test.given.referral(city).sent()
  await deliverMessages(test.context, POST)
  return { id, link: await linkOf(test.context, 'placement-to-decide', { placementId: id }) }
}

describe('a new referral, from the inbox', () => {
  it('says what is looked for, and not for whom; a look changes nothing', async () => {
    const { id, link } = await sent()
    const before = await countRows(test.context.db)
    const { status, html, headers } = await shed.get(link)
    expect(status).toBe(200)
    expect(words(html)).toMatch(/What would help.*Age.*Lives in.*Your places.*Answer by/)
    expect(html).not.toMatch(/Maria|Okafor|07700|1958|_csrf/)
    expect(headers['set-cookie']).toBeUndefined()
    expect(headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow',
    })
    expect((await test.app.inject({ method: 'HEAD', url: link })).statusCode).toBe(200)
    expect(await countRows(test.context.db)).toEqual(before)
    expect((await placement(id)).status).toBe('sent')
  })

  it('is accepted by one press, without a cookie, and says who acted and when', async () => {
    const { id, link } = await sent()
    const answer = await shed.post(link, { do: 'accept', firstName: ' Sam ' })
    expect([answer.status, answer.location]).toEqual([303, `${link}?done=accepted`])
    expect((await placement(id)).status).toBe('accepted')
    const told = words((await visitor(test.app).get(link)).html)
    expect(told).toContain('You said yes')
    expect(told).toContain('Accepted by Sam, by the e-mail link to community-roots, Mon 23 November at 9am.')
    expect(told).not.toMatch(/Maria|Okafor/)
    const [event] = await test.context.db.read.select().from(events).where(eq(events.type, 'placement.accepted'))
    expect(event).toMatchObject({ actorKind: 'link', organisationId: city.provider.id, detail: { firstName: 'Sam' } })
  })

  it('tells the navigator by whose link it was', async () => {
    const { id, link } = await sent()
    await shed.post(link, { do: 'accept', firstName: 'Sam' })
    const { referralId } = await placement(id)
    const page = await visitor(test.app, city.navigator).get(`/o/so-linked/referrals/${referralId}`)
    expect(words(page.html)).toContain('Sam, community-roots, by e-mail link')
    await openReferral(test.context, city.navigator, referralId)
  })

  it('is put on the waiting list where the group is full', async () => {
    await start(1)
    const first = await sent()
    await shed.post(first.link, { do: 'accept' })
    const second = await sent()
    expect(words((await shed.get(second.link)).html)).toContain('Every place is taken.')
    const late = await shed.post(second.link, { do: 'accept' })
    expect(late.status).toBe(409)
    expect(late.faults.join()).toContain('taken')
    await shed.post(second.link, { do: 'waitlist' })
    expect((await placement(second.id)).status).toBe('waitlisted')
    expect(words((await shed.get(second.link)).html)).toContain('On your waiting list')
  })

  it('asks why, where others wait', async () => {
    await start(2)
    const [a, b, c] = [await sent(), await sent(), await sent()]
    await shed.post(a.link, { do: 'waitlist' })
    const refused = await shed.post(b.link, { do: 'accept' })
    // Whoever waits was offered the free place already, or stands before them.
    expect([303, 409]).toContain(refused.status)
    expect((await placement(c.id)).status).toBe('sent')
  })

  it('is declined for one of four usual reasons, or another of all ten, with every fault said', async () => {
    const { id, link } = await sent()
    const page = await shed.get(`${link}?page=decline`)
    expect(page.html.match(/type="radio"/g)?.length).toBeGreaterThanOrEqual(10)
    const empty = await shed.post(link, { do: 'decline' })
    expect([empty.status, empty.faults]).toEqual([400, ['Choose a reason']])
    await shed.post(link, { do: 'decline', reason: 'no_capacity', note: 'Full until May.' })
    expect(await placement(id)).toMatchObject({ status: 'declined', reason: 'no_capacity' })
    expect(words((await shed.get(link)).html)).toContain('You said no')
  })

  it('can be taken back by the same link, as long as nothing followed', async () => {
    const { id, link } = await sent()
    await shed.post(link, { do: 'decline', reason: 'no_capacity' })
    expect((await shed.get(link)).html).toContain('Take it back')
    expect((await shed.post(link, { do: 'undo' })).status).toBe(303)
    expect((await placement(id)).status).toBe('sent')
    // Made by a colleague, it is theirs to take back.
    await acceptPlacement(test.context, city.worker, id)
    expect((await shed.get(link)).html).not.toContain('Take it back')
    expect((await shed.post(link, { do: 'undo' })).status).toBe(409)
  })

  it('tells who was first: a colleague, the navigator, or the clock', async () => {
    const first = await sent()
    await acceptPlacement(test.context, city.worker, first.id)
    const late = await shed.post(first.link, { do: 'accept' })
    expect(late.status).toBe(409)
    expect(late.faults).toEqual([
      `Accepted by ${city.worker.name}, Mon 23 November at 9am. Your click changed nothing.`,
    ])
    const second = await sent()
    await recallPlacement(test.context, city.navigator, second.id)
    expect(words((await shed.get(second.link)).html)).toContain(`Taken back by ${city.navigator.name}`)
    expect((await shed.post(second.link, { do: 'accept' })).status).toBe(409)
  })

  it('waits while a question is open', async () => {
    const { id, link } = await sent()
    const page = await shed.get(`${link}?page=ask`)
    expect(page.html).toContain('name="question"')
    expect((await shed.post(link, { do: 'ask' })).faults).toEqual(['Write your question'])
    await shed.post(link, { do: 'ask', question: 'Which days?' })
    const [question] = await test.context.db.read.select().from(questions)
    expect(question).toMatchObject({ text: 'Which days?', askedBy: null, placementId: id })
    expect(words((await shed.get(link)).html)).toContain('You asked a question')
    expect((await shed.post(link, { do: 'accept' })).status).toBe(409)
    await answerProject(test.context, city.navigator, id, { text: 'Tuesdays.' })
    expect(words((await shed.get(link)).html)).toMatch(/Which days\?.*Tuesdays\./)
    expect((await shed.post(link, { do: 'accept' })).status).toBe(303)
  })

  it('runs out after ten working days, and says until when it worked and what to do', async () => {
    const { id, link } = await sent()
    test.clock.set('2026-12-08T09:00:00Z')
    const gone = await shed.get(link)
    expect(gone.status).toBe(410)
    expect(words(gone.html)).toContain('It worked until Mon 7 December.')
    expect(gone.html).toContain(`/o/community-roots/placements/${id}`)
    expect((await shed.post(link, { do: 'accept' })).status).toBe(410)
    expect((await placement(id)).status).toBe('sent')
  })
})

describe('who it is', () => {
  async function accepted() {
    const one = await sent()
    await shed.post(one.link, { do: 'accept' })
    return one
  }

  it('is opened by a code to the same address, once, and the look is recorded', async () => {
    const { id, link } = await accepted()
    expect((await shed.get(link)).html).toContain('Send the code')
    expect((await shed.post(link, { do: 'code' })).location).toBe(`${link}?done=code`)
    const code = await codeSent(test.context)
    expect(code).toMatch(/^\d{6}$/)
    const card = await shed.post(link, { do: 'know', code: `${code.slice(0, 3)} ${code.slice(3)}` })
    expect(card.status).toBe(200)
    expect(words(card.html)).toMatch(/07700 900123/)
    const looks = await test.context.db.read.select().from(auditRows).where(eq(auditRows.subjectId, id))
    expect(looks.find(({ action }) => action === 'placement.viewed')).toMatchObject({
      actorKind: 'link',
      detail: { identityShown: true },
    })
    const again = await shed.post(link, { do: 'know', code })
    expect([again.status, again.faults.length]).toEqual([400, 1])
    expect(again.html).not.toContain('07700')
  })

  it('stays shut after five wrong codes, a quarter of an hour, or before a yes', async () => {
    const undecided = await sent()
    expect((await shed.post(undecided.link, { do: 'code' })).status).toBe(409)
    const { link } = await accepted()
    await shed.post(link, { do: 'code' })
    const code = await codeSent(test.context)
    const wrong = code === '000000' ? '111111' : '000000'
    const tries = []
    for (let n = 0; n < 5; n++) tries.push((await shed.post(link, { do: 'know', code: wrong })).faults[0])
    expect(tries[0]).toContain('4 tries left')
    expect(tries[4]).toContain('Send yourself another')
    expect((await shed.post(link, { do: 'know', code })).status).toBe(400)
    await shed.post(link, { do: 'code' })
    const second = await codeSent(test.context)
    test.clock.set('2026-11-23T09:16:00Z')
    expect((await shed.post(link, { do: 'know', code: second })).status).toBe(400)
  })

  it('sends three codes an hour at most', async () => {
    const { link } = await accepted()
    for (let n = 0; n < 3; n++) expect((await shed.post(link, { do: 'code' })).status).toBe(303)
    const fourth = await shed.post(link, { do: 'code' })
    expect([fourth.status, fourth.faults[0]]).toEqual([409, expect.stringContaining('within an hour')])
    test.clock.set('2026-11-23T10:01:00Z')
    expect((await shed.post(link, { do: 'code' })).status).toBe(303)
  })
})

describe('after a yes', () => {
  it('books the first session, records who came, reviews and ends', async () => {
    const { id, link } = await sent()
    await shed.post(link, { do: 'accept' })
    const faulty = await shed.post(link, { do: 'book', day: '', time: '' })
    expect([faulty.status, faulty.faults.length]).toEqual([400, 2])
    await shed.post(link, { do: 'book', day: '2026-11-26', time: '10:00' })
    expect(await placement(id)).toMatchObject({ status: 'booked', nextStep: 'register' })
    test.clock.set('2026-11-26T15:00:00Z')
    expect((await shed.get(link)).html).toContain('Did they come?')
    await shed.post(link, { do: 'attendance', sessionOn: '2026-11-26', attended: 'yes' })
    expect((await placement(id)).status).toBe('started')
    const missing = await shed.post(link, { do: 'end' })
    expect([missing.status, missing.faults]).toEqual([400, ['Choose how it ended']])
    await shed.post(link, { do: 'end', outcome: 'completed', note: 'Made a bird box.' })
    expect((await placement(id)).status).toBe('completed')
    expect((await shed.get(link)).status).toBe(200)
  })

  it('arranges no day that has passed: whoever came already is written down as having come', async () => {
    const { id, link } = await sent()
    await shed.post(link, { do: 'accept' })
    test.clock.set('2026-11-26T15:00:00Z')
    const before = await countRows(test.context.db)
    const late = await shed.post(link, { do: 'book', day: '2026-11-25', time: '10:00' })
    const said = 'This day has passed. If they came, write that down instead: say whether they came'
    expect([late.status, late.faults]).toEqual([400, [said]])
    expect(late.html).toContain('value="2026-11-25"')
    expect(late.html).toContain('value="10:00"')
    // Where they say so instead stands open.
    expect(late.html).toMatch(new RegExp(`<details[^>]* open>[\\s\\S]*action="${link}"[\\s\\S]*name="sessionOn"`))
    expect(await countRows(test.context.db)).toEqual(before)
    expect((await placement(id)).status).toBe('accepted')
    await shed.post(link, { do: 'attendance', sessionOn: '2026-11-25', attended: 'yes' })
    expect((await placement(id)).status).toBe('started')
  })

  it('arranges a session of earlier today, and moves none into the past', async () => {
    const { id, link } = await sent()
    await shed.post(link, { do: 'accept' })
    test.clock.set('2026-11-26T15:00:00Z')
    expect((await shed.post(link, { do: 'book', day: '2026-11-26', time: '10:00' })).status).toBe(303)
    expect((await shed.post(link, { do: 'book', day: '2026-11-24', time: '10:00' })).status).toBe(400)
    expect((await placement(id)).bookedFor).toEqual(new Date('2026-11-26T10:00:00Z'))
  })

  it('says that they did not start, with how they were tried', async () => {
    const { id, link } = await sent()
    await shed.post(link, { do: 'accept' })
    expect((await shed.post(link, { do: 'not-started' })).status).toBe(400)
    await shed.post(link, { do: 'not-started', note: 'Called three times.' })
    expect((await placement(id)).status).toBe('did_not_start')
  })
})
