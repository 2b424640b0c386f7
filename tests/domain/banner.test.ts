import { describe, expect, it, test } from 'vitest'
import { type BannerReading, hasRead, readBanner } from '../../src/domain/banner.ts'

const TODAY = '2026-11-23'
const read = (text: string) => readBanner(text, TODAY)

const JANE = { fullName: 'Jane Smith', dateOfBirth: '1956-05-04', nhsNumber: '9990000018', notes: [] }

test.each<[string, string, BannerReading]>([
  [
    'EMIS Web, one line',
    'SMITH, Jane (Mrs)  Born 04-May-1956 (70y)  Gender Female  NHS No. 999 000 0018  Usual GP SINGH, Raj (Dr)',
    JANE,
  ],
  [
    'EMIS Web, single spaces',
    'SMITH, Jane (Mrs) Born 04-May-1956 (70y) Gender Female NHS No. 999 000 0018 Usual GP SINGH, Raj (Dr)',
    JANE,
  ],
  [
    'EMIS Web with its second line',
    `SMITH, Jane (Mrs)    Born 04-May-1956 (70y)    Gender Female    NHS No. 999 000 0018
Address 12 High Street, Southampton, SO14 3AB    Phone and email 023 8000 0000`,
    { ...JANE, address: ['12 High Street', 'Southampton'], postcode: 'SO14 3AB', phone: '023 8000 0000' },
  ],
  [
    'EMIS Web, each part on a line of its own',
    'SMITH, Jane (Mrs)\nBorn\n04-May-1956 (70y)\nGender\nFemale\nNHS No.\n999 000 0018\nUsual GP\nSINGH, Raj (Dr)',
    JANE,
  ],
  ['SystmOne', 'Mrs Jane SMITH 04 May 1956 (70 y) F NHS: 999 000 0018', JANE],
  ['SystmOne without a label', 'Mrs Jane Smith  04 May 1956 (70 y)  F  999 000 0018', JANE],
  [
    'SystmOne with an address and phones',
    `Mrs Jane Smith 04 May 1956 (70 y) F
NHS: 999 000 0018
12 High Street, Southampton, SO14 3AB
Home: 023 8000 0000
Mobile: 07700 900123`,
    {
      ...JANE,
      address: ['12 High Street', 'Southampton'],
      postcode: 'SO14 3AB',
      phone: '07700 900123',
      notes: ['There is another phone number in the text: 023 8000 0000.'],
    },
  ],
  ['Vision', 'SMITH Jane Mrs  F  DOB: 27/03/1958  NHS No: 9990000018', { ...JANE, dateOfBirth: '1958-03-27' }],
  [
    'Vision, spelt out',
    'Mrs Jane SMITH (F)  Born: 27 March 1958  NHS Number: 999-000-0018',
    { ...JANE, dateOfBirth: '1958-03-27' },
  ],
  [
    'one label on each line',
    `Title: Mrs
Forename(s): Jane
Middle names: Ann
Surname: SMITH
Date of Birth: 04 May 1956
Sex: Female
NHS Number: 999 000 0018
Address line 1: Flat 2
Address line 2: 12 High Street
Town: Southampton
Postcode: so143ab
Home tel: 023 8000 0000
E-mail: jane.smith@example.org`,
    {
      ...JANE,
      fullName: 'Jane Ann Smith',
      address: ['Flat 2', '12 High Street', 'Southampton'],
      postcode: 'SO14 3AB',
      phone: '023 8000 0000',
      email: 'jane.smith@example.org',
    },
  ],
  [
    'a table, with tabs',
    'Name\tJane Smith\nD.O.B.\t1956-05-04\nNHS Number\t999 000 0018\nMobile\t+44 7700 900123\nEmail\tjane@example.org',
    { ...JANE, phone: '+44 7700 900123', email: 'jane@example.org' },
  ],
  [
    'an address over several lines',
    'Patient: SMITH, Jane\nDOB: 4-May-1956\nAddress:\n12 High Street\nPortswood\nSouthampton\nSO17 2AA\nTel: (023) 8000 0000',
    {
      fullName: 'Jane Smith',
      dateOfBirth: '1956-05-04',
      address: ['12 High Street', 'Portswood', 'Southampton'],
      postcode: 'SO17 2AA',
      phone: '(023) 8000 0000',
      notes: [],
    },
  ],
  [
    'lines of another system’s ends and marks',
    '\u200eSMITH, Jane (Mrs)\u00a0\r\nBorn\u00a004-May-1956\r\nNHS No. 999\u00a0000\u00a00018\r\n',
    JANE,
  ],
  [
    'the date in the year’s own order',
    'Name: Jane Smith\nDate of birth: 1956-05-04',
    { fullName: 'Jane Smith', dateOfBirth: '1956-05-04', notes: [] },
  ],
  [
    'all in one line, without a label',
    'SMITH, Jane (Mrs) Born 04-May-1956 (70y) NHS No. 999 000 0018 SO14 3AB 07700 900123 jane@example.org',
    { ...JANE, postcode: 'SO14 3AB', phone: '07700 900123', email: 'jane@example.org' },
  ],
  ['only a number', '999 000 0018', { nhsNumber: '9990000018', notes: [] }],
])('%s', (_, text, expected) => {
  expect(read(text)).toEqual(expected)
})

describe('names', () => {
  test.each([
    ["O'BRIEN-ÑANDÚ, Siobhán (Ms)", "Siobhán O'Brien-Ñandú"],
    ['Ms Siobhán O’Brien-Ñandú', 'Siobhán O’Brien-Ñandú'],
    ['MCDONALD, Ann Marie (Miss)', 'Ann Marie McDonald'],
    ['VAN DER BERG, Jan (Mr)', 'Jan Van Der Berg'],
    ['Mr Jan van der Berg', 'Jan van der Berg'],
    ['李 (Mr)', '李'],
    ['李, 明 (Mr)', '李明'],
    ['SUKARNO (Mr)', 'Sukarno'],
    ['Sukarno', 'Sukarno'],
    ['الخطيب، محمد', 'محمد الخطيب'],
    ['محمد أحمد (Mr)', 'محمد أحمد'],
    ['Dr Wei-Lin Nguyễn', 'Wei-Lin Nguyễn'],
    ['ŁUKASZEWSKA Żaneta', 'Żaneta Łukaszewska'],
    ['JANE SMITH', 'Jane Smith'],
  ])('%s is %s', (shown, name) => {
    expect(read(`${shown}  Born 04-May-1956 (70y)  NHS No. 999 000 0018`).fullName).toBe(name)
    expect(read(`Name: ${shown}\nDOB: 04 May 1956`).fullName).toBe(name)
  })

  it('takes no sentence for a name', () => {
    expect(read('please phone her at home 07700 900123').fullName).toBeUndefined()
    expect(read('She was seen on 04 May 1956 and is well').fullName).toBeUndefined()
  })
})

describe('dates', () => {
  const birthOf = (date: string) => read(`Jane Smith Born ${date}`)

  test.each([
    ['04-May-1956', '1956-05-04'],
    ['4 May 1956', '1956-05-04'],
    ['4th May, 1956', '1956-05-04'],
    ['27/03/1958', '1958-03-27'],
    ['27.03.1958', '1958-03-27'],
    ['05/05/1955', '1955-05-05'],
    ['1958-03-27', '1958-03-27'],
    ['04-May-56 (70y)', '1956-05-04'],
    ['04-May-19 (7y)', '2019-05-04'],
    ['04-May-19 (107 yrs)', '1919-05-04'],
    ['29 Feb 1956', '1956-02-29'],
  ])('%s is %s', (date, day) => {
    expect(birthOf(date)).toMatchObject({ dateOfBirth: day, notes: [] })
  })

  test.each([
    ['04/05/1956', 'The date 04/05/1956 can be read in two ways. Type the date of birth.'],
    ['4.5.56 (70y)', 'The date 4.5.56 can be read in two ways. Type the date of birth.'],
    ['04-May-56', 'The date 04-May-56 has only two digits for the year. Type the date of birth.'],
    ['27/03/58', 'The date 27/03/58 has only two digits for the year. Type the date of birth.'],
    ['31 Feb 1956', '31 Feb 1956 is not a real date. Type the date of birth.'],
    ['03/27/1958', '03/27/1958 is not a real date. Type the date of birth.'],
    ['04 May 2031', 'The date 04 May 2031 is in the future. Type the date of birth.'],
  ])('%s is refused, and says so', (date, note) => {
    expect(birthOf(date)).toEqual({ fullName: 'Jane Smith', notes: [note] })
  })

  it('takes the one with a label or an age, and none of two that are alike', () => {
    expect(read('Jane Smith Registered 27/03/2001 Born 04 May 1956').dateOfBirth).toBe('1956-05-04')
    expect(read('Mrs Jane SMITH 04 May 1956 (70 y) F seen 20 Nov 2026').dateOfBirth).toBe('1956-05-04')
    expect(read('Jane Smith 04 May 1956, 27 March 1958')).toMatchObject({
      notes: ['There is more than one date in the text. Type the date of birth.'],
    })
  })
})

describe('NHS numbers', () => {
  test.each([
    ['NHS No. 999 000 0019', '999 000 0019 is not a valid NHS number, so it was left out. Check each digit.'],
    ['999 123 4567', '999 123 4567 is not a valid NHS number, so it was left out. Check each digit.'],
    ['NHS: 999 999 9999', '999 999 9999 is not a valid NHS number, so it was left out. Check each digit.'],
    ['NHS No. 999 000 001', 'The NHS number in the text has 9 digits, not 10, so it was left out.'],
    [
      'NHS No. 999 000 0018\nNHS No. 999 000 0026',
      'There is more than one NHS number in the text. Type the right one.',
    ],
  ])('%s', (text, note) => {
    expect(read(`SMITH, Jane Born 04 May 1956 ${text}`)).toEqual({
      fullName: 'Jane Smith',
      dateOfBirth: '1956-05-04',
      notes: [note],
    })
  })

  it('are not taken from phone numbers', () => {
    expect(read('Name: Jane Smith\nTel: 0999 000 0018').nhsNumber).toBeUndefined()
    expect(read('Name: Jane Smith\nMobile +44 999 000 0018').nhsNumber).toBeUndefined()
  })
})

describe('what is not the person’s own', () => {
  it('leaves the next of kin, the practice and the doctor out', () => {
    const reading = read(`SMITH, Jane (Mrs) Born 04-May-1956 (70y) NHS No. 999 000 0018
Practice address: 1 Surgery Lane, Southampton, SO15 5AA
Practice tel: 023 8099 9999
Next of kin: John Smith (son)
Tel: 07700 900999
Email: john@example.org
Address: 9 Other Road, SO16 1AA`)
    expect(reading).toEqual({ ...JANE, notes: ['What stands behind the next of kin or carer was left out.'] })
  })

  it('says where the record says that the person has died', () => {
    const note = 'The text says that the person has died. Check the record.'
    expect(read('SMITH, Jane Born 04-May-1956 Deceased 03-Apr-2020 NHS No. 999 000 0018')).toMatchObject({
      dateOfBirth: '1956-05-04',
      notes: [note],
    })
    expect(read('Name: Jane Smith\nDeceased: No\nDOB: 04 May 1956').notes).toEqual([])
  })

  it('leaves out a postcode that is none', () => {
    expect(read('Name: Jane Smith\nPostcode: SO14')).toEqual({
      fullName: 'Jane Smith',
      notes: ['“SO14” is not a full UK postcode, so it was left out.'],
    })
  })
})

describe('nothing to read', () => {
  test.each(['', '   \n', 'Thank you for your letter. She is well.', '{"a": 1}', '🌱🌱', '____:::;;;'])(
    '%j',
    (text) => {
      expect(hasRead(read(text))).toBe(false)
    },
  )

  it('is quick about a text of any length', () => {
    for (const text of [
      '0 '.repeat(20_000),
      '1-'.repeat(20_000),
      'A:'.repeat(20_000),
      'a@a.'.repeat(10_000),
      ' '.repeat(50_000),
    ]) {
      const start = performance.now()
      read(text)
      expect(performance.now() - start).toBeLessThan(1000)
    }
  })
})
