import { expect, test } from 'vitest'
import { DECLINE_REASONS, REASON_WORDS, WITHDRAWAL_REASONS } from '../../src/domain/placement-reasons.ts'

test('the coded reasons are the model’s', () => {
  expect(Object.keys(DECLINE_REASONS).join(' ')).toBe(
    'not_eligible outside_area no_capacity not_our_work unsafe already_attending information_missing ' +
      'person_declined no_contact other',
  )
  expect(Object.keys(WITHDRAWAL_REASONS).join(' ')).toBe(
    'changed_mind needs_met_elsewhere moved_away health work_or_caring sent_in_error referral_closed other',
  )
})

test('a code in both lists means the same in both', () => {
  expect(REASON_WORDS).toMatchObject(DECLINE_REASONS)
  expect(REASON_WORDS).toMatchObject(WITHDRAWAL_REASONS)
})
