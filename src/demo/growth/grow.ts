import type { Context } from '../../actions/context.ts'
import { record } from '../../actions/record.ts'
import { ageOn, type Day, londonDay } from '../../domain/day.ts'
import type { Actor } from '../../domain/organisation.ts'
import { referenceFrom } from '../../domain/reference.ts'
import { findLastLink } from '../../store/audit-trail.ts'
import { listGroupRows, saveGroup } from '../../store/groups.ts'
import type { PersonRow } from '../../store/people.ts'
import { renamed } from '../people.ts'
import { Random } from '../random.ts'
import { readBundles } from './bundles.ts'
import { type Chain, type CopiedRows, cast, type Mould, mouldOf } from './mould.ts'
import type { Gap } from './stencil.ts'
import { insertRows } from './tables.ts'

export interface Growth {
  /** So many referrals there are to be in the end. */
  referrals: number
  asOf: Day
  seed: number
  /** Those who keep the places of each group. */
  workerOf(providerOrganisationId: string): Actor | undefined
  onProgress?: ((done: number, all: number) => void) | undefined
}

const COPIES_A_WRITE = 100
// Copies follow one another by so much: near enough for the same day, and no two at one moment.
const APART_MS = 17

/**
 * Makes a played city many times as large: other people with the same histories, each a few moments later, and as many
 * times the places. What was possible for one is possible for all of them, since nobody is in two histories at once.
 * The audit trail must be sealed; the copies lengthen its chain, whose new end is answered.
 */
export async function growCity(context: Context, growth: Growth): Promise<Chain> {
  const { db } = context
  const bundles = await readBundles(db.read)
  const played = bundles.reduce((sum, { referrals }) => sum + referrals.length, 0)
  const last = await findLastLink(db.read)
  const chain: Chain = { sequence: last?.sequence ?? 0, seal: last?.seal ?? '' }
  const copying = new Copying(context, growth, bundles.length)
  await addPlaces(context, growth, Math.ceil(growth.referrals / played))
  const rounds = Math.floor((growth.referrals - played) / played)
  let left = growth.referrals - played - rounds * played
  let done = played
  // All copies of one history together: their ids and moments are neighbours, and so are the pages they are written to.
  for (const bundle of bundles) {
    const mould = mouldOf(bundle)
    const size = bundle.referrals.length
    const isOneMore = left >= size
    if (isOneMore) left -= size
    const copies = rounds + (isOneMore ? 1 : 0)
    for (let from = 0; from < copies; from += COPIES_A_WRITE) {
      const count = Math.min(COPIES_A_WRITE, copies - from)
      const made = Array.from({ length: count }, (_, i) => copying.copy(mould, chain, (from + i + 1) * APART_MS))
      await store(context, made)
      done += count * size
      growth.onProgress?.(done, growth.referrals)
    }
  }
  return chain
}

/** As many times the places as there will be people, so that what is full stays full and what has room keeps it. */
async function addPlaces(context: Context, { workerOf }: Growth, times: number): Promise<void> {
  const rows = await listGroupRows(context.db.read)
  await context.db.write(async (tx) => {
    for (const group of rows) {
      const worker = workerOf(group.providerOrganisationId)
      if (group.places === null || !worker) continue
      const places = group.places * times
      const { id, version } = await saveGroup(tx, group, { places, capacityConfirmedAt: context.now() })
      const change = { from: group.places, to: places }
      await record(context, tx, worker, [
        { type: 'group.places-changed', subject: { kind: 'group', id, version }, detail: change },
      ])
    }
  })
}

/** Copies of one bundle, table by table and row by row, so that one statement runs often and neighbours stay together. */
async function store({ db }: Context, copies: CopiedRows[]): Promise<void> {
  const tables = (copies[0] ?? []).map(([name, rows], table) => ({
    name,
    rows: rows.flatMap((_, row) => copies.flatMap((copy) => [copy[table]?.[1][row] ?? []])),
  }))
  await db.write(async (tx) => {
    for (const { name, rows } of tables) await insertRows(tx, name, rows)
  })
}

/** Gives every copy its own ids, moments, references and people. */
class Copying {
  readonly #random: Random
  readonly #auditKey: Uint8Array
  readonly #asOf: Day
  readonly #endedAt: string
  #people: number
  #shiftMs = 0

  constructor({ auditKey, now }: Context, { seed, asOf }: Growth, played: number) {
    this.#random = new Random(seed + 5)
    this.#auditKey = auditKey
    this.#asOf = asOf
    this.#endedAt = now().toISOString()
    // People of the played city took the first numbers.
    this.#people = played * 2
  }

  copy(mould: Mould, chain: Chain, shiftMs: number): CopiedRows {
    this.#shiftMs = shiftMs
    const known = new Map<string, Partial<PersonRow>>()
    return cast(mould, {
      chain,
      auditKey: this.#auditKey,
      endedAt: this.#endedAt,
      fillingOf: (gap) => this.#fillingOf(gap),
      // Two rows for one person stay one person.
      personAs: (original) => {
        const name = `${original.fullName} ${original.dateOfBirth}`
        const person = known.get(name) ?? this.#personAs(original)
        known.set(name, person)
        return person
      },
    })
  }

  #fillingOf({ kind, original }: Gap): string {
    if (kind === 'moment') return new Date(Date.parse(original) + this.#shiftMs).toISOString()
    if (kind === 'reference') return referenceFrom(this.#random.bytes(7))
    const time = (Number.parseInt(original.slice(0, 8) + original.slice(9, 13), 16) + this.#shiftMs).toString(16)
    const whole = time.padStart(12, '0')
    return `${whole.slice(0, 8)}-${whole.slice(8)}-${original.slice(14, 18)}-${this.#tail()}`
  }

  #tail(): string {
    const hex = (bits: number) => Math.floor(this.#random.next() * 2 ** bits).toString(16)
    return `${(0x8000 + Math.floor(this.#random.next() * 0x4000)).toString(16)}-${hex(24).padStart(6, '0')}${hex(24).padStart(6, '0')}`
  }

  #personAs(original: PersonRow): Partial<PersonRow> {
    const person = renamed(this.#random, this.#people++, original)
    const days = this.#random.between(-20, 20)
    return { ...person, dateOfBirth: bornNear(original, days, this.#asOf) }
  }
}

/** Some days earlier or later, where that makes no difference to any age in the story. */
function bornNear({ dateOfBirth, createdAt }: PersonRow, days: number, asOf: Day): Day {
  const born = new Date(Date.parse(`${dateOfBirth}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
  const isSameAge = [londonDay(createdAt), asOf].every((day) => ageOn(born, day) === ageOn(dateOfBirth, day))
  return isSameAge ? born : dateOfBirth
}
