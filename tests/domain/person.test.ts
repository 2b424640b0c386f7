import { describe, expect, test } from 'vitest'
import { ageBand, initials, NO_SAFE_CONTACT_KNOWN, PersonInput, searchName } from '../../src/domain/person.ts'
import { faultsOf } from './faults.ts'

const BASE = { fullName: 'Maria Okafor', dateOfBirth: '1955-03-27' }

const WHOLE = {
  ...BASE,
  givenName: 'Maria',
  familyName: 'Okafor',
  address: { lines: ['Flat 2', '14 Derby Road'], postcode: 'SO14 0DP' },
  postcode: 'SO14 0DP',
  noFixedAddress: false,
  phone: '07700 900123',
  email: 'maria@example.com',
  nhsNumber: '9990000018',
  practiceOdsCode: 'J82001',
  gender: 'woman',
  ethnicity: 'Black African',
  preferredLanguage: 'pl',
  interpreter: true,
  communicationNeeds: 'Large print',
  safeContact: { voicemail: false, text: true, email: true, post: false, note: 'Not on Sundays' },
  facts: {
    diagnoses: ['adhd'],
    severeMentalIllness: false,
    recoveringFrom: ['depression'],
    fallOrAtRisk: true,
  },
} as const

describe('a person as a referrer describes them', () => {
  test('a name and a date of birth are enough', () => {
    expect(PersonInput.parse(BASE)).toEqual(BASE)
  })

  test('everything that may be said is kept as it was said', () => {
    expect(PersonInput.parse(WHOLE)).toEqual(WHOLE)
  })

  test.each([
    ["Siobhán O'Brien-Ñandú"],
    ['Siobhán O’Brien'],
    ['李'],
    ['李 小龍'],
    ['Madonna'],
    ['محمد عبد الله'],
    ['Nguyễn Thị Minh Khai'],
    ['Łukasz Żółć'],
    ['J. R. de la Cruz y Ordóñez III'],
    ['X Æ A-12'],
  ])('the name %s is kept', (fullName) => {
    expect(PersonInput.parse({ ...BASE, fullName: `  ${fullName} ` }).fullName).toBe(fullName)
  })

  test.each([
    ['NHS number', { nhsNumber: '999 000 0018' }, { nhsNumber: '9990000018' }],
    ['postcode', { postcode: 'so140dp' }, { postcode: 'SO14 0DP' }],
    ['e-mail', { email: ' maria@example.com ' }, { email: 'maria@example.com' }],
    ['phone', { phone: ' 023 8000 0000 ' }, { phone: '023 8000 0000' }],
    ['phone from abroad', { phone: '+48 (22) 123-45-67' }, { phone: '+48 (22) 123-45-67' }],
    ['no practice', { practiceOdsCode: 'not registered' }, { practiceOdsCode: 'not registered' }],
  ])('tidied: %s', (_, given, kept) => {
    expect(PersonInput.parse({ ...BASE, ...given })).toEqual({ ...BASE, ...kept })
  })
})

describe('what is wrong, in words for the person who typed it', () => {
  const POSTCODE = 'Enter a full UK postcode, like SO14 0YN'
  const PHONE = 'Enter a phone number, like 023 8000 0000 or 07700 900123'
  const EMAIL = 'Enter an e-mail address, like name@example.com'
  const PRACTICE = 'Enter a practice code, like J82001, or "not registered"'
  const DIGITS = /^The NHS number must have 10 digits/
  const REAL_DAY = 'The date of birth must be a real date, like 1955-03-27'

  test.each<[string, Record<string, unknown>, string, string | RegExp]>([
    ['no name', { fullName: undefined }, '/fullName', "Enter the person's full name"],
    ['an empty name', { fullName: '' }, '/fullName', "Enter the person's full name"],
    ['spaces for a name', { fullName: ' \t ' }, '/fullName', "Enter the person's full name"],
    ['a long name', { fullName: 'x'.repeat(121) }, '/fullName', 'The name must be 120 characters or fewer'],
    ['NUL', { fullName: 'Ma\u0000ria' }, '/fullName', 'The name has characters that cannot be kept'],
    ['a bell', { communicationNeeds: 'a\u0007b' }, '/communicationNeeds', /characters that cannot be kept/],
    ['no date of birth', { dateOfBirth: undefined }, '/dateOfBirth', 'Enter the date of birth'],
    ['a date of birth as people write it', { dateOfBirth: '27/03/1955' }, '/dateOfBirth', REAL_DAY],
    ['29 February of a common year', { dateOfBirth: '1955-02-29' }, '/dateOfBirth', REAL_DAY],
    ['the century before last', { dateOfBirth: '1899-12-31' }, '/dateOfBirth', /must be after 1900/],
    ['an impossible postcode', { postcode: 'QQ1 1AA' }, '/postcode', POSTCODE],
    ['half a postcode', { address: { lines: ['1'], postcode: 'SO14' } }, '/address/postcode', POSTCODE],
    [
      'an address without lines',
      { address: { lines: [], postcode: 'SO14 0DP' } },
      '/address/lines',
      'Enter an address',
    ],
    ['an empty line', { address: { lines: [' '], postcode: 'SO14 0DP' } }, '/address/lines/0', /line is empty/],
    ['a short phone number', { phone: '12345' }, '/phone', PHONE],
    ['letters in a phone number', { phone: '07700 9OO123' }, '/phone', PHONE],
    ['an e-mail address without a host', { email: 'maria@' }, '/email', EMAIL],
    ['two e-mail addresses', { email: 'a@example.com, b@example.com' }, '/email', EMAIL],
    ['nine digits', { nhsNumber: '999 000 001' }, '/nhsNumber', DIGITS],
    [
      'a wrong last digit',
      { nhsNumber: '999 000 0019' },
      '/nhsNumber',
      /not a valid NHS number\. Check the last digit/,
    ],
    ['a practice name', { practiceOdsCode: 'St Mary’s' }, '/practiceOdsCode', PRACTICE],
    ['a gender off the list', { gender: 'f' }, '/gender', 'Choose a gender from the list, or leave it out'],
    ['a number for a name', { fullName: 7 }, '/fullName', 'The name must be text'],
  ])('%s', (_, given, pointer, detail) => {
    expect(faultsOf(PersonInput, { ...BASE, ...given })).toEqual([
      { pointer, detail: typeof detail === 'string' ? detail : expect.stringMatching(detail) },
    ])
  })

  test('everything at once, not one by one', () => {
    const faults = faultsOf(PersonInput, {
      fullName: '',
      dateOfBirth: '2023-02-29',
      phone: '1',
      email: 'x',
      nhsNumber: '1',
      postcode: 'x',
      address: { lines: [''], postcode: 'x' },
    })
    expect(faults.map(({ pointer }) => pointer)).toEqual([
      '/fullName',
      '/dateOfBirth',
      '/address/lines/0',
      '/address/postcode',
      '/postcode',
      '/phone',
      '/email',
      '/nhsNumber',
    ])
  })

  test.each([
    ['at the top', { nickname: 'Mo' }, ''],
    ['in the address', { address: { lines: ['1'], postcode: 'SO14 0DP', country: 'UK' } }, '/address'],
    ['in safe contact', { safeContact: { ...WHOLE.safeContact, fax: true } }, '/safeContact'],
    ['in the facts', { facts: { income: 3 } }, '/facts'],
    ['from another prototype', JSON.parse('{"__proto__": {"fullName": "x"}}') as object, ''],
  ])('an unknown key is refused: %s', (_, given, pointer) => {
    expect(faultsOf(PersonInput, { ...BASE, ...given }).map((fault) => fault.pointer)).toEqual([pointer])
  })

  test.each([
    ['not an object', 'Maria'],
    ['nothing', null],
    ['texts for yes and no', { ...BASE, interpreter: 'yes', noFixedAddress: 'no' }],
    ['half of safe contact', { ...BASE, safeContact: { text: true } }],
    ['six address lines', { ...BASE, address: { lines: [...'123456'], postcode: 'SO14 0DP' } }],
    ['one text for a list', { ...BASE, facts: { diagnoses: 'adhd', recoveringFrom: [7] } }],
    ['texts for facts', { ...BASE, facts: { severeMentalIllness: 'yes', fallOrAtRisk: 1 } }],
  ])('no programmer’s words: %s', (_, given) => {
    for (const { detail } of faultsOf(PersonInput, given))
      expect(detail).not.toMatch(/invalid input|expected|received|unrecognized|too (big|small)/i)
  })

  test('no silence is read as "safe"', () => {
    expect(Object.values(NO_SAFE_CONTACT_KNOWN)).toEqual([false, false, false, false])
  })
})

describe('how somebody is shown and found', () => {
  test.each([
    ['2016-06-16', 'Under 11'],
    ['2015-06-15', '11 to 15'],
    ['2010-06-15', '16 to 17'],
    ['2008-06-16', '16 to 17'],
    ['2008-06-15', '18 to 24'],
    ['2001-06-15', '25 to 39'],
    ['1986-06-15', '40 to 54'],
    ['1971-06-15', '55 to 64'],
    ['1961-06-15', '65 to 74'],
    ['1951-06-15', '75 to 84'],
    ['1941-06-16', '75 to 84'],
    ['1941-06-15', '85 or over'],
  ])('born %s: %s', (born, band) => {
    expect(ageBand(born, '2026-06-15')).toBe(band)
  })

  test.each([
    ['Maria Okafor', 'M.O.'],
    ['  madonna ', 'M.'],
    ['李 小龍', '李.小.'],
    ['élodie d’Arc', 'É.D.'],
    ['𝒜da Lovelace', '𝒜.L.'],
  ])('%j is %s', (name, letters) => {
    expect(initials(name)).toBe(letters)
  })

  test.each([
    ["Siobhán O'Brien-Ñandú", 'siobhan obrien nandu'],
    ['Siobhán O’Brien', 'siobhan obrien'],
    ['  MARIA   okafor ', 'maria okafor'],
    ['李', '李'],
    ['محمد', 'محمد'],
    ['J. R. Smith', 'j r smith'],
  ])('%j is found as %j', (name, found) => {
    expect(searchName(name)).toBe(found)
  })
})
