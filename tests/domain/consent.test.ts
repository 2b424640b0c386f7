import { expect, test } from 'vitest'
import { BASES, BASIS_WORDS, basisOf } from '../../src/domain/consent.ts'

const CARE = { kind: 'direct_care', reason: 'In hospital.' } as const

test.each([
  ['the person agreed', true, undefined, { basis: 'consent', reason: null }],
  ['the person agreed: their yes stands before any other footing', true, CARE, { basis: 'consent', reason: null }],
  ['no yes, another footing', false, CARE, { basis: 'direct_care', reason: 'In hospital.' }],
  ['no yes, no footing', false, undefined, undefined],
])('%s', (_, agreed, stated, basis) => {
  expect(basisOf(agreed, stated)).toEqual(basis)
})

test('every basis has words', () => {
  expect(Object.keys(BASIS_WORDS).sort()).toEqual([...BASES].sort())
})
