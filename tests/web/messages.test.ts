import { isNotNull } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import type { Mailer } from '../../src/mail/mailer.ts'
import { MailRefused } from '../../src/mail/mailer.ts'
import { outbox } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City } from '../support/given.ts'
import { messageOf, POST } from '../support/links.ts'
import { countRows } from '../support/no-trace.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

const HUB = '/o/so-linked/messages'
const SHED = '/o/community-roots/messages'

let test: TestApp
let city: City
let navigator: Visitor
let worker: Visitor

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city()
  navigator = visitor(test.app, city.navigator)
  worker = visitor(test.app, city.worker)
})

/** A server that has nobody at this address. */
function without(address: string): Mailer {
  return {
    async send({ to }) {
      if (to === address) throw new MailRefused('550 5.1.1', true)
    },
    probe: async () => {},
    close: () => {},
  }
}

const deliver = (mailer: Mailer | null = null) =>
  deliverMessages(test.context, { ...POST, mailer, mostAnHour: Number.POSITIVE_INFINITY })
const words = async (who: Visitor, path: string) => readable((await who.get(path)).html)
const later = (ms = 1000) => test.clock.set(new Date(test.context.now().getTime() + ms))

describe('the messages of a service', () => {
  it('are told by state, with whom they were for, about which referral and when, and never who it is about', async () => {
    expect(await words(navigator, HUB)).toContain('Nothing was sent yet.')
    const { reference, id: referralId } = await test.given.referral(city).submitted()
    await test.given.referral(city, { fullName: 'Somebody Else' }).sent()
    expect(await words(navigator, `${HUB}?state=waiting`)).toContain(reference)
    await deliver(without('team@community-roots.example'))
    const sent = await navigator.get(HUB)
    expect(readable(sent.html)).toMatch(/A new referral waits for the service Sent To so-linked, about SP-/)
    expect(sent.html).toContain(`href="/o/so-linked/referrals/${referralId}#messages"`)
    expect(sent.html).not.toMatch(/Maria|Okafor|Somebody/)
    const failed = await words(navigator, `${HUB}?state=failed`)
    expect(failed).toMatch(/waits for the project Could not be sent To community-roots, about SP-/)
    expect(failed).toContain('550 5.1.1')
    expect(await words(navigator, `${HUB}?state=waiting`)).toContain('Nothing waits')
    // A word that is no state of theirs shows what was sent.
    expect(await words(navigator, `${HUB}?state=constructor`)).toContain('A new referral waits for the service')
  })

  it('go on page by page, each once', async () => {
    for (let nth = 0; nth < 52; nth++) {
      later()
      await test.given.referral(city, { fullName: `Person ${nth}` }).submitted()
    }
    await deliver()
    const owed = await test.context.db.read.$count(outbox, isNotNull(outbox.sentAt))
    const seen: string[] = []
    let page = await navigator.get(HUB)
    for (let pages = 1; ; pages++) {
      expect(pages).toBeLessThan(9)
      seen.push(...[...page.html.matchAll(/messages\/([\w-]+)\/resend/g)].map(([, id = '']) => id))
      const next = /href="([^"]*after=[^"]*)"/.exec(page.html)?.[1]
      if (!next) break
      page = await navigator.get(next.replaceAll('&amp;', '&'))
      expect(readable(page.html)).toContain('Back to the first page')
    }
    expect(seen).toHaveLength(owed)
    expect(new Set(seen).size).toBe(owed)
    expect((await navigator.get(`${HUB}?after=nothing`)).status).toBe(400)
  })

  it('are sent again three times a day: said before, and where it is one too many', async () => {
    await test.given.referral(city).submitted()
    const failing = `${HUB}?state=failed`
    const fail = () => deliver(without('team@so-linked.example'))
    await fail()
    const { id } = await messageOf(test.context, 'referral-to-triage')
    expect(await words(navigator, HUB)).toContain('Each can be sent again up to 3 times a day.')
    const newest = async () => (await messageOf(test.context, 'referral-to-triage')).id
    const press = (one: string) => navigator.send(`${HUB}/${one}/resend?state=failed`, {}, failing)
    const first = await press(id)
    expect([first.status, first.location]).toEqual([303, `${failing}&done=resent`])
    const tooSoon = await press(id)
    expect([tooSoon.status, tooSoon.faults]).toEqual([
      409,
      ['This message is on its way already. Look again in a minute.'],
    ])
    await fail()
    await press(await newest())
    await fail()
    const last = await navigator.get(failing)
    expect(readable(last.html)).toContain('It can be sent again once more today.')
    // Only the newest of them is to be acted on.
    expect(readable(last.html).match(/It was sent again since/g)).toHaveLength(2)
    expect(last.html.match(/action="[^"]*(resend|told)/g)).toHaveLength(2)
    await press(await newest())
    await fail()
    const shown = await navigator.get(failing)
    expect(readable(shown.html)).toContain('Sent again 3 times today. It can be sent again tomorrow.')
    expect(shown.html).not.toMatch(/action="[^"]*resend/)
    const before = await countRows(test.context.db)
    const fourth = await press(await newest())
    expect([fourth.status, fourth.faults.join()]).toEqual([409, expect.stringContaining('sent again 3 times today')])
    expect(await countRows(test.context.db)).toEqual(before)
  })

  it('are made up for by whoever told them another way, once', async () => {
    await test.given.referral(city).submitted()
    await deliver(without('team@so-linked.example'))
    const { id } = await messageOf(test.context, 'referral-to-triage')
    expect(await words(navigator, '/o/so-linked/board')).toContain('1 message could not be sent')
    const told = await navigator.send(`${HUB}/${id}/told?state=failed`, {}, `${HUB}?state=failed`)
    expect([told.status, told.location]).toEqual([303, `${HUB}?state=failed&done=handled`])
    const shown = await navigator.get(`${HUB}?state=failed&done=handled`)
    expect(readable(shown.html)).toContain('Somebody told them another way on Mon 23 November')
    expect(shown.html).not.toContain(`${id}/told`)
    expect(await words(navigator, '/o/so-linked/board')).not.toContain('could not be sent')
  })

  it('are nobody else’s to see or to send', async () => {
    await test.given.referral(city).submitted()
    await deliver(without('team@so-linked.example'))
    const { id } = await messageOf(test.context, 'referral-to-triage')
    const slug = city.otherNavigator.organisation
    const other = visitor(test.app, city.otherNavigator)
    for (const state of ['sent', 'waiting', 'failed'])
      expect(await words(other, `/o/${slug}/messages?state=${state}`)).not.toContain('SP-')
    expect((await other.get(HUB)).status).toBe(404)
    const owed = await test.context.db.read.$count(outbox)
    for (const verb of ['resend', 'told']) {
      const mine = `/o/${slug}/messages`
      expect([verb, (await other.send(`${mine}/${id}/${verb}`, {}, mine)).status]).toEqual([verb, 404])
      expect([verb, (await other.send(`${mine}/nothing/${verb}`, {}, mine)).status]).toEqual([verb, 404])
    }
    expect(await test.context.db.read.$count(outbox)).toBe(owed)
  })
})

describe('the messages of a project', () => {
  it('are those to its shared address, to read and not to send', async () => {
    const { reference } = await test.given.referral(city).sent()
    await deliver()
    const { html } = await worker.get(SHED)
    expect(readable(html)).toContain('E-mails to the shared address of community-roots')
    expect(readable(html)).toContain(`A new referral waits for the project Sent To community-roots, about ${reference}`)
    expect(html).not.toMatch(/resend|\/told|referrals\/|waits for the service|Maria/)
    const { id } = await messageOf(test.context, 'placement-to-decide')
    for (const verb of ['resend', 'told']) {
      const { status } = await worker.send(`${SHED}/${id}/${verb}`, {}, SHED)
      expect([verb, [403, 404].includes(status)]).toEqual([verb, true])
    }
    const other = visitor(test.app, city.otherWorker)
    expect(await words(other, `/o/${city.otherWorker.organisation}/messages`)).not.toContain('SP-')
    expect((await other.get(SHED)).status).toBe(404)
  })
})
