import { describe, expect, test } from 'vitest'
import { sweep } from '../../../src/actions/clocks/sweep.ts'
import { Refusal } from '../../../src/domain/refusal.ts'
import { listDueReferrals, listOpenReferralsOf, listUnassigned } from '../../../src/store/clocks.ts'
import { clockCity } from './at-work.ts'

const { signal } = new AbortController()

describe('a sweep', () => {
  test('takes each of many once, page by page', async () => {
    const { context } = await clockCity()
    const all = Array.from({ length: 450 }, (_, n) => ({ id: String(n).padStart(4, '0') }))
    const pages: (string | undefined)[] = []
    const taken: string[] = []
    const list = async (_: unknown, { after, limit }: { after: { id: string } | undefined; limit: number }) => {
      pages.push(after?.id)
      return all.filter(({ id }) => !after || id > after.id).slice(0, limit)
    }
    const take = async (_: unknown, id: string) => taken.push(id) > 0
    expect(await sweep(context, { list, take }, signal)).toBe(450)
    expect(taken).toEqual(all.map(({ id }) => id))
    expect(pages).toEqual([undefined, '0199', '0399'])
  })

  test('passes over what somebody else was faster with, and counts only what it did', async () => {
    const { context } = await clockCity()
    const list = async () => [{ id: 'changed' }, { id: 'nothing-due' }, { id: 'due' }]
    async function take(_: unknown, id: string) {
      if (id === 'changed') throw new Refusal('changed-meanwhile', 'Somebody was faster.')
      return id === 'due'
    }
    expect(await sweep(context, { list, take }, signal)).toBe(1)
  })
})

describe('candidates', () => {
  test('come page by page in the order of their days, none twice and none left out', async () => {
    const city = await clockCity()
    const { db, stage, clock } = city
    const ids: string[] = []
    for (const day of ['2026-11-25', '2026-11-23', '2026-11-23', '2026-11-24', '2026-11-23']) {
      clock.set(`${day}T09:00Z`)
      ids.push((await stage.submitted()).id)
    }
    const [a, b, c, d, e] = ids
    const due = { until: '2026-11-26' }
    const first = await listDueReferrals(db.read, 'submitted', due, { after: undefined, limit: 2 })
    const second = await listDueReferrals(db.read, 'submitted', due, { after: first.at(-1), limit: 2 })
    const third = await listDueReferrals(db.read, 'submitted', due, { after: second.at(-1), limit: 2 })
    expect([first, second, third].map((page) => page.map(({ id }) => id))).toEqual([[b, c], [e, d], []])
    const waiting = await listUnassigned(db.read, 'so-linked', { after: undefined, limit: 4 })
    expect(waiting.map(({ id }) => id)).toEqual([b, c, e, d])
    const last = await listUnassigned(db.read, 'so-linked', { after: waiting.at(-1), limit: 4 })
    expect(last.map(({ id }) => id)).toEqual([a])
  })

  test('of somebody who is away are theirs, for that service', async () => {
    const { db, stage, navigator } = await clockCity()
    const first = await stage.assigned()
    const second = await stage.assigned()
    await stage.submitted()
    const of = { userId: navigator.userId, organisationId: 'so-linked' }
    const page = await listOpenReferralsOf(db.read, of, { after: undefined, limit: 1 })
    expect(page.map(({ id }) => id)).toEqual([first.id])
    const rest = await listOpenReferralsOf(db.read, of, { after: page[0], limit: 5 })
    expect(rest.map(({ id }) => id)).toEqual([second.id])
    const elsewhere = { ...of, organisationId: 'mens-shed' }
    expect(await listOpenReferralsOf(db.read, elsewhere, { after: undefined, limit: 5 })).toEqual([])
  })
})
