import { describe, expect, test } from 'vitest'
import { accessMet, accessNeedsOf } from '../../src/domain/access-needs.ts'
import { costWords } from '../../src/domain/cost.ts'
import type { AccessCode } from '../../src/domain/directory.ts'
import { kilometresBetween, pointOf } from '../../src/domain/distance.ts'
import { checkedAgo, isAssured } from '../../src/domain/freshness.ts'
import { isEnglish, languageCode, languageName, OFFERED_LANGUAGES, spokenOf } from '../../src/domain/languages.ts'
import { rootsOf, termsIn } from '../../src/domain/plain-words.ts'

const needs = (communicationNeeds: string | null, facts = {}) =>
  accessNeedsOf({ communicationNeeds, facts }).map(({ code }) => code)

describe('what is understood of access needs', () => {
  test.each<[string, AccessCode[]]>([
    ['Uses a wheelchair', ['step_free', 'accessible_toilet']],
    ['Wheel-chair user', ['step_free', 'accessible_toilet']],
    ['Cannot manage stairs', ['step_free']],
    ["Can't climb steps", ['step_free']],
    ['No stairs', ['step_free']],
    ['Walks with a walking frame', ['step_free']],
    ['Uses a hearing loop', ['hearing_loop']],
    ['Wears hearing aids, prefers text', ['hearing_loop']],
    ['Deaf, uses BSL', ['sign_language']],
    ['Hard of hearing and uses a wheelchair', ['hearing_loop', 'step_free', 'accessible_toilet']],
    ['Autistic; needs a quiet room', ['quiet_space']],
    ['Does not drive', ['by_bus']],
    ['Housebound', ['home_visits']],
    ['Cannot leave the house', ['home_visits']],
    ['Comes with her carer', ['carers_welcome']],
    ['Brings the baby', ['children_welcome']],
    ['Has a Blue Badge', ['blue_badge_parking']],
    // What is denied, or long ago, or says something else.
    ['Does not use a wheelchair', []],
    ['No hearing loss', []],
    ['Manages stairs', []],
    ['Used to use a walking frame', []],
    ['Never noisy', []],
    ['Large print', []],
    ['Call his sister Quentina first', []],
    ['Reads lips', []],
    ['No wheelchair, but hard of hearing', ['hearing_loop']],
    ['', []],
  ])('“%s” is %j', (text, codes) => expect(needs(text)).toEqual(codes))

  test('nothing said is nothing needed; a fall asks for no steps', () => {
    expect(needs(null)).toEqual([])
    expect(needs(null, { fallOrAtRisk: true })).toEqual(['step_free'])
    expect(needs(null, { fallOrAtRisk: false })).toEqual([])
    expect(needs('Uses a wheelchair', { fallOrAtRisk: true })).toEqual(['step_free', 'accessible_toilet'])
  })

  test('each need says from which words it was understood', () => {
    expect(accessNeedsOf({ communicationNeeds: 'Large print. Uses a wheelchair', facts: {} })[0]).toEqual({
      code: 'step_free',
      because: 'Uses a wheelchair',
    })
  })

  test('who comes to the person needs no ramp, but may need to sign', () => {
    const wanted = accessNeedsOf({ communicationNeeds: 'Uses a wheelchair. BSL', facts: {} })
    expect(accessMet(wanted, new Set(['home_visits']))).toEqual({
      met: ['step_free', 'accessible_toilet'],
      unsaid: ['sign_language'],
    })
    expect(accessMet(wanted, new Set(['step_free', 'hearing_loop']))).toEqual({
      met: ['step_free'],
      unsaid: ['accessible_toilet', 'sign_language'],
    })
  })
})

describe('interests', () => {
  const like = (interests: string[], ...strengths: string[]) =>
    termsIn(
      interests,
      strengths.map((text) => new Set(rootsOf(text))),
    )

  test.each<[string, string, boolean]>([
    ['gardening', 'Keen gardener', true],
    ['Gardening', 'Used to have a garden', true],
    ['cooking', 'Good cook', true],
    ['walking', 'Long walks by the sea', true],
    ['swimming', 'Swims every week', true],
    ['running', 'Used to run marathons', true],
    ['sewing', 'Sews curtains', true],
    ['dancing', 'Loves to dance', true],
    ['playing cards', 'Plays cards', true],
    ['singing', 'A fine singer', true],
    ['café', 'Meets friends in the cafe', true],
    ['board games', 'Video games', false],
    ['board games', 'Likes games of all kinds, on a board above all', true],
    ['art', 'Smart', false],
    ['knitting', 'Honest', false],
    ['the', 'The sea', false],
  ])('%s and “%s”: %s', (interest, strength, fits) => {
    expect(like([interest], strength)).toEqual(fits ? [interest] : [])
  })

  test('the words of one interest stand in one strength', () => {
    expect(like(['board games'], 'Sits on the board of a club', 'Likes video games')).toEqual([])
  })
})

describe('languages', () => {
  test.each<[string, string | undefined]>([
    ['Polish', 'pl'],
    ['polish ', 'pl'],
    ['PL', 'pl'],
    ['pol', 'pl'],
    ['zh-hans', 'zh-Hans'],
    ['Farsi', 'fa'],
    ['Persian', 'fa'],
    ['Bengali', 'bn'],
    ['Bangla', 'bn'],
    ['Hebrew', 'he'],
    ['British Sign Language', 'bfi'],
    ['xx', undefined],
    ['Elvish', undefined],
    ['toString', undefined],
  ])('“%s” is the code %s', (said, code) => expect(languageCode(said)).toBe(code))

  test('that are offered each have a name, and come back by it', () => {
    expect(OFFERED_LANGUAGES.map(languageName).map(languageCode)).toEqual(OFFERED_LANGUAGES)
  })

  test.each<[string[], string, string | undefined]>([
    [['en', 'pl'], 'Polish', 'pl'],
    [['en', 'pl'], 'pl', 'pl'],
    [['pl'], 'Polish and some English', 'pl'],
    [['pt'], 'pt-BR', 'pt'],
    [['fa'], 'Farsi', 'fa'],
    [['fa'], 'Persian', 'fa'],
    [['bn'], 'Bangla', 'bn'],
    [['pl'], 'constructor', undefined],
    [['zh'], 'Cantonese', 'zh'],
    [['yue'], 'Cantonese', 'yue'],
    [['bfi'], 'BSL', 'bfi'],
    [['en'], 'Some English', undefined],
    [['pl'], 'Romanian', undefined],
    [[], 'Polish', undefined],
  ])('given in %j to somebody who speaks “%s”: %s', (codes, says, spoken) => {
    expect(spokenOf(codes, says)).toBe(spoken)
  })

  test('names of codes, and English by any name', () => {
    expect(['pl', 'pt-BR', 'Polish', 'xx'].map(languageName)).toEqual(['Polish', 'Portuguese', 'Polish', 'xx'])
    expect(['fa', 'bn', 'zh-Hans', 'bfi', '__proto__'].map(languageName)).toEqual([
      'Farsi',
      'Bengali',
      'Chinese',
      'British Sign Language',
      '__proto__',
    ])
    expect(['English', 'en', 'en-GB', 'Polish'].map(isEnglish)).toEqual([true, true, true, false])
  })
})

test('distance is as the crow flies, in kilometres with one decimal', () => {
  const central = { latitude: 50.9077, longitude: -1.4136 }
  expect(kilometresBetween(central, central)).toBe(0)
  // Southampton Central to Winchester's station.
  expect(kilometresBetween(central, { latitude: 51.0672, longitude: -1.3197 })).toBe(18.9)
  expect(kilometresBetween({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 })).toBe(20015.1)
  expect(pointOf({ latitude: 50.9, longitude: null })).toBeNull()
  expect(pointOf({ latitude: 0, longitude: 0 })).toEqual({ latitude: 0, longitude: 0 })
  expect(pointOf(undefined)).toBeNull()
})

test.each([
  ['2026-11-23', false, 'Checked today'],
  ['2026-11-22', false, 'Checked yesterday'],
  ['2026-11-11', false, 'Checked 12 days ago'],
  ['2026-08-25', false, 'Checked 90 days ago'],
  ['2026-08-24', true, 'Not checked for 91 days'],
  [null, true, 'Nobody has checked this entry yet'],
])('checked on %s', (day, stale, words) => {
  expect([!isAssured(day, '2026-11-23'), checkedAgo(day, '2026-11-23')]).toEqual([stale, words])
})

test.each([
  [0, null, 'Free of charge'],
  [0, 'tea included', 'Free of charge: tea included'],
  [300, null, '£3 a session'],
  [250, 'first visit free', '£2.50: first visit free'],
  [null, 'Pay what you can', 'Pay what you can'],
  [null, null, null],
])('%s pence, “%s”: %s', (pence, note, words) => expect(costWords(pence, note)).toBe(words))
