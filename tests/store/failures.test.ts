import { describe, expect, test } from 'vitest'
import type { Database, Db } from '../../src/store/database.ts'
import { checkViolation, isContention, uniqueViolation, withoutParameters } from '../../src/store/failures.ts'
import { acceptances, groups, smallDatabase } from './small-schema.ts'

const failure = (database: Database, body: (tx: Db) => Promise<unknown>): Promise<unknown> =>
  database.write(body).then(
    () => undefined,
    (error: unknown) => error,
  )

const secret = { id: 'secret-id', name: 'Choir', places: 1 }

describe('a failure', () => {
  test('says which columns were to be unique', async () => {
    const database = await smallDatabase()
    const twice = [
      { groupId: 'choir', person: 'Ada' },
      { groupId: 'choir', person: 'Ada' },
    ]
    const named = await failure(database, (tx) => tx.insert(groups).values(secret))
    const again = await failure(database, (tx) => tx.insert(acceptances).values(twice))
    expect(uniqueViolation(named)).toBe('groups.name')
    expect(uniqueViolation(again)).toBe('acceptances.group_id, acceptances.person')
    expect([checkViolation(named), isContention(named)]).toEqual([undefined, false])
  })

  test('tells a broken link and a broken check apart', async () => {
    const database = await smallDatabase()
    const orphan = await failure(database, (tx) => tx.insert(acceptances).values({ groupId: 'nowhere', person: 'Ada' }))
    const negative = await failure(database, (tx) => tx.update(groups).set({ places: -1 }))
    expect(orphan).toBeInstanceOf(Error)
    expect([uniqueViolation(orphan), checkViolation(orphan)]).toEqual([undefined, undefined])
    expect(checkViolation(negative)).toBe('groups_places')
  })

  test('is logged without the values of its query', async () => {
    const database = await smallDatabase()
    const logged = withoutParameters(await failure(database, (tx) => tx.insert(groups).values(secret)))
    expect(logged).toMatchObject({ name: 'DatabaseFailure', constraint: 'groups.name' })
    expect((logged as Error).stack).toContain('at ')
    expect(`${logged} ${(logged as Error).stack} ${JSON.stringify(logged)}`).not.toContain('secret-id')
    const own = new Error('The group is full.')
    expect(withoutParameters(own)).toBe(own)
  })
})
