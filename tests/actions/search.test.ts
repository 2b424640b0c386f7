import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { changePerson } from '../../src/actions/people/change-person.ts'
import { indexPeople } from '../../src/actions/people/index-people.ts'
import { recognisePerson } from '../../src/actions/referrals/recognise-person.ts'
import { search } from '../../src/actions/search/search.ts'
import type { Actor } from '../../src/domain/organisation.ts'
import { auditRows, people, personWords, referrals } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City } from '../support/given.ts'

const MARIA = {
  fullName: 'Maria Ñandú-O’Brien',
  dateOfBirth: '1958-03-27',
  nhsNumber: '9990000018',
  postcode: 'SO14 0YN',
}

let test: TestApp
let city: City

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city()
})

const names = async (actor: Actor, text: string) => {
  const { items } = await search(test.context, actor, text)
  return items.map(({ name }) => name)
}
const searches = async () =>
  (await test.context.db.read.select().from(auditRows).where(eq(auditRows.action, 'search.made'))).map(
    ({ detail }) => detail,
  )

describe('whom each role finds', () => {
  it('is whom it may see, by every kind of question', async () => {
    const { id, reference } = await test.given.referral(city, MARIA).submitted()
    const accepted = await test.given.referral(city, { ...MARIA, fullName: 'Mariya Obrien' }).accepted()
    const admin = await test.given.user('organisation_admin', city.service)
    const KINDS = ['nandu', 'OBrien maria', 'Marya', '999-000 0018', '27/3/1958', 'so140yn', 'obrien SO14']
    const found: [string, Actor, number[]][] = [
      ['referrer', city.referrer, [1, 2, 2, 2, 2, 2, 2]],
      ['navigator', city.navigator, [1, 2, 2, 2, 2, 2, 2]],
      ['lead', city.lead, [1, 2, 2, 2, 2, 2, 2]],
      ['project', city.worker, [0, 1, 1, 0, 1, 1, 1]],
      ['another practice', city.otherReferrer, [0, 0, 0, 0, 0, 0, 0]],
      ['another service', city.otherNavigator, [0, 0, 0, 0, 0, 0, 0]],
      ['another project', city.otherWorker, [0, 0, 0, 0, 0, 0, 0]],
    ]
    for (const [who, actor, counts] of found)
      for (const [at, kind] of KINDS.entries())
        expect([who, kind, (await names(actor, kind)).length]).toEqual([who, kind, counts[at]])
    expect(await names(city.worker, reference)).toEqual([])
    expect(await names(city.otherReferrer, reference)).toEqual([])
    expect(await names(city.referrer, reference.toLowerCase().replaceAll('-', ' '))).toEqual([MARIA.fullName])
    expect((await search(test.context, city.worker, 'Mariya')).items[0]?.records).toMatchObject([
      { kind: 'placement', id: accepted.id },
    ])
    expect((await search(test.context, city.navigator, reference)).items[0]?.records).toMatchObject([
      { kind: 'referral', id },
    ])
    for (const actor of [admin, await test.given.user('analyst'), await test.given.user('system_admin')])
      await expect(search(test.context, actor, 'maria')).rejects.toMatchObject({ code: 'not-allowed' })
    expect((await search(test.context, admin, 'maria', { permission: 'look.report' })).items).toHaveLength(2)
  })

  it('a project finds nobody that it has not accepted, and nobody any more when it is over', async () => {
    await test.given.referral(city, MARIA).sent()
    expect(await names(city.worker, 'maria')).toEqual([])
  })
})

describe('a name', () => {
  it('is found by letters first and by sound after, in any order and script', async () => {
    for (const fullName of ['John Smyth', 'Jon Smith', '李 小龙', 'محمد علي', 'Łukasz', 'Cher'])
      await test.given.referral(city, { fullName }).submitted()
    const { navigator } = city
    expect(await names(navigator, 'smith')).toEqual(['Jon Smith', 'John Smyth'])
    expect(await names(navigator, 'smyth john')).toEqual(['John Smyth', 'Jon Smith'])
    expect(await names(navigator, 'smi')).toEqual(['Jon Smith'])
    for (const [text, name] of [
      ['李', '李 小龙'],
      ['小', '李 小龙'],
      ['محمد', 'محمد علي'],
      ['lukasz', 'Łukasz'],
      ['CHER', 'Cher'],
    ])
      expect([text, await names(navigator, text ?? '')]).toEqual([text, [name]])
  })

  it('that was corrected is found by the new one and no longer by the old one', async () => {
    const { person } = await test.given.referral(city, MARIA).submitted()
    const [row] = await test.context.db.read.select().from(people).where(eq(people.id, person.id))
    await changePerson(test.context, city.navigator, person.id, row?.version ?? 0, { fullName: 'Mariam Obi' })
    expect(await names(city.navigator, 'obi')).toEqual(['Mariam Obi'])
    expect(await names(city.navigator, 'nandu')).toEqual([])
  })

  it('of somebody recognised under two rows is found once, with both referrals', async () => {
    const one = await test.given.referral(city, MARIA).submitted()
    const other = await test.given.referral(city, MARIA).submitted()
    await recognisePerson(test.context, city.navigator, other.id, { as: one.id })
    const { items } = await search(test.context, city.navigator, 'nandu')
    expect(items.map(({ records }) => records.map(({ id }) => id).sort())).toEqual([[one.id, other.id].sort()])
  })

  it('comes in pages that leave nobody out and show nobody twice', async () => {
    for (let count = 0; count < 45; count++)
      await test.given.referral(city, { fullName: count % 2 ? 'Ann Smith' : 'Anne Smyth' }).submitted()
    const seen: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await search(test.context, city.navigator, 'ann smith', { after })
      seen.push(...page.items.map(({ personId }) => personId))
      if (!page.next) break
      after = page.next
    }
    expect([seen.length, new Set(seen).size]).toEqual([45, 45])
    await expect(search(test.context, city.navigator, 'ann', { after: 'x' })).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })
})

describe('what is kept of a search', () => {
  it('is one row: by what, how many and whom, never the text', async () => {
    const { id } = await test.given.referral(city, MARIA).submitted()
    await names(city.navigator, 'Ñandú 27/3/1958')
    await names(city.navigator, '9990000018')
    await names(city.navigator, 'nobody at all')
    expect(await searches()).toEqual([
      { by: ['birth', 'name'], results: 1, ids: [id] },
      { by: ['nhs_number'], results: 1, ids: [id] },
      { by: ['name'], results: 0, ids: [] },
    ])
  })
})

it('after an upgrade everybody who was there before is found, also where it was interrupted', async () => {
  for (const fullName of ['Oldest Person', 'Second Person', '😀'])
    await test.given.referral(city, { fullName }).submitted()
  const all = await test.context.db.read.select().from(personWords)
  await test.context.db.write((tx) => tx.delete(personWords))
  expect(await indexPeople(test.context)).toBe(3)
  const again = await test.context.db.read.select().from(personWords)
  expect(again.map(({ word }) => word).sort()).toEqual(all.map(({ word }) => word).sort())
  expect(await indexPeople(test.context)).toBe(0)
  expect(await names(city.navigator, 'oldest')).toEqual(['Oldest Person'])
})

it('the API finds by the same words, within the same bounds, and leaves the same row', async () => {
  const { id } = await test.given.referral(city, MARIA).submitted()
  const listed = async (who: typeof city.navigator, text: string) =>
    (await test.call(who, 'GET', `/referrals?search=${encodeURIComponent(text)}`)).body.items.map(
      (one: { id: string }) => one.id,
    )
  for (const text of ['Obrien', 'marya', '999 000 0018', 'so14 0yn', '1958-03-27'])
    expect([text, await listed(city.navigator, text)]).toEqual([text, [id]])
  expect(await listed(city.otherNavigator, 'Obrien')).toEqual([])
  expect(await listed(city.navigator, '???')).toEqual([])
  const [row] = await test.context.db.read.select().from(referrals).where(eq(referrals.id, id))
  expect(await listed(city.referrer, row?.reference ?? '')).toEqual([id])
  expect((await searches())[0]).toEqual({ by: ['name'], results: 1, ids: [id] })
})
