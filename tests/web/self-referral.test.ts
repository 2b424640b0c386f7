import { describe, expect, it } from 'vitest'
import { eraseExpired } from '../../src/actions/privacy/erase-expired.ts'
import { people, referrals, risks, selfDrafts } from '../../src/store/schema.ts'
import { openApp } from '../support/app.ts'
import { ANSWERS } from './self-answers.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

const BASE = '/refer-yourself'

async function begin(who: Visitor): Promise<void> {
  expect((await who.send(`${BASE}/begin`, {}, BASE)).location).toBe(`${BASE}/who`)
}

async function answerAll(who: Visitor, changed: Record<string, Record<string, string | string[]>> = {}): Promise<void> {
  await begin(who)
  for (const [question, fields] of ANSWERS) {
    const { status, faults } = await who.send(`${BASE}/${question}`, { ...fields, ...changed[question] })
    expect([question, status, faults]).toEqual([question, 303, []])
  }
}

const send = (who: Visitor) => who.send(`${BASE}/send`, {}, `${BASE}/check`)

describe('a self-referral', () => {
  it('is ten questions, a page to check, and a reference with what happens next', async () => {
    const { app, given, context } = await openApp()
    await given.city()
    const somebody = visitor(app)
    await answerAll(somebody)
    const check = readable((await somebody.get(`${BASE}/check`)).html)
    for (const said of [
      'Zofia O’Brien-Ñandú',
      'Loneliness or isolation',
      '27 March 1958',
      'Interpreter needed',
      'SO14 0YN',
    ])
      expect(check).toContain(said)
    expect((await send(somebody)).location).toBe(`${BASE}/done`)
    const done = readable((await somebody.get(`${BASE}/done`)).html)
    const [referral] = await context.db.read.select().from(referrals)
    const [person] = await context.db.read.select().from(people)
    expect(done).toContain(referral?.reference)
    expect(done).toContain('A navigator gets in touch with you by Wednesday 25 November.')
    expect(referral).toMatchObject({
      origin: 'self',
      status: 'submitted',
      priority: 'routine',
      needs: ['loneliness', 'money_debt'],
    })
    expect(person).toMatchObject({
      fullName: 'Zofia O’Brien-Ñandú',
      dateOfBirth: '1958-03-27',
      postcode: 'SO14 0YN',
      safeContact: { voicemail: false, text: true, email: false, post: true, note: 'Mornings' },
      tellPractice: false,
      interpreter: true,
    })
  })

  it('asks one question a page, says how to mend an answer, keeps what was typed and writes nothing of it', async () => {
    const { app, given, context } = await openApp()
    await given.city()
    const somebody = visitor(app)
    await begin(somebody)
    const wrong: [string, Record<string, string | string[]>, string[]][] = [
      ['who', {}, ['Choose who this is for']],
      ['who', { who: 'child' }, ['Enter your own name', 'Say who you are to them, in a few words']],
      ['help', { help: ['0', '1', '2', '3'] }, ['Choose 3 or fewer. You can say more on the next page']],
      ['help', { help: ['77', 'x'] }, ['Choose at least one thing that would help']],
      ['name', { name: ' ' }, ['Enter a name']],
      [
        'contact',
        { phone: '12', email: 'me@' },
        ['Enter a phone number, like 07700 900123', 'Enter an e-mail address, like name@example.com'],
      ],
      ['home', { line1: '1 High Street', postcode: 'XX1' }, ['Enter a full postcode, like SO14 0YN']],
      [
        'home',
        { noFixedAddress: 'yes' },
        ['Give us one way to reach you: go back and enter a phone number or an e-mail address'],
      ],
      [
        'born',
        { 'born-day': '31', 'born-month': '2', 'born-year': '1990' },
        ['The date of birth must be a real date, like 27 3 1958'],
      ],
      [
        'born',
        { 'born-day': '23', 'born-month': '11', 'born-year': '2026' },
        ['The date of birth must be in the past'],
      ],
      ['born', { 'born-day': '1', 'born-month': '1', 'born-year': '1850' }, ['Check the year of birth']],
      ['consent', { projects: 'yes' }, ['We can only help if a navigator may read this. Tick the box to go on']],
    ]
    for (const [question, fields, faults] of wrong) {
      const answer = await somebody.send(`${BASE}/${question}`, fields)
      expect([question, answer.status, answer.faults]).toEqual([question, 400, faults])
      for (const typed of Object.values(fields)
        .flat()
        .filter((one) => one.length > 2 && one !== 'yes' && one !== 'child'))
        expect(answer.html).toContain(typed)
    }
    expect((await context.db.read.select().from(selfDrafts))[0]?.answers).toEqual({})
  })

  it('takes names as they are: one name only, 李, Arabic, eighty letters', async () => {
    for (const name of ['Madonna', '李', 'محمد بن سلمان', 'A'.repeat(80), 'Zoë 🌻']) {
      const { app, given, context } = await openApp()
      await given.city()
      const somebody = visitor(app)
      await answerAll(somebody, { name: { name } })
      await send(somebody)
      expect((await context.db.read.select().from(people))[0]?.fullName).toBe(name)
    }
  })

  it('is sent once, by however many clicks and tabs', async () => {
    const { app, given, context } = await openApp()
    await given.city()
    const somebody = visitor(app)
    await answerAll(somebody)
    const hidden = await somebody.hiddenOf(`${BASE}/check`)
    const both = await Promise.all([somebody.post(`${BASE}/send`, hidden), somebody.post(`${BASE}/send`, hidden)])
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([303]))
    expect((await somebody.post(`${BASE}/send`, hidden)).location).toBe(`${BASE}/done`)
    expect(await context.db.read.select().from(referrals)).toHaveLength(1)
    // What was answered is in the referral alone.
    expect((await context.db.read.select().from(selfDrafts))[0]).toMatchObject({ answers: {}, answered: [] })
  })

  it('survives a break of twenty hours, Back and a second tab; a day later nothing is left', async () => {
    const { app, given, context, clock } = await openApp()
    await given.city()
    const somebody = visitor(app)
    await begin(somebody)
    await somebody.send(`${BASE}/who`, { who: 'me' })
    await somebody.send(`${BASE}/help`, { help: '2' })
    clock.set(new Date(context.now().getTime() + 20 * 3_600_000))
    expect((await somebody.get(BASE)).html).toContain(`href="${BASE}/more"`)
    expect((await somebody.get(`${BASE}/help`)).html).toMatch(/value="2"[^>]*checked/)
    // Another tab is further on: an answer here takes nothing of that away.
    await somebody.send(`${BASE}/name`, { name: 'Ada' })
    await somebody.send(`${BASE}/help`, { help: '3' })
    const [draft] = await context.db.read.select().from(selfDrafts)
    expect(draft?.answers).toMatchObject({ name: 'Ada', help: ['3'] })
    // Whoever skips a question is led back to it.
    expect((await somebody.get(`${BASE}/check`)).location).toBe(`${BASE}/more`)
    clock.set(new Date(context.now().getTime() + 25 * 3_600_000))
    expect((await somebody.get(`${BASE}/more`)).status).toBe(410)
    await eraseExpired(context)
    expect(await context.db.read.select().from(selfDrafts)).toEqual([])
  })

  it('shows help first where the words may speak of danger, goes on all the same, and is urgent', async () => {
    const { app, given, context } = await openApp()
    await given.city()
    const somebody = visitor(app)
    await answerAll(somebody)
    const answer = await somebody.send(`${BASE}/more`, { more: 'I want to end my life' })
    expect(answer.location).toBe(`${BASE}/help-now`)
    const help = readable((await somebody.get(`${BASE}/help-now`)).html)
    expect(help).toContain('If a life is at risk, call 999')
    await send(somebody)
    expect((await context.db.read.select().from(referrals))[0]?.priority).toBe('urgent')
    expect((await context.db.read.select().from(risks))[0]?.kind).toBe('self_harm')
  })

  it('leaves nothing behind for whoever must not be seen here', async () => {
    const { app, given, context } = await openApp()
    await given.city()
    const somebody = visitor(app)
    await answerAll(somebody)
    const left = await somebody.send(`${BASE}/leave`, {}, `${BASE}/check`)
    expect(left.status).toBe(200)
    expect(left.headers['clear-site-data']).toBe('"cache"')
    expect(left.html).toContain('http-equiv="refresh"')
    expect(await context.db.read.select().from(selfDrafts)).toEqual([])
    expect((await somebody.get(`${BASE}/check`)).status).toBe(410)
  })

  it('is of somebody else: they are named, whoever asks is too, and who lives elsewhere is helped on', async () => {
    const { app, given, context } = await openApp()
    await given.city()
    const somebody = visitor(app)
    await answerAll(somebody, {
      who: { who: 'child', byName: 'Ada Okafor', relationship: 'Mother' },
      home: { line1: '2 Long Road', line2: '', town: 'Eastleigh', postcode: 'SO50 9AB' },
    })
    expect((await somebody.get(`${BASE}/name`)).html).toContain('What is their name?')
    expect(readable((await somebody.get(`${BASE}/check`)).html)).toContain('Your postcode is outside Southampton')
    await send(somebody)
    expect((await context.db.read.select().from(referrals))[0]?.onBehalfOf).toEqual({
      name: 'Ada Okafor',
      relationship: 'Mother',
    })
  })

  it('keeps no page in the browser, and shows answers to nobody without their secret', async () => {
    const { app, given } = await openApp()
    await given.city()
    const somebody = visitor(app)
    await answerAll(somebody)
    for (const page of ['', '/who', '/check', '/contact'])
      expect((await somebody.get(BASE + page)).headers['cache-control']).toBe('no-store')
    const other = visitor(app)
    expect((await other.get(`${BASE}/check`)).status).toBe(410)
    expect((await other.get(`${BASE}/nothing`)).status).toBe(404)
  })
})
