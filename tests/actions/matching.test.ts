import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { openPlacement } from '../../src/actions/placements/open-placement.ts'
import { listMatches } from '../../src/actions/referrals/list-matches.ts'
import { groupForecasts, groups, locations, postcodes } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City, TestProject } from '../support/given.ts'

/** The city's own entry was checked today, and stands under its own name. */
const CHECKED = { assuredOn: '2026-11-23' }

describe('matching', () => {
  let app: TestApp
  let city: City
  beforeEach(async () => {
    app = await openApp()
    city = await app.given.city()
  })

  const offer = async (name: string, more: Partial<TestProject> = {}, groupMore = {}) => {
    const project = await app.given.project(city.provider, { name, ...CHECKED, ...more })
    await app.given.group(project, { name, ...groupMore })
    return project
  }
  const place = async (latitude: number, longitude: number, more = {}) => {
    const id = app.context.newId()
    const organisationId = city.provider.id
    const row = {
      id,
      version: 1,
      organisationId,
      kind: 'physical' as const,
      name: 'Hall',
      addressLines: [],
      access: [],
    }
    await app.context.db.write((tx) => tx.insert(locations).values({ ...row, latitude, longitude, ...more }))
    return { locationId: id }
  }
  const matchesFor = async (person = {}, more = {}) => {
    const { id } = await app.given.referral(city, person, more).active()
    return listMatches(app.context, city.navigator, id)
  }
  /** What the nightly count kept of its group. */
  const forecast = async (projectId: string, starts: number) => {
    const { db, now } = app.context
    const [group] = await db.read.select().from(groups).where(eq(groups.projectId, projectId))
    const row = { groupId: group?.id ?? '', starts, open: 3, lowDays: 14, highDays: 35, countedAt: now() }
    await db.write((tx) => tx.insert(groupForecasts).values(row))
  }
  const names = (matches: { groupName: string }[]) => matches.map(({ groupName }) => groupName)

  it('says how far, how much, on which day, in which language, how checked and how long, in plain words', async () => {
    const home = { postcode: 'SO14 0YN', latitude: 50.9077, longitude: -1.4136 }
    await app.context.db.write((tx) => tx.insert(postcodes).values(home))
    const there = await place(50.9266, -1.4136, { access: ['step_free'] })
    const project = await offer(
      'Allotment',
      {
        costPence: 0,
        languages: ['en', 'pl'],
        interests: ['Gardening'],
        assuredOn: '2026-11-11',
        access: ['quiet_space'],
      },
      { ...there, times: [{ every: 'week', weekday: 4, opensAt: '10:00' }] },
    )
    await forecast(project.id, 14)
    const person = { preferredLanguage: 'Polish', interpreter: true, communicationNeeds: 'Cannot manage stairs' }
    const [best] = await matchesFor(person)
    expect(best).toMatchObject({
      projectName: 'Allotment',
      distanceKm: 2.1,
      expectedWaitDays: { low: 14, high: 35, n: 14 },
    })
    expect(best?.why.map(({ text }) => text)).toEqual([
      'Helps with loneliness or isolation',
      'What they like or are good at: gardening',
      '2.1 km away',
      'Thursdays',
      'In Polish',
      'Step-free entrance',
      'Free of charge',
      'Likely start in 2 to 5 weeks, from 14 recent starts',
      'Checked 12 days ago',
    ])
  })

  it('tells nothing of fewer than ten people, and no distance that is not known', async () => {
    const project = await offer('Allotment')
    await forecast(project.id, 9)
    expect((await matchesFor())[0]).toMatchObject({ groupName: 'Allotment', distanceKm: null, expectedWaitDays: null })
  })

  it('hides nothing: closed, paused, ended, unfit and without a group, each stands below with why', async () => {
    await offer('Open')
    await offer('Closed', { status: 'temporarily closed' })
    await offer('Paused', {}, { intakePaused: true, intakeReopensOn: '2026-12-07' })
    await offer('Ended', {}, { courseEndsOn: '2026-11-01' })
    await offer('Young', { rules: [{ rule: 'age', max: 25 }] })
    await app.given.project(city.provider, { name: 'Parkrun', ...CHECKED, isOpenAccess: true })
    const matches = await matchesFor()
    expect(names(matches).slice(0, 1)).toEqual(['Open'])
    expect(matches).toHaveLength(7)
    const closed = (name: string) =>
      matches.find(({ groupName }) => groupName === name)?.why.find(({ about }) => about === 'closed')?.text
    expect(['Closed', 'Paused', 'Ended', 'Parkrun'].map(closed)).toEqual([
      'Closed for now',
      'Not taking anyone new until Monday 7 December',
      'This course has ended',
      'It has no group to be sent to here: point people there, or call',
    ])
    expect(matches.at(-1)).toMatchObject({ groupName: 'Young', verdict: 'not_eligible' })
    expect(matches.find(({ groupName }) => groupName === 'Parkrun')).toMatchObject({
      groupId: null,
      isOpenAccess: true,
    })
  })

  it('sinks what nobody has confirmed for more than 90 days, and says so', async () => {
    await offer('A choir', { assuredOn: '2026-08-24' })
    await offer('B choir', { assuredOn: '2026-08-25' })
    const matches = await matchesFor()
    expect(names(matches).slice(0, 2)).toEqual(['B choir', 'A choir'])
    expect(matches[1]).toMatchObject({ isStale: true })
    expect(matches[1]?.why.at(-1)).toMatchObject({ speaks: 'against', text: 'Not checked for 91 days' })
  })

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['a risk of self-harm', {}, { risks: [{ kind: 'self_harm', detail: '' }] }],
    ['domestic abuse', {}, { risks: [{ kind: 'domestic_abuse', detail: '' }] }],
    ['bereavement by suicide', { facts: { bereavedBySuicide: true } }, {}],
  ])(
    'puts crisis support first where there is %s, and nobody waits for it',
    async (_, person: Record<string, unknown>, more) => {
      await offer('Allotment')
      const crisis = await offer('The Lighthouse', {
        isCrisis: true,
        needs: ['safety_abuse'],
        contactPhone: '023 8000 0000',
      })
      const [first] = await matchesFor(person, more)
      expect(first).toMatchObject({ projectId: crisis.id, contactPhone: '023 8000 0000' })
      expect(first?.why[0]?.text).toMatch(/^Stands first because .+\. There is no waiting list$/)
      expect((await matchesFor())[0]?.projectId).not.toBe(crisis.id)
      const { id } = await app.given.referral(city, person, more).active()
      const sent = await app.call(city.navigator, 'POST', `/referrals/${id}/placements`, {
        body: { groupId: first?.groupId },
      })
      const seen = await app.call(city.worker, 'POST', `/placements/${sent.body.id}/open`)
      expect(seen.body.allowedActions).not.toContain('waitlist')
      expect(await app.call(city.worker, 'POST', `/placements/${sent.body.id}/waitlist`)).toMatchObject({
        status: 409,
        body: { detail: 'A crisis offer has no waiting list. Accept, or decline so that help is found now.' },
      })
    },
  )

  it('offers support after suicide to whoever lost somebody so, whatever else they came for', async () => {
    const rules = [{ rule: 'need' as const, anyOf: ['bereavement' as const] }]
    const amparo = await offer('Amparo', { isCrisis: true, needs: ['bereavement'], rules })
    expect((await matchesFor()).at(-1)).toMatchObject({ projectId: amparo.id, verdict: 'not_eligible' })
    const [first] = await matchesFor({ facts: { bereavedBySuicide: true } })
    expect(first).toMatchObject({ projectId: amparo.id, verdict: 'eligible' })
    const { id } = await app.given.referral(city, { facts: { bereavedBySuicide: true } }).active()
    const body = { groupId: first?.groupId }
    expect((await app.call(city.navigator, 'POST', `/referrals/${id}/placements`, { body })).status).toBe(201)
  })

  it('tells the project which of its rules did not fit, and why it was sent once it has accepted', async () => {
    const project = await app.given.project(city.provider, { rules: [{ rule: 'age', max: 25 }] })
    const group = await app.given.group(project)
    const { id } = await app.given.referral(city).active()
    const body = { groupId: group.id, overrideReason: 'Young at heart' }
    const sent = await app.call(city.navigator, 'POST', `/referrals/${id}/placements`, { body })
    expect(sent.body).toMatchObject({ isOverride: true, sentAlthough: ['For people aged 25 or under'] })
    const before = await openPlacement(app.context, city.worker, sent.body.id)
    expect(before).toMatchObject({ sentAlthough: ['For people aged 25 or under'], overrideReason: null })
    await app.call(city.worker, 'POST', `/placements/${sent.body.id}/accept`)
    const after = await openPlacement(app.context, city.worker, sent.body.id)
    expect(after).toMatchObject({ sentAlthough: ['For people aged 25 or under'], overrideReason: 'Young at heart' })
  })

  it('sends nobody to a project that is closed for now', async () => {
    const project = await app.given.project(city.provider, { status: 'temporarily closed' })
    const group = await app.given.group(project)
    const { id } = await app.given.referral(city).active()
    const sent = await app.call(city.navigator, 'POST', `/referrals/${id}/placements`, { body: { groupId: group.id } })
    expect(sent).toMatchObject({ status: 409, body: { code: 'intake-paused' } })
  })
})
