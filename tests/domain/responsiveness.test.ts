import { expect, it } from 'vitest'
import { type Answered, responseWords, responsivenessOf } from '../../src/domain/responsiveness.ts'

const at = (day: string) => new Date(`${day}T10:00:00Z`)
const sent = (answered: string | null, isYes = true, startedOn: string | null = null): Answered => ({
  // A Friday.
  sentAt: at('2026-11-20'),
  answer: answered ? { at: at(answered), isYes } : null,
  startedAt: startedOn ? at(startedOn) : null,
})

it('counts working days to the answer, and days to the first session as the middle half', () => {
  const eleven = [
    ...Array.from({ length: 6 }, () => sent('2026-11-23', true, '2026-11-30')),
    ...Array.from({ length: 4 }, () => sent('2026-11-27', true, '2026-12-10')),
    sent('2026-11-20', false),
    sent(null),
  ]
  const counted = responsivenessOf(eleven)
  expect(counted).toEqual({ answered: 11, accepted: 10, replyDays: 1, waitLowDays: 10, waitHighDays: 20, waited: 10 })
  expect(responseWords(counted)).toEqual([
    'Usually replies in 1 working day. Took on 10 of 11 people in the last 12 months.',
  ])
})

it('says nothing of fewer than ten', () => {
  const nine = Array.from({ length: 9 }, () => sent('2026-11-23', true, '2026-11-30'))
  expect(responseWords(responsivenessOf(nine))).toEqual([])
  expect(responseWords(responsivenessOf([]))).toEqual([])
  expect(responseWords(responsivenessOf([...nine, sent('2026-11-20')]))).toHaveLength(1)
})

it('says the same day as such', () => {
  const ten = Array.from({ length: 10 }, () => sent('2026-11-20'))
  expect(responseWords(responsivenessOf(ten))[0]).toMatch(/^Usually replies the same day\. Took on 10 of 10/)
})
