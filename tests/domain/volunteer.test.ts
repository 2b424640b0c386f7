import { describe, expect, test } from 'vitest'
import { placesOf, type Standing, suggest, suggestionWords } from '../../src/domain/volunteer.ts'

const TODAY = '2026-11-23'
const [SHIRLEY, BITTERNE] = ['E05015501', 'E05015490']

function volunteer(name: string, more: Partial<Standing> = {}): Standing {
  const freeSince = new Date('2026-10-01T09:00:00Z')
  const nobody = { wards: [], languages: [], availableFrom: null, endedAt: null, isWithSomebody: false, freeSince }
  return { id: name, name, ...nobody, ...more }
}

const namesFor = (person: { language: string | null; wardCode: string | null }, ...all: Standing[]) =>
  suggest(all, person, TODAY).map(({ volunteer: { name } }) => name)

describe('who is suggested', () => {
  const polish = volunteer('Polish', { languages: ['pl'], wards: [BITTERNE] })
  const near = volunteer('Near', { wards: [SHIRLEY] })
  const anywhere = volunteer('Anywhere')
  const longest = volunteer('Longest', { freeSince: new Date('2026-01-01T09:00:00Z') })

  test('by language first, though they usually go elsewhere', () => {
    const names = namesFor({ language: 'Polish', wardCode: SHIRLEY }, anywhere, near, polish)
    expect(names).toEqual(['Polish', 'Near', 'Anywhere'])
  })

  test('then by ward, then who has been without anybody longest', () => {
    expect(namesFor({ language: null, wardCode: SHIRLEY }, anywhere, longest, polish, near)).toEqual([
      'Near',
      'Longest',
      'Anywhere',
      'Polish',
    ])
    expect(namesFor({ language: null, wardCode: null }, near, longest)).toEqual(['Longest', 'Near'])
  })

  test('nobody who is away, has left or has somebody', () => {
    const away = volunteer('Away', { availableFrom: '2026-11-24' })
    const back = volunteer('Back', { availableFrom: TODAY })
    const left = volunteer('Left', { endedAt: new Date('2026-11-01T09:00:00Z') })
    expect(
      namesFor({ language: null, wardCode: null }, away, back, left, volunteer('Taken', { isWithSomebody: true })),
    ).toEqual(['Back'])
  })

  test('with why, in words', () => {
    const [first] = suggest([polish], { language: 'Polish', wardCode: SHIRLEY }, TODAY)
    expect(first && suggestionWords(first, SHIRLEY)).toBe('speaks Polish, usually goes elsewhere')
  })
})

describe('places of a one-to-one group', () => {
  const taken = volunteer('Taken', { isWithSomebody: true })
  const takenAway = volunteer('Taken, away', { isWithSomebody: true, availableFrom: '2026-12-24' })
  const away = volunteer('Away', { availableFrom: '2026-12-24' })
  const free = volunteer('Free')

  test.each<[string, Standing[], number, number]>([
    ['who is free and who is somebody’s', [taken, free], 0, 2],
    ['who is away keeps their person, and is no place for anybody else', [takenAway, away], 0, 1],
    ['people nobody is named for stand against who is free', [taken, free], 1, 2],
    ['more of them than there are volunteers', [free], 3, 3],
    ['nobody', [], 0, 0],
  ])('%s', (_, volunteers, unnamed, places) => {
    const named = volunteers.filter(({ isWithSomebody }) => isWithSomebody).length
    expect(placesOf(volunteers, { named, unnamed }, TODAY)).toBe(places)
  })
})
