import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { messageToken } from '../../src/actions/access/message-token.ts'
import { writeMessage } from '../../src/actions/outbox/compose-message.ts'
import { purposeOf } from '../../src/domain/link.ts'
import { NEEDS } from '../../src/domain/needs.ts'
import { NOTICE_DECISIONS, NOTICES, type Notice } from '../../src/domain/notices.ts'
import { compose, firstNameOf } from '../../src/mail/compose.ts'
import { messageIdOf, senderOf } from '../../src/mail/mailer.ts'
import { findMessageFacts, findRecipient } from '../../src/store/message-facts.ts'
import type { OutboxRow } from '../../src/store/outbox.ts'
import { templatePath } from '../../src/templates.ts'
import { smallCity } from '../support/small-city.ts'
import { stages } from '../support/stages.ts'

const FACTS = { reference: 'SP-7K3M-Q2XD', replyBy: '2026-12-03', link: 'https://trellis.example/o/x/referrals/1' }
const toPerson = (notice: Notice) => notice.startsWith('person-')
// To a person something leads only where they can answer by it.
const hasLink = (notice: Notice) => !toPerson(notice) || purposeOf(notice) !== undefined
const factsFor = (notice: Notice) =>
  toPerson(notice)
    ? {
        ...FACTS,
        link: hasLink(notice) ? FACTS.link : null,
        firstName: "D'Arcy <b>",
        visit: null,
        phone: '01632 960100',
      }
    : { ...FACTS, firstName: null, visit: null, phone: null }

const wordsOf = (html: string) =>
  html
    .replace(/<title>.*<\/title>/, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/\s+/g, ' ')
    .trim()

test('every notice has a template, and every template a notice', () => {
  const files = readdirSync(templatePath('email'), { withFileTypes: true }).filter((entry) => entry.isFile())
  expect(files.map(({ name }) => name.replace('.njk', '')).sort()).toEqual([...NOTICES].sort())
})

describe.each(NOTICES)('%s', (notice) => {
  const { subject, text, html } = compose(notice, factsFor(notice))

  test('names the reference and leads to one place', () => {
    expect(subject).toContain('SP-7K3M-Q2XD')
    expect(text).toContain('SP-7K3M-Q2XD')
    expect(text.match(/https?:/g) ?? []).toHaveLength(hasLink(notice) ? 1 : 0)
    expect(html.match(/href=/g) ?? []).toHaveLength(hasLink(notice) ? 1 : 0)
    expect(html).not.toMatch(/<img|<script|src=|url\(/)
  })

  test('says the same as text and as HTML, in few words', () => {
    expect(wordsOf(html)).toBe(text.replace(/\s+/g, ' ').trim())
    expect(text.split(/\s+/).length).toBeLessThanOrEqual(120)
  })

  test('can be said when no answer is awaited any more', () => {
    const late = compose(notice, { ...factsFor(notice), replyBy: null })
    expect(`${late.subject} ${late.text}`).not.toMatch(/December|Dec|null|undefined/)
  })
})

describe('fixed words', () => {
  test('stand in the subject for whoever must reply', () => {
    const subject = (notice: Notice) => compose(notice, factsFor(notice)).subject
    expect(subject('placement-to-decide')).toBe('New referral SP-7K3M-Q2XD: reply by Thu 3 Dec')
    expect(subject('referral-to-triage')).toBe('New referral SP-7K3M-Q2XD: reply by Thu 3 Dec')
  })

  test('tell the person that this is not an emergency service', () => {
    for (const notice of NOTICES.filter(toPerson)) {
      const { text } = compose(notice, factsFor(notice))
      expect(text).toMatch(/not an emergency service.* 999.* 111/)
      expect(text).toMatch(/^Hello D'Arcy <b>,/)
      expect(compose(notice, { ...factsFor(notice), firstName: null }).text).toMatch(/^Hello,/)
    }
  })

  test('tell the person whom to ring, where the service has a number', () => {
    for (const notice of NOTICES.filter(toPerson)) {
      expect(compose(notice, factsFor(notice)).text).toContain('Call 01632 960100.')
      expect(compose(notice, { ...factsFor(notice), phone: null }).text).not.toMatch(/Call|01632/)
    }
  })
})

test('a first name is given, or found where there is one', () => {
  expect(firstNameOf({ givenName: 'Maria', fullName: 'Mrs Maria Okafor' })).toBe('Maria')
  expect(firstNameOf({ givenName: null, fullName: 'Maria Okafor' })).toBe('Maria')
  expect(firstNameOf({ givenName: null, fullName: 'Dr. Maria Okafor' })).toBe('Maria')
  expect(firstNameOf({ givenName: null, fullName: 'Mrs Okafor' })).toBeNull()
})

test('the sender is one address, with or without a name', () => {
  expect(senderOf('Trellis <no-reply@trellis.example>')).toEqual({
    name: 'Trellis',
    address: 'no-reply@trellis.example',
  })
  expect(senderOf('no-reply@trellis.example')).toEqual({ name: '', address: 'no-reply@trellis.example' })
  expect(messageIdOf('0193', '"Trellis, Southampton" <no-reply@trellis.example>')).toBe('<0193@trellis.example>')
  expect(() => senderOf('Trellis')).toThrow('MAIL_FROM')
})

const TELL_TALE = {
  fullName: 'Philippa Telltale-Smythe',
  givenName: 'Philippa',
  familyName: 'Telltale-Smythe',
  dateOfBirth: '1931-08-19',
  nhsNumber: '999 000 0026',
  address: { lines: ['17 Whispering Lane', 'Flat Zebra'], postcode: 'SO16 4QR' },
  phone: '07700 900877',
  email: 'philippa@secret-home.example',
  practiceOdsCode: 'J82999',
  ethnicity: 'Cornish',
  preferredLanguage: 'Welsh',
  interpreter: true,
  communicationNeeds: 'Uses a hearing loop',
  safeContact: { voicemail: false, text: false, email: true, post: false, note: 'Ask for the gardener' },
  facts: { diagnoses: ['narcolepsy'] },
}
const TELL_TALE_REQUEST = {
  needs: ['recovery_substance', 'safety_abuse'],
  reason: 'Whisky before breakfast.',
  whatMattersToMe: 'Her budgerigar.',
  strengths: ['Plays the trombone'],
  risks: [{ kind: 'domestic_abuse', detail: 'A jealous cousin.' }],
  priority: 'urgent',
}

test('no message tells anything about the person', async () => {
  const city = await smallCity()
  const { context, db, practice, navigator, project, group } = city
  const reach = stages(city)
  // Everything a record can hold is in this one, and the placement goes with it.
  const submitted = await reach.submitted(TELL_TALE, TELL_TALE_REQUEST)
  const placement = await reach.sent({ fullName: 'Somebody Else' })
  const base = { referralId: submitted.id, placementId: placement.id, eventId: 'event-1', createdAt: context.now() }
  const settled = {
    attempts: 0,
    leasedUntil: null,
    sentAt: null,
    endedAt: null,
    outcome: null,
    failedAt: null,
    digestId: null,
    resends: null,
    handledBy: null,
    handledAt: null,
  }
  const ofNeeds = Object.entries(NEEDS).flatMap(([code, { label }]) => [code, label])
  const secrets = [
    ...Object.values(TELL_TALE).flatMap((value) => (typeof value === 'string' ? [value] : [])),
    ...['Telltale', 'Smythe', '1931', '19 August', '95', '9990000026', 'Whispering', 'Zebra', 'SO16', '900877'],
    ...['Coxford', 'Redbridge', 'Bassett', 'narcolepsy', 'hearing', 'gardener', 'interpreter', 'Whisky', 'budgerigar'],
    ...['trombone', 'jealous', 'abuse', 'risk', 'urgent', 'woman', 'st marys surgery', 'st-marys-surgery'],
    ...[project.name, project.summary, group.name, group.venue, practice.name, navigator.name],
    ...ofNeeds,
  ]
  const audiences = new Set(
    Object.values(NOTICE_DECISIONS).flatMap((told) => told.map(({ to, notice }) => `${to} ${notice}`)),
  )
  for (const audience of audiences) {
    const [to = '', notice] = audience.split(' ') as [string, Notice]
    const recipients = {
      person: ['person', submitted.person.id],
      navigator: ['user', navigator.userId],
      referring: ['organisation', 'shirley-surgery'],
      receiving: ['organisation', 'so-linked'],
      team: ['organisation', 'shirley-surgery'],
      provider: ['organisation', 'mens-shed'],
    } as const
    const [toKind, toId] = recipients[to as keyof typeof recipients]
    const row: OutboxRow = {
      ...base,
      ...settled,
      id: context.newId(),
      notice,
      toKind,
      toId,
      nextAttemptAt: context.now(),
    }
    const facts = await findMessageFacts(db.read, row)
    const recipient = await findRecipient(db.read, row)
    if (!facts || !recipient) throw new Error(`${audience}: nothing is known of it.`)
    const message = writeMessage(row, facts, recipient, {
      baseUrl: 'https://trellis.example',
      from: 'a@trellis.example',
      linkKey: context.linkKey,
    })
    // The address it goes to is the recipient's own; ids say nothing.
    const said = [message.subject, message.text, message.html, message.messageId]
      .join('\n')
      .replaceAll(submitted.id, '')
      .replaceAll(placement.id, '')
      .replaceAll(row.id, '')
      // Chance may spell anything.
      .replaceAll(messageToken(context, row.id), '')
      .toLowerCase()
    const allowed = toKind === 'person' ? ['Philippa'] : []
    const found = secrets.filter((secret) => !allowed.includes(secret) && said.includes(secret.toLowerCase()))
    expect([audience, found]).toEqual([audience, []])
  }
})
