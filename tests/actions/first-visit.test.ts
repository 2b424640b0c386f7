import { describe, expect, test } from 'vitest'
import { remindVisits } from '../../src/actions/clocks/remind-visits.ts'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { listMail, openMail } from '../../src/actions/outbox/mailbox.ts'
import { bookPlacement } from '../../src/actions/placements/book-placement.ts'
import { openVisit } from '../../src/actions/placements/open-visit.ts'
import { recordAttendance } from '../../src/actions/placements/record-attendance.ts'
import { undoPlacement } from '../../src/actions/placements/undo-placement.ts'
import { logContact } from '../../src/actions/referrals/log-contact.ts'
import { openReferral } from '../../src/actions/referrals/open-referral.ts'
import { findPlacement } from '../../src/store/placements.ts'
import { postTo } from '../mail/smtp.ts'
import { smallCity } from '../support/small-city.ts'
import { stages } from '../support/stages.ts'

const SAFE = { email: 'maria@home.example', safeContact: { voicemail: false, text: false, email: true, post: false } }
const never = new AbortController().signal
const THURSDAY = new Date('2026-11-26T10:00:00Z')

async function accepted(person: Record<string, unknown> = {}) {
  const city = await smallCity()
  const { context, db, worker, navigator } = city
  const placement = await stages(city).accepted(person)
  const { referralId = '' } = (await findPlacement(db.read, placement.id)) ?? {}
  const book = (startsAt = THURSDAY) => bookPlacement(context, worker, placement.id, { startsAt })
  const attend = (attended: boolean, sessionOn = '2026-11-26') =>
    recordAttendance(context, worker, placement.id, { sessionOn, attended })
  const owed = async () => {
    const { nextAction } = await openReferral(context, navigator, referralId)
    return [nextAction?.what, nextAction?.due]
  }
  const call = () => logContact(context, navigator, referralId, { outcome: 'spoke', channel: 'phone' })
  async function lettersTo(address = SAFE.email) {
    await deliverMessages(context, postTo(null))
    const mails = (await listMail(context)).filter(({ to }) => to === address)
    return Promise.all(mails.map(({ id }) => openMail(context, id)))
  }
  return { ...city, placement, referralId, book, attend, owed, call, lettersTo }
}

describe('before a first visit', () => {
  test('the person learns when and where, and nothing of what for', async () => {
    const { book, lettersTo, referralId, context, placement, clock, project, group } = await accepted(SAFE)
    await book()
    const letter = (await lettersTo()).find(({ subject }) => subject.startsWith('Your first visit'))
    expect(letter?.text).toContain('When: Thursday 26 November, 10am.')
    expect(letter?.text).toContain('If you cannot come,')
    expect(letter?.text).not.toContain(referralId)
    expect(letter?.text).not.toContain(placement.id)
    for (const secret of [project.name, group.name, 'lonel']) expect(letter?.text).not.toContain(secret)
    const [, token = ''] = /\/visit\/(\S+)/.exec(letter?.text ?? '') ?? []
    expect(await openVisit(context, token)).toMatchObject({ startsAt: THURSDAY })
    for (const other of [
      token.slice(0, -1),
      `${token}x`,
      token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
      '',
      'x',
    ])
      await expect(openVisit(context, other)).rejects.toMatchObject({ code: 'not-found' })
    clock.set('2026-11-26T10:00:01Z')
    await expect(openVisit(context, token)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('of an hour that is written down afterwards, nobody hears', async () => {
    const { book, lettersTo, clock } = await accepted(SAFE)
    clock.set('2026-11-26T12:00:00Z')
    await book()
    expect((await lettersTo()).filter(({ subject }) => subject.startsWith('Your first visit'))).toEqual([])
  })

  test('a moved one is told again, at the same address', async () => {
    const { book, lettersTo, context, clock } = await accepted(SAFE)
    await book()
    const [, token = ''] = /\/visit\/(\S+)/.exec((await lettersTo()).map(({ text }) => text).join()) ?? []
    const before = await openVisit(context, token)
    clock.set('2026-11-23T12:00:00Z')
    await book(new Date('2026-11-27T14:30:00Z'))
    const after = await openVisit(context, token)
    expect([after.uid, after.sequence > before.sequence, after.startsAt]).toEqual([
      before.uid,
      true,
      new Date('2026-11-27T14:30:00Z'),
    ])
    expect((await lettersTo()).filter(({ text }) => text.includes('Friday 27 November, 2:30pm'))).toHaveLength(1)
  })

  test('on the day before they are reminded, once', async () => {
    const { book, lettersTo, context, clock } = await accepted(SAFE)
    await book()
    clock.set('2026-11-24T09:00:00Z')
    expect(await remindVisits(context, never)).toBe(0)
    clock.set('2026-11-25T09:00:00Z')
    expect([await remindVisits(context, never), await remindVisits(context, never)]).toEqual([1, 0])
    expect((await lettersTo()).filter(({ subject }) => subject.includes('tomorrow'))).toHaveLength(1)
    // Moved by a day, they are reminded of the new one.
    await book(new Date('2026-11-27T10:00:00Z'))
    clock.set('2026-11-26T09:00:00Z')
    expect(await remindVisits(context, never)).toBe(1)
  })

  test('whoever cannot be mailed is called by their navigator', async () => {
    const { book, owed, call, clock, context } = await accepted()
    await book()
    expect(await owed()).toEqual(['tell_first_visit', '2026-11-25'])
    clock.set('2026-11-25T09:00:00Z')
    expect(await remindVisits(context, never)).toBe(0)
    await call()
    expect((await owed())[0]).toBe('review')
  })
})

describe('after it', () => {
  test('somebody asks how it was, until they have spoken', async () => {
    const { book, attend, owed, call, clock } = await accepted(SAFE)
    await book()
    clock.set('2026-11-26T13:00:00Z')
    await attend(true)
    expect(await owed()).toEqual(['check_in', '2026-11-30'])
    await call()
    expect((await owed())[0]).toBe('review')
  })

  test('a first one that was missed is asked about on the same day, the second is not', async () => {
    const { book, attend, owed, call, clock, db, placement } = await accepted(SAFE)
    await book()
    clock.set('2026-11-26T13:00:00Z')
    await attend(false)
    expect(await owed()).toEqual(['ask_after_no_show', '2026-11-26'])
    expect(await findPlacement(db.read, placement.id)).toMatchObject({ status: 'booked', nextStep: 'rearrange' })
    await call()
    expect((await owed())[0]).toBe('review')
    await book(new Date('2026-12-03T10:00:00Z'))
    clock.set('2026-12-03T13:00:00Z')
    await attend(false, '2026-12-03')
    expect((await owed())[0]).toBe('review')
  })

  test('a mistake in the register takes the task back with it', async () => {
    const { book, attend, owed, clock, context, worker, placement } = await accepted(SAFE)
    await book()
    const before = await owed()
    clock.set('2026-11-26T13:00:00Z')
    await attend(false)
    await undoPlacement(context, worker, placement.id)
    expect((await owed())[0]).toBe(before[0])
  })
})
