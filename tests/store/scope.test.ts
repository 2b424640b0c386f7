import { describe, expect, test } from 'vitest'
import { placementTies, referralTies } from '../../src/actions/access/ties.ts'
import { type Actor, type OrganisationKind, ROLES } from '../../src/domain/organisation.ts'
import { may, PERMISSIONS, type Permission } from '../../src/domain/permissions.ts'
import type { Database, Db } from '../../src/store/database.ts'
import { groups, organisations, people, placements, projects, referrals } from '../../src/store/schema.ts'
import { GROUP_TIES, PLACEMENT_TIES, REFERRAL_TIES, scope } from '../../src/store/scope.ts'
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
  PARTIES.map((receivingOrganisationId) => ({
    id: `${referringOrganisationId ?? 'nobody'} to ${receivingOrganisationId}`,
    referringOrganisationId,
    receivingOrganisationId,
  })),
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
  const words = { priority: 'routine', origin: 'gp_practice', reason: 'Lonely.', needs: [], strengths: [] } as const
  await tx.insert(referrals).values(
    REFERRALS.map((referral) => ({
      ...referral,
      ...words,
      ...NEXT,
      version: 1,
      reference: referral.id,
      personId: 'person',
      status: 'submitted' as const,
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

const ids = (rows: { id: string }[]) => rows.map(({ id }) => id).sort()

/** What the list filter finds and what the guard allows, for one actor, permission and kind of record. */
const KINDS = {
  referrals: {
    found: (db: Db, actor: Actor, permission: Permission) =>
      db
        .select({ id: referrals.id })
        .from(referrals)
        .where(scope(actor, permission, REFERRAL_TIES)),
    allowed: (actor: Actor, permission: Permission) =>
      REFERRALS.filter((row) => may(actor, permission, referralTies(row))),
  },
  placements: {
    found: (db: Db, actor: Actor, permission: Permission) =>
      db
        .select({ id: placements.id })
        .from(placements)
        .where(scope(actor, permission, PLACEMENT_TIES)),
    allowed: (actor: Actor, permission: Permission) =>
      PLACEMENTS.filter((row) => may(actor, permission, placementTies(row))),
  },
  groups: {
    found: (db: Db, actor: Actor, permission: Permission) =>
      db
        .select({ id: groups.id })
        .from(groups)
        .where(scope(actor, permission, GROUP_TIES)),
    allowed: (actor: Actor, permission: Permission) =>
      GROUPS.filter((row) => may(actor, permission, { provider: row.providerOrganisationId })),
  },
}

describe('guard and list filter agree for every actor, permission and record', () => {
  test.each(Object.entries(KINDS))('%s', async (_, { found, allowed }) => {
    const { read } = await woods()
    let seen = 0
    for (const permission of Object.keys(PERMISSIONS) as Permission[])
      for (const actor of ACTORS) {
        const rows = ids(await found(read, actor, permission))
        expect(rows, `${actor.userId}: ${permission}`).toEqual(ids(allowed(actor, permission)))
        seen += rows.length
      }
    expect(seen).toBeGreaterThan(100)
  })
})

describe('the list filter by itself', () => {
  test('a navigator finds what their service received or referred, and nothing else', async () => {
    const { read } = await woods()
    const actor = ACTORS.find(({ userId }) => userId === 'navigator of ash')
    const rows = actor ? await KINDS.referrals.found(read, actor, 'referral.view') : []
    expect(ids(rows)).toEqual(['ash to ash', 'ash to birch', 'birch to ash', 'nobody to ash'])
  })

  test('whoever stands in no tie, or in no role for it, finds nothing', async () => {
    const { read } = await woods()
    const strangers = ACTORS.filter(
      ({ organisationId, role }) =>
        organisationId === 'cedar' || ['analyst', 'organisation_admin', 'system_admin'].includes(role),
    )
    for (const actor of strangers) {
      expect(await KINDS.referrals.found(read, actor, 'referral.view')).toEqual([])
      expect(await KINDS.placements.found(read, actor, 'placement.view')).toEqual([])
    }
  })
})
