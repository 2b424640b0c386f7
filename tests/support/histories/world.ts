import type { Context } from '../../../src/actions/context.ts'
import type { Actor, Role } from '../../../src/domain/organisation.ts'
import { type Database, openDatabase } from '../../../src/store/database.ts'
import { groups, memberships, organisations, projects, users } from '../../../src/store/schema.ts'
import { freshUrl } from '../database.ts'
import { smallCity } from '../small-city.ts'

/** The process died: before anything was kept, or after all was and only the answer was lost. */
export class Crash extends Error {
  override readonly name = 'Crash'
}

export type Doom = 'none' | 'before' | 'after'

/** A whole small city with several people at each organisation, and two processes at work on its database. */
export async function historyWorld() {
  const url = await freshUrl()
  const [first, second] = [await openDatabase(url), await openDatabase(url)]
  const city = await smallCity({ places: 2, db: first })
  const more = await moreOfTheCity(first, city.context.now())
  let doom: Doom = 'none'
  const contexts = [first, second].map((db): Context => ({ ...city.context, db: doomed(db, () => doom) }))
  return {
    ...city,
    ...more,
    groupIds: [city.group.id, 'group-shed'],
    referrers: [city.practice, city.otherPractice],
    navigators: [city.navigator, city.lead, more.secondNavigator],
    providers: { 'community-roots': city.worker, 'mens-shed': city.otherWorker },
    /** One for each process. */
    contexts,
    /** What happens to the next write. */
    setDoom: (next: Doom) => {
      doom = next
    },
    close: async () => {
      await first.close()
      await second.close()
    },
  }
}
export type World = Awaited<ReturnType<typeof historyWorld>>

/** A database of a process that may die at any write. */
export function doomed(db: Database, doom: () => Doom): Database {
  const write: Database['write'] = async (body) => {
    const fate = doom()
    const result = await db.write(async (tx) => {
      const made = await body(tx)
      if (fate === 'before') throw new Crash('before the commit')
      return made
    })
    if (fate === 'after') throw new Crash('after the commit')
    return result
  }
  return { ...db, read: db.read, engine: db.engine, tally: db.tally, close: () => db.close(), write }
}

/** A second navigator, a clinical team, and an open group at the other provider. */
async function moreOfTheCity(db: Database, createdAt: Date) {
  const team = {
    id: 'clinical-team',
    slug: 'clinical-team',
    name: 'Clinical team',
    kind: 'mental_health_team' as const,
    odsCode: null,
    email: 'team@clinical-team.example',
    isDefaultService: false,
  }
  const person = (userId: string, organisationId: string, role: Role): Actor => ({
    userId,
    name: userId,
    role,
    organisationId,
    organisation: organisationId,
    organisationName: organisationId,
    organisationKind: organisationId === team.id ? team.kind : 'navigation_service',
  })
  const secondNavigator = person('second-navigator', 'so-linked', 'navigator')
  const teamLead = person('team-lead', team.id, 'triage_lead')
  await db.write(async (tx) => {
    await tx.insert(organisations).values(team)
    for (const { userId, organisationId, role } of [secondNavigator, teamLead]) {
      await tx.insert(users).values({
        id: userId,
        name: userId,
        email: `${userId}@${organisationId}.example`,
        passwordHash: '-',
        suspendedAt: null,
        createdAt,
      })
      await tx
        .insert(memberships)
        .values({ id: `membership-${userId}`, userId, organisationId, role, suspendedAt: null, createdAt })
    }
    await tx.insert(projects).values({
      id: 'project-shed',
      slug: 'mens-shed',
      providerOrganisationId: 'mens-shed',
      name: 'Men’s Shed',
      summary: 'A workshop.',
      firstVisit: null,
      needs: ['loneliness'],
      rules: [],
      isCrisis: false,
      isListed: true,
    })
    await tx.insert(groups).values({
      id: 'group-shed',
      version: 1,
      projectId: 'project-shed',
      providerOrganisationId: 'mens-shed',
      name: 'Tuesday shed',
      schedule: 'Tuesdays',
      venue: 'The shed',
      rules: [],
      capacityKind: 'open',
      places: null,
      capacityConfirmedAt: createdAt,
      intakePaused: false,
      intakeReopensOn: null,
      courseStartsOn: null,
      courseEndsOn: null,
      cancelledAt: null,
    })
  })
  return { secondNavigator, teamLead }
}
