import { describe, expect, test } from 'vitest'
import { REFUSALS, Refusal } from '../../src/domain/refusal.ts'

describe('refusals', () => {
  test('carry a code, words for the person, every fault, and what stands behind the door', () => {
    const faults = [{ pointer: '/places', code: 'too-small', detail: 'Enter 0 or more' }]
    const refusal = new Refusal('below-taken', 'Four people have a place.', faults, { kind: 'group', id: 'g1' })
    expect(refusal).toBeInstanceOf(Error)
    expect(refusal).toMatchObject({
      name: 'Refusal',
      code: 'below-taken',
      kind: 'rule',
      message: 'Four people have a place.',
      faults,
      subject: { kind: 'group', id: 'g1' },
    })
    expect(new Refusal('not-found', 'Nothing here.')).toMatchObject({ kind: 'hidden', faults: [], subject: null })
  })

  test('have codes of one form and titles of their own', () => {
    const titles = Object.values(REFUSALS).map(({ title }) => title)
    expect(new Set(titles).size).toBe(titles.length)
    for (const code of Object.keys(REFUSALS)) expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
    for (const title of titles) expect(title).toMatch(/^[A-Z].*[^.]$/)
  })

  test('every conflict that callers count on is a rule', () => {
    const conflicts =
      'wrong-status group-full others-waiting not-eligible changed-meanwhile intake-paused consent-missing ' +
      'placement-open too-few-attempts below-taken'
    for (const code of conflicts.split(' ')) expect(REFUSALS[code as keyof typeof REFUSALS].kind).toBe('rule')
  })
})
