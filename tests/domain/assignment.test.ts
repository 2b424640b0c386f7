import { describe, expect, test } from 'vitest'
import { chooseNavigator } from '../../src/domain/assignment.ts'
import type { Referral, Standing } from '../../src/domain/referral.ts'
import { assign } from '../../src/domain/referral.ts'

const candidate = (name: string, openReferrals: number, wards: string[] | null = null) => ({
  id: `id-${name}`,
  name,
  wards,
  openReferrals,
})

describe('who gets a new referral', () => {
  test('whoever looks after the ward, however much they carry', () => {
    const present = [candidate('Ada', 0), candidate('Ben', 9, ['W1', 'W2']), candidate('Cy', 0, ['W3'])]
    expect(chooseNavigator(present, 'W2')?.name).toBe('Ben')
  })

  test('where nobody looks after it, those without wards of their own', () => {
    const present = [candidate('Ada', 5), candidate('Ben', 0, ['W1']), candidate('Cy', 4, [])]
    expect(chooseNavigator(present, 'W9')?.name).toBe('Cy')
    expect(chooseNavigator(present, null)?.name).toBe('Cy')
  })

  test('where everybody has wards, anybody', () => {
    const present = [candidate('Ada', 5, ['W1']), candidate('Ben', 3, ['W2'])]
    expect(chooseNavigator(present, 'W9')?.name).toBe('Ben')
    expect(chooseNavigator(present, null)?.name).toBe('Ben')
  })

  test('of several the one who carries least, and by name where two carry the same', () => {
    const present = [candidate('Cy', 2), candidate('Ben', 1), candidate('Ada', 1)]
    expect(chooseNavigator(present, null)?.name).toBe('Ada')
    expect(chooseNavigator([...present].reverse(), null)?.name).toBe('Ada')
  })

  test('nobody, where nobody is here', () => {
    expect(chooseNavigator([], 'W1')).toBeUndefined()
  })
})

describe('a referral that was asked about, or redirected, before anybody had it', () => {
  const asked: Referral & Standing = {
    id: 'r1',
    status: 'information_needed',
    priority: 'routine',
    receivedAt: new Date('2026-11-23T09:00:00Z'),
    contactedAt: null,
    navigatorId: null,
    receivingOrganisationId: 'so-linked',
    beforeStatus: 'submitted',
    beforeStep: 'triage',
    beforeDaysLeft: 2,
    restartsOn: null,
    redirectedTo: null,
    redirectedToOrganisationId: null,
    isDirect: false,
  }

  test('goes back to the navigator it was given to meanwhile, not to the queue', () => {
    expect(assign(asked, 'nav', ['triage_lead']).sets).toEqual({
      navigatorId: 'nav',
      beforeStatus: 'assigned',
      beforeStep: 'first_contact',
    })
    expect(assign({ ...asked, beforeStatus: 'contacted' }, 'nav', ['triage_lead']).sets).toEqual({ navigatorId: 'nav' })
  })
})
