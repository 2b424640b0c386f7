import { expect, it, onTestFinished } from 'vitest'
import { askRegisters } from '../../src/actions/clocks/ask-registers.ts'
import { askStillWanted } from '../../src/actions/clocks/ask-still-wanted.ts'
import { chaseProviders } from '../../src/actions/clocks/chase-providers.ts'
import { remindProviders } from '../../src/actions/clocks/remind.ts'
import { chaseEntries } from '../../src/actions/directory/chase-entries.ts'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { answerProject, askNavigator } from '../../src/actions/placements/ask-navigator.ts'
import { answerOffer, offerPlacement } from '../../src/actions/placements/offer-placement.ts'
import { waitlistPlacement } from '../../src/actions/placements/wait-for-place.ts'
import { inviteColleague } from '../../src/actions/service/invite-colleague.ts'
import { buildApp } from '../../src/app.ts'
import { configFrom } from '../../src/config.ts'
import { openLog } from '../../src/logger.ts'
import { openApp, TEST_SETTINGS } from '../support/app.ts'
import { addressesInMail, POST, wholeDatabase } from '../support/links.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' }
const NEVER = new AbortController().signal
const REACHABLE = {
  email: 'maria@home.example',
  safeContact: { voicemail: false, text: false, email: true, post: false },
}

it('changes nothing, whoever opens every link of every mail', async () => {
  const { context, clock, given } = await openApp()
  const lines: string[] = []
  const log = openLog('trace', { write: (line: string) => void lines.push(line) })
  const app = await buildApp(context, configFrom(TEST_SETTINGS), log)
  onTestFinished(() => app.close())
  const city = await given.city({ places: 3 })
  const { worker, navigator, service } = city
  const told = () => deliverMessages(context, POST)
  await chaseEntries(context, NEVER)
  await told()
  await inviteColleague(context, await given.user('organisation_admin', service), {
    name: 'New Colleague',
    email: 'new@so-linked.example',
    role: 'navigator',
  })
  await given.referral(city, { fullName: 'Decided On' }).started()
  const asked = await given.referral(city, { fullName: 'Asked About' }).sent()
  await askNavigator(context, worker, asked.id, { question: 'Which days?' })
  await told()
  await answerProject(context, navigator, asked.id, { text: 'Any.' })
  const first = await given.referral(city, REACHABLE).sent()
  await waitlistPlacement(context, worker, first.id)
  const second = await given.referral(city, { ...REACHABLE, fullName: 'Second One' }).sent()
  await waitlistPlacement(context, worker, second.id)
  await offerPlacement(context, worker, first.id, {})
  await told()
  await answerOffer(context, navigator, first.id, { answer: 'accept' })
  await given.referral(city, { fullName: 'Not Yet' }).sent()
  await told()
  clock.set('2026-11-26T09:00:00Z')
  await askRegisters(context, NEVER)
  await chaseProviders(context, NEVER)
  await told()
  clock.set('2026-12-21T09:00:00Z')
  await askStillWanted(context, NEVER)
  await remindProviders(context, NEVER)
  await told()

  const links = await addressesInMail(context)
  const own = links.filter((link) => link.startsWith('/l/'))
  expect(new Set(own.map((link) => link.length)).size).toBe(3)
  expect(own.length).toBeGreaterThanOrEqual(9)
  const before = await wholeDatabase(context)
  for (const link of own)
    for (const path of [link, `${link}?page=decline`, `${link}?page=end`, `${link}?done=code`, `${link}?done=accepted`])
      for (const method of ['GET', 'HEAD'] as const) {
        const { statusCode, headers } = await app.inject({ method, url: path, headers: { accept: 'text/html' } })
        expect([path, [200, 410].includes(statusCode)]).toEqual([path, true])
        expect(headers['referrer-policy']).toBe('no-referrer')
      }
  expect(await wholeDatabase(context)).toEqual(before)
  // What acts, and what is refused, is told by its pattern too.
  for (const link of own) {
    await app.inject({ method: 'POST', url: link, payload: 'do=accept', headers: FORM })
    await app.inject({ url: link.slice(0, -1), headers: { accept: 'text/html' } })
  }
  expect(lines.length).toBeGreaterThan(own.length)
  expect(lines.filter((line) => own.some((link) => line.includes(link.slice(3, -1))))).toEqual([])
})
