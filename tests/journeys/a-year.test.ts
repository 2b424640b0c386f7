import { expect, test } from 'vitest'
import { deliverMessages, type Post } from '../../src/actions/outbox/deliver-messages.ts'
import { jobsOf } from '../../src/jobs/jobs.ts'
import { messageIdOf } from '../../src/mail/mailer.ts'
import { FROM, mailServer, postTo, reply } from '../mail/smtp.ts'
import { freshFolder } from '../support/database.ts'
import { someHours, type YearTally } from '../support/year/day.ts'
import { yearTown } from '../support/year/town.ts'
import { Watch } from '../support/year/watch.ts'

// A few weeks of a small town at every change; the year of sixty groups where there is time: YEAR_DAYS=365 YEAR_GROUPS=60.
const DAYS = Number(process.env.YEAR_DAYS ?? 20)
const GROUPS = Number(process.env.YEAR_GROUPS ?? 6)
const SEED = Number(process.env.SEED ?? 1)

const HOUR_MS = 3_600_000

test('a year of a town: every free place is offered at once, in order, through crashes, restarts and clocks that jump', {
  timeout: 7_200_000,
}, async () => {
  const taken = new Map<string, number>()
  const smtp = await mailServer({
    onRcptTo: ({ address }, _, done) => done(address.startsWith('gone.') ? reply(550, '5.1.1 no such mailbox') : null),
    onData(stream, _, done) {
      let text = ''
      stream.on('data', (chunk: Buffer) => (text += chunk))
      stream.on('end', () => {
        const id = /^Message-ID: (.*)$/im.exec(text)?.[1] ?? ''
        taken.set(id, (taken.get(id) ?? 0) + 1)
        done()
      })
    },
  })
  const town = await yearTown({ groupCount: GROUPS, seed: SEED })
  const { random, doom, contexts } = town
  const watch = new Watch(town)
  const tally: YearTally = { done: 0, refused: 0, crashed: 0 }
  const post = postTo(smtp.url, { retryBaseMs: 60_000, leaseMs: 300 })
  const jobs = jobsOf({ post, headFile: `${freshFolder()}/head` }).filter(({ name }) => name !== 'index-directory')
  const start = town.now().getTime()
  let lookedThrough = -1

  async function cycle(): Promise<void> {
    // As a lease that ran out would have it: both processes at the same work.
    const workers = random.chance(0.1) ? contexts : [random.pick(contexts)]
    for (const job of jobs) await Promise.all(workers.map((context) => job.run(context, new AbortController().signal)))
  }

  for (let hour = 0; hour < DAYS * 24; hour += random.pick([5, 6, 7, 8])) {
    // A clock is set back or forward by up to two hours now and then.
    const jump = random.chance(0.03) ? random.between(-120, 120) * 60_000 : 0
    town.setNow(start + hour * HOUR_MS + jump)
    await someHours(town, tally)
    if (random.chance(0.05)) {
      doom.isArmed = true
      await cycle().catch(() => {})
      doom.isArmed = false
    }
    if (random.chance(0.02)) await town.restart(random.pick([0, 1]))
    await cycle()
    expect(await watch.look()).toEqual([])
    if (Math.floor(hour / 24) > lookedThrough) {
      lookedThrough = Math.floor(hour / 24)
      expect(await watch.lookThrough()).toEqual([])
    }
  }

  town.setNow(start + (DAYS + 4) * 24 * HOUR_MS)
  await settle(post)
  expect(await watch.lookThrough()).toEqual([])
  const { rows, twice } = await watch.messages()
  expect(twice).toEqual([])
  expect(rows.filter(({ sentAt, endedAt }) => sentAt === null && endedAt === null)).toEqual([])
  const sent = rows.filter(({ sentAt, digestId }) => sentAt && digestId === null).map(({ id }) => messageIdOf(id, FROM))
  expect(sent.filter((id) => !taken.has(id))).toEqual([])
  // What the server took from a process that died before it could write so down may be found not worth sending afterwards.
  expect(taken.size - sent.length).toBeLessThanOrEqual(doom.deaths)
  // A year in which nothing happens proves nothing.
  if (DAYS >= 40) {
    expect(watch.seen.offers).toBeGreaterThan(DAYS / 4)
    expect(watch.seen.expired).toBeGreaterThan(0)
    expect(tally.crashed).toBeGreaterThan(0)
  }
  if (process.env.YEAR_DAYS)
    console.info(`${DAYS} days, ${GROUPS} groups, seed ${SEED}`, tally, watch.seen, {
      deaths: doom.deaths,
      messages: rows.length,
      moreThanOnce: [...taken.values()].filter((times) => times > 1).length,
      taken: taken.size,
    })
  await town.close()

  async function settle(how: Post): Promise<void> {
    await deliverMessages(contexts[0], how)
  }
})
