import { describe, expect, it } from 'vitest'
import { clinicalCodes, type ToldMove } from '../../src/domain/clinical-codes.ts'
import type { EventType } from '../../src/domain/events.ts'
import { WITHDRAWAL_REASONS } from '../../src/domain/placement-reasons.ts'

let count = 0

function told(type: EventType, at: string, more: Partial<ToldMove> = {}): ToldMove {
  return { id: `event-${++count}`, type, at: new Date(at), reason: null, undoes: null, ...more }
}

const REFERRED = {
  code: '871731000000106',
  term: 'Referral to social prescribing service (procedure)',
  on: '2026-07-02',
}

describe('“referral to social prescribing service”', () => {
  it('is written once, from the London day on which the service took it on', () => {
    const assigned = told('referral.assigned', '2026-07-01T23:30:00Z')
    expect(clinicalCodes([assigned])).toEqual([REFERRED])
    const again = [assigned, told('referral.reopened', '2026-08-01T09:00:00Z'), told('referral.assigned', '2026-08-02')]
    expect(clinicalCodes(again)).toEqual([REFERRED])
    expect(clinicalCodes(again.toReversed())).toEqual([REFERRED])
  })

  it('comes with the project’s acceptance where it went straight to a project', () => {
    const accepted = told('placement.accepted', '2026-07-02T10:00:00Z')
    const fellBack = told('referral.assigned', '2026-07-20T10:00:00Z')
    expect(clinicalCodes([told('referral.submitted-direct', '2026-07-01'), accepted, fellBack])).toEqual([REFERRED])
    expect(clinicalCodes([told('placement.offer-accepted', '2026-07-02T10:00:00Z')])).toEqual([REFERRED])
  })

  it('is not written for what nobody took on, nor for what was taken back', () => {
    expect(clinicalCodes([told('referral.submitted', '2026-07-01')])).toEqual([])
    const assigned = told('referral.assigned', '2026-07-01')
    const undone = [assigned, told('referral.undone', '2026-07-01', { undoes: assigned.id })]
    expect(clinicalCodes(undone)).toEqual([])
    expect(clinicalCodes([...undone, told('referral.assigned', '2026-07-02')])).toEqual([REFERRED])
  })
})

describe('“social prescribing declined”', () => {
  const codeFor = (reason: string | null) =>
    clinicalCodes([told('referral.withdrawn', '2026-07-02', { reason })]).map(({ code }) => code)

  it('is only for the person’s own reasons', () => {
    const declining = Object.keys(WITHDRAWAL_REASONS).filter((reason) => codeFor(reason).length > 0)
    expect(declining).toEqual(['changed_mind', 'needs_met_elsewhere', 'health', 'work_or_caring'])
    expect(codeFor('changed_mind')).toEqual(['871711000000103'])
    expect(codeFor(null)).toEqual([])
  })

  it('is not for what ended otherwise', () => {
    for (const type of ['referral.turned-away', 'referral.found-unreachable', 'placement.declined'] as const)
      expect(clinicalCodes([told(type, '2026-07-02', { reason: 'changed_mind' })])).toEqual([])
  })
})
