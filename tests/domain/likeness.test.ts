import { describe, expect, it } from 'vitest'
import { soundsAlike } from '../../src/actions/people/sounds-alike.ts'
import { type Described, likenessOf, nameWords } from '../../src/domain/likeness.ts'

function somebody(fullName: string, more: Partial<Described> = {}): Described {
  return {
    fullName,
    givenName: null,
    familyName: null,
    dateOfBirth: '1958-03-27',
    postcode: 'SO14 0YN',
    nhsNumber: null,
    ...more,
  }
}

const compare = (a: Described, b: Described) => [likenessOf(a, b, soundsAlike), likenessOf(b, a, soundsAlike)]

describe('names with one birthday and one postcode', () => {
  it.each([
    ['John Smith', 'John Smyth'],
    ['Catherine Jones', 'Kathryn Jones'],
    ['Áine Byrne', 'Aine Byrne'],
    ['Łukasz Nowak', 'Lukasz Nowak'],
    ['Maria Okafor', 'Okafor Maria'],
    ['Mrs Maria Okafor', 'Maria Okafor'],
    ['Siobhan O’Neill', "Siobhan O'Neil"],
    ['Anna Maria Silva Costa', 'Anna Costa'],
    ['Anna Smith-Jones', 'Anna Jones'],
    ['Mei Wang', 'Mei Wong'],
    ['Tariq Khan', 'Tariq Kahn'],
    ['Jo Reed', 'Jo Read'],
    ['Ana Nova', 'Ana Novo'],
    ['Bob Lamb', 'Bob Lamd'],
    ['王小明', '王小明'],
  ])('%s may be %s, whichever stands first', (a, b) => {
    expect(compare(somebody(a), somebody(b))).toEqual(['likeness', 'likeness'])
  })

  it.each([
    ['Adam Smith', 'Benjamin Smith'],
    ['Maria Okafor', 'Maria Fernandez'],
    ['Maria', 'Maria Okafor'],
    ['王小明', '李大力'],
    ['Peter Anderson', 'Peter Robertson'],
  ])('%s is not taken for %s', (a, b) => {
    expect(compare(somebody(a), somebody(b))).toEqual([undefined, undefined])
  })

  it('counts only with both: somebody else’s birthday or postcode is somebody else', () => {
    const john = somebody('John Smith')
    expect(compare(john, somebody('John Smith', { dateOfBirth: '1958-03-28' }))).toEqual([undefined, undefined])
    expect(compare(john, somebody('John Smith', { postcode: 'SO15 0AA' }))).toEqual([undefined, undefined])
    const nowhere = somebody('John Smith', { postcode: null })
    expect(compare(nowhere, nowhere)).toEqual([undefined, undefined])
  })

  it('uses the given and the family name where they are known apart', () => {
    const known = somebody('Maria da Conceição Lopes', { givenName: 'Maria', familyName: 'Lopes' })
    expect(compare(known, somebody('Maria Lopez'))).toEqual(['likeness', 'likeness'])
  })
})

it('compares names of many like words at once, and gives each word one of its own', () => {
  const many = (last: string) => somebody(`${'Jo '.repeat(60)}${last}`)
  const started = performance.now()
  expect(compare(many('Reed'), many('Read'))).toEqual(['likeness', 'likeness'])
  expect(compare(many('Reed'), many('Lamb'))).toEqual([undefined, undefined])
  expect(compare(somebody('Jo Jo Reed'), somebody('Reed Jo Ann Lee'))).toEqual([undefined, undefined])
  expect(performance.now() - started).toBeLessThan(1000)
})

describe('NHS numbers', () => {
  const withNumber = (nhsNumber: string | null, fullName = 'Anna Smith') => somebody(fullName, { nhsNumber })

  it('are enough where they are the same, whatever else was written', () => {
    const other = somebody('Annie Brown', { nhsNumber: '9990000018', dateOfBirth: '1960-01-01', postcode: null })
    expect(compare(withNumber('9990000018'), other)).toEqual(['nhs_number', 'nhs_number'])
  })

  it('that differ mean two people, however alike: twins', () => {
    expect(compare(withNumber('9990000018'), withNumber('9990000026', 'Anne Smith'))).toEqual([undefined, undefined])
  })

  it('say nothing where only one is known', () => {
    expect(compare(withNumber('9990000018'), withNumber(null))).toEqual(['likeness', 'likeness'])
  })
})

it('takes a name apart into comparable words', () => {
  expect(nameWords(' Dr  Siobhán O’Neill-Þorsson ')).toEqual(['siobhan', 'oneill', 'thorsson'])
  expect(nameWords('Dame Smith')).toEqual(['dame', 'smith'])
})
