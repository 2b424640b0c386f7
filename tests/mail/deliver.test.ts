import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { listMail, openMail } from '../../src/actions/outbox/mailbox.ts'
import { acceptPlacement } from '../../src/actions/placements/accept-placement.ts'
import { closeReferral } from '../../src/actions/referrals/close-referral.ts'
import { withdrawReferral } from '../../src/actions/referrals/withdraw-referral.ts'
import { messageIdOf } from '../../src/mail/mailer.ts'
import { people, users } from '../../src/store/schema.ts'
import { stages } from '../support/stages.ts'
import { oneMessage } from './one-message.ts'
import { FROM, mailServer, postTo } from './smtp.ts'

const SAFE = { email: 'maria@home.example', safeContact: { voicemail: false, text: false, email: true, post: false } }

describe('a message', () => {
  test('reaches the server once, looking as it should', async () => {
    const { context, referral, messageTo } = await oneMessage()
    const server = await mailServer()
    await deliverMessages(context, postTo(server.url))
    await deliverMessages(context, postTo(server.url))
    expect(server.received).toHaveLength(1)
    const [mail] = server.received
    const owed = await messageTo('organisation')
    expect(mail).toMatchObject({
      envelopeTo: ['team@so-linked.example'],
      from: { name: 'Trellis', address: 'no-reply@trellis.example' },
      to: [{ address: 'team@so-linked.example' }],
      subject: `New referral ${referral.reference}: reply by Wed 25 Nov`,
      messageId: messageIdOf(owed.id, FROM),
      attachments: [],
    })
    expect(new Date(mail?.date ?? 0)).toEqual(context.now())
    expect(mail?.headers).toContainEqual(expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }))
    const link = `https://trellis.example/o/so-linked/referrals/${referral.id}`
    expect(mail?.text).toContain(link)
    expect(mail?.html).toContain(`href="${link}"`)
    expect(owed).toMatchObject({ sentAt: context.now(), outcome: 'sent', attempts: 1, leasedUntil: null })
  })

  test('is for whoever acts next, and never for who acted', async () => {
    const { context, messages, ...city } = await oneMessage()
    const placement = await stages({ context, ...city }).sent({ fullName: 'Another Person' })
    const server = await mailServer()
    await deliverMessages(context, postTo(server.url))
    await acceptPlacement(context, city.worker, placement.id)
    await deliverMessages(context, postTo(server.url))
    const toProvider = server.received.filter(({ envelopeTo }) => envelopeTo.includes('team@community-roots.example'))
    expect(toProvider.map(({ text }) => text)).toEqual([
      expect.stringMatching(/https:\/\/trellis\.example\/l\/[\w-]{54}\s/),
    ])
    const toNavigator = server.received.filter(({ envelopeTo }) => envelopeTo[0]?.startsWith('navigator'))
    expect(toNavigator.map(({ subject }) => subject)).toEqual([expect.stringContaining('a project accepted')])
    expect((await messages()).every(({ sentAt, endedAt }) => sentAt ?? endedAt)).toBe(true)
  })

  test('to a person goes only where that is safe', async () => {
    const { context, referral, messageTo } = await oneMessage({ givenName: 'Maria', ...SAFE })
    const server = await mailServer()
    await deliverMessages(context, postTo(server.url))
    const mail = server.received.find(({ envelopeTo }) => envelopeTo.includes('maria@home.example'))
    expect(mail?.subject).toBe(`Your referral ${referral.reference}`)
    expect(mail?.text).toContain('Hello Maria,')
    expect(mail?.text).toContain('contact you by Monday 7 December')
    expect(await messageTo('person')).toMatchObject({ sentAt: context.now() })
  })

  test.each([
    ['nothing was said of what is safe', { email: 'maria@home.example' }],
    ['e-mail is not safe', { ...SAFE, safeContact: { ...SAFE.safeContact, email: false } }],
    ['there is no address', { safeContact: SAFE.safeContact }],
  ])('to a person ends unsent where %s', async (_, person) => {
    const { context, messageTo } = await oneMessage(person)
    const server = await mailServer()
    await deliverMessages(context, postTo(server.url))
    expect(server.received).toHaveLength(1)
    expect(await messageTo('person')).toMatchObject({
      sentAt: null,
      endedAt: context.now(),
      outcome: 'not safe to e-mail',
    })
  })

  test('goes by what is true when it is sent', async () => {
    const { context, db, messageTo, navigator, referral } = await oneMessage({ givenName: 'Maria', ...SAFE })
    const server = await mailServer()
    const corrected = { email: 'maria@new-home.example' }
    await db.write((tx) => tx.update(people).set(corrected).where(eq(people.email, SAFE.email)))
    await withdrawReferral(context, navigator, referral.id, { reason: 'changed_mind' })
    await deliverMessages(context, postTo(server.url))
    expect(await messageTo('person')).toMatchObject({ sentAt: null, outcome: 'the referral was withdrawn' })
    const why = 'the referral no longer waits in their queue'
    expect(await messageTo('organisation')).toMatchObject({ sentAt: null, failedAt: null, outcome: why })
    expect(server.received.map(({ subject }) => subject)).toEqual([expect.stringContaining(referral.reference)])
    expect(server.received[0]?.envelopeTo).toEqual(['team@st-marys-surgery.example'])
  })

  test('to a person who died is never sent', async () => {
    const city = await oneMessage(SAFE)
    const { context, navigator, messages } = city
    const server = await mailServer()
    const contacted = await stages(city).contacted(SAFE)
    await closeReferral(context, navigator, contacted.id, { outcome: 'closed_early', reason: 'died', summary: '-' })
    await deliverMessages(context, postTo(server.url))
    const toThem = (await messages()).filter(
      ({ toKind, referralId }) => toKind === 'person' && referralId === contacted.id,
    )
    expect(toThem).toEqual([expect.objectContaining({ sentAt: null, outcome: 'the person died' })])
  })

  test('to a suspended user is not sent', async () => {
    const city = await oneMessage()
    const { context, db, navigator, messages } = city
    await stages(city).accepted()
    await db.write((tx) => tx.update(users).set({ suspendedAt: context.now() }).where(eq(users.id, navigator.userId)))
    const server = await mailServer()
    await deliverMessages(context, postTo(server.url))
    const toNavigator = (await messages()).filter(({ toKind }) => toKind === 'user')
    expect(toNavigator).toEqual([expect.objectContaining({ sentAt: null, outcome: 'the user is suspended' })])
  })
})

describe('the built-in mailbox', () => {
  test('keeps what would have been sent, once', async () => {
    const { context, referral, messageTo } = await oneMessage()
    await deliverMessages(context, postTo(null))
    const [mail, ...others] = await listMail(context)
    expect(others).toEqual([])
    expect(mail).toMatchObject({ to: 'team@so-linked.example', receivedAt: context.now() })
    const opened = await openMail(context, mail?.id ?? '')
    expect(opened.text).toContain(referral.reference)
    expect(opened.messageId).toBe(messageIdOf((await messageTo('organisation')).id, FROM))
    await expect(openMail(context, 'no such message')).rejects.toMatchObject({ code: 'not-found' })
  })
})
