import { and, desc, eq, exists, inArray, isNull, like, lt, not, or, type SQL, sql } from 'drizzle-orm'
import type { Day } from '../domain/day.ts'
import { IDENTITY_KNOWN } from '../domain/placement-moves.ts'
import type { Db } from './database.ts'
import { grants, people, personWords, placements, referrals } from './schema.ts'

/** A word of a name that was typed: its letters, and how it may sound. */
export interface WordSought {
  word: string
  sounds: string[]
}

export interface PeopleSought {
  references: string[]
  nhsNumber: string | null
  bornOn: Day | null
  postcode: string | null
  district: string | null
  words: WordSought[]
}

/** `letters`: every word that was typed begins a word of the name. `sounds`: at least one of them only sounds like one. */
export type Tier = 'letters' | 'sounds'

// Words are capitals and digits, so no word that begins so comes after this one.
const LAST = 'Z'.repeat(32)

function beginsWith({ word }: WordSought): SQL {
  return sql`${personWords.word} >= ${word} and ${personWords.word} <= ${word + LAST}`
}

// Each part by its own index, and never an "or" between them, which would read every word there is.
const byLetters = (sought: WordSought): SQL =>
  sql`${people.id} in (select ${personWords.personId} from ${personWords} where ${beginsWith(sought)})`

function bySound(sought: WordSought): SQL {
  const { sounds } = sought
  if (sounds.length === 0) return byLetters(sought)
  return sql`${people.id} in (
    select ${personWords.personId} from ${personWords} where ${beginsWith(sought)}
    union all select ${personWords.personId} from ${personWords} where ${inArray(personWords.sound, sounds)}
    union all select ${personWords.personId} from ${personWords} where ${inArray(personWords.otherSound, sounds)})`
}

const all = (conditions: SQL[]): SQL => and(...conditions) ?? sql`1 = 1`

function isTier(words: WordSought[], tier: Tier | undefined): SQL | undefined {
  if (words.length === 0) return tier === 'sounds' ? sql`1 = 0` : undefined
  if (tier === 'letters') return all(words.map(byLetters))
  const sounding = all(words.map(bySound))
  return tier === 'sounds' ? and(sounding, not(all(words.map(byLetters)))) : sounding
}

/** A condition on people, to be handed on and not looked into. */
export type Condition = SQL

/** The condition on people that everything named in the box holds; without a tier by letters and by sound alike. */
export function isSoughtPerson(sought: PeopleSought, tier?: Tier): SQL {
  const { references, nhsNumber, bornOn, postcode, district, words } = sought
  const conditions = [
    references.length > 0
      ? sql`${people.id} in (select ${referrals.personId} from ${referrals} where ${inArray(referrals.reference, references)})`
      : undefined,
    nhsNumber ? eq(people.nhsNumber, nhsNumber) : undefined,
    bornOn ? eq(people.dateOfBirth, bornOn) : undefined,
    postcode ? eq(people.postcode, postcode) : undefined,
  ]
  const isNarrow = conditions.some(Boolean) || words.length > 0
  // A district narrows down what is found otherwise, and finds nobody alone.
  const within = district ? like(people.postcode, `${district} %`) : undefined
  return isNarrow ? (and(...conditions, within, isTier(words, tier)) ?? sql`1 = 0`) : sql`1 = 0`
}

// The people are few and named: without this, SQLite begins with every referral that the asker may see.
const checked = (scope: SQL | undefined): SQL => sql`case when ${scope} then 1 else 0 end = 1`

/** Somebody whom a referral in this scope is about. */
export function isReferredIn(db: Db, scope: SQL): SQL {
  return exists(
    db
      .select({ one: sql`1` })
      .from(referrals)
      .where(and(eq(referrals.personId, people.id), checked(scope))),
  )
}

const mayBeKnown = and(
  inArray(placements.status, [...IDENTITY_KNOWN]),
  sql`exists (select 1 from ${grants} where ${grants.placementId} = ${placements.id} and ${isNull(grants.endedAt)})`,
)

/** Somebody whom a project in this scope has accepted, and may still know. */
export function isAcceptedIn(db: Db, scope: SQL): SQL {
  return exists(
    db
      .select({ one: sql`1` })
      .from(referrals)
      .innerJoin(placements, eq(placements.referralId, referrals.id))
      .where(and(eq(referrals.personId, people.id), checked(and(scope, mayBeKnown)))),
  )
}

/** What at least one of these conditions holds for; nobody, where there is none. */
export function anyOf(conditions: Condition[]): Condition {
  return or(...conditions) ?? sql`1 = 0`
}

const FOUND = {
  id: people.id,
  fullName: people.fullName,
  dateOfBirth: people.dateOfBirth,
  postcode: people.postcode,
  mergedIntoId: people.mergedIntoId,
}

interface Within {
  tier: Tier
  visible: SQL
  /** The last one of the page before. */
  before?: string | undefined
  /** Only among these. */
  among?: string[]
  limit: number
}

/** A page of the people sought whom the asker may see, the newest first. */
export async function listSoughtPeople(db: Db, sought: PeopleSought, { tier, visible, before, among, limit }: Within) {
  return db
    .select(FOUND)
    .from(people)
    .where(
      and(
        isSoughtPerson(sought, tier),
        visible,
        before === undefined ? undefined : lt(people.id, before),
        among ? inArray(people.id, among) : undefined,
      ),
    )
    .orderBy(desc(people.id))
    .limit(limit)
}
export type FoundPerson = Awaited<ReturnType<typeof listSoughtPeople>>[number]

/** Those of these people who were recognised as somebody, or somebody as them: most never are. */
export async function listRecognised(db: Db, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .select({ id: people.id, mergedIntoId: people.mergedIntoId })
    .from(people)
    .where(or(inArray(people.mergedIntoId, ids), inArray(people.id, ids)))
  return new Set(rows.flatMap(({ id, mergedIntoId }) => (mergedIntoId ? [id, mergedIntoId] : [])))
}

/** The referrals of these people in the scope, newest first. */
export async function listReferralsFound(db: Db, personIds: string[], scope: SQL) {
  if (personIds.length === 0) return []
  return db
    .select({
      id: referrals.id,
      personId: referrals.personId,
      reference: referrals.reference,
      status: referrals.status,
      at: referrals.receivedAt,
    })
    .from(referrals)
    .where(and(inArray(referrals.personId, personIds), checked(scope)))
    .orderBy(desc(referrals.receivedAt), desc(referrals.id))
}

/** The placements of these people in the scope whose project may know them, newest first. */
export async function listPlacementsFound(db: Db, personIds: string[], scope: SQL) {
  if (personIds.length === 0) return []
  return db
    .select({
      id: placements.id,
      personId: referrals.personId,
      reference: referrals.reference,
      status: placements.status,
      at: placements.sentAt,
    })
    .from(placements)
    .innerJoin(referrals, eq(referrals.id, placements.referralId))
    .where(and(inArray(referrals.personId, personIds), checked(and(scope, mayBeKnown))))
    .orderBy(desc(placements.sentAt), desc(placements.id))
}
