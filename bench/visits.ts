import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { get } from './load.ts'
import type { Server } from './servers.ts'
import { signIn } from './servers.ts'
import { PASSWORD } from './town.ts'

/** Signs in as a browser does, and answers with the cookie that a page wants to see. */
export async function enter({ port }: Server, who: string): Promise<{ cookie: string }> {
  const at = `http://127.0.0.1:${port}/sign-in`
  const form = await fetch(at)
  const token = /name="_csrf" value="([^"]+)"/.exec(await form.text())?.[1] ?? ''
  const cookiesOf = (answer: Response) => answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
  const answer = await fetch(at, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookiesOf(form).join('; ') },
    body: new URLSearchParams({ _csrf: token, email: `${who}@bench.example`, password: PASSWORD, next: '' }),
  })
  const cookies = [...cookiesOf(form), ...cookiesOf(answer)]
  if (answer.status !== 303 && answer.status !== 302) throw new Error(`${who} could not enter: ${answer.status}.`)
  return { cookie: cookies.join('; ') }
}

export interface Visit {
  path: string
  who: string
  p50: number
  p99: number
}

const PEOPLE = [
  { who: 'referrer-1', organisation: 'practice-1' },
  { who: 'navigator-1', organisation: 'service' },
  { who: 'lead', organisation: 'service' },
  { who: 'admin', organisation: 'service' },
  { who: 'worker-1', organisation: 'provider-1' },
  { who: 'operator-0', organisation: 'operator' },
]

/** Every GET that the program lists, as each of these people who may: how long the answer takes, one at a time. */
export async function visitAll(server: Server, file: string): Promise<Visit[]> {
  const routes = execFileSync(process.execPath, ['dist/cli.js', 'routes'], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: `file:${file}` },
  })
  const paths = [...routes.matchAll(/GET\s+(\/(?:o|api\/v1)\/\S+)/g)].map(([, path = '']) => path)
  const db = new Sqlite(file, { readonly: true })
  const one = (query: string) => (db.prepare(query).pluck().get() as string | undefined) ?? 'none'
  const ids = {
    referral: one(
      "select id from referrals where status = 'active' and navigator_id = 'navigator-1' and referring_organisation_id = 'practice-1' order by id desc",
    ),
    fresh: one("select id from referrals where status = 'submitted' order by id desc"),
    placement: one(
      "select id from placements where provider_organisation_id = 'provider-1' and status <> 'completed' order by id desc",
    ),
    colleague: 'navigator-2',
  }
  db.close()
  const visits: Visit[] = []
  for (const { who, organisation } of PEOPLE) {
    const page = await enter(server, who)
    const api = { authorization: `Bearer ${await signIn(server, `${who}@bench.example`, PASSWORD)}` }
    for (const route of paths) {
      const kind = /placements/.test(route)
        ? ids.placement
        : /users|colleagues/.test(route)
          ? ids.colleague
          : ids.referral
      const path = route.replace(':organisation', organisation).replace(/:\w+/, kind)
      const headers = route.startsWith('/api/') ? api : page
      const first = await get(server, path, headers, { connections: 1, answers: 3 })
      if (first.odd > 0) continue
      const { p50, p99 } = await get(server, path, headers, { connections: 1, answers: 40 })
      visits.push({ path: route, who, p50, p99 })
    }
  }
  return visits.sort((a, b) => b.p50 - a.p50)
}

export const townFile = (folder: string, count: number) => join(folder, `town-${count}.sqlite`)
