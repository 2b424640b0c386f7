import { eq } from 'drizzle-orm'
import { describe, expect, it, test } from 'vitest'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { submitReferral } from '../../src/actions/referrals/submit-referral.ts'
import { NOTICES, type Notice } from '../../src/domain/notices.ts'
import { compose } from '../../src/mail/compose.ts'
import { mailbox, people } from '../../src/store/schema.ts'
import { dayIn } from '../../src/words/days.ts'
import { ENGLISH, languageCodes } from '../../src/words/files.ts'
import { language } from '../../src/words/language.ts'
import { POST } from '../support/links.ts'
import { gradeOf, longSentences } from '../support/readability.ts'
import { aRequest, smallCity } from '../support/small-city.ts'

const TO_PERSONS = NOTICES.filter((notice) => notice.startsWith('person-'))
const VISIT = {
  on: '2026-12-03',
  at: new Date('2026-12-03T14:05:00Z'),
  where: '1 High Street, Southampton',
  gettingThere: 'Bus 3 to the church.',
  greeter: 'Sam',
  phone: '01632 960123',
  calendar: 'https://trellis.example/visit/x',
}
const isVisit = (notice: Notice) => notice.includes('visit')
const factsFor = (notice: Notice) => ({
  reference: 'SP-7K3M-Q2XD',
  replyBy: '2026-12-03',
  isLate: false,
  link: notice === 'person-referral-received' ? null : 'https://trellis.example/l/x',
  firstName: 'Zofia',
  visit: isVisit(notice) ? VISIT : null,
  phone: '01632 960100',
})

const wordsOf = (html: string) =>
  html
    .replace(/<title>.*<\/title>/, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, ' ')
    .trim()

describe.each(languageCodes().map(language))('a letter in $ownName', (tongue) => {
  test.each(TO_PERSONS)(
    '%s says the same as text and as HTML, with its day, its link and the numbers for help',
    (notice) => {
      const { subject, text, html } = compose(notice, factsFor(notice), tongue)
      expect(html).toContain(`<html lang="${tongue.tag}" dir="${tongue.direction}">`)
      expect(wordsOf(html)).toBe(text.replace(/\s+/g, ' ').trim())
      for (const part of [subject, text]) expect(part).toContain('SP-7K3M-Q2XD')
      expect(text).toContain(dayIn(tongue, '2026-12-03'))
      expect(text).toMatch(/999[\s\S]*111/)
      expect(text).toContain('Zofia')
      expect(text.match(/https:/g) ?? []).toHaveLength(notice === 'person-referral-received' ? 0 : 1)
      expect(text.split(/\s+/).length).toBeLessThanOrEqual(120)
      expect(text.includes(tongue.say('site.draft'))).toBe(tongue.isDraft)
      if (!isVisit(notice)) expect(text).toContain(tongue.say('mail.ring', { phone: '01632 960100' }))
      if (isVisit(notice)) for (const said of ['1 High Street', 'Sam', '01632 960123']) expect(text).toContain(said)
    },
  )

  test.each(TO_PERSONS)('%s can be said when nothing is known of the day, the visit or the name', (notice) => {
    const facts = { ...factsFor(notice), replyBy: null, visit: null, firstName: null, phone: null }
    const late = compose(notice, facts, tongue)
    expect(`${late.subject} ${late.text}`).not.toMatch(/null|undefined|\{|\}/)
  })
})

test.each(TO_PERSONS)('%s is read at the age of eleven: no sentence over twenty words, grade six at most', (notice) => {
  const { text } = compose(notice, factsFor(notice), language(ENGLISH))
  const words = text.replace(/https:\S+/g, '')
  expect([longSentences(words), gradeOf(words) <= 6 ? 'easy' : gradeOf(words)]).toEqual([[], 'easy'])
})

describe('the language of a letter', () => {
  async function letterTo(preferredLanguage: string | null, showsDrafts: boolean) {
    const { context, practice } = await smallCity()
    const safeContact = { voicemail: false, text: false, email: true, post: false }
    const request = aRequest({ email: 'maria@home.example', safeContact })
    const { person } = await submitReferral(context, practice, request)
    await context.db.write((tx) => tx.update(people).set({ preferredLanguage }).where(eq(people.id, person.id)))
    await deliverMessages(context, { ...POST, showsDrafts })
    const mails = await context.db.read.select().from(mailbox)
    return mails.find(({ to }) => to === 'maria@home.example')
  }

  it.each([
    ['Polish', true, 'pl'],
    ['pt', true, 'pt'],
    ['polski', true, 'pl'],
    ['Polish', false, ENGLISH],
    ['Somali', true, ENGLISH],
    [null, true, ENGLISH],
  ])('of somebody who says "%s", with drafts %s, is %s', async (says, showsDrafts, code) => {
    const letter = await letterTo(says, showsDrafts)
    expect(letter?.text).toContain(language(code).say('mail.received.until'))
    expect(letter?.html).toContain(`lang="${language(code).tag}"`)
  })

  it('of staff is English, whatever the person speaks', async () => {
    const { context, practice } = await smallCity()
    await submitReferral(context, practice, aRequest({ preferredLanguage: 'Polish' }))
    await deliverMessages(context, { ...POST, showsDrafts: true })
    for (const { html } of await context.db.read.select().from(mailbox)) expect(html).toContain('lang="en-GB"')
  })
})
