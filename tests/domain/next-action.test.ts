import { describe, expect, test } from 'vitest'
import { isOverdue, LIMITS, NEXT_STEPS } from '../../src/domain/next-action.ts'

const NOW = new Date('2026-11-23T09:00:00Z')

describe('next actions', () => {
  test('the limits are the model’s', () => {
    expect(LIMITS).toMatchObject({
      triage: { routine: 2, priority: 2, urgent: 0 },
      firstContact: { routine: 10, priority: 5, urgent: 0 },
      plan: 5,
      place: 5,
      decide: 5,
      firstSession: 10,
      register: 2,
      afterRefusal: 2,
      afterEnd: 5,
      reviewWeeks: 12,
    })
  })

  test('each step is said as something to do', () => {
    for (const words of Object.values(NEXT_STEPS)) expect(words).toMatch(/^[A-Z][a-z]+ .*[^.]$/)
  })

  test.each([
    ['yesterday', '2026-11-22', true],
    ['today', '2026-11-23', false],
    ['tomorrow', '2026-11-24', false],
    ['never', null, false],
  ])('due %s: overdue %s', (_, dueOn, overdue) => {
    expect(isOverdue({ dueOn }, NOW)).toBe(overdue)
  })

  test('overdue begins at midnight in London', () => {
    expect(isOverdue({ dueOn: '2026-06-15' }, new Date('2026-06-15T22:59:00Z'))).toBe(false)
    expect(isOverdue({ dueOn: '2026-06-15' }, new Date('2026-06-15T23:00:00Z'))).toBe(true)
  })
})
