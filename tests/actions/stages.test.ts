import { and, eq } from 'drizzle-orm'
import { beforeEach, expect, it } from 'vitest'
import { logContact } from '../../src/actions/referrals/log-contact.ts'
import { openBoard } from '../../src/actions/referrals/open-board.ts'
import { londonDay } from '../../src/domain/day.ts'
import { isOpenReferral } from '../../src/domain/referral.ts'
import { STAGES, type Standing, stageOf } from '../../src/domain/stages.ts'
import { contacts, outbox, placements, referrals } from '../../src/store/schema.ts'
import { inStage } from '../../src/store/stages.ts'
import { freshDatabase } from '../support/database.ts'
import { placementStates, referralStates } from '../support/every-state.ts'
import { givenIn } from '../support/given.ts'
import { testContext } from '../support/small-city.ts'

async function everyState() {
  const { context, clock } = testContext(await freshDatabase())
  const given = givenIn(context)
  const city = await given.city()
  const team = await given.user('navigator', await given.organisation('health_service'))
  const better = await given.project(city.provider)
  const stage = { context, clock, given, city: { ...city, team, better } }
  for (const make of [...Object.values(referralStates(stage)), ...Object.values(placementStates(stage))]) await make()
  return { ...stage, read: context.db.read }
}
type Made = Awaited<ReturnType<typeof everyState>>
let made: Made

beforeEach(async () => {
  made = await everyState()
})

async function standingOf(id: string): Promise<Standing> {
  const { read } = made
  const [referral] = await read.select().from(referrals).where(eq(referrals.id, id))
  if (!referral) throw new Error('It was there a moment ago.')
  const all = await read.select().from(contacts).where(eq(contacts.referralId, id))
  const own = all
    .filter(({ placementId }) => placementId === null)
    .sort((a, b) => a.madeAt.getTime() - b.madeAt.getTime())
  const sinceSpoken = own.slice(own.findLastIndex(({ outcome }) => outcome === 'spoke') + 1)
  const failed = await read.select().from(outbox).where(eq(outbox.referralId, id))
  return {
    ...referral,
    placements: await read.select().from(placements).where(eq(placements.referralId, id)),
    failedTries: sinceSpoken.length,
    unheard: failed.filter(({ failedAt }) => failedAt && !all.some(({ madeAt }) => madeAt >= failedAt)).length,
  }
}

it('SQL puts every referral in the column that the rule names, on the day and long after', async () => {
  const { read, clock, context, city } = made
  const { id: heardNothing } = await made.given.referral(city).assigned()
  const giveUp = { failedAt: context.now(), endedAt: context.now(), outcome: 'Given up' }
  await context.db.write((tx) => tx.update(outbox).set(giveUp).where(eq(outbox.referralId, heardNothing)))
  const seen = new Set<string>()
  for (const moment of [
    '2026-11-23T09:30:00Z',
    '2026-12-01T09:00:00Z',
    '2026-12-08T09:00:00Z',
    '2027-03-01T09:00:00Z',
  ]) {
    clock.set(moment)
    const today = londonDay(context.now())
    for (const { id, status } of await read.select().from(referrals)) {
      const expected = isOpenReferral(status) ? stageOf(await standingOf(id), today) : undefined
      const found = []
      for (const stage of STAGES)
        if (await read.$count(referrals, and(eq(referrals.id, id), inStage(stage, { today })))) found.push(stage)
      expect([id, moment, status, found]).toEqual([id, moment, status, expected ? [expected] : []])
      if (expected) seen.add(expected)
    }
  }
  expect([...seen].sort()).toEqual([...STAGES].sort())
  clock.set('2026-11-23T10:00:00Z')
  const stuck = async () =>
    read.$count(referrals, and(eq(referrals.id, heardNothing), inStage('stuck', { today: londonDay(context.now()) })))
  expect(await stuck()).toBe(1)
  await logContact(context, city.navigator, heardNothing, { outcome: 'left_message', channel: 'phone' })
  expect(await stuck()).toBe(0)
})

it('the board’s summaries name the troubles that put a referral under Stuck', async () => {
  const { context, clock, city } = made
  clock.set('2026-12-08T09:00:00Z')
  const { columns } = await openBoard(context, city.lead, {})
  for (const { stage, items } of columns)
    for (const item of items) {
      expect([item.reference, item.troubles.length > 0]).toEqual([item.reference, stage === 'stuck'])
      if (stage !== 'stuck') expect(item.stage).toBe(stage)
    }
  expect(columns.flatMap(({ items }) => items).length).toBeGreaterThan(10)
})
