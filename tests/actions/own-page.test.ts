import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { messageToken } from '../../src/actions/access/message-token.ts'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import {
  answerOwnPlace,
  answerOwnQuestion,
  changeOwnContact,
  pauseOwn,
  restartOwn,
  stopOwnSharing,
  tellNavigator,
  withdrawOwn,
} from '../../src/actions/own/act-on-own-page.ts'
import { askForOwnPage } from '../../src/actions/own/ask-for-help.ts'
import { openOwnPage, readOwnDoor } from '../../src/actions/own/own-link.ts'
import { readOwnPage } from '../../src/actions/own/read-own-page.ts'
import { openPlacement } from '../../src/actions/placements/open-placement.ts'
import { waitlistPlacement } from '../../src/actions/placements/wait-for-place.ts'
import { askReferrer } from '../../src/actions/referrals/ask-referrer.ts'
import { mailbox, outbox, people, placements, referrals } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City } from '../support/given.ts'
import { messageOf, POST, wholeDatabase } from '../support/links.ts'

const BORN = '1958-03-27'
const SAFE = {
  email: 'maria@home.example',
  safeContact: { voicemail: false, text: false, email: true, post: false },
}

let test: TestApp
let city: City

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city({ places: 1 })
})

const row = async (id: string) => {
  const [found] = await test.context.db.read.select().from(referrals).where(eq(referrals.id, id))
  if (!found) throw new Error('There is no such referral.')
  return found
}

const owed = async (notice: string) =>
  (await test.context.db.read.select().from(outbox)).filter((message) => message.notice === notice)

async function sent(person: Record<string, unknown> = SAFE) {
  const placement = await test.given.referral(city, person).sent()
  const [found] = await test.context.db.read.select().from(placements).where(eq(placements.id, placement.id))
  const referral = await row(found?.referralId ?? '')
  return { placementId: placement.id, referralId: referral.id, reference: referral.reference }
}

/** Asks, gets the mail, and opens the page. */
async function opened(person: Record<string, unknown> = SAFE) {
  const one = await sent(person)
  await askForOwnPage(test.context, { reference: one.reference, dateOfBirth: BORN, way: 'link' })
  await deliverMessages(test.context, POST)
  const token = messageToken(test.context, (await messageOf(test.context, 'person-own-page')).id, SAFE.email)
  return { ...one, token, at: { token, pass: await openOwnPage(test.context, token, BORN) } }
}

describe('asking for a link', () => {
  it('sends it to the address that is safe, three times a day at most, and says nothing of why', async () => {
    const { reference } = await sent()
    const ask = () => askForOwnPage(test.context, { reference, dateOfBirth: BORN, way: 'link' })
    for (let time = 0; time < 5; time++) await ask()
    expect(await owed('person-own-page')).toHaveLength(3)
    await deliverMessages(test.context, POST)
    const mail = (await test.context.db.read.select().from(mailbox)).find(({ text }) => text.includes('/l/'))
    expect(mail?.text).not.toMatch(/oneliness|Okafor|Community Roots|07700/)
  })

  it('has somebody called where no mail is safe: once, and nothing goes out', async () => {
    const { reference, referralId } = await sent({})
    await askForOwnPage(test.context, { reference, dateOfBirth: BORN, way: 'link' })
    await askForOwnPage(test.context, { reference, dateOfBirth: BORN, way: 'link' })
    expect(await owed('person-own-page')).toHaveLength(0)
    expect(await owed('call-asked')).toHaveLength(1)
    expect(await row(referralId)).toMatchObject({ nextStep: 'call_back', nextOwnerKind: 'navigator' })
  })

  it('calls also whoever would rather talk', async () => {
    const { reference, referralId } = await sent()
    await askForOwnPage(test.context, { reference, dateOfBirth: BORN, way: 'call' })
    expect((await row(referralId)).nextStep).toBe('call_back')
  })

  it('is refused by the same words for every mismatch, and writes nothing', async () => {
    const { reference } = await sent()
    const before = await wholeDatabase(test.context)
    for (const asked of [
      { reference, dateOfBirth: '1958-03-28' },
      { reference: 'SP-2222-2222', dateOfBirth: BORN },
    ])
      await expect(askForOwnPage(test.context, { ...asked, way: 'link' })).rejects.toThrow(
        'No referral has this reference and this date of birth.',
      )
    expect(await wholeDatabase(test.context)).toEqual(before)
  })

  it('reaches nobody to whom nothing is to be sent', async () => {
    const { reference, referralId } = await sent()
    const { personId } = await row(referralId)
    await test.context.db.write((tx) =>
      tx.update(people).set({ messagesStopped: 'do_not_contact' }).where(eq(people.id, personId)),
    )
    const before = await wholeDatabase(test.context)
    await askForOwnPage(test.context, { reference, dateOfBirth: BORN, way: 'link' })
    expect(await wholeDatabase(test.context)).toEqual(before)
  })
})

describe('the page', () => {
  it('opens with the date of birth, for half an hour, within a week', async () => {
    const { token, at } = await opened()
    await expect(openOwnPage(test.context, token, '1958-03-28')).rejects.toThrow('not the date of birth')
    expect(await readOwnDoor(test.context, token, at.pass)).toEqual({ hasEnded: false, isOpen: true })
    test.clock.set('2026-11-23T09:31:00Z')
    expect(await readOwnDoor(test.context, token, at.pass)).toEqual({ hasEnded: false, isOpen: false })
    await expect(readOwnPage(test.context, token, at.pass)).rejects.toThrow('closes after half an hour')
    test.clock.set('2026-12-01T09:00:00Z')
    expect(await readOwnDoor(test.context, token, at.pass)).toEqual({ hasEnded: true, isOpen: false })
    await expect(openOwnPage(test.context, token, BORN)).rejects.toThrow()
  })

  it('shows who has it, what is next, who knows what, and the plan', async () => {
    const { at } = await opened()
    const page = await readOwnPage(test.context, at.token, at.pass)
    expect(page).toMatchObject({
      where: { step: 'matched', next: { owner: 'service' } },
      contact: { email: SAFE.email },
      places: [{ status: 'sent', answers: ['no-longer'] }],
      sharing: [
        { organisation: { name: city.service.name }, knowsName: true, mayStop: false },
        { organisation: { name: city.provider.name }, knowsName: false, mayStop: true },
      ],
    })
    expect(page.plan.goals.length).toBeGreaterThan(0)
  })

  it('is not there once mail is not safe any more', async () => {
    const { at, referralId } = await opened()
    const { personId } = await row(referralId)
    await test.context.db.write((tx) =>
      tx
        .update(people)
        .set({ safeContact: { ...SAFE.safeContact, email: false } })
        .where(eq(people.id, personId)),
    )
    await expect(readOwnPage(test.context, at.token, at.pass)).rejects.toThrow('nothing at this address')
  })
})

describe('there somebody', () => {
  it('changes how they are reached; the navigator is told, and the old mailbox opens nothing', async () => {
    const { at, referralId } = await opened()
    test.clock.set('2026-11-23T09:10:00Z')
    await changeOwnContact(test.context, at, { phone: '07700 900555', email: 'new@home.example' })
    const [person] = await test.context.db.read
      .select()
      .from(people)
      .where(eq(people.id, (await row(referralId)).personId))
    expect(person).toMatchObject({ phone: '07700 900555', email: 'new@home.example' })
    expect(await owed('contact-changed')).toHaveLength(1)
    await expect(readOwnPage(test.context, at.token, at.pass)).rejects.toThrow('nothing at this address')
  })

  it('says what is wrong in their own words, which overwrite nothing', async () => {
    const { at, referralId } = await opened()
    await tellNavigator(test.context, at, { words: 'My name is spelt Okafor-Bello.' })
    expect(await row(referralId)).toMatchObject({ nextStep: 'call_back' })
    const history = await test.call(city.navigator, 'GET', `/referrals/${referralId}/history`)
    expect(JSON.stringify(history.body)).toContain('My name is spelt Okafor-Bello.')
  })

  it('pauses everything, and starts again', async () => {
    const { at, referralId } = await opened()
    await pauseOwn(test.context, at, { restartsOn: '2026-12-21' })
    expect(await row(referralId)).toMatchObject({ status: 'on_hold', restartsOn: '2026-12-21' })
    await restartOwn(test.context, at)
    expect(await row(referralId)).toMatchObject({ status: 'active', restartsOn: null })
  })

  it('withdraws: everything open ends, and nobody may read on', async () => {
    const { at, referralId, placementId } = await opened()
    await withdrawOwn(test.context, at, { reason: 'changed_mind' })
    expect(await row(referralId)).toMatchObject({ status: 'withdrawn', closingReason: 'changed_mind' })
    expect((await readOwnPage(test.context, at.token, at.pass)).sharing).toMatchObject([{ mayStop: false }])
    expect((await test.call(city.worker, 'GET', `/placements/${placementId}`)).body.status).toBe('withdrawn')
    await expect(withdrawOwn(test.context, at, { reason: 'changed_mind' })).rejects.toThrow('not possible')
  })

  it('says that they do not want one place any more, and pauses their turn at another', async () => {
    const { at, placementId } = await opened()
    await waitlistPlacement(test.context, city.worker, placementId)
    await answerOwnPlace(test.context, at, placementId, { answer: 'pause', restartsOn: '2026-12-21' })
    await answerOwnPlace(test.context, at, placementId, { answer: 'wait-again' })
    await answerOwnPlace(test.context, at, placementId, { answer: 'still-wanted' })
    await expect(answerOwnPlace(test.context, at, placementId, { answer: 'take' })).rejects.toThrow('Something else')
    await answerOwnPlace(test.context, at, placementId, { answer: 'no-longer' })
    expect((await readOwnPage(test.context, at.token, at.pass)).places).toEqual([])
  })

  it('touches no place of anybody else', async () => {
    const { at } = await opened()
    const other = await test.given.referral(city, { fullName: 'Somebody Else' }).sent()
    await expect(answerOwnPlace(test.context, at, other.id, { answer: 'no-longer' })).rejects.toThrow('Something else')
  })

  it('takes back what a project may know: at the next request it sees no more', async () => {
    const { at, placementId } = await opened()
    await openPlacement(test.context, city.worker, placementId)
    await stopOwnSharing(test.context, at, { provider: city.provider.slug })
    const seen = await test.call(city.worker, 'GET', `/placements/${placementId}`)
    expect(seen.body.person ?? null).toBeNull()
    expect((await readOwnPage(test.context, at.token, at.pass)).places).toEqual([])
    await expect(stopOwnSharing(test.context, at, { provider: city.provider.slug })).rejects.toThrow('meanwhile')
  })

  it('answers a question of the navigator only where it was asked of them', async () => {
    const { at, referralId } = await opened()
    await expect(answerOwnQuestion(test.context, at, { text: 'Yes' })).rejects.toThrow('not possible')
    await expect(askReferrer(test.context, city.navigator, referralId, { question: 'Why?' })).rejects.toThrow()
  })
})
