import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { askRegisters } from '../../src/actions/clocks/ask-registers.ts'
import { checkInvariants } from '../../src/actions/clocks/check-invariants.ts'
import { passOnOffers } from '../../src/actions/clocks/pass-on-offers.ts'
import { cancelGroup } from '../../src/actions/directory/cancel-group.ts'
import { changeGroup } from '../../src/actions/directory/change-group.ts'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { recordBounce } from '../../src/actions/outbox/record-bounce.ts'
import { answerOffer } from '../../src/actions/placements/offer-placement.ts'
import { recallPlacement } from '../../src/actions/placements/recall-placement.ts'
import { waitlistPlacement } from '../../src/actions/placements/wait-for-place.ts'
import { withdrawPlacement } from '../../src/actions/placements/withdraw-placement.ts'
import { closeReferral } from '../../src/actions/referrals/close-referral.ts'
import { holdReferral } from '../../src/actions/referrals/hold-referral.ts'
import { withdrawConsent } from '../../src/actions/referrals/withdraw-consent.ts'
import { withdrawReferral } from '../../src/actions/referrals/withdraw-referral.ts'
import { changeOrganisationEmail } from '../../src/actions/service/organisation-mail.ts'
import { attendances, events, groups, linkCodes, placements } from '../../src/store/schema.ts'
import { openApp } from '../support/app.ts'
import { codeSent, linkOf, messageOf, POST, wholeDatabase } from '../support/links.ts'
import { visitor } from '../web/visitor.ts'

const NEVER = new AbortController().signal
const REACHABLE = {
  email: 'maria@home.example',
  safeContact: { voicemail: false, text: false, email: true, post: false },
}

async function cityWith(places: number) {
  const test = await openApp()
  const city = await test.given.city({ places })
  const post = (link: string, fields: Record<string, string>) => visitor(test.app).post(link, fields)
  const rowOf = async (id: string) => {
    const [row] = await test.context.db.read.select().from(placements).where(eq(placements.id, id))
    if (!row) throw new Error('There is no such placement.')
    return row
  }
  async function sent(person: Record<string, unknown> = {}) {
    const { id } = await test.given.referral(city, person).sent()
    await deliverMessages(test.context, POST)
    return { id, link: await linkOf(test.context, 'placement-to-decide', { placementId: id }) }
  }
  return { ...test, city, post, rowOf, sent }
}
type It = Awaited<ReturnType<typeof cityWith>>

/** One place, which was given up: the first of two who wait is offered it by a link. */
async function offered() {
  const it = await cityWith(1)
  const { context, city, given } = it
  const holder = await given.referral(city, { fullName: 'Somebody There' }).accepted()
  const wait = async (fullName: string) => {
    const { id } = await given.referral(city, { ...REACHABLE, fullName }).sent()
    await waitlistPlacement(context, city.worker, id)
    return id
  }
  const [first, second] = [await wait('First One'), await wait('Second One')]
  await withdrawPlacement(context, city.navigator, holder.id, { reason: 'changed_mind' })
  await deliverMessages(context, POST)
  const link = await linkOf(context, 'person-place-offered', { placementId: first })
  const { referralId, groupId } = await it.rowOf(first)
  return { ...it, first, second, link, referralId, groupId }
}
type Offered = Awaited<ReturnType<typeof offered>>

const RIVALS: [string, (it: Offered) => Promise<unknown>][] = [
  [
    'a withdrawal',
    ({ context, city, first }) => withdrawPlacement(context, city.navigator, first, { reason: 'health' }),
  ],
  [
    'a referral withdrawn',
    ({ context, city, referralId }) => withdrawReferral(context, city.navigator, referralId, { reason: 'health' }),
  ],
  [
    'a death',
    ({ context, city, referralId }) =>
      closeReferral(context, city.navigator, referralId, { outcome: 'closed_early', reason: 'died', summary: '-' }),
  ],
  [
    'a hold',
    ({ context, city, referralId }) =>
      holdReferral(context, city.navigator, referralId, { reason: 'In hospital', restartsOn: '2026-12-10' }),
  ],
  ['a recall', ({ context, city, first }) => recallPlacement(context, city.navigator, first)],
  ['another answer', ({ context, city, first }) => answerOffer(context, city.navigator, first, { answer: 'not_now' })],
  [
    'a group that is cancelled',
    ({ context, city, groupId }) => cancelGroup(context, city.worker, groupId, { reason: 'No hall' }),
  ],
  [
    'fewer places',
    async (it) => changeGroup(it.context, it.city.worker, it.groupId, await versionOf(it), { places: 0 }),
  ],
  [
    'a pause of the group',
    async (it) =>
      changeGroup(it.context, it.city.worker, it.groupId, await versionOf(it), {
        intake: { paused: true, reopensOn: '2026-12-10' },
      }),
  ],
  [
    'a consent taken back',
    ({ context, city, referralId }) =>
      withdrawConsent(context, city.navigator, referralId, { provider: city.provider.id }),
  ],
  [
    'a letter that comes back',
    async ({ context, first }) =>
      recordBounce(context, {
        outboxId: (await messageOf(context, 'person-place-offered', { placementId: first })).id,
        status: '5.1.1',
      }),
  ],
]

async function versionOf({ context, groupId }: Offered): Promise<number> {
  const [row] = await context.db.read.select().from(groups).where(eq(groups.id, groupId))
  return row?.version ?? 0
}

describe('an offer that is taken at the same moment as', () => {
  it.each(RIVALS)('%s has one end, and every promise holds', async (_, rival) => {
    const it = await offered()
    const { context, post, link, rowOf, first, second, groupId } = it
    const [answer] = await Promise.all([post(link, { do: 'take' }), rival(it).catch(() => undefined)])
    expect([303, 404, 409]).toContain(answer.status)
    const taken = await context.db.read.select().from(events).where(eq(events.subjectId, first))
    const ended = taken.filter(({ fromStatus, toStatus }) => fromStatus === 'offered' && toStatus !== 'offered')
    expect(ended.length).toBeLessThanOrEqual(1)
    const rows = await context.db.read.select().from(placements).where(eq(placements.groupId, groupId))
    const inOrHeld = rows.filter(({ status }) => ['offered', 'accepted', 'booked', 'started'].includes(status))
    expect(inOrHeld.length).toBeLessThanOrEqual(1)
    // Whoever is told yes has the place, unless what came a moment later ended it.
    if ((await rowOf(first)).status === 'accepted') expect((await rowOf(second)).status).not.toBe('offered')
    await checkInvariants(context, NEVER)
  })

  it('the clock runs out, whose letter came back', async () => {
    const it = await offered()
    const { context, clock, first, second, rowOf } = it
    const { id } = await messageOf(context, 'person-place-offered', { placementId: first })
    clock.set('2026-11-27T09:00:00Z')
    await Promise.all([
      passOnOffers(context, NEVER),
      recordBounce(context, { outboxId: id, status: '5.1.1' }),
      recordBounce(context, { outboxId: id, status: '5.1.1' }),
    ])
    const [one, two] = [await rowOf(first), await rowOf(second)]
    expect([one.status, two.status]).toEqual(
      one.status === 'paused' ? ['paused', 'offered'] : ['offered', 'waitlisted'],
    )
    expect(one.nextOwnerKind).toBe('navigator')
    await checkInvariants(context, NEVER)
  })
})

describe('a link of one', () => {
  const accepted = async (it: It, fullName: string) => {
    const one = await it.sent({ fullName })
    await it.post(one.link, { do: 'accept' })
    await it.post(one.link, { do: 'code' })
    return { ...one, code: await codeSent(it.context) }
  }
  const passIn = (html: string) => /name="pass" value="([^"]+)"/.exec(html)?.[1] ?? ''

  it('opens nobody else by its code, nor by its pass', async () => {
    const it = await cityWith(8)
    const [one, two] = [await accepted(it, 'Person One'), await accepted(it, 'Person Two')]
    expect(one.code).not.toBe(two.code)
    const crossed = await it.post(two.link, { do: 'know', code: one.code })
    expect([crossed.status, crossed.html.includes('Person')]).toEqual([400, false])
    const known = await it.post(one.link, { do: 'know', code: one.code })
    expect(known.html).toContain('Person One')
    const own = await it.post(two.link, { do: 'know', code: two.code })
    expect(own.html).toContain('Person Two')
    for (const pass of [passIn(known.html), '99999999999.AAAAAAAAAAAAAAAAAAAAAA', '.', '1e9.x']) {
      const carried = await it.post(two.link, { do: 'know', pass })
      expect([pass, carried.status, carried.html.includes('Person')]).toEqual([pass, 400, false])
    }
  })

  it('is opened once by a code that is sent twice at once, and gets three codes of six asked for', async () => {
    const it = await cityWith(8)
    const { link, code } = await accepted(it, 'Person One')
    const opened = await Promise.all([1, 2, 3].map(() => it.post(link, { do: 'know', code })))
    expect(opened.filter(({ status }) => status === 200)).toHaveLength(1)
    const asked = await Promise.all([1, 2, 3, 4, 5].map(() => it.post(link, { do: 'code' })))
    expect(asked.filter(({ status }) => status === 303)).toHaveLength(2)
    expect(await it.context.db.read.$count(linkCodes)).toBe(3)
  }, 120_000)

  it('is shut to a code once the placement is taken from the project', async () => {
    const it = await cityWith(8)
    const { id, link, code } = await accepted(it, 'Person One')
    await withdrawPlacement(it.context, it.city.navigator, id, { reason: 'health' })
    const before = await wholeDatabase(it.context)
    const late = await it.post(link, { do: 'know', code })
    expect([late.status, late.html.includes('Person')]).toEqual([409, false])
    expect((await it.post(link, { do: 'code' })).status).toBe(409)
    expect(await wholeDatabase(it.context)).toEqual(before)
  })

  it('does not act for a project whose address changes at the same moment, nor a moment later', async () => {
    const it = await cityWith(8)
    const { id, link } = await it.sent()
    const admin = await it.given.user('organisation_admin', it.city.provider)
    const moving = changeOrganisationEmail(it.context, admin, it.city.provider.email, { email: 'new@roots.example' })
    const [answer] = await Promise.all([it.post(link, { do: 'accept' }), moving])
    expect([303, 409, 410]).toContain(answer.status)
    expect((await it.rowOf(id)).status).toBe(answer.status === 303 ? 'accepted' : 'sent')
    expect((await it.post(link, { do: 'undo' })).status).toBe(410)
  })

  it('has one answer to odd words in its address, and to bodies that are no form of ours', async () => {
    const it = await cityWith(8)
    const { id, link } = await it.sent()
    const somebody = visitor(it.app)
    for (const odd of [
      '?done=__proto__',
      '?done=constructor',
      '?page=__proto__',
      '?page=end',
      '?page=a&page=b',
      '?done[]=x',
    ])
      expect([odd, (await somebody.get(link + odd)).status]).toEqual([odd, 200])
    const bodies: [string, string | Buffer][] = [
      ['application/json', '{"do":{"x":1}}'],
      ['application/json', '[]'],
      ['application/json', '{'],
      ['text/plain', 'do=accept'],
      ['multipart/form-data; boundary=b', '--b\r\n\r\naccept\r\n--b--'],
      [
        'application/x-www-form-urlencoded',
        'do=accept&do=accept&__proto__=x&do[]=y'.replace('do=accept&do=accept', 'do=%00'),
      ],
      ['application/x-www-form-urlencoded', `do=${'x'.repeat(3_000_000)}`],
    ]
    for (const [type, payload] of bodies) {
      const { statusCode } = await it.app.inject({
        method: 'POST',
        url: link,
        payload,
        headers: { 'content-type': type },
      })
      expect([type, statusCode, statusCode >= 400 && statusCode < 500]).toEqual([type, statusCode, true])
    }
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'] as const)
      expect((await it.app.inject({ method, url: link })).statusCode).toBeGreaterThanOrEqual(400)
    expect((await it.rowOf(id)).status).toBe('sent')
  })

  it('takes any name that somebody may say, cut where a letter ends', async () => {
    const it = await cityWith(8)
    for (const firstName of [`${'x'.repeat(39)}😀`, '<b>Sam</b>', 'Sam\u0000', '\u202eSam', ' \n ']) {
      const { id, link } = await it.sent()
      const answer = await it.post(link, { do: 'accept', firstName })
      expect([firstName, answer.status, (await it.rowOf(id)).status]).toEqual([firstName, 303, 'accepted'])
      const { html, status } = await visitor(it.app).get(link)
      expect([status, html.includes('<b>Sam')]).toEqual([200, false])
    }
  })

  it('takes a reason as long as anybody writes, cut where a letter ends', async () => {
    const it = await cityWith(8)
    const waits = await it.sent()
    await it.post(waits.link, { do: 'waitlist' })
    const { id, link } = await it.sent()
    const answer = await it.post(link, { do: 'accept', overOthers: `${'x'.repeat(499)}😀` })
    expect([answer.status, (await it.rowOf(id)).status]).toEqual([303, 'accepted'])
  })
})

describe('a register by link', () => {
  it('is one line a person, however often it is sent at once, and of nobody else’s group', async () => {
    const it = await cityWith(8)
    const { context, clock, city, given, post } = it
    const { id } = await given.referral(city, { fullName: 'Person One' }).accepted()
    const elsewhere = await given.group(city.project)
    const other = await given.referral({ ...city, group: elsewhere }, { fullName: 'Person Two' }).accepted()
    clock.set('2026-11-26T09:00:00Z')
    await askRegisters(context, NEVER)
    await deliverMessages(context, POST)
    const link = await linkOf(context, 'register-to-take', { toId: city.group.id })
    await post(link, { do: 'code' })
    const opened = await post(link, { do: 'open', code: await codeSent(context) })
    const pass = /name="pass" value="([^"]+)"/.exec(opened.html)?.[1] ?? ''
    const lines = { do: 'save', pass, [`came-${id}`]: 'yes' }
    await Promise.all([1, 2, 3].map(() => post(link, lines)))
    expect(await context.db.read.$count(attendances)).toBe(1)
    const forged = await post(link, { do: 'save', pass, [`came-${other.id}`]: 'yes' })
    expect(forged.status).not.toBe(200)
    expect(await context.db.read.$count(attendances)).toBe(1)
    expect((await it.rowOf(other.id)).status).toBe('accepted')
    await checkInvariants(context, NEVER)
  }, 120_000)
})
