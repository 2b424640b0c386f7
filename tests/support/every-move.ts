import { eq } from 'drizzle-orm'
import { placements, referrals } from '../../src/store/schema.ts'
import type { Caller, TestApp } from './app.ts'
import type { TestUser } from './given.ts'
import { countRows } from './no-trace.ts'

/** Everybody who may try: those of the small city, those beside it, and nobody at all. */
export async function everybody({ given }: TestApp) {
  const city = await given.city()
  const who = {
    referrer: city.referrer,
    otherReferrer: city.otherReferrer,
    navigator: city.navigator,
    lead: city.lead,
    otherNavigator: city.otherNavigator,
    teamLead: await given.user('triage_lead', await given.organisation('mental_health_team')),
    worker: city.worker,
    otherWorker: city.otherWorker,
    organisationAdmin: await given.user('organisation_admin', city.service),
    analyst: await given.user('analyst', await given.organisation('commissioner')),
    systemAdmin: await given.user('system_admin', await given.organisation('operator')),
    nobody: null,
  } satisfies Record<string, TestUser | null>
  const better = await given.project(await given.organisation('provider'))
  return { who, city: { ...city, team: who.teamLead, better } }
}
type Everybody = Awaited<ReturnType<typeof everybody>>['who']
export type Role = keyof Everybody

/** One request: a door with a body. Doors with several endings are tried with each. */
export interface Try {
  name: string
  door: string
  body?: Record<string, unknown>
  /** What the answer says when it is carried out. */
  status?: 201
}

/** A row of the model: this try succeeds from these states for these roles, and ends there. */
export interface Cell {
  name: string
  from: readonly string[]
  /** The state it ends in, `same`, or where each of these states came from. */
  to: string | Record<string, string>
  who: readonly Role[]
  /** Where the state alone is not enough: what has to have happened in it. */
  after?: Record<string, string>
}

export interface Table {
  noun: 'referrals' | 'placements'
  tries: readonly Try[]
  cells: readonly Cell[]
  states: readonly string[]
  /** The roles that may look at a record in this state; to everybody else it is not there. */
  seenBy(state: string): readonly Role[]
  build(state: string): Promise<string>
}

function endOf({ to }: Cell, state: string): string | undefined {
  if (typeof to !== 'string') return to[state]
  return to === 'same' ? state : to
}

const OPEN = /^(submitted|assigned|information_needed|contacted|active|on_hold|redirected)$/
const OPEN_PLACEMENT =
  /^(sent|seen|information_needed|waitlisted|paused|offered|accepted|booked|started|did_not_start)$/

// WHOLE=1 (as in `npm run test:long`) leaves nothing out, on both engines. Otherwise each row is carried out by one of those
// who stand in it, and to strangers one door is shut in each state, another in the next.
const isShort = !process.env.WHOLE

/** Every cell, each on a record of its own: what did not go as the table says. */
export async function tryEveryCell({ call }: TestApp, table: Table, who: Everybody): Promise<string[]> {
  const wrong: string[] = []
  for (const cell of table.cells)
    for (const state of cell.from)
      for (const role of isShort ? cell.who.slice(-1) : cell.who) {
        const made = table.tries.find(({ name }) => name === cell.name)
        const id = await table.build(cell.after?.[state] ?? state)
        const at = `/${table.noun}/${id}`
        const answer = await call(who[role], 'POST', `${at}/${made?.door}`, { body: made?.body })
        // A placement is answered as itself; what it means for the referral is asked for.
        const { body } = made?.door === 'placements' ? await call(who[role], 'GET', at) : answer
        const isOpen = (table.noun === 'referrals' ? OPEN : OPEN_PLACEMENT).test(String(body?.status))
        const isRight =
          answer.status === (made?.status ?? 200) &&
          body.status === endOf(cell, state) &&
          (body.nextAction !== null) === isOpen
        if (!isRight) wrong.push(`${cell.name}: ${state} by ${role}: ${answer.status} ${answer.text.slice(0, 400)}`)
      }
  return wrong
}

/** What somebody who is refused is told: nothing without a name, nothing of what they may not see. */
function refusalsFor(table: Table, state: string, role: Role): number[] {
  if (role === 'nobody') return [401]
  return table.seenBy(state).includes(role) ? [403, 409] : [404]
}

/**
 * Every try in every state by everybody that is not a cell: what was not refused, or left more than it should. Before it,
 * whoever may look reads in `allowedActions` exactly the doors that the table opens for them.
 */
export async function tryEverythingElse(app: TestApp, table: Table, who: Everybody): Promise<string[]> {
  const wrong: string[] = []
  const roles = Object.keys(who) as Role[]
  for (const [nth, state] of table.states.entries()) {
    const id = await table.build(state)
    for (const role of roles) wrong.push(...(await compareAllowed(app, table, { state, id, role, caller: who[role] })))
    const row = await rowOf(app, table, id)
    const before = await countRows(app.context.db)
    let audited = 0
    const tries = roles.flatMap((role) =>
      triesOf(table, { state, nth, role }).map(async ({ name, door, body }) => {
        const answer = await app.call(who[role], 'POST', `/${table.noun}/${id}/${door}`, { body })
        if (answer.status === 403 || answer.status === 404) audited++
        if (!refusalsFor(table, state, role).includes(answer.status))
          wrong.push(`${name}: ${state} by ${role}: ${answer.status} ${answer.text.slice(0, 400)}`)
      }),
    )
    await Promise.all(tries)
    const after = await countRows(app.context.db)
    if (JSON.stringify(after) !== JSON.stringify({ ...before, audit: (before.audit ?? 0) + audited }))
      wrong.push(`${state}: ${JSON.stringify(before)} became ${JSON.stringify(after)}, ${audited} of it audit`)
    if ((await rowOf(app, table, id)) !== row) wrong.push(`${state}: the record changed`)
  }
  return wrong
}

function triesOf(table: Table, { state, nth, role }: { state: string; nth: number; role: Role }): Try[] {
  const tries = table.tries.filter(({ name }) => !isCell(table, name, state, role))
  if (!isShort || table.seenBy(state).includes(role)) return tries
  return tries.filter((_, at) => at === nth % tries.length)
}

function isCell({ cells }: Table, name: string, state: string, role: Role): boolean {
  return cells.some((cell) => cell.name === name && cell.from.includes(state) && cell.who.includes(role))
}

async function rowOf({ context: { db } }: TestApp, { noun }: Table, id: string): Promise<string> {
  const table = noun === 'referrals' ? referrals : placements
  return JSON.stringify(await db.read.select().from(table).where(eq(table.id, id)))
}

async function compareAllowed(
  { call }: TestApp,
  table: Table,
  { state, id, role, caller }: { state: string; id: string; role: Role; caller: Caller | null },
): Promise<string[]> {
  const { status, body } = await call(caller, 'GET', `/${table.noun}/${id}`)
  const isSeen = table.seenBy(state).includes(role)
  if ((status === 200) !== isSeen) return [`${state} by ${role}: ${status}`]
  if (!isSeen) return []
  const doors = table.tries.filter(({ name }) => isCell(table, name, state, role)).map(({ door }) => door)
  const [said, expected] = [body.allowedActions, [...new Set(doors)]].map((list) => [...list].sort().join(' '))
  return said === expected ? [] : [`${state} by ${role}: allowed are ${said}, not ${expected}`]
}
