import { describe, expect, it } from 'vitest'
import { type Directory, writeDirectory } from '../../src/demo/directory.ts'
import type { Role } from '../../src/domain/organisation.ts'
import { projects, sessions } from '../../src/store/schema.ts'
import { type Caller, openApp, type TestApp } from '../support/app.ts'

/** One project of the city's table: somebody who fits, the ways they may come, and somebody who does not fit. */
interface Row {
  project: string
  /** A part of the group's name. */
  group: string
  fits: Someone
  /** Straight to the project from these organisations, or by themselves. */
  direct: string[]
  /** To the service from these, and on by a navigator. */
  byNavigator: string[]
  misfit: Someone & { from?: string; rule: string }
}

interface Someone {
  born?: string
  postcode?: string
  gender?: string
  needs?: string[]
  facts?: Record<string, unknown>
}

const ADULT = { born: '1981-05-04', postcode: 'SO15 5AA' }
const OLDER = { born: '1950-05-04', postcode: 'SO19 6AA' }

// biome-ignore format: a table reads as a table
const TABLE: Row[] = [
  {
    project: 'community-roots', group: 'Tuesday', fits: { ...ADULT, needs: ['low_mood'], facts: { recoveringFrom: ['depression'] } },
    direct: ['change-grow-live', 'society-of-st-james', 'probation-service', 'st-marys-surgery', 'hospital-discharge', 'community-mental-health-team', 'self'],
    byNavigator: ['st-marys-surgery', 'self'],
    misfit: { ...ADULT, born: '2010-05-04', facts: { recoveringFrom: ['depression'] }, rule: 'age' },
  },
  {
    project: 'shirley-mens-shed', group: 'membership', fits: { ...ADULT, gender: 'man', needs: ['loneliness'] },
    direct: ['self', 'st-marys-surgery', 'adult-social-care'], byNavigator: ['st-marys-surgery'],
    misfit: { ...ADULT, needs: ['money_debt'], rule: 'need' },
  },
  {
    project: 'solent-mind-peer-groups', group: 'Walk and talk', fits: { ...ADULT, needs: ['anxiety'] },
    direct: ['self', 'change-grow-live', 'st-marys-surgery'], byNavigator: ['self'],
    misfit: { ...ADULT, needs: ['housing'], rule: 'need' },
  },
  {
    project: 'solent-mind-peer-groups', group: 'ADHD', fits: { ...ADULT, facts: { diagnoses: ['adhd'] } },
    direct: ['st-marys-surgery', 'community-mental-health-team'], byNavigator: ['st-marys-surgery'],
    misfit: { ...ADULT, facts: { diagnoses: ['adhd'] }, from: 'self', rule: 'route' },
  },
  {
    project: 'solent-mind-peer-groups', group: 'Quiet circle', fits: { ...ADULT, facts: { severeMentalIllness: true } },
    direct: ['st-marys-surgery', 'community-mental-health-team'], byNavigator: ['community-mental-health-team'],
    misfit: { ...ADULT, facts: { severeMentalIllness: false }, rule: 'severe_mental_illness' },
  },
  {
    project: 'communicare-befriending', group: 'Shirley', fits: { ...ADULT, needs: ['loneliness'] },
    direct: ['self', 'st-marys-surgery', 'probation-service'], byNavigator: ['adult-social-care'],
    misfit: { ...ADULT, needs: ['housing'], rule: 'need' },
  },
  {
    project: 'family-hubs', group: 'Clovelly', fits: { ...ADULT, postcode: 'SO14 0AA', needs: ['family_parenting'] },
    direct: ['st-marys-surgery', 'midwifery-service', 'speech-and-language-therapy', 'self'], byNavigator: ['midwifery-service'],
    misfit: { ...ADULT, postcode: 'SO19 9AA', needs: ['family_parenting'], rule: 'area' },
  },
  {
    project: 'falls-prevention', group: 'Thornhill', fits: { ...OLDER, needs: ['falls'], facts: { fallOrAtRisk: true } },
    direct: ['st-marys-surgery', 'hospital-discharge', 'self'], byNavigator: ['hospital-discharge'],
    misfit: { ...ADULT, needs: ['falls'], facts: { fallOrAtRisk: true }, rule: 'age' },
  },
  {
    project: 'so14-active', group: 'football', fits: { ...ADULT, postcode: 'SO14 3AB', needs: ['physical_activity'] },
    direct: ['self', 'change-grow-live', 'st-marys-surgery'], byNavigator: ['self'],
    misfit: { ...ADULT, needs: ['physical_activity'], rule: 'area' },
  },
  {
    project: 'saints-by-your-side', group: 'Autumn', fits: { ...ADULT, gender: 'man', needs: ['low_mood'] },
    direct: ['community-mental-health-team'], byNavigator: ['st-marys-surgery'],
    misfit: { ...ADULT, gender: 'woman', needs: ['low_mood'], from: 'community-mental-health-team', rule: 'gender_focus' },
  },
  {
    project: 'mayfield-nurseries', group: 'Monday', fits: { ...ADULT, needs: ['anxiety'] },
    direct: ['community-mental-health-team'], byNavigator: ['st-marys-surgery', 'self'],
    misfit: { ...ADULT, needs: ['anxiety'], from: 'itchen-bridge-school', rule: 'route' },
  },
  {
    project: 'peer-recovery-groups', group: 'Central', fits: { ...ADULT, needs: ['low_mood'], facts: { recoveringFrom: ['psychosis'] } },
    direct: ['community-mental-health-team'], byNavigator: ['community-mental-health-team', 'st-marys-surgery'],
    misfit: { ...ADULT, facts: { recoveringFrom: ['alcohol'] }, from: 'community-mental-health-team', rule: 'recovering_from' },
  },
  {
    project: 'memory-cafes', group: 'Shirley', fits: { ...OLDER, needs: ['memory_dementia'] },
    direct: ['self', 'st-marys-surgery', 'adult-social-care'], byNavigator: ['hospital-discharge'],
    misfit: { ...OLDER, needs: ['housing'], rule: 'need' },
  },
]

describe('Every project of the city', () => {
  it.each(TABLE)(
    '$project ($group): whoever fits gets in by each way named, and who does not hears the rule',
    async (row) => {
      const city = await openCity()
      for (const from of row.direct) {
        const answer = await city.refer(from, row, row.fits)
        expect([from, answer.status, answer.body.status ?? 'active']).toEqual([from, 201, 'active'])
        await city.expectAccepted(row, answer.body.reference)
      }
      for (const from of row.byNavigator) {
        const answer = await city.refer(from, undefined, row.fits)
        expect([from, answer.status]).toEqual([from, 201])
        await city.expectAccepted(row, answer.body.reference, await city.send(answer.body.reference, row))
      }
      const { rule, from = 'st-marys-surgery', ...misfit } = row.misfit
      const refused = await city.refer(from, row, misfit)
      expect([refused.status, refused.body.code]).toEqual([409, 'not-eligible'])
      expect(refused.body.errors.map(({ code }: { code: string }) => code)).toContain(rule)
      expect(refused.body.detail).toMatch(/\w+ \w+/)
    },
  )

  it('the clinical team takes people on who are stepped up to it, a practice’s as much as others, urgent ones that day', async () => {
    const city = await openCity()
    for (const [priority, due] of [
      ['routine', '2026-11-30'],
      ['urgent', '2026-11-23'],
    ] as const) {
      const { body } = await city.refer('st-marys-surgery', undefined, { ...ADULT, needs: ['low_mood'] }, { priority })
      const { call, of } = city
      const to = { to: 'enhanced-primary-care-mental-health', reason: 'Panic attacks every day' }
      const sent = await call(of('so-linked', 'navigator'), 'POST', `/referrals/${body.id}/redirect`, { body: to })
      expect(sent.body).toMatchObject({ status: 'redirected', nextAction: { due } })
      const team = of('enhanced-primary-care-mental-health', 'triage_lead')
      const taken = await call(team, 'POST', `/referrals/${body.id}/answer-redirect`, { body: { accepted: true } })
      expect([taken.status, taken.body.status]).toEqual([200, 'transferred'])
    }
  })
})

async function openCity() {
  const test = await openApp()
  const directory = await writeDirectory(test.context, '-')
  const signedIn = new Map<string, Caller>()
  for (const actor of directory.actors) {
    const id = test.context.newId()
    signedIn.set(`${actor.organisation} ${actor.role}`, { userId: actor.userId, sessionId: id })
    await test.context.db.write((tx) =>
      tx.insert(sessions).values({
        id,
        userId: actor.userId,
        createdAt: test.context.now(),
        expiresAt: new Date(test.context.now().getTime() + 36_000_000),
      }),
    )
  }
  const slugs = new Map((await test.context.db.read.select().from(projects)).map(({ id, slug }) => [slug, id]))
  const of = (organisation: string, role: Role): Caller => {
    const found = signedIn.get(`${organisation} ${role}`)
    if (!found) throw new Error(`Nobody is ${role} at ${organisation}.`)
    return { ...found, organisation }
  }
  return { ...test, of, ...waysIn(test, directory, slugs, of) }
}

function waysIn(
  { call }: TestApp,
  directory: Directory,
  slugs: Map<string, string>,
  of: (organisation: string, role: Role) => Caller,
) {
  const names = new Map<string, string>()
  async function groupOf(row: Row): Promise<string> {
    const { body } = await call(of('so-linked', 'navigator'), 'GET', `/projects/${slugs.get(row.project)}`)
    const found = body.groups.find(({ name }: { name: string }) => name.includes(row.group))
    if (!found) throw new Error(`${row.project} has no group ${row.group}.`)
    names.set(found.id, found.name)
    return found.id
  }
  return {
    async refer(from: string, straightTo: Row | undefined, someone: Someone, more: object = {}) {
      const { born = '1981-05-04', postcode, gender, needs = ['loneliness'], facts } = someone
      const body = {
        person: { fullName: 'Robin Vale', dateOfBirth: born, phone: '07700 900123', postcode, gender, facts },
        needs,
        reason: 'Would like company.',
        priority: 'routine',
        risks: 'none_known',
        consent: { shareWithNavigator: true, shareWithProject: straightTo !== undefined },
        ...(straightTo ? { projectId: slugs.get(straightTo.project), groupId: await groupOf(straightTo) } : {}),
        ...more,
      }
      return from === 'self'
        ? call(null, 'POST', '/self-referrals', { body })
        : call(of(from, 'referrer'), 'POST', '/referrals', { body })
    },
    /** On its way by a navigator: taken, spoken with, planned, sent. Answers with the placement. */
    async send(reference: string, row: Row): Promise<string> {
      const navigator = of('so-linked', 'navigator')
      const found = await call(navigator, 'GET', `/referrals?search=${reference}`)
      const { id, needs } = found.body.items[0]
      const act = (verb: string, body: object) => call(navigator, 'POST', `/referrals/${id}/${verb}`, { body })
      await act('assign', { toMe: true })
      await act('contacts', { outcome: 'spoke', channel: 'phone' })
      const codes = needs.map(({ code }: { code: string }) => code)
      await act('activate', { needs: codes, strengths: [], goals: [], consent: { shareWithProviders: true } })
      const sent = await act('placements', { groupId: await groupOf(row) })
      expect([row.project, sent.status, sent.body.detail ?? '']).toEqual([row.project, 201, ''])
      return sent.body.id
    },
    async expectAccepted(row: Row, reference: string, placementId?: string) {
      const provider = [...directory.groups.values()].find((group) => group.project === row.project)?.provider ?? ''
      const worker = of(provider, 'provider_worker')
      const all = await call(worker, 'GET', '/placements?status=sent')
      const id = placementId ?? all.body.items.find((one: { reference: string }) => one.reference === reference)?.id
      const accepted = await call(worker, 'POST', `/placements/${id}/accept`, { body: {} })
      expect([row.project, accepted.status, accepted.body.status]).toEqual([row.project, 200, 'accepted'])
    },
  }
}
