import { describe, expect, test } from 'vitest'
import { fold } from '../../src/domain/fold.ts'
import { type LastEvent, reasonNotToUndo } from '../../src/domain/undo.ts'

const AT = new Date('2026-11-23T09:00:00Z')
const actor = { userId: 'ada', organisationId: 'so-linked' }

function event(of: Partial<LastEvent> = {}): LastEvent {
  return {
    id: 'e1',
    type: 'referral.contacted',
    fromStatus: 'assigned',
    actorKind: 'user',
    actorId: 'ada',
    organisationId: 'so-linked',
    at: AT,
    undoes: null,
    causedBy: null,
    ...of,
  }
}

describe('taking back', () => {
  test('by whoever made the move, within a day', () => {
    expect(reasonNotToUndo(event(), actor, new Date('2026-11-24T09:00:00Z'))).toBeUndefined()
  })

  test.each([
    ['a day and a moment later', event(), new Date('2026-11-24T09:00:00.001Z'), /24 hours/],
    ['somebody else', event({ actorId: 'bob' }), AT, /Somebody else/],
    ['the same user for another organisation', event({ organisationId: 'surgery' }), AT, /Somebody else/],
    ['the clock', event({ actorKind: 'system', actorId: null }), AT, /something else/],
    ['nothing', undefined, AT, /something else/],
    ['the beginning', event({ type: 'referral.submitted' }), AT, /beginning/],
    ['what was taken back', event({ undoes: 'e0' }), AT, /already/],
    ['what came with another move', event({ causedBy: 'e0' }), AT, /came with/],
  ])('not %s', (_, last, now, words) => {
    expect(reasonNotToUndo(last, actor, now)).toMatch(words)
  })
})

test('state is the fold of history, in order of versions', () => {
  const history = [
    { subjectVersion: 2, changes: { status: ['submitted', 'assigned'], navigatorId: [null, 'ada'] } },
    { subjectVersion: 1, changes: { status: [null, 'submitted'], navigatorId: [null, null] } },
    { subjectVersion: 3, changes: null },
  ] satisfies Parameters<typeof fold>[0][number][]
  expect(fold(history)).toEqual({ status: 'assigned', navigatorId: 'ada' })
})
