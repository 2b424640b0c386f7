import { expect, test } from 'vitest'
import { countResponses, readResponses } from '../../../src/actions/directory/count-responses.ts'
import { acceptPlacement } from '../../../src/actions/placements/accept-placement.ts'
import { recordAttendance } from '../../../src/actions/placements/record-attendance.ts'
import { listMatches } from '../../../src/actions/referrals/list-matches.ts'
import { addDays } from '../../../src/domain/day.ts'
import { clockCity } from '../clocks/at-work.ts'

test('the night counts how long people wait for each group, and who still waits makes it longer', async () => {
  const city = await clockCity({ places: 40 })
  const { context, clock, worker, navigator, stage } = city
  const asked = await stage.active()
  const expected = async () => (await listMatches(context, navigator, asked.id))[0]?.expectedWaitDays
  const sent = []
  for (let person = 0; person < 14; person++) sent.push(await stage.sent())
  for (const [at, { id }] of sent.slice(0, 10).entries()) {
    const sessionOn = addDays('2026-11-30', at)
    clock.set(`${sessionOn}T12:00Z`)
    await acceptPlacement(context, worker, id)
    await recordAttendance(context, worker, id, { sessionOn, attended: true })
    if (at === 8) await city.at(`${sessionOn}T13:00Z`, countResponses)
  }
  // Nine are too few.
  expect(await expected()).toBeNull()
  await city.at('2026-12-20T04:00Z', countResponses)
  expect(await expected()).toEqual({ low: 10, high: null, n: 10 })
  const words = await readResponses(context, navigator, ['project-roots'])
  expect([...words.values()].flat().join(' ')).toContain('ikely start in a week or longer, from 10 recent starts')
  for (const { id } of sent.slice(10)) {
    await acceptPlacement(context, worker, id)
    await recordAttendance(context, worker, id, { sessionOn: '2026-12-20', attended: true })
  }
  await city.at('2026-12-21T04:00Z', countResponses)
  expect(await expected()).toEqual({ low: 10, high: 27, n: 14 })
})
