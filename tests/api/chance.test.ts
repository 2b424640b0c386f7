import { expect, it } from 'vitest'
import { byteMaker, idMaker } from '../../src/chance.ts'

it('makes ids that are all different and sort by their age, however many', () => {
  const newId = idMaker()
  const ids = Array.from({ length: 5_000 }, newId)
  expect(new Set(ids).size).toBe(5_000)
  expect([...ids].sort()).toEqual(ids)
  for (const id of ids.slice(0, 50))
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
})

it('draws as many random bytes as are asked for, and none of them twice', () => {
  const randomBytes = byteMaker()
  for (const count of [0, 1, 7, 16, 4_096, 5_000]) expect(randomBytes(count)).toHaveLength(count)
  const drawn = Array.from({ length: 2_000 }, () => Buffer.from(randomBytes(16)).toString('hex'))
  expect(new Set(drawn).size).toBe(2_000)
  // What was given is the caller's own: a later draw does not change it.
  const kept = randomBytes(16)
  const before = Buffer.from(kept).toString('hex')
  for (let times = 0; times < 1_000; times++) randomBytes(16)
  expect(Buffer.from(kept).toString('hex')).toBe(before)
})
