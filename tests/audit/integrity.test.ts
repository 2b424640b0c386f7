import { eq } from 'drizzle-orm'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createUser } from '../../src/actions/access/create-user.ts'
import { engine } from '../../src/store/columns.ts'
import { openDatabase } from '../../src/store/database.ts'
import { findDamage } from '../../src/store/integrity.ts'
import { findBrokenPromises } from '../../src/store/promises.ts'
import { groups, placements, referrals } from '../../src/store/schema.ts'
import { freshUrl } from '../support/database.ts'
import { smallCity, testContext } from '../support/small-city.ts'
import { stages } from '../support/stages.ts'
import { byHand } from './trail.ts'

const unguarded = (statement: string) =>
  engine === 'sqlite'
    ? `pragma foreign_keys = off; ${statement}`
    : `set session_replication_role = replica; ${statement}`

test('the engine finds rows without a parent', async () => {
  const url = await freshUrl()
  const db = await openDatabase(url)
  onTestFinished(() => db.close())
  await createUser(testContext(db).context, {
    email: 'ada@so-linked.example',
    name: 'Ada',
    role: 'navigator',
    password: 'a long password',
    organisation: 'so-linked',
    newOrganisation: { name: 'SO Linked', kind: 'navigation_service' },
  })
  expect(await findDamage(url)).toEqual([])
  await byHand(url, unguarded('delete from organisations'))
  expect(await findDamage(url)).toEqual([expect.stringMatching(/memberships.* no parent in organisations/)])
})

describe('promises', () => {
  test('are kept by everything that the actions do', async () => {
    const city = await smallCity()
    await stages(city).started()
    await stages(city).submitted({ fullName: 'Another Person' })
    expect(await findBrokenPromises(city.db.read)).toEqual([])
  })

  test('that are broken are named', async () => {
    const city = await smallCity()
    const { db, group } = city
    const placement = await stages(city).accepted()
    const id = placement.referralId ?? (await db.read.select({ id: referrals.id }).from(referrals))[0]?.id ?? ''
    await db.write(async (tx) => {
      await tx.update(referrals).set({ nextOwnerId: 'nobody' }).where(eq(referrals.id, id))
      await tx.update(groups).set({ places: 0 })
    })
    expect(await findBrokenPromises(db.read)).toEqual([
      `the next action of referral ${id} is nobody's`,
      `group ${group.id} has 1 people for 0 places`,
    ])
    const nothing = { nextOwnerKind: null, nextOwnerId: null, nextStep: null, nextDueOn: null }
    await db.write(async (tx) => {
      await tx.update(groups).set({ places: 1 })
      await tx
        .update(referrals)
        .set({ status: 'completed', ...nothing })
        .where(eq(referrals.id, id))
    })
    const open = (await db.read.select({ id: placements.id }).from(placements))[0]?.id
    expect(await findBrokenPromises(db.read)).toEqual([`placement ${open} is open, but its referral ${id} is closed`])
  })
})
