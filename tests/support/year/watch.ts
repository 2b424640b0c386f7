import { asc, eq, gt, inArray } from 'drizzle-orm'
import { isConfirmed, placesLeft } from '../../../src/domain/capacity.ts'
import { londonDay } from '../../../src/domain/day.ts'
import { isIntakeOpen } from '../../../src/domain/intake.ts'
import { capacityOf, countGroup, intakeOf } from '../../../src/store/groups.ts'
import { findBrokenPromises } from '../../../src/store/promises.ts'
import { events, groups, outbox, placements, referrals } from '../../../src/store/schema.ts'
import type { YearTown } from './town.ts'

const RANKS: Record<string, number> = { urgent: 0, priority: 1, routine: 2 }

interface InQueue {
  rank: number
  since: string
}

/** Follows a year by its events, and says what was broken, when and where. */
export class Watch {
  readonly #town: YearTown
  readonly #groupOf = new Map<string, string>()
  readonly #rankOf = new Map<string, number>()
  readonly #queues = new Map<string, Map<string, InQueue>>()
  readonly #joined = new Map<string, string>()
  #lastEvent = ''
  /** How often a rule was put to the test: a year in which nobody waits proves nothing. */
  readonly seen = { offers: 0, outOfOrder: 0, expired: 0, waited: 0 }

  constructor(town: YearTown) {
    this.#town = town
  }

  /** After every cycle of the jobs: what any of it broke. */
  async look(): Promise<string[]> {
    return [...(await this.#queueOrder()), ...(await this.#emptyPlaces())]
  }

  /** The waiting order is never broken, except for a recorded reason. */
  async #queueOrder(): Promise<string[]> {
    const db = this.#town.contexts[0].db.read
    const broken: string[] = []
    const news = await db.select().from(events).where(gt(events.id, this.#lastEvent)).orderBy(asc(events.id))
    this.#lastEvent = news.at(-1)?.id ?? this.#lastEvent
    await this.#learn(news.flatMap(({ subjectKind, subjectId }) => (subjectKind === 'placement' ? [subjectId] : [])))
    for (const { subjectKind, subjectId, type, toStatus, changes, reason, actorKind } of news) {
      if (subjectKind !== 'placement') continue
      const queue = this.#queueOf(subjectId)
      const since = changes?.waitingSince?.[1]
      if (typeof since === 'string') this.#joined.set(subjectId, since)
      const put = changes?.queuePriority
      if (put) this.#rankOf.set(subjectId, RANKS[String(put[1])] ?? this.#rankOf.get(subjectId) ?? 2)
      if (type === 'placement.offered') {
        this.seen.offers++
        if (reason) this.seen.outOfOrder++
        else broken.push(...this.#passedOver(subjectId, queue))
      }
      if (type === 'placement.postponed' && actorKind === 'system') this.seen.expired++
      if (toStatus === 'waitlisted') {
        this.seen.waited++
        queue.set(subjectId, { rank: this.#rankOf.get(subjectId) ?? 2, since: this.#joined.get(subjectId) ?? '' })
      } else queue.delete(subjectId)
    }
    return broken
  }

  #passedOver(id: string, queue: Map<string, InQueue>): string[] {
    const own = queue.get(id)
    if (!own) return [`${id} was offered a place without waiting`]
    return [...queue].flatMap(([other, { rank, since }]) =>
      other !== id && (rank < own.rank || (rank === own.rank && since < own.since))
        ? [`${id} was offered a place before ${other}, who came first`]
        : [],
    )
  }

  #queueOf(placementId: string): Map<string, InQueue> {
    const groupId = this.#groupOf.get(placementId) ?? ''
    const queue = this.#queues.get(groupId) ?? new Map<string, InQueue>()
    this.#queues.set(groupId, queue)
    return queue
  }

  async #learn(ids: string[]): Promise<void> {
    const unknown = [...new Set(ids)].filter((id) => !this.#groupOf.has(id))
    if (unknown.length === 0) return
    const rows = await this.#town.contexts[0].db.read
      .select({ id: placements.id, groupId: placements.groupId, priority: referrals.priority })
      .from(placements)
      .innerJoin(referrals, eq(referrals.id, placements.referralId))
      .where(inArray(placements.id, unknown))
    for (const { id, groupId, priority } of rows) {
      this.#groupOf.set(id, groupId)
      this.#rankOf.set(id, RANKS[priority] ?? 2)
    }
  }

  /** No place stays empty after the jobs ran while somebody waits, unless the group is paused or unconfirmed. */
  async #emptyPlaces(): Promise<string[]> {
    const { contexts, now } = this.#town
    const db = contexts[0].db.read
    const broken: string[] = []
    for (const group of await db.select().from(groups)) {
      if (group.cancelledAt || group.places === null) continue
      const counts = await countGroup(db, group, now())
      if (!isIntakeOpen(intakeOf(group, counts), londonDay(now()))) continue
      const capacity = capacityOf(group, counts)
      const free = placesLeft(capacity)
      if (free && counts.waiting > 0 && isConfirmed(capacity, now()))
        broken.push(`${group.id} has ${free} free, and ${counts.waiting} wait, ${now().toISOString()}`)
    }
    return broken
  }

  /** Now and then, as it reads everything: one owner, one action, one day; never more people than places. */
  async lookThrough(): Promise<string[]> {
    return findBrokenPromises(this.#town.contexts[0].db.read)
  }

  /** Of one event everybody is told at most once; whoever holds a link, at most once a day. */
  async messages() {
    const rows = await this.#town.contexts[0].db.read.select().from(outbox)
    const told = rows
      .filter(({ resends }) => resends === null)
      .map(({ eventId, notice, toKind, toId, createdAt }) =>
        [eventId, notice, toId, toKind === 'link' ? londonDay(createdAt) : ''].join(' '),
      )
    return { rows, twice: told.filter((one, index) => told.indexOf(one) !== index) }
  }
}
