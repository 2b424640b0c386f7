import { describe, expect, test } from 'vitest'
import {
  areaShown,
  normalisePostcode,
  postcodeDistrict,
  SOUTHAMPTON_DISTRICTS,
  WARDS,
  wardName,
} from '../../src/domain/place.ts'

describe('postcodes', () => {
  test.each([
    ['SO14 0YN', 'SO14 0YN'],
    ['so140yn', 'SO14 0YN'],
    [' so14  0yn ', 'SO14 0YN'],
    ['SO14-0YN', 'SO14 0YN'],
    ['M1 1AE', 'M1 1AE'],
    ['b338th', 'B33 8TH'],
    ['CR2 6XH', 'CR2 6XH'],
    ['DN55 1PT', 'DN55 1PT'],
    ['W1A 0AX', 'W1A 0AX'],
    ['EC1A 1BB', 'EC1A 1BB'],
    ['GY1 1AA', 'GY1 1AA'],
  ])('%j is %s', (typed, postcode) => {
    expect(normalisePostcode(typed)).toBe(postcode)
  })

  test.each([
    ['a district alone', 'SO14'],
    ['no such area', 'QQ1 1AA'],
    ['no such area, but nearly', 'SX14 0YN'],
    ['letters never used at the end', 'SO14 0CI'],
    ['a letter where a digit belongs', 'SO14 OYN'],
    ['three digits in the district', 'SO141 0YN'],
    ['area of three letters', 'SOU4 0YN'],
    ['one letter at the end', 'SO14 0Y'],
    ['digits only', '14001'],
    ['nothing', ''],
    ['a sentence', 'near the station'],
  ])('impossible: %s', (_, typed) => {
    expect(normalisePostcode(typed)).toBeUndefined()
  })

  test('the district is the part before the space', () => {
    expect(postcodeDistrict('SO14 0YN')).toBe('SO14')
    expect(postcodeDistrict('M1 1AE')).toBe('M1')
  })
})

describe('places', () => {
  test('the city has seventeen wards with consecutive codes', () => {
    expect(WARDS).toHaveLength(17)
    expect(WARDS[0]).toEqual({ code: 'E05015490', name: 'Banister & Polygon' })
    expect(WARDS[3]).toEqual({ code: 'E05015493', name: 'Bevois' })
    expect(WARDS[16]).toEqual({ code: 'E05015506', name: 'Woolston' })
    expect(wardName('E05015502')).toBe('Shirley')
    expect(wardName('E05000001')).toBeUndefined()
  })

  test('the districts that count as the city are SO14 to SO19', () => {
    expect(SOUTHAMPTON_DISTRICTS).toEqual(['SO14', 'SO15', 'SO16', 'SO17', 'SO18', 'SO19'])
  })

  test.each([
    ['the ward where it is known', { wardCode: 'E05015493', postcode: 'SO14 0YN' }, 'Bevois'],
    [
      'a ward that no list names by its district',
      { wardCode: 'E05000001', postcode: 'SO53 1AA' },
      'SO53 (approximate)',
    ],
    ['else the district, as approximate', { wardCode: null, postcode: 'SO14 0YN' }, 'SO14 (approximate)'],
    ['else nothing', { wardCode: null, postcode: null }, 'Not known'],
  ])('shown before acceptance: %s', (_, place, shown) => {
    expect(areaShown(place)).toBe(shown)
  })
})
