import { beforeEach, describe, expect, it } from 'vitest'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { referrals } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City } from '../support/given.ts'
import { linkOf, POST, wholeDatabase } from '../support/links.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

const BORN = { 'born-day': '27', 'born-month': '3', 'born-year': '1958' }
const SAFE = {
  email: 'maria@home.example',
  safeContact: { voicemail: false, text: false, email: true, post: false },
}

let test: TestApp
let city: City
let maria: Visitor

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city({ places: 1 })
  maria = visitor(test.app)
})

async function referred(person: Record<string, unknown> = SAFE) {
  await test.given.referral(city, person).sent()
  const [row] = await test.context.db.read.select().from(referrals)
  return row?.reference ?? ''
}

/** Sends a form of the page, and goes where it leads. */
async function act(path: string, fields: Record<string, string>) {
  const answer = await maria.send(path, fields)
  return answer.location ? maria.get(answer.location) : answer
}

/** From "Where is my referral?" to the mail, and to the page behind its link. */
async function opened() {
  const reference = await referred()
  await maria.send('/where/ask', { reference, ...BORN, way: 'link' }, '/where')
  await deliverMessages(test.context, POST)
  const link = await linkOf(test.context, 'person-own-page')
  await maria.send(link, { do: 'open', ...BORN })
  return link
}

describe('asking for it', () => {
  it('says the same whether there is a mailbox or not, and never which', async () => {
    const withMail = await referred()
    const answers = [
      readable((await maria.send('/where/ask', { reference: withMail, ...BORN, way: 'link' }, '/where')).html),
    ]
    test = await openApp()
    city = await test.given.city({ places: 1 })
    maria = visitor(test.app)
    const without = await referred({})
    answers.push(
      readable((await maria.send('/where/ask', { reference: without, ...BORN, way: 'link' }, '/where')).html),
    )
    expect(answers[0]).toContain('If it is safe to e-mail you, a link is on its way to the address that we have.')
    expect(answers[1]).toBe(answers[0])
  })

  it('is offered where somebody looked', async () => {
    const reference = await referred()
    const { html } = await maria.send('/where', { reference, ...BORN })
    expect(readable(html)).toContain('Send me a link to change something')
    expect(readable(html)).toContain('Call me instead')
  })
})

describe('the door', () => {
  it('shows nothing before the date of birth, and a look changes nothing', async () => {
    const reference = await referred()
    await maria.send('/where/ask', { reference, ...BORN, way: 'link' }, '/where')
    const link = await linkOf(test.context, 'person-own-page')
    const before = await wholeDatabase(test.context)
    for (const address of [link, `${link}?part=contact`, `${link}?part=plan`]) {
      const { status, html } = await maria.get(address)
      expect(status).toBe(200)
      expect(readable(html)).toContain('For safety, enter your date of birth.')
      expect(html).not.toMatch(/Maria|Okafor|07700|Community Roots|oneliness/)
    }
    expect(await wholeDatabase(test.context)).toEqual(before)
  })

  it('keeps out whoever guesses', async () => {
    const reference = await referred()
    await maria.send('/where/ask', { reference, ...BORN, way: 'link' }, '/where')
    const link = await linkOf(test.context, 'person-own-page')
    const guess = (day: number) => maria.send(link, { do: 'open', ...BORN, 'born-day': String(day) })
    expect((await guess(1)).faults).toEqual(['This is not the date of birth that we have. Check it'])
    for (let day = 2; day <= 10; day++) await guess(day)
    expect((await maria.send(link, { do: 'open', ...BORN })).faults).toEqual([
      'Too many tries. Wait an hour, then try again, or call the service',
    ])
  })

  it('is closed for everybody else, and after half an hour', async () => {
    const link = await opened()
    expect(readable((await maria.get(link)).html)).toContain('Your places and waiting lists')
    expect(readable((await visitor(test.app).get(link)).html)).toContain('For safety, enter your date of birth.')
    test.clock.set('2026-11-23T09:31:00Z')
    expect(readable((await maria.get(link)).html)).toContain('For safety, enter your date of birth.')
    const late = await maria.send(link, { do: 'restart' })
    expect(late.status).toBe(400)
    expect(readable(late.html)).toContain('For safety, enter your date of birth.')
  })
})

describe('the page', () => {
  it('keeps what was typed where something is wrong with it', async () => {
    const link = await opened()
    const { status, faults, html } = await maria.send(`${link}?part=contact`, {
      do: 'contact',
      phone: '12',
      email: 'maria@home.example',
    })
    expect(status).toBe(400)
    expect(faults).toEqual(['Enter a phone number, like 07700 900123'])
    expect(html).toContain('value="12"')
    expect((await maria.send(`${link}?part=contact`, { do: 'contact', phone: '', email: '' })).faults).toEqual([
      'Give us one way to reach you: a phone number or an e-mail address',
    ])
    expect((await maria.send(`${link}?part=withdraw`, { do: 'withdraw' })).faults).toEqual(['Choose why'])
    expect((await maria.send(`${link}?part=pause`, { do: 'pause' })).faults).toEqual(['Choose how long'])
    expect((await maria.send(`${link}?part=address`, { do: 'address', line1: '1 High Street' })).faults).toEqual([
      'Enter your postcode, or tick that there is no fixed address',
    ])
  })

  it('says that another address closes the link', async () => {
    const link = await opened()
    test.clock.set('2026-11-23T09:10:00Z')
    const { html } = await act(`${link}?part=contact`, { do: 'contact', phone: '', email: 'new@home.example' })
    expect(readable(html)).toContain('so this link is closed')
    expect((await maria.get(link)).status).toBe(404)
  })

  it('saves an address, and goes on', async () => {
    const link = await opened()
    const { html } = await act(`${link}?part=address`, {
      do: 'address',
      line1: '1 High Street',
      town: 'Southampton',
      postcode: 'so14 0yn',
    })
    expect(readable(html)).toContain('Saved')
    expect((await maria.get(`${link}?part=address`)).html).toContain('value="SO14 0YN"')
  })

  it('shows who knows what, and takes it back', async () => {
    const link = await opened()
    const { html } = await maria.get(`${link}?part=sharing`)
    expect(readable(html)).toContain('They do not know your name.')
    const after = await act(`${link}?part=sharing`, { do: 'stop', provider: city.provider.slug })
    expect(readable(after.html)).toContain('They see nothing more of you.')
  })

  it('shows where help is now where words speak of danger, and has somebody call the same day', async () => {
    const link = await opened()
    const { html } = await act(`${link}?part=tell`, { do: 'tell', words: 'I want to end my life.' })
    expect(readable(html)).toContain('If a life is at risk, call 999')
    const [row] = await test.context.db.read.select().from(referrals)
    expect(row).toMatchObject({ nextStep: 'call_back', nextDueOn: '2026-11-23' })
  })

  it('stops everything in three clicks', async () => {
    const link = await opened()
    const { html } = await act(`${link}?part=withdraw`, { do: 'withdraw', reason: 'changed_mind' })
    expect(readable(html)).toContain('It has stopped. Nobody calls you any more.')
    expect(readable((await maria.get(`${link}?part=withdraw`)).html)).not.toContain('Yes, stop everything')
  })

  it('says it politely where something else happened first', async () => {
    const link = await opened()
    await maria.send(`${link}?part=withdraw`, { do: 'withdraw', reason: 'changed_mind' })
    const { faults } = await maria.send(link, { do: 'restart' })
    expect(faults).toEqual(['This has changed meanwhile.'])
  })
})
