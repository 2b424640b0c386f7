import { listPlacements } from '../../../src/actions/placements/list-placements.ts'
import { listReferrals } from '../../../src/actions/referrals/list-referrals.ts'
import { toldState } from '../../../src/actions/steps/changes.ts'
import { fold } from '../../../src/domain/fold.ts'
import { NOTICE_DECISIONS } from '../../../src/domain/notices.ts'
import { IDENTITY_KNOWN } from '../../../src/domain/placement-moves.ts'
import { findBrokenPromises } from '../../../src/store/promises.ts'
import { events, groups, outbox, placements, referrals } from '../../../src/store/schema.ts'
import type { World } from './world.ts'

/** What is broken of the model's invariants, in words; empty where all of them hold. */
export async function brokenInvariants(world: World): Promise<string[]> {
  return [
    ...(await findBrokenPromises(world.context.db.read)),
    ...(await historyDiffers(world)),
    ...(await dataCrossed(world)),
    ...(await messagesAreMissing(world)),
    ...(await placeInQueueLost(world)),
  ]
}

/** 3. State = the fold of its events. */
async function historyDiffers({ context: { db } }: World): Promise<string[]> {
  const all = await db.read.select().from(events)
  const rows = [...(await db.read.select().from(referrals)), ...(await db.read.select().from(placements))]
  const broken: string[] = []
  for (const row of rows) {
    const history = all.filter(({ subjectId }) => subjectId === row.id)
    const versions = history.map(({ subjectVersion }) => subjectVersion).sort((a, b) => a - b)
    if (versions.some((version, index) => version !== index + 1) || versions.at(-1) !== row.version)
      broken.push(`${row.id} is version ${row.version}, its events made ${versions.join(' ')}`)
    const told = fold(history)
    for (const [column, value] of Object.entries(toldState(row)))
      if (JSON.stringify(told[column] ?? null) !== JSON.stringify(value))
        broken.push(
          `${row.id} ${column}: history says ${JSON.stringify(told[column])}, stored is ${JSON.stringify(value)}`,
        )
  }
  return broken
}

/** 4. No data crosses an organisation without a membership or a live grant. */
async function dataCrossed(world: World): Promise<string[]> {
  const { context, referrers, providers, teamLead } = world
  const rows = await context.db.read.select().from(referrals)
  const broken: string[] = []
  for (const actor of [...referrers, teamLead]) {
    const { items } = await listReferrals(context, actor, { limit: 200 })
    for (const { id } of items) {
      const row = rows.find((one) => one.id === id)
      const isTheirs = [row?.referringOrganisationId, row?.redirectedToOrganisationId].includes(actor.organisationId)
      if (!isTheirs) broken.push(`${actor.organisation} sees ${id}`)
    }
  }
  for (const actor of Object.values(providers)) {
    const { items } = await listPlacements(context, actor, { limit: 200 })
    for (const { id, status, person } of items)
      if (person && !IDENTITY_KNOWN.includes(status)) broken.push(`${actor.organisation} knows who ${id} is: ${status}`)
  }
  return broken
}

/** 5 and 6. What was decided to be told is owed once, and no request was carried out twice. */
async function messagesAreMissing({ context: { db } }: World): Promise<string[]> {
  const owed = await db.read.select().from(outbox)
  const broken: string[] = []
  for (const event of await db.read.select().from(events)) {
    const notices = owed.filter(({ eventId }) => eventId === event.id).map(({ notice, toId }) => `${notice} ${toId}`)
    if (new Set(notices).size !== notices.length) broken.push(`${event.type} is told twice: ${notices.join(', ')}`)
    const decided: readonly string[] = NOTICE_DECISIONS[event.type].map(({ notice }) => notice)
    for (const { notice } of owed.filter(({ eventId }) => eventId === event.id))
      if (!decided.includes(notice)) broken.push(`${event.type} tells ${notice}`)
  }
  return broken
}

/** 7. Nobody loses a waiting-list position: the time of joining is that of the last time they were put on the list. */
async function placeInQueueLost({ context: { db } }: World): Promise<string[]> {
  const all = await db.read.select().from(events)
  const broken: string[] = []
  for (const row of await db.read.select().from(placements)) {
    if (!['waitlisted', 'paused', 'offered'].includes(row.status)) continue
    const joined = all
      .filter(({ subjectId, type }) => subjectId === row.id && type === 'placement.waitlisted')
      .sort((a, b) => a.subjectVersion - b.subjectVersion)
      .at(-1)
    if (row.waitingSince?.getTime() !== joined?.at.getTime())
      broken.push(`${row.id} waits since ${row.waitingSince?.toISOString()}, joined ${joined?.at.toISOString()}`)
  }
  return broken
}

/** 2. Counted from history, at every moment: no group ever had more people than places. */
export async function everOverfull({ context: { db } }: World): Promise<string[]> {
  const filling = ['accepted', 'booked', 'started', 'offered']
  const places = new Map((await db.read.select().from(groups)).map((group) => [group.id, group.places]))
  const groupOf = new Map((await db.read.select().from(placements)).map(({ id, groupId }) => [id, groupId]))
  const inside = new Map<string, number>()
  const broken: string[] = []
  const moves = (await db.read.select().from(events)).filter(({ subjectKind }) => subjectKind === 'placement')
  for (const { subjectId, fromStatus, toStatus } of moves.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const group = groupOf.get(subjectId) ?? ''
    const change = Number(filling.includes(toStatus ?? '')) - Number(filling.includes(fromStatus ?? ''))
    const people = (inside.get(group) ?? 0) + change
    inside.set(group, people)
    const most = places.get(group)
    if (most !== null && most !== undefined && people > most) broken.push(`${group} had ${people} of ${most}`)
  }
  return broken
}
