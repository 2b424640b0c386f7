import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { placementTies, referralTies } from '../../src/actions/access/ties.ts'
import { type Actor, type OrganisationKind, ROLES } from '../../src/domain/organisation.ts'
import { may, PERMISSIONS, type Permission } from '../../src/domain/permissions.ts'
import type { Database, Db } from '../../src/store/database.ts'
import { groups, organisations, people, placements, projects, referrals } from '../../src/store/schema.ts'
import { PLACEMENT_TIES, REFERRAL_TIES, scope } from '../../src/store/scope.ts'
import { freshDatabase } from '../support/database.ts'

const AT = new Date('2026-11-23T09:00:00Z')

/** Two organisations that stand in every tie to some record, and one that stands in none. */
const ORGANISATIONS: [string, OrganisationKind][] = [
  ['ash', 'navigation_service'],
  ['birch', 'gp_practice'],
  ['cedar', 'provider'],
]

const ACTORS: Actor[] = ORGANISATIONS.flatMap(([id, organisationKind]) =>
  ROLES.map((role) => ({
    userId: `${role} of ${id}`,
    name: role,
    role,
    organisationId: id,
    organisation: id,
    organisationName: id,
    organisationKind,
  })),
)

const NEXT = { nextOwnerKind: 'organisation', nextOwnerId: 'ash', nextDueOn: '2026-11-25' } as const
const PARTIES = ['ash', 'birch']

const REFERRALS = [null, ...PARTIES].flatMap((referringOrganisationId) =>
  PARTIES.flatMap((receivingOrganisationId) =>
    [null, 'ash'].map((redirectedToOrganisationId) => ({
      id: [referringOrganisationId ?? 'nobody', receivingOrganisationId, redirectedToOrganisationId]
        .filter(Boolean)
        .join(' to '),
      referringOrganisationId,
      receivingOrganisationId,
      redirectedToOrganisationId,
    })),
  ),
)

const GROUPS = PARTIES.map((providerOrganisationId) => ({
  id: `group of ${providerOrganisationId}`,
  providerOrganisationId,
}))

const PLACEMENTS = REFERRALS.flatMap(({ id, receivingOrganisationId }) =>
  GROUPS.map((group) => ({
    id: `${id} at ${group.id}`,
    referralId: id,
    groupId: group.id,
    providerOrganisationId: group.providerOrganisationId,
    receivingOrganisationId,
  })),
)

async function insertPlaces(tx: Db): Promise<void> {
  const organisation = { odsCode: null, email: null, isDefaultService: false }
  await tx
    .insert(organisations)
    .values(ORGANISATIONS.map(([id, kind]) => ({ id, slug: id, name: id, kind, ...organisation })))
  await tx.insert(projects).values({
    id: 'project',
    slug: 'project',
    providerOrganisationId: 'ash',
    name: 'Choir',
    summary: 'Singing.',
    needs: [],
    rules: [],
    isCrisis: false,
    isListed: true,
  })
  const open = { capacityKind: 'open', places: null, intakePaused: false } as const
  const words = { name: 'Choir', schedule: 'Mondays', venue: 'Hall', rules: [] }
  await tx
    .insert(groups)
    .values(GROUPS.map((group) => ({ ...group, version: 1, projectId: 'project', ...words, ...open })))
}

async function insertRecords(tx: Db): Promise<void> {
  await tx.insert(people).values({
    id: 'person',
    version: 1,
    fullName: 'Maria Okafor',
    searchName: 'maria okafor',
    dateOfBirth: '1958-03-27',
    noFixedAddress: false,
    safeContact: { voicemail: false, text: false, email: false, post: false },
    facts: {},
    createdAt: AT,
  })
  const words = { reason: 'Lonely.', needs: [], strengths: [] }
  await tx.insert(referrals).values(
    REFERRALS.map((referral) => ({
      ...referral,
      ...words,
      ...NEXT,
      version: 1,
      reference: referral.id,
      personId: 'person',
      status: 'submitted' as const,
      priority: 'routine' as const,
      origin: 'gp_practice' as const,
      nextStep: 'triage' as const,
      receivedAt: AT,
      changedAt: AT,
    })),
  )
  await tx.insert(placements).values(
    PLACEMENTS.map((placement) => ({
      ...placement,
      ...NEXT,
      version: 1,
      projectId: 'project',
      status: 'sent' as const,
      nextStep: 'decide' as const,
      missedInARow: 0,
      sentAt: AT,
      changedAt: AT,
    })),
  )
}

async function woods(): Promise<Database> {
  const database = await freshDatabase()
  await database.write(async (tx) => {
    await insertPlaces(tx)
    await insertRecords(tx)
  })
  return database
}

const PERMISSION_NAMES = Object.keys(PERMISSIONS) as Permission[]

/** The list filters of every permission as columns, so that one question asks all of them of every row. */
function filters(actor: Actor, columns: Parameters<typeof scope>[2]) {
  return Object.fromEntries(
    PERMISSION_NAMES.map((permission) => [
      permission,
      sql<number>`case when ${scope(actor, permission, columns)} then 1 else 0 end`,
    ]),
  )
}

const KINDS = {
  referrals: {
    found: (db: Db, actor: Actor) => db.select({ id: referrals.id, ...filters(actor, REFERRAL_TIES) }).from(referrals),
    ties: Object.fromEntries(REFERRALS.map((row) => [row.id, referralTies(row)])),
  },
  placements: {
    found: (db: Db, actor: Actor) =>
      db.select({ id: placements.id, ...filters(actor, PLACEMENT_TIES) }).from(placements),
    ties: Object.fromEntries(PLACEMENTS.map((row) => [row.id, placementTies(row)])),
  },
}

describe('guard and list filter agree for every actor, permission and record', () => {
  test.each(Object.entries(KINDS))('%s', async (_, { found, ties }) => {
    const { read } = await woods()
    let yes = 0
    for (const actor of ACTORS) {
      const rows: Record<string, unknown>[] = await found(read, actor)
      expect(rows).toHaveLength(Object.keys(ties).length)
      for (const { id, ...answers } of rows) {
        const guard = PERMISSION_NAMES.map((name) => [name, may(actor, name, ties[String(id)]) ? 1 : 0])
        expect(answers, `${actor.userId}: ${String(id)}`).toEqual(Object.fromEntries(guard))
        yes += guard.filter(([, answer]) => answer === 1).length
      }
    }
    expect(yes).toBeGreaterThan(100)
  })
})

describe('the list filter by itself', () => {
  const listReferrals = async (db: Db, actor: Actor) => {
    const rows = await db
      .select({ id: referrals.id })
      .from(referrals)
      .where(scope(actor, 'referral.view', REFERRAL_TIES))
    return rows.map(({ id }) => id).sort()
  }

  test('a navigator finds what their service received, referred or was asked to take on, and nothing else', async () => {
    const { read } = await woods()
    const navigators = ACTORS.filter(({ userId }) => userId === 'navigator of ash')
    expect(await Promise.all(navigators.map((actor) => listReferrals(read, actor)))).toEqual([
      [
        'ash to ash',
        'ash to ash to ash',
        'ash to birch',
        'ash to birch to ash',
        'birch to ash',
        'birch to ash to ash',
        'birch to birch to ash',
        'nobody to ash',
        'nobody to ash to ash',
        'nobody to birch to ash',
      ],
    ])
  })

  test('whoever stands in no tie, or in no role for it, finds nothing', async () => {
    const { read } = await woods()
    const roles = ['analyst', 'organisation_admin', 'system_admin', 'provider_worker']
    for (const actor of ACTORS.filter(({ organisationId, role }) => organisationId === 'cedar' || roles.includes(role)))
      expect(await listReferrals(read, actor)).toEqual([])
  })
})
