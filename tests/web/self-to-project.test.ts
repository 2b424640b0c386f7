import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { changeGroup } from '../../src/actions/directory/change-group.ts'
import { placements, projects, referrals } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City } from '../support/given.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

let test: TestApp
let city: City
let maria: Visitor

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city({ places: 2 })
  maria = visitor(test.app)
})

const entry = () => `/directory/${city.project.slug}`
const rows = {
  referrals: () => test.context.db.read.select().from(referrals),
  placements: () => test.context.db.read.select().from(placements),
}

const answers = (projects: string): [string, Record<string, string>][] => [
  ['who', { who: 'me' }],
  ['help', { help: '0' }],
  ['more', { more: '' }],
  ['name', { name: 'Zofia Kowalska' }],
  ['contact', { phone: '07700 900123' }],
  ['home', { line1: '1 High Street', town: 'Southampton', postcode: 'SO14 0YN' }],
  ['gp', { practice: 'not_sure', tellPractice: 'yes' }],
  ['born', { 'born-day': '27', 'born-month': '3', 'born-year': '1958' }],
  ['talk', { language: '' }],
  ['consent', { consent: 'yes', projects }],
]

/** From the project's page to the end. */
async function ask(projects = 'yes'): Promise<string> {
  await maria.send('/refer-yourself/begin', { project: city.project.slug, group: city.group.id }, entry())
  for (const [question, fields] of answers(projects)) {
    const { status, faults } = await maria.send(`/refer-yourself/${question}`, fields)
    expect([question, status, faults]).toEqual([question, 303, []])
  }
  const check = readable((await maria.get('/refer-yourself/check')).html)
  expect(check.includes(`Straight to ${city.project.name}`)).toBe(projects === 'yes')
  await maria.send('/refer-yourself/send', {}, '/refer-yourself/check')
  return readable((await maria.get('/refer-yourself/done')).html)
}

describe('from a project’s page', () => {
  it('somebody asks for a place there themselves, and the project has it at once', async () => {
    expect(readable((await maria.get(entry())).html)).toContain('Ask for a place yourself')
    const done = await ask()
    expect(done).toContain(`${city.project.name} has your request. They answer by Monday 30 November.`)
    expect(await rows.placements()).toMatchObject([{ status: 'sent', groupId: city.group.id }])
    expect(await rows.referrals()).toMatchObject([{ status: 'active', isDirect: true, origin: 'self' }])
  })

  it('who would rather talk first is called, and the project stays what they had in mind', async () => {
    const done = await ask('no')
    expect(done).toContain('A navigator gets in touch with you by')
    expect(done).not.toContain('straight away')
    expect(await rows.placements()).toEqual([])
    expect(await rows.referrals()).toMatchObject([{ status: 'submitted', wantedProjectId: city.project.id }])
  })

  it('a rule of the project sends nobody away: a navigator helps', async () => {
    await test.context.db.write((tx) =>
      tx
        .update(projects)
        .set({ rules: [{ rule: 'age', min: 0, max: 25 }] })
        .where(eq(projects.id, city.project.id)),
    )
    const done = await ask()
    expect(done).toContain(`${city.project.name} cannot take you straight away. A navigator looks for a way with you.`)
    expect(await rows.placements()).toEqual([])
    expect(await rows.referrals()).toMatchObject([{ status: 'submitted', wantedProjectId: city.project.id }])
  })

  it('is not offered where somebody else has to refer, or nobody new is taken', async () => {
    expect(readable((await maria.get(entry())).html)).toContain('Ask for a place yourself')
    const { version } = (await test.call(city.worker, 'GET', `/groups/${city.group.id}`)).body
    await changeGroup(test.context, city.worker, city.group.id, version, { intake: { paused: true } })
    expect(readable((await maria.get(entry())).html)).not.toContain('Ask for a place yourself')
    // A form that was open meanwhile begins the usual questions.
    await maria.send('/refer-yourself/begin', { project: city.project.slug, group: city.group.id }, '/refer-yourself')
    expect(readable((await maria.get('/refer-yourself/consent')).html)).not.toContain(city.project.name)
  })

  it('goes on with what was answered already', async () => {
    await maria.send('/refer-yourself/begin', {}, '/refer-yourself')
    await maria.send('/refer-yourself/who', { who: 'me' })
    await maria.send('/refer-yourself/begin', { project: city.project.slug, group: city.group.id }, entry())
    expect((await maria.get('/refer-yourself/check')).location).toBe('/refer-yourself/help')
    expect(readable((await maria.get('/refer-yourself/consent')).html)).toContain(
      `May we send this straight to ${city.project.name}?`,
    )
  })
})

it('whoever may be in danger is called by a navigator on the same day, and goes straight to nobody', async () => {
  await maria.send('/refer-yourself/begin', { project: city.project.slug, group: city.group.id }, entry())
  for (const [question, fields] of answers('yes'))
    await maria.send(
      `/refer-yourself/${question}`,
      question === 'more' ? { more: 'Some days I want to end my life.' } : fields,
    )
  expect(readable((await maria.get('/refer-yourself/check')).html)).not.toContain('Straight to')
  await maria.send('/refer-yourself/send', {}, '/refer-yourself/check')
  expect(await rows.placements()).toEqual([])
  expect(await rows.referrals()).toMatchObject([{ status: 'submitted', priority: 'urgent', nextDueOn: '2026-11-23' }])
})

it('an entry that is gone meanwhile loses nobody', async () => {
  await maria.send('/refer-yourself/begin', { project: city.project.slug, group: city.group.id }, entry())
  for (const [question, fields] of answers('yes')) await maria.send(`/refer-yourself/${question}`, fields)
  await test.context.db.write((tx) =>
    tx.update(projects).set({ status: 'inactive' }).where(eq(projects.id, city.project.id)),
  )
  await maria.send('/refer-yourself/send', {}, '/refer-yourself/check')
  expect(readable((await maria.get('/refer-yourself/done')).html)).toContain('cannot take you straight away')
  expect(await rows.referrals()).toMatchObject([{ status: 'submitted' }])
})
