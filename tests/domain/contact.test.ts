import { expect, test } from 'vitest'
import { CHANNEL_WORDS, CONTACT_CHANNELS, CONTACT_OUTCOMES, CONTACT_WORDS } from '../../src/domain/contact.ts'

test('every channel and outcome has words', () => {
  expect(Object.keys(CHANNEL_WORDS).sort()).toEqual([...CONTACT_CHANNELS].sort())
  expect(Object.keys(CONTACT_WORDS).sort()).toEqual([...CONTACT_OUTCOMES].sort())
})
