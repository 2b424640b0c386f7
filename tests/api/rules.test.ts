import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { acceptPlacement } from '../../src/actions/placements/accept-placement.ts'
import { sendPlacement } from '../../src/actions/placements/send-placement.ts'
import { groups } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City } from '../support/given.ts'
import { countRows } from '../support/no-trace.ts'

/** Refused with this status and code, and nothing was written. */
async function refused(
  { context, call }: TestApp,
  expected: [number, string],
  ...attempt: Parameters<TestApp['call']>
): Promise<{ detail: string; errors: { pointer: string; code: string }[] }> {
  const before = await countRows(context.db)
  const answer = await call(...attempt)
  expect([answer.status, answer.body.code]).toEqual(expected)
  expect(answer.body.type).toBe(`http://127.0.0.1:3000/problems/${expected[1]}`)
  expect(await countRows(context.db)).toEqual(before)
  return answer.body
}

async function aCity(places?: number): Promise<TestApp & City> {
  const made = await openApp()
  return { ...made, ...(await made.given.city(places === undefined ? {} : { places })) }
}

describe('rules and states', () => {
  it('a step out of turn says what is possible instead', async () => {
    const app = await aCity()
    const { id } = await app.given.referral(app).assigned()
    const body = { groupId: app.group.id }
    const { detail } = await refused(app, [409, 'wrong-status'], app.navigator, 'POST', `/referrals/${id}/placements`, {
      body,
    })
    expect(detail).toContain('“assigned”')
    expect(detail).toContain('log a contact')
  })

  it('a full group takes nobody, and names the waiting list', async () => {
    const app = await aCity(1)
    await app.given.referral(app).accepted()
    const { id } = await app.given.referral(app, { fullName: 'Ada Two' }).sent()
    const { detail } = await refused(app, [409, 'group-full'], app.worker, 'POST', `/placements/${id}/accept`)
    expect(detail).toContain('waiting list')
  })

  it('a project’s rules come by name, and can be overridden with a reason', async () => {
    const app = await aCity()
    const { id } = await app.given.referral(app, { dateOfBirth: '2012-01-01' }).active()
    const at = `/referrals/${id}/placements`
    const body = { groupId: app.group.id }
    const problem = await refused(app, [409, 'not-eligible'], app.navigator, 'POST', at, { body })
    expect(problem.errors).toMatchObject([{ pointer: '/groupId', code: 'age' }])
    const override = { ...body, overrideReason: 'Agreed with the project by phone' }
    expect((await app.call(app.navigator, 'POST', at, { body: override })).status).toBe(201)
  })

  it('a paused group is sent nobody, and nobody is sent twice', async () => {
    const app = await aCity()
    const { id } = await app.given.referral(app).active()
    const at = `/referrals/${id}/placements`
    const body = { groupId: app.group.id }
    await app.call(app.navigator, 'POST', at, { body })
    await refused(app, [409, 'already-placed'], app.navigator, 'POST', at, { body })
    const paused = await app.given.group(app.project, { intakePaused: true })
    await refused(app, [409, 'intake-paused'], app.navigator, 'POST', at, { body: { groupId: paused.id } })
    await refused(app, [404, 'not-found'], app.navigator, 'POST', at, { body: { groupId: 'no such group' } })
  })

  it('without agreement nothing is shared, and with a place nothing is completed', async () => {
    const app = await aCity()
    const { id } = await app.given.referral(app).contacted()
    const plan = { needs: ['loneliness'], strengths: [], goals: [], consent: { shareWithProviders: false } }
    await refused(app, [409, 'consent-missing'], app.navigator, 'POST', `/referrals/${id}/activate`, { body: plan })
    const other = await app.given.referral(app, { fullName: 'Ada Two' }).active()
    const { id: placementId } = await sendPlacement(app.context, app.navigator, other.id, { groupId: app.group.id })
    await acceptPlacement(app.context, app.worker, placementId)
    const body = { outcome: 'completed', summary: 'Done.' }
    await refused(app, [409, 'placement-open'], app.navigator, 'POST', `/referrals/${other.id}/close`, { body })
    const gone = { outcome: 'unreachable', summary: 'No answer.' }
    await refused(app, [409, 'too-few-attempts'], app.navigator, 'POST', `/referrals/${id}/close`, { body: gone })
  })

  it('one register a day', async () => {
    const app = await aCity()
    const { id } = await app.given.referral(app).started()
    const body = { sessionOn: '2026-11-23', attended: true }
    await refused(app, [409, 'changed-meanwhile'], app.worker, 'POST', `/placements/${id}/attendance`, { body })
  })
})

describe('a group', () => {
  const places = (count: number) => ({ body: { places: count } })

  it('is changed by whoever has read its newest version', async () => {
    const app = await aCity()
    const at = `/groups/${app.group.id}`
    const { etag = '' } = (await app.call(app.worker, 'GET', at)).headers
    expect(etag).toBe('"1"')
    await refused(app, [428, 'version-missing'], app.worker, 'PATCH', at, places(5))
    const change = { ...places(5), headers: { 'if-match': String(etag) } }
    const changed = await app.call(app.worker, 'PATCH', at, change)
    expect(changed).toMatchObject({ status: 200, body: { places: 5, free: 5, version: 2 }, headers: { etag: '"2"' } })
    await refused(app, [412, 'stale-version'], app.worker, 'PATCH', at, change)
    for (const tag of ['*', '"x"', '2', '"2", "3"'])
      await refused(app, [412, 'stale-version'], app.worker, 'PATCH', at, {
        ...places(6),
        headers: { 'if-match': tag },
      })
  })

  it('keeps a place for everybody who has one', async () => {
    const app = await aCity(3)
    await app.given.referral(app).accepted()
    const headers = async () => ({
      'if-match': String((await app.call(app.worker, 'GET', `/groups/${app.group.id}`)).headers.etag),
    })
    const body = { places: 0 }
    await refused(app, [409, 'below-taken'], app.worker, 'PATCH', `/groups/${app.group.id}`, {
      body,
      headers: await headers(),
    })
    const wrong = { places: 1.5, intake: { paused: 1, until: 'June' }, colour: 'x' }
    const problem = await refused(app, [400, 'invalid-input'], app.worker, 'PATCH', `/groups/${app.group.id}`, {
      body: wrong,
      headers: await headers(),
    })
    expect(problem.errors.map(({ pointer, code }) => `${pointer} ${code}`).sort()).toEqual([
      '/colour unknown-key',
      '/intake/paused wrong-type',
      '/intake/until unknown-key',
      '/places wrong-type',
    ])
    await refused(app, [400, 'invalid-input'], app.worker, 'PATCH', `/groups/${app.group.id}`, {
      body: {},
      headers: await headers(),
    })
  })

  it('pauses, reopens, and is confirmed', async () => {
    const app = await aCity()
    const at = `/groups/${app.group.id}`
    const intake = { paused: true, reopensOn: '2027-01-04' }
    const paused = await app.call(app.worker, 'PATCH', at, { body: { intake }, headers: { 'if-match': '"1"' } })
    expect(paused.body.intake).toMatchObject({ ...intake, isOpen: false, opensOn: '2027-01-04' })
    await app.context.db.write((tx) =>
      tx
        .update(groups)
        .set({ capacityConfirmedAt: new Date('2026-10-01') })
        .where(eq(groups.id, app.group.id)),
    )
    expect((await app.call(app.worker, 'GET', at)).body).toMatchObject({ free: null, isConfirmed: false })
    const confirmed = await app.call(app.worker, 'POST', `${at}/confirm-capacity`)
    expect(confirmed).toMatchObject({ status: 200, body: { free: 10, confirmedAt: '2026-11-23T09:00:00.000Z' } })
  })
})

describe('lists', () => {
  it('come in pages that neither repeat nor leave out', async () => {
    const app = await aCity()
    for (const name of ['Ada One', 'Bea Two', 'Cyd Three', 'Dee Four', 'Eve Five'])
      await app.given.referral(app, { fullName: name }).submitted()
    const seen: string[] = []
    let path: string | null = '/referrals?limit=2'
    for (let pages = 0; path && pages < 9; pages++) {
      const { body }: { body: { items: { personName: string }[]; next: string | null } } = await app.call(
        app.navigator,
        'GET',
        path,
      )
      seen.push(...body.items.map(({ personName }) => personName))
      path = body.next && `/referrals?limit=2&after=${body.next}`
    }
    expect([...seen].sort()).toEqual(['Ada One', 'Bea Two', 'Cyd Three', 'Dee Four', 'Eve Five'])
  })

  it('find by name, reference, need, status and navigator', async () => {
    const app = await aCity()
    const { reference } = await app.given.referral(app, { fullName: 'Áine O’Connor' }).submitted()
    await app.given.referral(app, {}, { priority: 'urgent', needs: ['housing'] }).assigned()
    const count = async (query: string) =>
      (await app.call(app.navigator, 'GET', `/referrals?${query}`)).body.items.length
    expect(await count('search=aine')).toBe(1)
    expect(await count(`search=${reference.toLowerCase()}`)).toBe(1)
    expect(await count('search=%25')).toBe(0)
    expect(await count('need=housing')).toBe(1)
    expect(await count('status=submitted,assigned')).toBe(2)
    expect(await count('status=assigned&assignee=me&priority=urgent')).toBe(1)
    expect(await count('assignee=none')).toBe(1)
    expect(await count('overdue=true')).toBe(0)
    app.clock.set('2026-12-10T09:00:00Z')
  })

  it('short ones come in pages too', async () => {
    const app = await aCity()
    for (let more = 0; more < 3; more++) await app.given.user('navigator', app.service)
    const first = await app.call(app.lead, 'GET', '/users?limit=3')
    const rest = await app.call(app.lead, 'GET', `/users?limit=3&after=${first.body.next}`)
    const ids = [...first.body.items, ...rest.body.items].map(({ id }: { id: string }) => id)
    expect([first.body.items.length, rest.body.items.length, rest.body.next, new Set(ids).size]).toEqual([
      3,
      2,
      null,
      5,
    ])
    expect((await app.call(app.lead, 'GET', '/users?after=bm9ib2R5')).status).toBe(400)
    const { id } = await app.given.referral(app).active()
    const matches = await app.call(app.navigator, 'GET', `/referrals/${id}/matches?limit=1`)
    expect(matches.body).toMatchObject({ items: [{ groupId: app.group.id }], next: null })
    expect((await app.call(app.navigator, 'GET', '/projects')).body.items).toMatchObject([{ id: app.project.id }])
    expect((await app.call(app.navigator, 'GET', `/projects/${app.project.id}`)).body.groups).toHaveLength(1)
  })
})
