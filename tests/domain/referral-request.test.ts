import { describe, expect, test } from 'vitest'
import { NEED_CODES } from '../../src/domain/needs.ts'
import { ReferralRequest } from '../../src/domain/referral-request.ts'
import { faultsOf } from './faults.ts'

const BASE = {
  person: { fullName: 'Maria Okafor', dateOfBirth: '1955-03-27' },
  needs: ['loneliness'],
  reason: 'Has not left the flat since the funeral.',
  priority: 'routine',
  risks: 'none_known',
  consent: { shareWithNavigator: true },
}

describe('a request to help one person', () => {
  test('the required facts are enough', () => {
    expect(ReferralRequest.parse(BASE)).toEqual(BASE)
  })

  test('risks are listed by kind, with or without detail', () => {
    const risks = [{ kind: 'self_harm', detail: ' last year ' }, { kind: 'other' }]
    expect(ReferralRequest.parse({ ...BASE, risks }).risks).toEqual([
      { kind: 'self_harm', detail: 'last year' },
      { kind: 'other', detail: '' },
    ])
  })

  test('a need named twice counts once', () => {
    expect(ReferralRequest.parse({ ...BASE, needs: ['falls', 'loneliness', 'falls'] }).needs).toEqual([
      'falls',
      'loneliness',
    ])
  })

  test.each(['direct_care', 'safeguarding', 'best_interests'])('without a yes, %s with its reason will do', (kind) => {
    const basis = { kind, reason: 'Cannot decide at present.' }
    const consent = { shareWithNavigator: false }
    expect(ReferralRequest.parse({ ...BASE, consent, basis })).toEqual({ ...BASE, consent, basis })
  })
})

const BASIS = 'The person has not agreed to be referred. Give another basis for sharing, with the reason'
const NO_YES = { shareWithNavigator: false }

describe('what is wrong, in words for the person who typed it', () => {
  test.each<[string, Record<string, unknown>, string, string]>([
    ['no need', { needs: [] }, '/needs', 'Choose at least one need'],
    ['needs left out', { needs: undefined }, '/needs', 'Choose at least one need'],
    ['a need off the list', { needs: ['happiness'] }, '/needs/0', 'This need is not on the list'],
    ['eleven needs', { needs: NEED_CODES.slice(0, 11) }, '/needs', 'Choose 10 needs or fewer'],
    ['an empty reason', { reason: ' ' }, '/reason', 'Say why you are referring this person'],
    ['no reason', { reason: undefined }, '/reason', 'Say why you are referring this person'],
    ['a long reason', { reason: 'x'.repeat(2001) }, '/reason', 'The reason must be 2000 characters or fewer'],
    ['no priority', { priority: undefined }, '/priority', 'Choose routine, priority or urgent'],
    ['a priority off the list', { priority: 'high' }, '/priority', 'Choose routine, priority or urgent'],
    ['risks left out', { risks: undefined }, '/risks', 'Say "none_known", or list each risk with its kind and detail'],
    ['consent left out', { consent: undefined }, '/consent', 'Say whether the person agrees to be referred'],
    [
      'consent half said',
      { consent: {} },
      '/consent/shareWithNavigator',
      'Say whether the person agrees to share with a navigator',
    ],
    ['no yes and no basis', { consent: NO_YES }, '/basis', BASIS],
    [
      'a basis off the list',
      { consent: NO_YES, basis: { kind: 'habit', reason: 'x' } },
      '/basis/kind',
      'Choose the basis for sharing',
    ],
    [
      'a basis without its reason',
      { consent: NO_YES, basis: { kind: 'safeguarding', reason: '' } },
      '/basis/reason',
      'Say why the details are shared without the person’s agreement',
    ],
    ['an empty strength', { strengths: ['Chess', ' '] }, '/strengths/1', 'A strength is empty'],
    ['eleven strengths', { strengths: Array(11).fill('Chess') }, '/strengths', 'Enter 10 strengths or fewer'],
    [
      'NUL in the person’s own words',
      { whatMattersToMe: 'a\u0000' },
      '/whatMattersToMe',
      'What matters to the person has characters that cannot be kept',
    ],
  ])('%s', (_, given, pointer, detail) => {
    expect(faultsOf(ReferralRequest, { ...BASE, ...given })).toEqual([{ pointer, detail }])
  })

  test('the missing basis is said together with everything else', () => {
    const faults = faultsOf(ReferralRequest, { ...BASE, priority: undefined, consent: NO_YES })
    expect(faults.map(({ pointer }) => pointer)).toEqual(['/priority', '/basis'])
  })

  test.each([
    ['at the top', { urgency: 'high' }, ''],
    ['in the person', { person: { ...BASE.person, mood: 'low' } }, '/person'],
    ['in consent', { consent: { shareWithNavigator: true, shareWithMum: true } }, '/consent'],
    ['in a basis', { basis: { kind: 'safeguarding', reason: 'x', by: 'me' } }, '/basis'],
  ])('an unknown key is refused: %s', (_, given, pointer) => {
    expect(faultsOf(ReferralRequest, { ...BASE, ...given }).map((fault) => fault.pointer)).toEqual([pointer])
  })

  test.each([
    ['nothing at all', {}],
    ['an empty list of risks', { ...BASE, risks: [] }],
    ['a risk off the list', { ...BASE, risks: [{ kind: 'weather' }] }],
    ['one text for a list', { ...BASE, needs: 'falls', strengths: 'Chess' }],
    ['a text for a yes', { ...BASE, consent: { shareWithNavigator: 'yes', shareWithProject: 'yes' } }],
    ['a text for a person', { ...BASE, person: 'Maria' }],
  ])('no programmer’s words: %s', (_, given) => {
    const faults = faultsOf(ReferralRequest, given)
    expect(faults).not.toEqual([])
    for (const { detail } of faults)
      expect(detail).not.toMatch(/invalid input|expected|received|unrecognized|too (big|small)/i)
  })
})
