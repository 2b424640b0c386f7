import { describe, expect, it } from 'vitest'
import { typedDay } from '../../src/http/web/days.ts'

const today = '2026-11-23'

describe('a day as people type it', () => {
  it.each([
    '4/5/56',
    '04/05/1956',
    '4.5.1956',
    '4-5-56',
    '4 5 1956',
    '04051956',
    '040556',
    '4 May 1956',
    '4th of May 1956',
    '4MAY56',
    ' 4  may,  1956 ',
    'Fri 4 May 1956',
    '1956-05-04',
    "4 May '56",
  ])('“%s” is 4 May 1956', (typed) => expect(typedDay(typed, { today, lies: 'behind' })).toBe('1956-05-04'))

  it.each([
    ['26/11', '2026-11-26'],
    ['26 Nov', '2026-11-26'],
    ['3 January', '2027-01-03'],
    ['3/1/27', '2027-01-03'],
    ['22/11/26', '2026-11-22'],
    ['tomorrow', '2026-11-24'],
    ['today', '2026-11-23'],
    ['Thursday 26 Nov', '2026-11-26'],
    ['2026-12-01', '2026-12-01'],
    ['7 Sept', '2027-09-07'],
  ])('“%s”, with what is ahead in mind, is %s', (typed, day) =>
    expect(typedDay(typed, { today, lies: 'ahead' })).toBe(day),
  )

  it.each([
    ['24/11/26', '1926-11-24'],
    ['23/11/26', '2026-11-23'],
    ['26 Nov', '2025-11-26'],
    ['1/1/00', '2000-01-01'],
  ])('“%s”, as what lies behind, is %s', (typed, day) => expect(typedDay(typed, { today, lies: 'behind' })).toBe(day))

  it.each([
    ...['', 'x', '31/2/1956', '29 Feb 2023', '4/13/1956', '5/1956', '1956', '4 Ma 1956', '4 Ju 1956', '0/1/1956', '45'],
    ...[
      '4//5//',
      'constructor',
      '٤/٥/١٩٥٦',
      '4/5/956',
      '4/5/19566',
      '12345',
      '-4/5/1956',
      '4 May 56 or so',
      '9'.repeat(400),
    ],
  ])('“%s” is none', (typed) => expect(typedDay(typed, { today, lies: 'behind' })).toBeUndefined())
})
