import type { Context } from '../../src/actions/context.ts'
import type { Actor, OrganisationKind, Role } from '../../src/domain/organisation.ts'
import { ReferralRequest } from '../../src/domain/referral-request.ts'
import type { Database } from '../../src/store/database.ts'
import { groups, memberships, organisations, projects, users } from '../../src/store/schema.ts'
import { freshDatabase } from './database.ts'

/** A Monday morning in London, in winter. */
export const MONDAY = new Date('2026-11-23T09:00:00Z')

/** A clock that stands until it is moved, and ids that count up. */
export function testContext(db: Database, start = MONDAY) {
  let now = start
  let count = 0
  const context: Context = {
    db,
    now: () => now,
    newId: () => `0193${String(++count).padStart(4, '0')}-0000-7000-8000-${String(count).padStart(12, '0')}`,
    randomBytes: (length) => Uint8Array.from({ length }, (_, index) => (++count * 37 + index * 11) % 256),
    auditKey: new Uint8Array(32).fill(7),
    linkKey: new Uint8Array(32).fill(9),
    log: { info: () => {}, warn: () => {}, error: () => {} },
    requestId: null,
  }
  return { context, clock: { set: (moment: Date | string) => (now = new Date(moment)) } }
}

function organisation(id: string, kind: OrganisationKind, isDefaultService = false) {
  return {
    id,
    slug: id,
    name: id.replace(/-/g, ' '),
    kind,
    odsCode: null,
    email: `team@${id}.example`,
    isDefaultService,
  }
}

/** One practice, one navigation service, one project with a group of `places`, and somebody at each. */
export async function smallCity({ places = 10, db: given }: { places?: number | null; db?: Database } = {}) {
  const db = given ?? (await freshDatabase())
  const { context, clock } = testContext(db)
  const createdAt = context.now()
  const rows = [
    organisation('st-marys-surgery', 'gp_practice'),
    organisation('shirley-surgery', 'gp_practice'),
    organisation('so-linked', 'navigation_service', true),
    organisation('community-roots', 'provider'),
    organisation('mens-shed', 'provider'),
  ]
  const actors: (Actor & { email: string })[] = []
  const actor = (organisationId: string, role: Role, name: string): Actor => {
    const { kind, name: organisationName } =
      rows.find(({ id }) => id === organisationId) ?? organisation('', 'operator')
    const userId = `user-${organisationId}-${role}-${actors.length}`
    const made = {
      userId,
      name,
      role,
      organisationId,
      organisation: organisationId,
      organisationName,
      organisationKind: kind,
    }
    actors.push({ ...made, email: `${role}${actors.length}@${organisationId}.example` })
    return made
  }
  const people = {
    practice: actor('st-marys-surgery', 'referrer', 'Rita Referrer'),
    otherPractice: actor('shirley-surgery', 'referrer', 'Otis Other'),
    navigator: actor('so-linked', 'navigator', 'Nav Igator'),
    lead: actor('so-linked', 'triage_lead', 'Lea Lead'),
    worker: actor('community-roots', 'provider_worker', 'Will Worker'),
    otherWorker: actor('mens-shed', 'provider_worker', 'Shay Shed'),
  }
  const project = {
    id: 'project-roots',
    slug: 'community-roots',
    providerOrganisationId: 'community-roots',
    name: 'Community Roots',
    summary: 'An allotment.',
    firstVisit: null,
    needs: ['loneliness', 'low_mood'],
    rules: [{ rule: 'age' as const, min: 18 }],
    isCrisis: false,
    isListed: true,
  }
  const group = {
    id: 'group-roots',
    version: 1,
    projectId: project.id,
    providerOrganisationId: 'community-roots',
    name: 'Thursday allotment',
    schedule: 'Thursdays 10:00 to 12:00',
    venue: 'The allotment',
    rules: [],
    capacityKind: places === null ? ('open' as const) : ('places' as const),
    places,
    capacityConfirmedAt: createdAt,
    intakePaused: false,
    intakeReopensOn: null,
    courseStartsOn: null,
    courseEndsOn: null,
    cancelledAt: null,
  }
  await db.write(async (tx) => {
    await tx.insert(organisations).values(rows)
    await tx.insert(users).values(
      actors.map(({ userId, name, email }) => ({
        id: userId,
        name,
        email,
        passwordHash: '-',
        suspendedAt: null,
        createdAt,
      })),
    )
    await tx.insert(memberships).values(
      actors.map(({ userId, organisationId, role }) => ({
        id: `membership-${userId}`,
        userId,
        organisationId,
        role,
        suspendedAt: null,
        createdAt,
      })),
    )
    await tx.insert(projects).values(project)
    await tx.insert(groups).values(group)
  })
  return { db, context, clock, project, group, ...people }
}
export type SmallCity = Awaited<ReturnType<typeof smallCity>>

/** A complete request, with what a test cares about changed. */
export function aRequest(person: Record<string, unknown> = {}, more: Record<string, unknown> = {}): ReferralRequest {
  return ReferralRequest.parse({
    person: {
      fullName: 'Maria Okafor',
      dateOfBirth: '1958-03-27',
      phone: '07700 900123',
      postcode: 'SO14 0YN',
      ...person,
    },
    needs: ['loneliness'],
    reason: 'Lives alone since her husband died.',
    priority: 'routine',
    risks: 'none_known',
    consent: { shareWithNavigator: true },
    ...more,
  })
}
