import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { endPlacement } from '../../src/actions/placements/end-placement.ts'
import { openPlacement } from '../../src/actions/placements/open-placement.ts'
import { listMatches } from '../../src/actions/referrals/list-matches.ts'
import { signpost } from '../../src/actions/referrals/signpost.ts'
import type { ProjectStatus } from '../../src/domain/directory.ts'
import { projects } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City, TestProject } from '../support/given.ts'
import { expectRefusal } from '../support/no-trace.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

const BASE = '/o/so-linked'
const RETIRED = ['inactive', 'defunct'] as const satisfies ProjectStatus[]

let test: TestApp
let city: City
let navigator: Visitor
let referralId: string
let page: string

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city()
  navigator = visitor(test.app, city.navigator)
  referralId = (await test.given.referral(city).active()).id
  page = `${BASE}/referrals/${referralId}/matches`
})

const offer = async (name: string, more: Partial<TestProject>) => {
  const project = await test.given.project(city.provider, { name, ...more })
  return { project, group: await test.given.group(project, { name: `${name} on Mondays` }) }
}
/** The card of one project as it stands on the page. */
const card = async (name: string) => {
  const { html } = await navigator.get(page)
  return html.split('<li class="trellis-row trellis-match">').find((one) => one.includes(`<h3>${name}</h3>`)) ?? ''
}

describe('a project that was read from somebody else’s directory', () => {
  it('is offered for pointing only, with why; asking it for a place is refused', async () => {
    const { group } = await offer('Parkrun', { feed: 'https://feed.example', isOpenAccess: true })
    await offer('Young choir', { feed: 'https://feed.example', rules: [{ rule: 'age', max: 25 }] })
    const said = await card('Parkrun')
    expect(readable(said)).toContain('This project is not on Trellis: point the person there or call it')
    expect(said).not.toContain('Send to this group')
    expect(said).toContain('Point them there')
    expect(await card('Young choir')).not.toContain('Send anyway')
    expect(await card('Community Roots')).toContain('Send to this group')
    const post = `${BASE}/referrals/${referralId}/placements`
    const sent = await navigator.send(post, { groupId: group.id, overrideReason: 'All the same' }, page)
    expect([sent.status, sent.faults]).toEqual([
      409,
      ['Nobody at this project works with Trellis. Signpost the person to it instead.'],
    ])
    expect((await navigator.send(`${BASE}/referrals/${referralId}/do/signposts`, await at('Parkrun'))).status).toBe(303)
  })
})

const at = async (name: string) => {
  const [row] = await test.context.db.read.select().from(projects).where(eq(projects.name, name))
  return { projectId: row?.id ?? '' }
}

describe.each(RETIRED)('a project that is %s', (status) => {
  it('stands below with why, and nobody is pointed there', async () => {
    const { project } = await offer('Old shed', { status, isOpenAccess: true })
    expect(readable(await card('Old shed'))).toMatch(/Not running at the moment|No longer runs/)
    expect(await card('Old shed')).not.toMatch(/oint them there/)
    expect((await navigator.get(`${BASE}/point/${project.id}`)).status).toBe(404)
    const form = `${BASE}/referrals/${referralId}/do/signposts`
    expect((await navigator.get(form)).html).not.toContain('Old shed')
    await expectRefusal(test.context.db, 'invalid-input', () =>
      signpost(test.context, city.navigator, referralId, { projectId: project.id }),
    )
  })

  it('does not lead in a crisis', async () => {
    await offer('Old crisis line', { status, isCrisis: true, contactPhone: '023 8000 0000' })
    await offer('The Lighthouse', { isCrisis: true })
    const { id } = await test.given.referral(city, {}, { risks: [{ kind: 'self_harm' as const, detail: '' }] }).active()
    const matches = await listMatches(test.context, city.navigator, id)
    expect(matches.map(({ projectName }) => projectName)).toEqual([
      'The Lighthouse',
      'Community Roots',
      'Old crisis line',
    ])
    expect(matches.at(-1)).toMatchObject({ isCrisis: false, mayBePointedTo: false })
  })
})

it('a question is to be answered only where the answer would help', async () => {
  const fall = { rule: 'fall_or_at_risk' as const }
  await offer('Balance', { rules: [fall] })
  await offer('Young balance', { rules: [{ rule: 'age', max: 25 }, fall] })
  expect(await card('Balance')).toContain('Record the answer')
  expect(readable(await card('Young balance'))).toContain('Ask: Has the person had a fall')
  expect(await card('Young balance')).not.toContain('Record the answer')
})

it('a project that is closed for a time can still be pointed to, for later', async () => {
  const { project } = await offer('Old shed', { status: 'temporarily closed' })
  expect(await card('Old shed')).toContain('Only point them there')
  expect((await navigator.get(`${BASE}/point/${project.id}`)).status).toBe(200)
})

it('says that the person was there before, how it ended, and puts it below what was not tried', async () => {
  await offer('Choir', { assuredOn: null })
  const started = await test.given.referral(city).started()
  await endPlacement(test.context, city.worker, started.id, {
    outcome: 'moved_on',
    note: 'Goes to a club that is nearer.',
  })
  const referral = await openPlacement(test.context, city.navigator, started.id)
  page = `${BASE}/referrals/${referral.referralId}/matches`
  expect(readable(await card('Community Roots'))).toContain(
    `Was here before (${city.group.name}): moved on, 23 November 2026. “Goes to a club that is nearer.”`,
  )
  expect(await card('Community Roots')).toContain('Send to this group')
  expect(await card('Choir')).not.toContain('before (')
  const matches = await listMatches(test.context, city.navigator, referral.referralId ?? '')
  expect(matches.map(({ projectName, isTried }) => [projectName, isTried])).toEqual([
    ['Choir', false],
    ['Community Roots', true],
  ])
})

it('points people to what is open to all, first of all; sending stays', async () => {
  await offer('Network', { isOpenAccess: true })
  const said = await card('Network')
  expect(said).toMatch(/class="nhsuk-button nhsuk-button--small" href="[^>]+>Point them there/)
  expect(said).toMatch(/class="nhsuk-button nhsuk-button--secondary nhsuk-button--small">Send to this group/)
  expect(await card('Community Roots')).toMatch(/class="nhsuk-button nhsuk-button--small">Send to this group/)
})
