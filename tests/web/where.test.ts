import { describe, expect, it } from 'vitest'
import { submitReferral } from '../../src/actions/referrals/submit-referral.ts'
import { referenceFrom } from '../../src/domain/reference.ts'
import { auditRows, events, referrals } from '../../src/store/schema.ts'
import { openApp } from '../support/app.ts'
import { aRequest } from '../support/small-city.ts'
import { readable, visitor } from './visitor.ts'

const BORN = { 'born-day': '27', 'born-month': '03', 'born-year': '1958' }

async function referred() {
  const opened = await openApp()
  const city = await opened.given.city()
  const { reference, id } = await submitReferral(opened.context, city.referrer, aRequest())
  return { ...opened, ...city, reference, id }
}

describe('where is my referral?', () => {
  it('shows the step, whose turn it is and the day, and nothing of anybody’s health', async () => {
    const { app, reference } = await referred()
    const page = await visitor(app).send('/where', { reference: reference.toLowerCase().replace(/-/g, ' '), ...BORN })
    expect(page.status).toBe(200)
    const words = readable(page.html)
    expect(words).toContain('We have your referral (now)')
    expect(words).toContain('Somebody decides who looks after you. By Wednesday 25 November.')
    expect(words).toContain('so-linked has your referral now.')
    for (const secret of ['Maria', 'Okafor', 'oneliness', 'husband', '07700', 'SO14', '1958'])
      expect(words).not.toContain(secret)
  })

  it('changes nothing and leaves no trace', async () => {
    const { app, reference, context } = await referred()
    const rows = async () =>
      JSON.stringify([
        await context.db.read.select().from(events),
        await context.db.read.select().from(auditRows),
        await context.db.read.select().from(referrals),
      ])
    const before = await rows()
    await visitor(app).send('/where', { reference, ...BORN })
    expect(await rows()).toBe(before)
  })

  it('has one answer for every mismatch, and keeps what was typed', async () => {
    const { app, reference } = await referred()
    const answers = []
    for (const typed of [
      { reference, ...BORN, 'born-day': '28' },
      { reference: referenceFrom(new Uint8Array(7)), ...BORN },
    ]) {
      const { status, faults, html } = await visitor(app).send('/where', typed)
      answers.push([status, faults])
      expect(html).toContain(`value="${typed.reference}"`)
    }
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1)
    expect(answers[0]).toEqual([404, ['No referral has this reference and this date of birth. Check both']])
  })

  it('says what cannot be a reference or a day', async () => {
    const { app } = await referred()
    expect(
      (
        await visitor(app).send('/where', {
          reference: 'SP-1',
          'born-day': '31',
          'born-month': '2',
          'born-year': '1958',
        })
      ).faults,
    ).toEqual([
      'Enter the reference, like SP-7K3M-Q2XD. Check each letter',
      'The date of birth must be a real date, like 27 3 1958',
    ])
  })

  it('slows down whoever guesses birthdays, by pages and by the API together', async () => {
    const { app, reference, call } = await referred()
    for (let day = 10; day < 20; day++)
      expect(
        (await call(null, 'POST', '/status-lookups', { body: { reference, dateOfBirth: `1958-03-${day}` } })).status,
      ).toBe(404)
    const { status, faults } = await visitor(app).send('/where', { reference, ...BORN })
    expect([status, faults]).toEqual([429, ['Too many tries. Wait an hour, then try again, or call the service']])
    expect(
      (await call(null, 'POST', '/status-lookups', { body: { reference, dateOfBirth: '1958-03-27' } })).status,
    ).toBe(429)
  })

  it('is answered by the API in the same words', async () => {
    const { call, reference } = await referred()
    const { status, body } = await call(null, 'POST', '/status-lookups', {
      body: { reference, dateOfBirth: '1958-03-27' },
    })
    expect([status, body]).toEqual([
      200,
      {
        step: 'received',
        service: 'so-linked',
        servicePhone: null,
        next: 'Somebody decides who looks after you.',
        due: '2026-11-25',
      },
    ])
  })
})
