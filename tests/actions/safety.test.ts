import { describe, expect, it } from 'vitest'
import type { Context } from '../../src/actions/context.ts'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { changePerson } from '../../src/actions/people/change-person.ts'
import { closeReferral } from '../../src/actions/referrals/close-referral.ts'
import { listMatches } from '../../src/actions/referrals/list-matches.ts'
import { openReferral } from '../../src/actions/referrals/open-referral.ts'
import { recognisePerson } from '../../src/actions/referrals/recognise-person.ts'
import { submitReferral } from '../../src/actions/referrals/submit-referral.ts'
import { withdrawReferral } from '../../src/actions/referrals/withdraw-referral.ts'
import { assess, type EligibilityRule } from '../../src/domain/eligibility.ts'
import { PersonChange } from '../../src/domain/person-change.ts'
import { mailbox, outbox } from '../../src/store/schema.ts'
import { openApp } from '../support/app.ts'
import { givenIn } from '../support/given.ts'
import { aRequest, smallCity } from '../support/small-city.ts'
import { visitor } from '../web/visitor.ts'

// The safety rules of the model, line by line: each test bears the name of the line whose part it is.

const MARIA = 'maria@okafor.example'
const SAFE = { email: MARIA, safeContact: { voicemail: false, text: false, email: true, post: false } }

/** Sends what is owed, and says who got what. */
async function deliver(context: Context): Promise<{ to: string; text: string }[]> {
  await deliverMessages(context, {
    mailer: null,
    from: 'Trellis <no-reply@trellis.example>',
    baseUrl: 'https://trellis.example',
    retryBaseMs: 1_000,
  })
  return context.db.read.select({ to: mailbox.to, text: mailbox.text }).from(mailbox)
}

/** Somebody who may be written to, with a message to them in the queue. */
async function owed(person: Record<string, unknown> = {}) {
  const city = await smallCity()
  const { context, practice, navigator } = city
  const referral = await submitReferral(context, practice, aRequest({ ...SAFE, ...person }))
  const change = (input: Record<string, unknown>, id = referral.person.id, version = 1) =>
    changePerson(context, navigator, id, version, PersonChange.parse(input))
  const lettersToPerson = async () => (await deliver(context)).filter(({ to }) => to === MARIA)
  return { ...city, referral, change, lettersToPerson }
}

describe('not an emergency service', () => {
  // Said before sending on every page that sends: tests/web/refer.test.ts reads the pages.
  it('is said in the letter that the person gets, with 999 and 111', async () => {
    const { lettersToPerson } = await owed()
    const [letter] = await lettersToPerson()
    for (const words of ['not an emergency service', '999', '111']) expect(letter?.text).toContain(words)
  })

  it('is said on every page that staff refer from, with the city’s crisis space', async () => {
    const { app, given } = await openApp()
    const { referrer } = await given.city()
    const practice = visitor(app, referrer)
    const { location: form = '' } = await practice.get('/o/st-marys-surgery/refer')
    const page = await practice.get(form)
    for (const words of ['not an emergency service', '999', '111', 'The Lighthouse']) expect(page.html).toContain(words)
  })
})

describe('look-up only shows', () => {
  it('nobody changes details or withdraws without signing in: it goes by a call back from staff', async () => {
    const { app, call, given } = await openApp()
    const { person, id } = await given.referral(await given.city()).submitted()
    const changing = app.routeBook.filter(({ access, method }) => access === 'public' && !/GET|POST/.test(method))
    expect(changing).toEqual([])
    const headers = { 'if-match': '"1"' }
    for (const attempt of [
      call(null, 'PATCH', `/people/${person.id}`, { body: { phone: null }, headers }),
      call(null, 'GET', `/people/${person.id}`),
      call(null, 'POST', `/referrals/${id}/withdraw`, { body: { reason: 'other' } }),
    ])
      expect((await attempt).status).toBe(401)
  })
})

describe('duplicate warnings', () => {
  it('on intake name only the asking organisation’s own referrals; a navigator sees all of the person’s', async () => {
    const { context, practice, otherPractice, navigator } = await smallCity()
    const first = await submitReferral(context, practice, aRequest())
    const second = await submitReferral(context, otherPractice, aRequest())
    expect(second.possibleDuplicates).toEqual([])
    const { possibleDuplicates } = await openReferral(context, navigator, second.id)
    expect(possibleDuplicates).toMatchObject([{ id: first.id }])
  })
})

// The queue asks before each message whether it may still go: these hold with the rules of src/actions/outbox.
describe('death, restriction and “do not contact” stop every message, those already queued included', () => {
  it('nothing stands in the way before', async () => {
    const { lettersToPerson } = await owed()
    expect(await lettersToPerson()).toHaveLength(1)
  })

  it('a death', async () => {
    const { context, navigator, referral, lettersToPerson } = await owed()
    await closeReferral(context, navigator, referral.id, { outcome: 'closed_early', reason: 'died' })
    expect(await lettersToPerson()).toEqual([])
  })

  it.each(['do_not_contact', 'restricted'])('%s', async (messages) => {
    const { db, change, lettersToPerson } = await owed()
    await change({ messages })
    expect(await lettersToPerson()).toEqual([])
    const settled = (await db.read.select().from(outbox)).filter(({ toKind }) => toKind === 'person')
    expect(settled).toMatchObject([{ sentAt: null, endedAt: expect.any(Date) }])
  })

  it('under every row of the same person', async () => {
    const { context, navigator, practice, referral, change, lettersToPerson } = await owed()
    const other = await submitReferral(context, practice, aRequest({ fullName: 'M. Okafor', ...SAFE }))
    await recognisePerson(context, navigator, other.id, { as: referral.id })
    await change({ messages: 'do_not_contact' }, other.person.id, 2)
    expect(await lettersToPerson()).toEqual([])
  })

  it('stopped before they were recognised as one person', async () => {
    const { context, navigator, practice, referral, change, lettersToPerson } = await owed()
    const other = await submitReferral(context, practice, aRequest({ fullName: 'M. Okafor', ...SAFE }))
    await change({ messages: 'restricted' })
    await recognisePerson(context, navigator, other.id, { as: referral.id })
    expect(await lettersToPerson()).toEqual([])
  })
})

describe('the postal address', () => {
  it('is kept with its window-envelope lines, or that there is none', async () => {
    const { context, navigator, practice } = await smallCity()
    const lines = ['Flat 2', '14 Bevois Valley Road', 'Southampton']
    const housed = await submitReferral(context, practice, aRequest({ address: { lines, postcode: 'SO14 0JR' } }))
    expect((await openReferral(context, navigator, housed.id)).person).toMatchObject({
      addressLines: lines,
      postcode: 'SO14 0JR',
      noFixedAddress: false,
    })
    const roofless = await submitReferral(context, practice, aRequest({ noFixedAddress: true }))
    expect(roofless.person).toMatchObject({ addressLines: null, noFixedAddress: true })
  })
})

describe('the practice', () => {
  it('is recorded by its code, or that there is none', async () => {
    const { context, otherPractice } = await smallCity()
    for (const practiceOdsCode of ['J82081', 'not registered']) {
      const { person } = await submitReferral(context, otherPractice, aRequest({ practiceOdsCode }))
      expect(person.practiceOdsCode).toBe(practiceOdsCode)
    }
  })

  it('of a practice that refers is its own, without asking', async () => {
    const { context } = await smallCity()
    const given = givenIn(context)
    const referrer = await given.user('referrer', await given.organisation('gp_practice', { odsCode: 'J82081' }))
    expect((await submitReferral(context, referrer, aRequest())).person.practiceOdsCode).toBe('J82081')
  })

  // The message back is held with the rules of src/actions/outbox.
  it.each([
    [true, 1],
    [false, 0],
  ])('hears how it ended only where the person allows it: %s', async (tellPractice, letters) => {
    const { context, navigator } = await smallCity()
    const given = givenIn(context)
    const practice = await given.organisation('gp_practice', { odsCode: 'J82081', email: 'desk@practice.example' })
    const request = aRequest({ tellPractice })
    const referral = await submitReferral(context, await given.user('referrer', practice), request)
    const closing = { outcome: 'not_suitable' as const, reason: 'Moved away', summary: 'Moved away.' }
    await closeReferral(context, navigator, referral.id, closing)
    expect((await deliver(context)).filter(({ to }) => to === 'desk@practice.example')).toHaveLength(letters)
  })

  it('codes a declining only where the person declined', async () => {
    const { context, navigator, practice } = await smallCity()
    for (const [reason, codes] of [
      ['sent_in_error', []],
      ['changed_mind', ['871711000000103']],
    ] as const) {
      const { id } = await submitReferral(context, practice, aRequest())
      const { clinicalCodes } = await withdrawReferral(context, navigator, id, { reason })
      expect(clinicalCodes.map(({ code }) => code)).toEqual(codes)
    }
  })
})

describe('under 16', () => {
  const CHILD = { dateOfBirth: '2012-05-01' }
  const recorded = (contactDirectly: boolean) => ({
    youngPerson: {
      parentalResponsibility: { name: 'Ngozi Okafor', relationship: 'Mother' },
      decidesThemselves: true,
      judgedBy: 'Dr Patel',
      contactDirectly,
    },
  })

  // Whether a letter goes is for the rules of src/actions/outbox.
  it.each([
    ['nothing is recorded', {}, 0],
    ['it is recorded that they are not written to', recorded(false), 0],
    ['a professional recorded that they may be', recorded(true), 1],
  ])('where %s', async (_, person, letters) => {
    const { lettersToPerson } = await owed({ ...CHILD, ...person })
    expect(await lettersToPerson()).toHaveLength(letters)
  })

  it('the navigator sees who holds parental responsibility, or that it is missing', async () => {
    const { context, navigator, practice } = await smallCity()
    const known = await submitReferral(context, practice, aRequest({ ...CHILD, ...recorded(false) }))
    const unknown = await submitReferral(context, practice, aRequest(CHILD))
    expect((await openReferral(context, navigator, known.id)).person).toMatchObject(recorded(false))
    expect((await openReferral(context, navigator, unknown.id)).person.youngPersonMissing).toBe(true)
  })
})

describe('gender focus and routes', () => {
  const focus = (refuses: boolean): EligibilityRule => ({ rule: 'gender_focus', gender: 'man', refuses })

  it('“(mostly) men” informs the match and refuses nobody, unless the project’s own rules say so', async () => {
    const { context, navigator, practice } = await smallCity()
    const given = givenIn(context)
    const provider = await given.organisation('provider')
    const open = await given.group(await given.project(provider, { rules: [focus(false)] }))
    const closed = await given.group(await given.project(provider, { rules: [focus(true)] }))
    const { id } = await submitReferral(context, practice, aRequest({ gender: 'woman' }))
    const matches = await listMatches(context, navigator, id)
    const verdictOf = (groupId: string) => matches.find((match) => match.groupId === groupId)
    expect(verdictOf(open.id)).toMatchObject({
      verdict: 'eligible',
      reasons: [{ rule: 'gender_focus', text: 'Mostly men, others welcome' }],
    })
    expect(verdictOf(closed.id)?.verdict).toBe('not_eligible')
  })

  it('diagnosis routes look at who referred first; link workers of a network count as primary care', () => {
    const route: EligibilityRule = {
      rule: 'route',
      kinds: ['gp_practice'],
      organisations: [],
      originalOnly: true,
      says: 'GP practices refer',
    }
    const linkWorker = { kind: 'navigation_service' as const, organisation: 'so-linked' }
    const verdictFor = (kind: 'gp_practice' | 'navigation_service' | 'probation' | 'self') =>
      assess(
        {
          age: 40,
          postcode: null,
          wardCode: null,
          needs: [],
          gender: null,
          origin: { kind, organisation: null },
          sender: linkWorker,
        },
        [route],
      ).verdict
    expect(verdictFor('gp_practice')).toBe('eligible')
    expect(verdictFor('navigation_service')).toBe('eligible')
    expect(verdictFor('probation')).toBe('not_eligible')
    expect(verdictFor('self')).toBe('not_eligible')
  })
})

describe('real organisations in demonstration data', () => {
  it('carry the label on every page, and no page is for search engines', async () => {
    const { app, given } = await openApp({ DEMO: '1' })
    const { navigator } = await given.city()
    const pages = [await visitor(app).get('/'), await visitor(app, navigator).get('/o/so-linked/referrals')]
    for (const { html, headers } of pages) {
      expect(html).toContain('Demonstration data')
      expect(`${html} ${String(headers['x-robots-tag'])}`).toContain('noindex')
    }
  })
})
