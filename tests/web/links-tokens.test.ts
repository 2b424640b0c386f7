import { expect, it } from 'vitest'
import { messageOfToken, messageToken } from '../../src/actions/access/message-token.ts'
import { askRegisters } from '../../src/actions/clocks/ask-registers.ts'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { recallPlacement } from '../../src/actions/placements/recall-placement.ts'
import { outbox } from '../../src/store/schema.ts'
import { openApp } from '../support/app.ts'
import { linkOf, messageOf, POST, wholeDatabase } from '../support/links.ts'
import { readable, visitor } from './visitor.ts'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const SHED = 'team@community-roots.example'
const NEVER = new AbortController().signal

it('gives one answer to whatever is no link of ours, and writes nothing', async () => {
  const { app, context, given } = await openApp()
  const city = await given.city()
  await given.referral(city).sent()
  await deliverMessages(context, POST)
  const link = await linkOf(context, 'placement-to-decide')
  const token = link.slice(3)
  const other = messageToken(context, context.newId(), SHED)
  const foreign = messageToken(
    { linkKey: new Uint8Array(32).fill(1) },
    (await messageOf(context, 'placement-to-decide')).id,
    SHED,
  )
  const notLinks = (await context.db.read.select().from(outbox)).filter(({ notice }) => notice.startsWith('referral-'))
  const altered = [...token].map((letter, at) => {
    const next = LETTERS[(LETTERS.indexOf(letter) + 1) % 64] ?? ''
    return token.slice(0, at) + next + token.slice(at + 1)
  })
  const forged = [
    ...altered,
    token.slice(0, -1),
    `${token}A`,
    token.slice(1),
    other,
    foreign,
    token.slice(0, 22) + other.slice(22),
    other.slice(0, 22) + token.slice(22),
    'A'.repeat(43),
    'A'.repeat(54),
    'A'.repeat(22),
    'A'.repeat(70),
    ...notLinks.map(({ id }) => messageToken(context, id, SHED)),
  ]
  const before = await wholeDatabase(context)
  const somebody = visitor(app)
  const expected = readable((await somebody.get('/l/x')).html)
  for (const one of forged) {
    const shown = await somebody.get(`/l/${one}`)
    expect([one, shown.status, readable(shown.html)]).toEqual([one, 404, expected])
  }
  for (const one of [altered[5], altered[40], other, foreign]) {
    const acted = await somebody.post(`/l/${one}`, { do: 'accept' })
    expect([acted.status, readable(acted.html)]).toEqual([404, expected])
  }
  expect(await wholeDatabase(context)).toEqual(before)
})

it('knows its own, and reads nothing to find out', () => {
  const keyed = { linkKey: new Uint8Array(32).fill(9) }
  const id = '01930042-0000-7000-8000-000000000042'
  const token = messageToken(keyed, id, SHED)
  expect(messageOfToken(keyed, token)?.messageId).toBe(id)
  expect(token).toMatch(/^[\w-]{54}$/)
})

it('has no link where nobody was told', async () => {
  const { app, context, given } = await openApp()
  const city = await given.city()
  const { id } = await given.referral(city).sent()
  await recallPlacement(context, city.navigator, id)
  await deliverMessages(context, POST)
  const row = await messageOf(context, 'placement-to-decide')
  expect(row.outcome).toBe('no decision is awaited any more')
  expect((await visitor(app).get(`/l/${messageToken(context, row.id, SHED)}`)).status).toBe(404)
})

it('does only what its own kind does', async () => {
  const { app, context, given } = await openApp()
  const city = await given.city()
  await given.referral(city).accepted()
  await given.referral(city).sent()
  await askRegisters({ ...context, now: () => new Date('2026-11-26T09:00:00Z') }, NEVER)
  await deliverMessages(context, POST)
  const somebody = visitor(app)
  const register = await linkOf(context, 'register-to-take')
  for (const act of ['accept', 'decline', 'confirm', 'take', 'know', '__proto__', 'constructor', ''])
    expect([act, (await somebody.post(register, { do: act })).status]).toEqual([act, 400])
  const decide = await linkOf(context, 'placement-to-decide')
  for (const act of ['confirm', 'change', 'save', 'open', 'take', 'leave'])
    expect([act, (await somebody.post(decide, { do: act })).status]).toEqual([act, 400])
})
