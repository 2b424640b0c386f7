import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { indexDirectory } from '../../src/actions/directory/index-directory.ts'
import type { EligibilityRule } from '../../src/domain/eligibility.ts'
import { groups, placements, projects, referrals } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City, TestProject } from '../support/given.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

const BASE = '/o/st-marys-surgery'
const WHO = {
  fullName: 'Maria Okafor',
  'dateOfBirth-day': '27',
  'dateOfBirth-month': '3',
  'dateOfBirth-year': '1958',
  phone: '07700 900123',
  postcode: 'SO14 0YN',
  agrees: 'yes',
}
const WHY = { groups: ['0'], reason: 'Lives alone since her husband died.', priority: 'routine', riskKnown: 'none' }
const SCHOOLS_ONLY: EligibilityRule = {
  rule: 'route',
  kinds: ['school'],
  organisations: [],
  originalOnly: true,
  says: 'Only schools can refer',
}

let test: TestApp
let city: City
let practice: Visitor

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city()
  practice = visitor(test.app, city.referrer)
})

const set = (changes: Partial<TestProject>) =>
  test.context.db.write((tx) => tx.update(projects).set(changes).where(eq(projects.id, city.project.id)))
/** The form as somebody finds it who presses the button on the project's page. */
const begun = async () => (await practice.get(`${BASE}/refer?project=${city.project.id}`)).location ?? ''
const checked = async (who: Record<string, string>) => {
  const why = (await practice.send(await begun(), { ...WHO, projectId: city.project.id, ...who })).location ?? ''
  return (await practice.send(why, WHY)).location ?? ''
}
/** Sends what the page of the check promised. */
const sent = async (check: string) => {
  const way = /name="way" value="(\w*)"/.exec((await practice.get(check)).html)?.[1] ?? 'none'
  return practice.send(check, { way })
}
const only = async () => (await test.context.db.read.select().from(referrals))[0]

describe('whoever refers from a project’s page', () => {
  it('finds the project chosen, by its name, and sends straight to it where the person agrees', async () => {
    await indexDirectory(test.context)
    const entry = await practice.get(`${BASE}/directory/${city.project.slug}`)
    expect(entry.html).toContain(`href="${BASE}/refer?project=${city.project.id}"`)
    const form = await practice.get(await begun())
    expect(form.html).toMatch(/name="projectId"[^>]*checked/)
    expect(readable(form.html)).toContain('For Community Roots Untick it if a navigator should find what suits.')
    const check = await checked({ straight: 'yes', groupId: city.group.id })
    const page = readable((await practice.get(check)).html)
    expect(page).toContain(`Straight to Community Roots: ${city.group.name}`)
    expect(page).toContain('Community Roots says by Monday 30 November whether it has a place')
    const { location = '' } = await sent(check)
    expect(readable((await practice.get(location)).html)).toContain('says whether it has a place, by Mon 30 November')
    expect(await only()).toMatchObject({ status: 'active', isDirect: true })
    expect(await test.context.db.read.select().from(placements)).toMatchObject([
      { groupId: city.group.id, status: 'sent' },
    ])
  })

  it('without the person’s yes to the project: a navigator has it, and knows what was in mind', async () => {
    const check = await checked({})
    expect(readable((await practice.get(check)).html)).toContain('Community Roots, through a navigator')
    expect((await sent(check)).status).toBe(303)
    expect(await only()).toMatchObject({ status: 'submitted', isDirect: false, wantedProjectId: city.project.id })
    expect((await test.context.db.read.select().from(placements)).length).toBe(0)
  })

  it('unticks it, and it stays so on the way back', async () => {
    const form = await begun()
    const { projectId: _, ...who } = { ...WHO, projectId: '' }
    const why = (await practice.send(form, who)).location ?? ''
    expect((await practice.get(form)).html).toMatch(/name="projectId"(?![^>]*checked)/)
    const check = (await practice.send(why, WHY)).location ?? ''
    expect(readable((await practice.get(check)).html)).not.toContain('Community Roots')
    await sent(check)
    expect(await only()).toMatchObject({ status: 'submitted', wantedProjectId: null })
  })

  it('chooses among several groups, and says both faults at once', async () => {
    const second = await test.given.group(city.project)
    await test.given.group(city.project, { intakePaused: true, name: 'Paused group' })
    const form = await begun()
    expect((await practice.get(form)).html).not.toContain('Paused group')
    const { agrees: _, ...unsure } = { ...WHO, projectId: city.project.id, straight: 'yes' }
    const refused = await practice.send(form, unsure)
    expect(refused.faults).toEqual([
      'Tick that the person agrees, or choose another legal reason to share',
      'Only somebody who agrees to be referred can go straight to a project',
      'Choose a group',
    ])
    expect(refused.html).toMatch(/name="projectId"[^>]*checked/)
    await sent(await checked({ straight: 'yes', groupId: second.id }))
    expect(await test.context.db.read.select().from(placements)).toMatchObject([{ groupId: second.id }])
  })
})

describe('a project that cannot take them straight', () => {
  it.each<[string, Partial<TestProject>, string]>([
    ['by a rule', { rules: [{ rule: 'age', max: 25 }] }, 'For people aged 25 or under: this person is 68.'],
    ['before a question is answered', { rules: [{ rule: 'fall_or_at_risk' }] }, 'at risk of one?'],
  ])('%s: says why before it is sent, and a navigator gets it', async (_, changes, why) => {
    const form = { straight: 'yes', groupId: city.group.id }
    await set(changes)
    const check = await checked(form)
    const page = readable((await practice.get(check)).html)
    expect(page).toContain('Community Roots, through a navigator It cannot go straight there.')
    expect(page).toContain(why)
    expect((await sent(check)).status).toBe(303)
    expect(await only()).toMatchObject({ status: 'submitted', wantedProjectId: city.project.id, projectBasis: null })
  })

  it('from where somebody works: is not offered straight, and kept in mind', async () => {
    await set({ rules: [SCHOOLS_ONLY] })
    const { html } = await practice.get(await begun())
    expect(readable(html)).toContain('It takes nobody straight from you: a navigator arranges it with the person.')
    expect(html).not.toContain('name="straight"')
    await sent(await checked({}))
    expect(await only()).toMatchObject({ status: 'submitted', wantedProjectId: city.project.id })
  })

  it('any more since the page was read: is refused with why, and the page says what is possible now', async () => {
    const check = await checked({ straight: 'yes', groupId: city.group.id })
    await test.context.db.write((tx) => tx.update(groups).set({ intakePaused: true }))
    const refused = await practice.send(check, { way: 'straight' })
    expect([refused.status, refused.faults]).toEqual([
      409,
      ['Not taking anyone new at the moment. Choose another group, or ask when it takes people again.'],
    ])
    expect(await only()).toBeUndefined()
    expect(readable(refused.html)).toContain('Community Roots, through a navigator It cannot go straight there.')
    expect((await sent(check)).status).toBe(303)
  })

  it('because it is gone: is named no more, and the referral is sent all the same', async () => {
    const form = await begun()
    const check = await checked({ straight: 'yes', groupId: city.group.id })
    await set({ status: 'defunct' })
    expect((await practice.get(form.replace(/new=[^&]+/, `new=${test.context.newId()}`))).html).not.toContain(
      'projectId',
    )
    expect(readable((await practice.get(check)).html)).not.toContain('Community Roots')
    expect((await sent(check)).status).toBe(303)
    expect(await only()).toMatchObject({ status: 'submitted', wantedProjectId: null })
  })
})
