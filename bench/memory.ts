import { load } from './load.ts'
import { spreadOf } from './numbers.ts'
import { createRequest } from './requests.ts'
import type { Result } from './results.ts'
import { residentMb, type Server, signIn, startOurs } from './servers.ts'
import { PASSWORD } from './town.ts'
import { enter, townFile } from './visits.ts'

/** A morning at 100,000 referrals, all at once: people refer, lists are read, pages are opened. */
export async function watchMemory(folder: string, seconds: number): Promise<Result[]> {
  const server = await startOurs(townFile(folder, 100_000))
  const [referrer, navigator] = await Promise.all(
    ['referrer-1', 'navigator-1'].map((who) => signIn(server, `${who}@bench.example`, PASSWORD)),
  )
  const pages = [
    { path: '/o/practice-1/referrals', headers: await enter(server, 'referrer-1') },
    { path: '/o/service/board', headers: await enter(server, 'navigator-1') },
  ]
  const forMs = seconds * 1000
  const { port, pid } = server
  const resident: number[] = []
  const watch = setInterval(() => resident.push(residentMb(pid)), 200)
  const answered = await Promise.all([
    load({ port, forMs, connections: 8, expected: 201, next: () => createRequest(referrer ?? '') }),
    load({
      port,
      forMs,
      connections: 8,
      expected: 200,
      next: () => ({
        method: 'GET',
        path: '/api/v1/referrals?limit=50',
        headers: { authorization: `Bearer ${navigator}` },
      }),
    }),
    ...pages.map(({ path, headers }) =>
      load({ port, forMs, connections: 4, expected: 200, next: () => ({ method: 'GET', path, headers }) }),
    ),
  ])
  clearInterval(watch)
  if (answered.some(({ odd }) => odd > 0)) throw new Error('Under mixed load, not every answer was as expected.')
  const lag = await eventLoopLagMs(server)
  await server.stop()
  const memory = spreadOf(resident)
  const loop = { median: lag, min: lag, max: lag }
  return [
    {
      what: 'resident memory at 100,000 referrals, under load',
      target: '< 200 at most',
      isMet: memory.max < 200,
      spread: memory,
      rounds: 1,
      unit: 'MB',
    },
    { what: 'the event loop’s delay under that load, the 99th of 100', spread: loop, rounds: 1, unit: 'ms' },
  ]
}

async function eventLoopLagMs({ port }: Server): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  return Number(/^nodejs_eventloop_lag_p99_seconds ([\d.e-]+)/m.exec(metrics)?.[1] ?? 0) * 1000
}
