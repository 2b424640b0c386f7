import { expect, test } from 'vitest'
import { attemptsOf } from '../../src/domain/closing.ts'
import { type ContactChannel, type ContactOutcome, usableChannels } from '../../src/domain/contact.ts'

const nothingHeld = {
  phone: null,
  email: null,
  addressLines: null,
  noFixedAddress: false,
  safeContact: { voicemail: false, text: false, email: false, post: false },
}
const allSafe = { voicemail: true, text: true, email: true, post: true }

test.each([
  ['nothing is held', {}, []],
  ['a phone, and texts are not safe', { phone: '023 8000 0000' }, ['phone']],
  ['a phone, and texts are safe', { phone: '023 8000 0000', safeContact: allSafe }, ['phone', 'text']],
  ['an e-mail that is not safe', { email: 'a@example.org' }, []],
  ['an address where post is not safe', { addressLines: ['1 High Street'] }, ['in_person']],
  ['an old address of somebody without one', { addressLines: ['1 High Street'], noFixedAddress: true }, []],
])('ways to reach somebody: %s', (_, held, ways) => {
  expect(usableChannels({ ...nothingHeld, ...held })).toEqual(ways)
})

function tried(on: string, channel: ContactChannel, outcome: ContactOutcome = 'no_answer') {
  return { outcome, channel, madeAt: new Date(`${on}T10:00:00Z`) }
}

test('only tries since the last conversation, on ways that could have reached the person', () => {
  const log = [
    tried('2026-11-02', 'phone'),
    tried('2026-11-03', 'phone', 'spoke'),
    tried('2026-11-04', 'phone'),
    tried('2026-11-05', 'post'),
    tried('2026-11-09', 'phone'),
  ]
  expect(attemptsOf(log, ['phone'])).toEqual({
    count: 2,
    overWorkingDays: 3,
    channelsTried: ['phone'],
    usableChannels: ['phone'],
  })
})

test('where nothing is held, whatever was tried counts', () => {
  expect(attemptsOf([tried('2026-11-02', 'post')], []).count).toBe(1)
})
