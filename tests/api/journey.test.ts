import { expect, it } from 'vitest'
import { openApp } from '../support/app.ts'
import { conforming } from '../support/conforming.ts'
import { PASSWORD } from '../support/given.ts'
import { A_PLAN } from '../support/given-referral.ts'
import { REQUEST } from './requests.ts'

const PERSON = { ...REQUEST.person, phone: '07700 900123', postcode: 'so140yn' }

it('goes from the practice to the outcome by the API alone', async () => {
  const app = await openApp()
  const { given } = app
  // Every answer on the way is held against the published description.
  const call = await conforming(app)
  const { referrer, navigator, worker, group, project } = await given.city()

  const sent = await call(referrer, 'POST', '/referrals', { body: { ...REQUEST, person: PERSON } })
  expect(sent.status).toBe(201)
  expect(sent.body).toMatchObject({ status: 'submitted', version: 1, nextAction: { what: 'triage' } })
  expect(sent.body.nextAction).toMatchObject({ owner: { kind: 'organisation' }, due: '2026-11-25' })
  const { id, reference } = sent.body
  expect(reference).toMatch(/^SP-\w{4}-\w{4}$/)
  const at = `/referrals/${id}`

  const board = await call(navigator, 'GET', '/referrals?status=submitted&priority=routine&overdue=false&limit=10')
  expect(board.body).toMatchObject({
    items: [{ id, personName: 'Maria Okafor', area: 'SO14 (approximate)' }],
    next: null,
  })

  const assigned = await call(navigator, 'POST', `${at}/assign`, { body: { toMe: true } })
  expect(assigned).toMatchObject({ status: 200, body: { status: 'assigned', nextAction: { what: 'first_contact' } } })
  const spoke = { outcome: 'spoke', channel: 'phone', note: 'Would love to garden again.' }
  expect(await call(navigator, 'POST', `${at}/contacts`, { body: spoke })).toMatchObject({
    status: 200,
    body: { status: 'contacted', contacts: [{ note: 'Would love to garden again.' }] },
  })
  expect(await call(navigator, 'POST', `${at}/activate`, { body: A_PLAN })).toMatchObject({
    status: 200,
    body: { status: 'active', goals: [{ importance: 8 }] },
  })

  const matches = await call(navigator, 'GET', `${at}/matches`)
  expect(matches.body.items[0]).toMatchObject({
    projectId: project.id,
    groupId: group.id,
    verdict: 'eligible',
    free: 10,
    expectedWaitDays: null,
  })

  const placed = await call(navigator, 'POST', `${at}/placements`, { body: { groupId: group.id } })
  expect(placed).toMatchObject({ status: 201, body: { status: 'sent', person: { fullName: 'Maria Okafor' } } })
  const there = `/placements/${placed.body.id}`

  const inbox = await call(worker, 'GET', '/placements?status=sent')
  expect(inbox.body.items).toMatchObject([{ id: placed.body.id, person: null, referralId: null }])
  expect(inbox.text).not.toContain('Okafor')
  expect(await call(worker, 'POST', `${there}/open`)).toMatchObject({ status: 200, body: { status: 'seen' } })
  expect(await call(worker, 'POST', `${there}/accept`)).toMatchObject({
    status: 200,
    body: { status: 'accepted', person: { fullName: 'Maria Okafor', postcode: 'SO14 0YN' } },
  })
  expect((await call(worker, 'GET', `/groups/${group.id}`)).body).toMatchObject({ taken: 1, free: 9 })
  const booking = { startsAt: '2026-11-26T10:00:00+00:00' }
  expect(await call(worker, 'POST', `${there}/book`, { body: booking })).toMatchObject({
    body: { status: 'booked', bookedFor: '2026-11-26T10:00:00.000Z' },
  })
  const came = { sessionOn: '2026-11-23', attended: true }
  expect(await call(worker, 'POST', `${there}/attendance`, { body: came })).toMatchObject({
    body: { status: 'started', attendances: [{ sessionOn: '2026-11-23', attended: true, late: false }] },
  })
  expect(await call(worker, 'POST', `${there}/complete`, { body: { outcome: 'completed' } })).toMatchObject({
    status: 200,
    body: { status: 'completed', nextAction: null },
  })

  const open = await call(navigator, 'GET', at)
  expect(open.headers.etag).toBe(`"${open.body.version}"`)
  expect(open.body).toMatchObject({ nextAction: { what: 'agree_next' }, placements: [{ status: 'completed' }] })
  const closing = {
    outcome: 'completed',
    summary: 'Gardens every Thursday.',
    goals: [{ id: open.body.goals[0].id, result: 'achieved' }],
  }
  expect(await call(navigator, 'POST', `${at}/close`, { body: closing })).toMatchObject({
    status: 200,
    body: { status: 'completed', nextAction: null, closing: { summary: 'Gardens every Thursday.' } },
  })

  const seenByReferrer = await call(referrer, 'GET', at)
  expect(seenByReferrer.body).toMatchObject({
    status: 'completed',
    contacts: null,
    riskKinds: null,
    closing: { summary: 'Gardens every Thursday.' },
  })
  const history = await call(referrer, 'GET', `${at}/history`)
  expect(history.body.items.map(({ type }: { type: string }) => type)).toContain('placement.started')
  expect(history.body.items.at(-1)).toMatchObject({ type: 'referral.completed', to: 'completed' })

  // What is left of the addresses, and a refusal.
  for (const path of ['/referrals', '/placements', '/projects', `/projects/${project.id}`, there, `${at}/risks`])
    expect((await call(navigator, 'GET', path)).status).toBe(200)
  expect((await call(navigator, 'GET', '/users?role=navigator')).body.items).toHaveLength(1)
  expect((await call(worker, 'POST', `/groups/${group.id}/confirm-capacity`)).body).toMatchObject({ version: 2 })
  expect((await call(navigator, 'POST', `${at}/withdraw`, { body: { reason: 'other' } })).status).toBe(409)
  expect((await call(null, 'POST', '/sessions', { body: { email: navigator.email, password: PASSWORD } })).status).toBe(
    201,
  )
})
