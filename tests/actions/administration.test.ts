import { beforeEach, expect, it } from 'vitest'
import { digestOfToken, tokenOf } from '../../src/actions/access/link-token.ts'
import { readLink, useLink } from '../../src/actions/access/use-link.ts'
import { listLooks, listLooksOfColleague } from '../../src/actions/audit/list-looks.ts'
import { openReferral } from '../../src/actions/referrals/open-referral.ts'
import { changeColleague } from '../../src/actions/service/change-colleague.ts'
import { cancelInvitation, inviteColleague } from '../../src/actions/service/invite-colleague.ts'
import { listInvitations } from '../../src/actions/service/list-invitations.ts'
import { accessLinks } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City, TestUser } from '../support/given.ts'
import { expectRefusal } from '../support/no-trace.ts'

let test: TestApp
let city: City
let boss: TestUser

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city()
  boss = await test.given.user('organisation_admin', city.service)
})

const NEW = { name: 'Ada', email: 'ada@so-linked.example', role: 'navigator' as const }

async function tokenInHand(): Promise<string> {
  const [row] = await test.context.db.read.select().from(accessLinks)
  return tokenOf(test.context, row?.nonce ?? '')
}

it('an invitation is used once, however many use it at once', async () => {
  const { context } = test
  await inviteColleague(context, boss, NEW)
  const token = await tokenInHand()
  const [row] = await context.db.read.select().from(accessLinks)
  expect([row?.digest, token.length]).toEqual([digestOfToken(token), 22])
  const tries = await Promise.allSettled([1, 2, 3].map(() => useLink(context, token, 'four words in a row')))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect((await readLink(context, token)).state).toBe('used')
  expect(await listInvitations(context, boss)).toEqual([])
})

it('one that was taken back, and what is forbidden, leaves no trace', async () => {
  const { context } = test
  const { db } = context
  const { id } = await inviteColleague(context, boss, NEW)
  const token = await tokenInHand()
  await cancelInvitation(context, boss, id)
  await expectRefusal(db, 'wrong-status', () => useLink(context, token, 'four words in a row'))
  await expectRefusal(db, 'wrong-status', () => cancelInvitation(context, boss, id))
  await expectRefusal(db, 'not-found', () => useLink(context, 'A'.repeat(22), 'four words in a row'))
  await expectRefusal(db, 'not-allowed', () => inviteColleague(context, city.navigator, NEW))
  await expectRefusal(db, 'invalid-input', () => inviteColleague(context, boss, { ...NEW, role: 'analyst' }))
  await expectRefusal(db, 'not-allowed', () => changeColleague(context, boss, boss.userId, { role: 'navigator' }))
  await expectRefusal(db, 'not-found', () => changeColleague(context, boss, city.worker.userId, { suspended: true }))
})

it('looks come in pages that leave none out, by record and by colleague', async () => {
  const { context } = test
  const { id } = await test.given.referral(city).submitted()
  for (let count = 0; count < 55; count++) await openReferral(context, city.navigator, id)
  const first = await listLooks(context, boss, { kind: 'referral', id })
  const second = await listLooks(context, boss, { kind: 'referral', id }, first.next ?? '')
  const opened = [...first.items, ...second.items].filter(({ what }) => what === 'Opened the referral')
  expect([first.items.length, new Set(opened.map((look) => look.id)).size, second.next]).toEqual([50, 55, null])
  const by = await listLooksOfColleague(context, boss, city.navigator.userId)
  expect([by.items.length, by.items[0]?.reference]).toEqual([50, first.reference])
  expect((await listLooksOfColleague(context, boss, city.navigator.userId, by.next ?? '')).items.length).toBe(5)
})
