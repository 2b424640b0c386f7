import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { auditRows, placements } from '../../src/store/schema.ts'
import { openApp } from '../support/app.ts'
import { readable, visitor } from './visitor.ts'

const SECRET = {
  fullName: 'Zebedee Quillfeather',
  phone: '07700 900777',
  email: 'zebedee@quillfeather.example',
  nhsNumber: '9990000018',
  address: { lines: ['77 Hidden Terrace'], postcode: 'SO14 9QZ' },
  communicationNeeds: 'Zebedee reads lips',
  safeContact: { voicemail: false, text: false, email: false, post: false, note: 'Not when Mr Quillfeather is in' },
}
const RISKS = {
  risks: [{ kind: 'domestic_abuse', detail: 'Husband controls the phone' }],
  reason: 'Sealed reason text',
}
const IDENTITY = /Zebedee|Quillfeather|900777|9990000018|999 000 0018|Hidden Terrace|9QZ|Husband controls|Sealed reason/

async function aCity() {
  const made = await openApp()
  const city = await made.given.city()
  return { ...made, ...city, city }
}

describe('before a project accepts', () => {
  it('no page of it says who the person is; afterwards one does, and when it is over none does again', async () => {
    const { app, worker, city, given, context, navigator } = await aCity()
    const { id } = await given.referral(city, SECRET, RISKS).sent()
    const project = visitor(app, worker)
    const base = '/o/community-roots'
    for (const path of [
      `${base}/placements`,
      `${base}/placements/${id}`,
      `${base}/placements/${id}/decline`,
      `${base}/places`,
    ]) {
      const { status, html } = await project.get(path)
      expect([path, status]).toEqual([path, 200])
      expect(html).not.toMatch(IDENTITY)
    }
    const decide = readable((await project.get(`${base}/placements/${id}`)).html)
    for (const known of ['Loneliness or isolation', '65 to 74', 'SO14 (approximate)', 'Risk known', '10 places free'])
      expect(decide).toContain(known)
    const accepted = await project.send(`${base}/placements/${id}/accept`, {}, `${base}/placements/${id}`)
    expect(accepted.location).toBe(`${base}/placements/${id}?done=accepted`)
    const person = (await project.get(accepted.location ?? '')).html
    for (const known of ['Zebedee Quillfeather', '07700 900777', 'Zebedee reads lips']) expect(person).toContain(known)
    expect(person).not.toMatch(/Husband controls|Sealed reason|999 000 0018/)
    const [row] = await context.db.read.select().from(placements).where(eq(placements.id, id))
    const work = visitor(app, navigator)
    await work.send(`/o/so-linked/placements/${id}/withdraw`, { reason: 'health' })
    expect((await work.get(`/o/so-linked/referrals/${row?.referralId}`)).html).toContain('Withdrawn')
    const over = (await project.get(`${base}/placements/${id}`)).html
    expect(over).not.toMatch(IDENTITY)
    expect(readable(over)).toContain('Your access to this person’s details has ended')
  })
})

describe('what belongs to another organisation', () => {
  it('is a page not found, on every address, and each try leaves one audit row', async () => {
    const { app, city, given, context, otherReferrer, otherNavigator, otherWorker } = await aCity()
    const placement = await given.referral(city, SECRET, RISKS).accepted()
    const [row] = await context.db.read.select().from(placements).where(eq(placements.id, placement.id))
    const referral = `referrals/${row?.referralId}`
    const place = `placements/${placement.id}`
    const gets = [referral, `${referral}/sent`, `${referral}/risks`, `${referral}/contact`, `${referral}/plan`]
    const more = [`${referral}/matches`, `${referral}/close`, `${referral}/withdraw`, `${referral}/assign`]
    const places = [place, `${place}/decline`, `${place}/end`, `${place}/withdraw`]
    for (const who of [otherReferrer, otherNavigator, otherWorker]) {
      for (const path of [...gets, ...more, ...places]) {
        const before = await context.db.read.$count(auditRows)
        const { status, html } = await visitor(app, who).get(`/o/${who.organisation}/${path}`)
        expect([who.role, path, status]).toEqual([who.role, path, 404])
        expect(html).not.toMatch(IDENTITY)
        expect(readable(html)).toContain('There is nothing at this address that you can see')
        expect([path, await context.db.read.$count(auditRows)]).toEqual([path, before + 1])
      }
    }
  })

  it('cannot be changed by a form either', async () => {
    const { app, city, given, otherNavigator, otherWorker, context } = await aCity()
    const placement = await given.referral(city).sent()
    const [row] = await context.db.read.select().from(placements).where(eq(placements.id, placement.id))
    const navigator = visitor(app, otherNavigator)
    const theirs = `/o/${otherNavigator.organisation}`
    const referral = `${theirs}/referrals/${row?.referralId}`
    const forms: [string, Record<string, string>][] = [
      [`${referral}/take`, {}],
      [`${referral}/contact`, { outcome: 'spoke', channel: 'phone' }],
      [`${referral}/plan`, { needs: 'loneliness', agrees: 'yes' }],
      [`${referral}/placements`, { groupId: city.group.id }],
      [`${referral}/close`, { outcome: 'completed', summary: 'Done' }],
      [`${referral}/withdraw`, { reason: 'other' }],
    ]
    for (const [path, fields] of forms)
      expect([path, (await navigator.send(path, fields, `${theirs}/board`)).status]).toEqual([path, 404])
    const worker = visitor(app, otherWorker)
    const own = `/o/${otherWorker.organisation}`
    for (const step of ['accept', 'decline', 'book', 'attendance', 'end']) {
      const fields = {
        reason: 'other',
        day: '2026-11-26',
        time: '10:00',
        sessionOn: '2026-11-23',
        outcome: 'completed',
      }
      const answer = await worker.send(`${own}/placements/${placement.id}/${step}`, fields, `${own}/places`)
      expect([step, answer.status]).toEqual([step, 404])
    }
    const [after] = await context.db.read.select().from(placements).where(eq(placements.id, placement.id))
    expect(after).toEqual(row)
  })

  it('is not reached by naming their organisation in the address', async () => {
    const { app, otherNavigator } = await aCity()
    expect((await visitor(app, otherNavigator).get('/o/so-linked/board')).status).toBe(404)
    expect((await visitor(app, otherNavigator).get('/o/no-such-place/board')).status).toBe(404)
  })
})

describe('what another role of the same organisation does', () => {
  it('is refused in words', async () => {
    const { app, referrer, worker, navigator, city, given } = await aCity()
    const { id } = await given.referral(city).contacted()
    const tries = [
      [referrer, '/o/st-marys-surgery/board'],
      [referrer, `/o/st-marys-surgery/referrals/${id}/close`],
      [referrer, `/o/st-marys-surgery/referrals/${id}/risks`],
      [worker, '/o/community-roots/refer'],
      [worker, '/o/community-roots/board'],
      [navigator, '/o/so-linked/places'],
      [navigator, '/o/so-linked/placements'],
    ] as const
    for (const [who, path] of tries) {
      const { status, html } = await visitor(app, who).get(path)
      expect([path, status]).toEqual([path, 403])
      expect(readable(html)).toContain('You cannot do this')
    }
  })
})
