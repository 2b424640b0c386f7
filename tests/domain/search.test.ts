import { describe, expect, it } from 'vitest'
import { normaliseReference } from '../../src/domain/reference.ts'
import { type Sought, understand } from '../../src/domain/search.ts'

const TODAY = '2026-11-23'
const NOTHING: Sought = {
  references: [],
  nhsNumber: null,
  bornOn: null,
  postcode: null,
  district: null,
  words: [],
}
const REFERENCE = [...'234679CDFGHJKMNPQRTVWXYZ'].map((last) => `SP-7K3M-Q2X${last}`).find(normaliseReference) ?? 'none'
const CODE = REFERENCE.slice(-1)

describe('one box understands', () => {
  it.each<[string, Partial<Sought>]>([
    ['Maria Okafor', { words: ['maria', 'okafor'] }],
    ['  okafor,   MARIA ', { words: ['okafor', 'maria'] }],
    ['Mrs Okafor', { words: ['okafor'] }],
    ['O’Brien-Ñandú', { words: ['obrien', 'nandu'] }],
    ['Łukasz', { words: ['lukasz'] }],
    ['李', { words: ['李'] }],
    ['محمد', { words: ['محمد'] }],
    ['999 000 0018', { nhsNumber: '9990000018' }],
    ['999-000-0018', { nhsNumber: '9990000018' }],
    ['9990000018', { nhsNumber: '9990000018' }],
    [' 99 900 000 18 ', { nhsNumber: '9990000018' }],
    ['so14 0yn', { postcode: 'SO14 0YN' }],
    ['SO140YN', { postcode: 'SO14 0YN' }],
    ['okafor so14', { words: ['okafor'], district: 'SO14' }],
    ['Okafor SO14 0YN', { words: ['okafor'], postcode: 'SO14 0YN' }],
    ['27/03/1958', { bornOn: '1958-03-27' }],
    ['27.3.58', { bornOn: '1958-03-27' }],
    ['27-03-1958', { bornOn: '1958-03-27' }],
    ['1958-03-27', { bornOn: '1958-03-27' }],
    ['27 March 1958', { bornOn: '1958-03-27' }],
    ['27th Mar 58', { bornOn: '1958-03-27' }],
    ['March 27, 1958', { bornOn: '1958-03-27' }],
    ['27031958', { bornOn: '1958-03-27' }],
    ['1/2/24', { bornOn: '2024-02-01' }],
    ['Maria 27/3/1958 SO14', { words: ['maria'], bornOn: '1958-03-27', district: 'SO14' }],
    ['J Smith', { words: ['j', 'smith'] }],
    ['Jack Dunn', { words: ['jack', 'dunn'] }],
    ['MARY PARK', { words: ['mary', 'park'] }],
  ])('%s', (text, sought) => {
    const { notes, sought: found } = understand(text, TODAY)
    expect(found).toEqual({ ...NOTHING, ...sought })
    expect(notes).toEqual([])
  })

  it('a reference in any case and spacing, and in letters that look like it', () => {
    const reference = REFERENCE
    const last = CODE.toLowerCase()
    for (const text of [reference, `sp 7k3m q2x${last}`, `SP7K3MQ2X${CODE}`, `7k3m-q2x${last}`, ` sp-7k3m q2x${last} `])
      expect([text, understand(text, TODAY).sought]).toEqual([text, { ...NOTHING, references: [reference] }])
    expect(understand(`SP-7K3N-Q2X${CODE}`, TODAY).sought.references).toContain(reference)
    expect(understand(`SP-7K3M-QZX${CODE}`, TODAY).sought.references).toContain(reference)
    expect(understand(`SP-7KBM-Q2X${CODE}`, TODAY).sought.references.length).toBeGreaterThan(0)
  })

  it.each([
    ['999 000 0019', 'not a valid NHS number'],
    ['999 000 001', '10 digits. This has 9'],
    ['07700 900123', 'looks like a phone number'],
    ['31/02/1958', 'no such date of birth'],
    ['1/1/2027', 'no such date of birth'],
    ['SO14', 'Add a name'],
    ['SP-AEAE-1234', 'not a reference of ours'],
    ['J', 'at least two letters'],
    ['Maria 999 000 0019', 'not a valid NHS number'],
  ])('%s is answered kindly, and looks for nobody', (text, words) => {
    const { sought, notes } = understand(text, TODAY)
    expect(sought).toEqual(NOTHING)
    expect(notes.join(' ')).toContain(words)
  })

  it.each(['', '   ', '???', '%%%', '😀'])('nothing in %j', (text) => {
    expect(understand(text, TODAY)).toEqual({ sought: NOTHING, by: [], words: [], notes: [] })
  })

  it('says how it understood what was typed', () => {
    expect(understand('okafor 27/3/58 so14', TODAY).words).toEqual([
      'the name “okafor”, or one that sounds like it',
      'born 27 March 1958',
      'a postcode that starts with SO14',
    ])
  })
})
