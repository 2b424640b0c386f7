import { londonDay } from '../../domain/day.ts'
import type { Actor } from '../../domain/organisation.ts'
import { type Permission, tiesFor } from '../../domain/permissions.ts'
import { Refusal } from '../../domain/refusal.ts'
import { isSought, type Sought, type SoughtBy, understand } from '../../domain/search.ts'
import type { Db } from '../../store/database.ts'
import { listSamePeople } from '../../store/people.ts'
import { PLACEMENT_TIES, REFERRAL_TIES, scope } from '../../store/scope.ts'
import {
  anyOf,
  type Condition,
  type FoundPerson,
  isAcceptedIn,
  isReferredIn,
  listRecognised,
  listSoughtPeople,
  type PeopleSought,
  type Tier,
} from '../../store/search.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { recordAct } from '../record.ts'
import { type Found, viewFound } from './found.ts'
import { soughtPeople } from './sought-people.ts'

export interface Searched {
  by: SoughtBy[]
  /** How the text was understood, and what was not right in it. */
  words: string[]
  notes: string[]
  items: Found[]
  next: string | null
}

const PAGE_ROWS = 20
const TIERS: readonly Tier[] = ['letters', 'sounds']

/**
 * Looks for people by whatever was typed, among those whom this actor may see and nobody else: names that begin so first,
 * then names that sound so. The audit trail keeps by what was looked for and whom it showed, never the text.
 * @param permission `look.report` for whoever answers for the looks at the records of their organisation
 */
export async function search(
  context: Context,
  actor: Actor,
  text: string,
  { after, permission = 'referral.view' }: { after?: string | undefined; permission?: Permission } = {},
): Promise<Searched> {
  if (permission !== 'look.report' || tiesFor(actor, permission).length === 0) permit(actor, 'search.use')
  const { by, words, notes, sought } = understand(text, londonDay(context.now()))
  const place = readPlace(after)
  const { read } = context.db
  const forRole = withinRole(sought, actor)
  const page = isSought(forRole.sought)
    ? await findPage(read, soughtPeople(forRole.sought), visibleTo(read, actor, permission), place)
    : { people: [], next: null }
  const items = await viewFound(read, actor, permission, page.people)
  const ids = items.flatMap(({ records }) => records.map(({ id }) => id))
  await context.db.write((tx) =>
    recordAct(context, tx, actor, {
      action: 'search.made',
      subjectKind: 'search',
      subjectId: null,
      detail: { by, results: items.length, ids },
    }),
  )
  return { by, words, notes: [...notes, ...forRole.notes], items, next: page.next }
}

/** A project does not hold NHS numbers, so it cannot learn one by trying. */
function withinRole(sought: Sought, { role }: Actor): { sought: Sought; notes: string[] } {
  if (role !== 'provider_worker' || sought.nhsNumber === null) return { sought, notes: [] }
  const none = { references: [], nhsNumber: null, bornOn: null, postcode: null, district: null, words: [] }
  return { sought: none, notes: ['Projects are not given NHS numbers. Look for the name or the reference.'] }
}

/** Whoever works with referrals sees those of their organisation; a project sees whom it accepted. */
function visibleTo(db: Db, actor: Actor, permission: Permission): Condition {
  const ofProject = permission === 'look.report' ? permission : 'placement.view'
  const provider = tiesFor(actor, ofProject).includes('provider')
  const isReferrals = tiesFor(actor, permission).some((tie) => tie in REFERRAL_TIES)
  return anyOf([
    ...(isReferrals ? [isReferredIn(db, scope(actor, permission, REFERRAL_TIES))] : []),
    ...(provider ? [isAcceptedIn(db, scope(actor, ofProject, { provider: PLACEMENT_TIES.provider }))] : []),
  ])
}

interface Place {
  tier: Tier
  before: string | undefined
}

interface PageOfPeople {
  people: FoundPerson[]
  next: string | null
}

async function findPage(db: Db, sought: PeopleSought, visible: Condition, place: Place): Promise<PageOfPeople> {
  const found: { person: FoundPerson; tier: Tier }[] = []
  for (const tier of TIERS.slice(TIERS.indexOf(place.tier))) {
    const before = tier === place.tier ? place.before : undefined
    const limit = PAGE_ROWS + 1 - found.length
    if (limit <= 0) break
    const rows = await listSoughtPeople(db, sought, { tier, visible, before, limit })
    found.push(...rows.map((person) => ({ person, tier })))
  }
  const shown = found.slice(0, PAGE_ROWS)
  const last = shown.at(-1)
  return {
    people: await withoutRepeats(
      db,
      sought,
      visible,
      shown.map(({ person }) => person),
    ),
    next: found.length > PAGE_ROWS && last ? writePlace(last.tier, last.person.id) : null,
  }
}

/** Somebody who was recognised under several rows is found once: under the first of those that this actor may see. */
async function withoutRepeats(
  db: Db,
  sought: PeopleSought,
  visible: Condition,
  people: FoundPerson[],
): Promise<FoundPerson[]> {
  const recognised = await listRecognised(
    db,
    people.map(({ id }) => id),
  )
  const kept: FoundPerson[] = []
  for (const person of people) {
    const isFirst = !recognised.has(person.id) || (await isFirstOfThem(db, sought, visible, person))
    if (isFirst) kept.push(person)
  }
  return kept
}

async function isFirstOfThem(db: Db, sought: PeopleSought, visible: Condition, { id }: FoundPerson) {
  const among = await listSamePeople(db, id)
  for (const tier of TIERS) {
    const [first] = await listSoughtPeople(db, sought, { tier, visible, among, limit: 1 })
    if (first) return first.id === id
  }
  return false
}

function writePlace(tier: Tier, id: string): string {
  return Buffer.from(JSON.stringify([tier, id])).toString('base64url')
}

function readPlace(text: string | undefined): Place {
  if (text === undefined) return { tier: 'letters', before: undefined }
  try {
    const [tier, before, ...rest]: unknown[] = JSON.parse(Buffer.from(text, 'base64url').toString())
    const known = TIERS.find((one) => one === tier)
    if (known && typeof before === 'string' && /^[\w-]{1,64}$/.test(before) && rest.length === 0)
      return { tier: known, before }
  } catch {
    // Falls through: whatever is wrong with it, the answer is the same.
  }
  throw new Refusal('invalid-input', 'The list has moved on. Search again.', [
    { pointer: '/after', code: 'bad-cursor', detail: 'This is not a page of this list.' },
  ])
}
