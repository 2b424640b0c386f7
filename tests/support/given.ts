import { hashPassword } from '../../src/actions/access/passwords.ts'
import type { Context } from '../../src/actions/context.ts'
import type { Actor, OrganisationKind, Role } from '../../src/domain/organisation.ts'
import { groups, memberships, organisations, projects, sessions, users } from '../../src/store/schema.ts'
import { referralsIn } from './given-referral.ts'

export const PASSWORD = 'a-password-for-tests'
let passwordHash: Promise<string> | undefined

export type TestOrganisation = typeof organisations.$inferSelect
export type TestProject = typeof projects.$inferSelect
export type TestGroup = typeof groups.$inferSelect
/** Somebody signed in who acts for one organisation: an Actor for the actions, a Caller for the API. */
export type TestUser = Actor & { sessionId: string; email: string }
export type Given = ReturnType<typeof givenIn>
export type City = Awaited<ReturnType<Given['city']>>

/** What a project need not say of itself. */
const UNSAID = {
  version: 1,
  status: 'active' as const,
  isOpenAccess: false,
  greeter: null,
  howToRefer: null,
  url: null,
  contactName: null,
  contactPhone: null,
  contactEmail: null,
  costPence: null,
  costNote: null,
  languages: null,
  access: null,
  interests: null,
  alert: null,
  assuredOn: null,
  assuredBy: null,
  chasedOn: null,
  feed: null,
  changedAt: null,
}

/** Factories: each writes what it names, with the columns that the test cares about. */
export function givenIn(context: Context) {
  const { db, now, newId } = context

  async function organisation(
    kind: OrganisationKind = 'gp_practice',
    more: Partial<TestOrganisation> = {},
  ): Promise<TestOrganisation> {
    const id = newId()
    const slug = more.slug ?? `${kind.replace(/_/g, '-')}-${Number(id.slice(-6))}`
    const isDefaultService = kind === 'navigation_service'
    const row = {
      id,
      slug,
      name: slug,
      kind,
      odsCode: null,
      email: `team@${slug}.example`,
      phone: null,
      isDefaultService,
      settings: null,
      description: null,
      url: null,
      charityNumber: null,
      feed: null,
      mailMode: 'events' as const,
      ...more,
    }
    await db.write((tx) => tx.insert(organisations).values(row))
    return row
  }

  /** Signed in until the evening; the password is PASSWORD. */
  async function user(
    role: Role,
    of?: TestOrganisation,
    more: { name?: string; email?: string } = {},
  ): Promise<TestUser> {
    const place = of ?? (await organisation())
    const id = newId()
    const name = more.name ?? `${role} ${Number(id.slice(-6))}`
    const email = more.email ?? `${role}.${Number(id.slice(-6))}@${place.slug}.example`
    passwordHash ??= hashPassword(PASSWORD)
    const row = { id, name, email, passwordHash: await passwordHash, suspendedAt: null, createdAt: now() }
    const session = { id: newId(), userId: id, createdAt: now(), expiresAt: new Date(now().getTime() + 36_000_000) }
    await db.write(async (tx) => {
      await tx.insert(users).values(row)
      await tx.insert(sessions).values(session)
    })
    await membership(id, place, role)
    const { slug, name: organisationName, kind } = place
    const hat = { role, organisationId: place.id, organisation: slug, organisationName, organisationKind: kind }
    return { userId: id, name, email, sessionId: session.id, ...hat }
  }

  /** One more hat for somebody. */
  async function membership(userId: string, { id }: Pick<TestOrganisation, 'id'>, role: Role): Promise<void> {
    const row = { id: newId(), userId, organisationId: id, role, suspendedAt: null, createdAt: now() }
    await db.write((tx) => tx.insert(memberships).values(row))
  }

  async function project(provider: TestOrganisation, more: Partial<TestProject> = {}): Promise<TestProject> {
    const id = newId()
    const row = {
      id,
      slug: `project-${Number(id.slice(-6))}`,
      providerOrganisationId: provider.id,
      name: `Project ${Number(id.slice(-6))}`,
      summary: 'Something to do.',
      firstVisit: null,
      needs: ['loneliness'],
      rules: [{ rule: 'age' as const, min: 18 }],
      isCrisis: false,
      isListed: true,
      ...UNSAID,
      ...more,
    }
    await db.write((tx) => tx.insert(projects).values(row))
    return row
  }

  /** A group of ten places, confirmed today; `places: null` for an open one. */
  async function group(of: TestProject, more: Partial<TestGroup> = {}): Promise<TestGroup> {
    const id = newId()
    const row = {
      id,
      version: 1,
      projectId: of.id,
      providerOrganisationId: of.providerOrganisationId,
      name: `Group ${Number(id.slice(-6))}`,
      schedule: 'Thursdays 10:00 to 12:00',
      venue: 'The hall',
      rules: [],
      capacityKind: more.places === null ? ('open' as const) : ('places' as const),
      places: 10,
      capacityConfirmedAt: now(),
      intakePaused: false,
      intakeReopensOn: null,
      courseStartsOn: null,
      courseEndsOn: null,
      cancelledAt: null,
      times: null,
      locationId: null,
      weeklyQuota: null,
      intakeFrom: null,
      intakeUntil: null,
      placesAskedOn: null,
      registerAskedOn: null,
      ...more,
    }
    await db.write((tx) => tx.insert(groups).values(row))
    return row
  }

  /** A practice, a navigation service and a project with one group, somebody at each, and strangers beside them. */
  async function city({ places = 10 }: { places?: number | null } = {}) {
    const service = await organisation('navigation_service', { slug: 'so-linked' })
    const provider = await organisation('provider', { slug: 'community-roots' })
    const practice = await organisation('gp_practice', { slug: 'st-marys-surgery' })
    const theProject = await project(provider, { name: 'Community Roots' })
    return {
      practice,
      service,
      provider,
      project: theProject,
      group: await group(theProject, { places }),
      referrer: await user('referrer', practice),
      navigator: await user('navigator', service),
      lead: await user('triage_lead', service),
      worker: await user('provider_worker', provider),
      otherReferrer: await user('referrer', await organisation('gp_practice')),
      otherNavigator: await user('navigator', await organisation('navigation_service', { isDefaultService: false })),
      otherWorker: await user('provider_worker', await organisation('provider')),
    }
  }

  return { organisation, user, membership, project, group, city, referral: referralsIn(context) }
}
