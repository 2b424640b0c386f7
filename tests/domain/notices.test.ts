import { describe, expect, test } from 'vitest'
import { EVENT_WORDS, type EventType } from '../../src/domain/events.ts'
import { NOTICE_DECISIONS, NOTICES } from '../../src/domain/notices.ts'

const EVENTS = Object.keys(EVENT_WORDS) as EventType[]

/** Who is told, written again by hand. Every other event was decided too: nobody. */
const TOLD: Partial<Record<EventType, string[]>> = {
  'referral.submitted': ['receiving: referral-to-triage', 'person: person-referral-received'],
  'referral.submitted-direct': ['person: person-referral-received'],
  'referral.assigned': ['navigator: referral-assigned'],
  'referral.reassigned': ['navigator: referral-assigned'],
  'referral.completed': ['referring: referral-closed'],
  'referral.closed-early': ['referring: referral-closed'],
  'referral.found-unreachable': ['referring: referral-closed'],
  'referral.turned-away': ['referring: referral-closed'],
  'referral.withdrawn': ['referring: referral-closed', 'navigator: referral-closed'],
  'placement.sent': ['provider: placement-to-decide'],
  'placement.accepted': ['navigator: placement-accepted'],
  'placement.declined': ['navigator: placement-declined'],
  'placement.started': ['navigator: placement-started'],
  'placement.ended': ['navigator: placement-ended'],
  'placement.withdrawn': ['provider: placement-withdrawn'],
}

describe('who is told', () => {
  test.each(EVENTS)('%s', (event) => {
    expect(NOTICE_DECISIONS[event].map(({ to, notice }) => `${to}: ${notice}`)).toEqual(TOLD[event] ?? [])
  })

  test('is decided for every event and no other, with notices that exist, and each notice is used', () => {
    expect(Object.keys(NOTICE_DECISIONS).sort()).toEqual([...EVENTS].sort())
    const used = new Set(Object.values(NOTICE_DECISIONS).flatMap((told) => told.map(({ notice }) => notice)))
    expect([...used].sort()).toEqual([...NOTICES].sort())
  })

  test('after a death nobody writes to the person', () => {
    expect(NOTICE_DECISIONS['referral.death-recorded']).toEqual([])
  })
})
