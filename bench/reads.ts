import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { get, type Headers } from './load.ts'
import { median, spreadOf } from './numbers.ts'
import type { Result } from './results.ts'
import { type Server, signIn, startFloor, startOurs } from './servers.ts'
import { PASSWORD } from './town.ts'
import { enter } from './visits.ts'

const bearer = async (server: Server, who: string): Promise<Headers> => ({
  authorization: `Bearer ${await signIn(server, `${who}@bench.example`, PASSWORD)}`,
})

/** Lists of 50 rows at 100,000 referrals against the floor's list of 50 rows, in turn. */
export async function compareLists(folder: string, rounds: number, say: (line: string) => void): Promise<Result[]> {
  const floor = await startFloor(join(folder, 'floor.sqlite'))
  const ours = await startOurs(join(folder, 'town-100000.sqlite'))
  const list = '/api/v1/referrals?limit=50'
  const lists = [
    { name: 'GET /api/v1/referrals?limit=50 of a navigator', path: list, headers: await bearer(ours, 'navigator-1') },
    { name: 'GET /api/v1/referrals?limit=50 of a practice', path: list, headers: await bearer(ours, 'referrer-1') },
    { name: 'My referrals, the page', path: '/o/practice-1/referrals', headers: await enter(ours, 'referrer-1') },
    { name: 'the board, the page', path: '/o/service/board', headers: await enter(ours, 'navigator-1') },
  ].map((one) => ({ ...one, ratios: [] as number[] }))
  const load32 = { connections: 8, answers: 400 }
  for (let round = 1; round <= rounds + 1; round++) {
    for (const { path, headers, ratios, name } of lists) {
      const bare = await get(floor, list, {}, load32)
      const { perSecond, odd } = await get(ours, path, headers, load32)
      if (odd > 0) throw new Error(`${name} was not always answered with 200.`)
      // The first is to get warm.
      if (round > 1) ratios.push(perSecond / bare.perSecond)
    }
    say(
      `lists, round ${round - 1}: ${lists.map(({ ratios }) => (ratios.at(-1) ?? 0).toFixed(2)).join(', ')} of the floor`,
    )
  }
  await floor.stop()
  await ours.stop()
  return lists.map(({ name, ratios }) => {
    const spread = spreadOf(ratios)
    return {
      what: `${name}, of the floor’s lists of 50`,
      target: '≥ 0.5',
      isMet: spread.median >= 0.5,
      spread,
      rounds,
      unit: '×',
    }
  })
}

// The same as the service's own cursors: a place in the list by the moment and the id.
function cursorInTheMiddle(file: string): string {
  const db = new Sqlite(file, { readonly: true })
  const row = db
    .prepare<[], { received_at: string; id: string }>(
      `select received_at, id from referrals where id >= (select printf('%s', min(id)) from referrals)
       order by received_at limit 1 offset (select count(*) / 2 from referrals)`,
    )
    .get()
  db.close()
  return Buffer.from(JSON.stringify([row?.received_at, row?.id])).toString('base64url')
}

/** How a list takes longer when it is deep in, or when there is a hundred times as much. */
export async function compareSizes(folder: string, rounds: number, sizes: [number, number]): Promise<Result[]> {
  const [fileOfFew, fileOfMany] = sizes.map((size) => join(folder, `town-${size}.sqlite`)) as [string, string]
  const few = await startOurs(fileOfFew)
  const many = await startOurs(fileOfMany)
  const list = '/api/v1/referrals?limit=50'
  const deep = `${list}&after=${cursorInTheMiddle(fileOfMany)}`
  const [hereFew, hereMany] = [await bearer(few, 'navigator-1'), await bearer(many, 'navigator-1')]
  const alone = { connections: 1, answers: 150 }
  const bySize: number[] = []
  const byDepth: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const small = await get(few, list, hereFew, alone)
    const large = await get(many, list, hereMany, alone)
    const inside = await get(many, deep, hereMany, alone)
    if (round === 0) continue
    bySize.push(large.p50 / small.p50)
    byDepth.push(inside.p50 / large.p50)
  }
  await few.stop()
  await many.stop()
  const size = spreadOf(bySize)
  const depth = spreadOf(byDepth)
  const words = sizes.map((number) => number.toLocaleString('en-GB'))
  return [
    {
      what: `a list at ${words[1]}, of its time at ${words[0]}`,
      target: '≤ 1.3',
      isMet: size.median <= 1.3,
      spread: size,
      rounds,
      unit: '×',
    },
    {
      what: `a page in the middle of ${words[1]}, of the first one’s time`,
      target: 'about 1',
      isMet: depth.median <= 1.3,
      spread: depth,
      rounds,
      unit: '×',
    },
  ]
}

/** The built program, from its start to the first time it says it is ready, on a database that is there already. */
export async function timeStarts(folder: string, rounds: number): Promise<Result> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const server = await startOurs(join(folder, 'town-100000.sqlite'))
    times.push(server.startedInMs)
    await server.stop()
  }
  const spread = spreadOf(times)
  return {
    what: 'the built program started',
    target: '≤ 1000',
    isMet: median(times) <= 1000,
    spread,
    rounds,
    unit: 'ms',
  }
}
