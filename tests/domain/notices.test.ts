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
  'referral.call-asked': ['navigator: call-asked'],
  'referral.own-link-asked': ['person: person-own-page'],
  'person.changed': ['navigator: contact-changed'],
  'referral.completed': ['referring: referral-closed'],
  'referral.closed-early': ['referring: referral-closed'],
  'referral.found-unreachable': ['referring: referral-closed'],
  'referral.turned-away': ['referring: referral-closed'],
  'referral.withdrawn': ['referring: referral-closed', 'navigator: referral-closed'],
  'referral.released': ['receiving: referral-released'],
  'referral.asked': ['referring: referral-question'],
  'referral.answered': ['navigator: referral-answered'],
  'referral.reminded': ['navigator: referral-reminder'],
  'referral.redirected': ['team: referral-redirected'],
  'referral.transferred': ['referring: referral-closed', 'navigator: redirect-answered'],
  'referral.turned-back': ['navigator: redirect-answered'],
  'referral.fell-back': ['receiving: referral-to-triage'],
  'referral.resumed': ['navigator: referral-resumed'],
  'referral.reopened': ['referring: referral-reopened'],
  'referral.glass-broken': ['receiving: glass-broken', 'referring: glass-broken'],
  'placement.asked': ['navigator: placement-question'],
  'placement.answered': ['provider: placement-answered'],
  'placement.waitlisted': ['navigator: placement-waitlisted'],
  'placement.still-wanted-asked': ['person: person-still-wanted'],
  'placement.still-wanted-unanswered': ['navigator: still-wanted-silent'],
  'placement.nudged': ['provider: placement-reminder'],
  'placement.escalated': ['navigator: placement-silent'],
  'placement.reminded': ['provider: placement-reminder'],
  'placement.lapsed': ['navigator: placement-lapsed', 'provider: placement-withdrawn'],
  'placement.redirected': ['navigator: placement-declined'],
  'placement.recalled': ['provider: placement-withdrawn'],
  'placement.offered': ['person: person-place-offered', 'navigator: offer-made'],
  'placement.offer-unreached': ['navigator: offer-unreached'],
  'placement.booked': ['person: person-first-visit'],
  'placement.rebooked': ['person: person-first-visit'],
  'placement.visit-reminded': ['person: person-visit-tomorrow'],
  'referral.first-session-missed': ['navigator: first-session-missed'],
  'placement.offer-accepted': ['provider: offer-accepted'],
  'placement.postponed': ['navigator: offer-put-off'],
  'placement.did-not-start': ['navigator: placement-did-not-start'],
  'placement.returned': ['navigator: placement-returned', 'provider: placement-withdrawn'],
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
