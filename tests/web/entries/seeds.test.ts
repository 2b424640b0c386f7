import { describe, expect, test } from 'vitest'
import { assess, type EligibilityFacts } from '../../../src/domain/eligibility.ts'
import { openApp } from '../../support/app.ts'
import { readable, type Visitor, visitor } from '../visitor.ts'
import { SEEDS_ONE } from './seeds-one.ts'
import { SEEDS_TWO } from './seeds-two.ts'
import type { Fields } from './somebody.ts'

const SEEDS = [...SEEDS_ONE, ...SEEDS_TWO]

const SOMEBODY: EligibilityFacts = {
  age: 45,
  postcode: 'SO15 5AA',
  wardCode: null,
  needs: [],
  gender: null,
  origin: { kind: 'gp_practice', organisation: 'st-marys-surgery' },
  sender: { kind: 'navigation_service', organisation: 'so-linked' },
}

async function opened() {
  const { app, context, given, call } = await openApp()
  const provider = await given.organisation('provider', { slug: 'the-provider', name: 'The Provider' })
  await given.organisation('navigation_service', { slug: 'so-linked', name: 'SO:Linked' })
  await given.organisation('referral_partner', { slug: 'change-grow-live', name: 'Change Grow Live' })
  await given.organisation('referral_partner', { slug: 'society-of-st-james', name: 'Society of St James' })
  const worker = await given.user('provider_worker', provider)
  return { context, call, worker, browser: visitor(app, worker) }
}

/** Sends a form that names the version it was made for, and fails with what the page says. */
async function save(browser: Visitor, path: string, fields: Fields): Promise<string> {
  const { html } = await browser.get(path)
  const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
  const hidden = { _csrf: field('_csrf'), _key: field('_key'), _by: field('_by'), version: field('version') }
  const { status, location, faults } = await browser.post(path, { ...hidden, ...fields })
  expect([path, status, faults]).toEqual([path, 303, []])
  return location ?? ''
}

describe('each project of the city, set up by its provider', () => {
  test.each(SEEDS.map((seed) => [seed.name, seed] as const))('%s', async (_, seed) => {
    const { browser, call, worker } = await opened()
    const base = '/o/the-provider'
    const about = { name: seed.name, summary: 'Something to do together.', needs: seed.needs }
    const made = await save(browser, `${base}/projects/new`, {
      ...about,
      ...(seed.isOpenAccess ? { isOpenAccess: 'yes' } : {}),
    })
    const id = /projects\/([\w-]+)/.exec(made)?.[1] ?? ''
    for (const [kind, fields] of seed.rules) await save(browser, `${base}/projects/${id}/rules/${kind}`, fields)
    for (const { name, places, oneToOne } of seed.groups) {
      const capacity = places
        ? { capacityKind: oneToOne ? 'one_to_one' : 'places', places: String(places) }
        : { capacityKind: 'open' }
      await save(browser, `${base}/projects/${id}/groups/new`, {
        name,
        schedule: 'Mondays, 10am to 12 noon',
        venue: 'The hall',
        ...capacity,
      })
    }
    const { body } = await call(worker, 'GET', `/projects/${id}`)
    for (const { name, rules = [] } of seed.groups)
      for (const [kind, fields] of rules) {
        const group = body.groups.find((one: { name: string }) => one.name === name)
        await save(browser, `${base}/groups/${group.id}/rules/${kind}`, fields)
      }
    await publish(browser, `${base}/projects/${id}`)

    const page = await browser.get(`${base}/projects/${id}`)
    expect(readable(/class="trellis-sentence">([\s\S]*?)<\/p>/.exec(page.html)?.[1] ?? '')).toBe(seed.sentence)
    const entry = (await call(worker, 'GET', `/projects/${id}`)).body
    expect(entry).toMatchObject({ isListed: true, isOpenAccess: seed.isOpenAccess ?? false, sentence: seed.sentence })
    for (const [situation, name, facts, fails] of seed.people) {
      const group = entry.groups.find((one: { name: string }) => one.name === name)
      const { verdict, reasons } = assess({ ...SOMEBODY, ...facts }, [...entry.ruleData, ...group.ruleData])
      const failed = reasons.filter((reason) => reason.verdict === 'not_eligible').map(({ text }) => text)
      expect([situation, name, verdict, failed]).toEqual([
        situation,
        name,
        fails ? 'not_eligible' : 'eligible',
        fails ? [expect.stringMatching(fails)] : [],
      ])
    }
  })
})

async function publish(browser: Visitor, page: string): Promise<void> {
  const { html } = await browser.get(page)
  const version = /name="version" value="(\d+)"/.exec(html)?.[1] ?? ''
  const { status, location } = await browser.send(`${page}/publish`, { version, listed: 'yes' }, page)
  expect([status, location]).toEqual([303, `${page}?done=published`])
}
