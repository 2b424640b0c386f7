import ICAL from 'ical.js'
import { beforeEach, describe, expect, it } from 'vitest'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { bookPlacement } from '../../src/actions/placements/book-placement.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City } from '../support/given.ts'
import { addressesInMail, POST } from '../support/links.ts'
import { type Visitor, visitor } from './visitor.ts'

const REACHABLE = {
  email: 'maria@home.example',
  safeContact: { voicemail: false, text: false, email: true, post: false },
}

let test: TestApp
let city: City
let anybody: Visitor

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city()
  anybody = visitor(test.app)
})

/** The file behind the newest letter about a first visit, as a strict reader takes it. */
async function fileOf(startsAt: string) {
  const { id } = await test.given.referral(city, REACHABLE).accepted()
  await bookPlacement(test.context, city.worker, id, { startsAt: new Date(startsAt) })
  await deliverMessages(test.context, POST)
  const address = (await addressesInMail(test.context)).filter((path) => path.startsWith('/visit/')).at(-1) ?? ''
  const answer = await anybody.get(address)
  return { ...answer, id, address, event: eventIn(answer.html) }
}

function eventIn(file: string) {
  ICAL.design.strict = true
  const calendar = new ICAL.Component(ICAL.parse(file))
  expect(calendar.getAllSubcomponents().map(({ name }) => name)).toEqual(['vevent'])
  const [component] = calendar.getAllSubcomponents('vevent')
  if (!component) throw new Error('There is no event in the file.')
  return { calendar, component, event: new ICAL.Event(component) }
}

describe('the calendar file of a first visit', () => {
  it('is one that a strict reader takes, with the moment, the place and a reminder', async () => {
    const { status, headers, html, event } = await fileOf('2026-11-26T10:00:00Z')
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      200,
      'text/calendar; charset=utf-8; method=PUBLISH',
      'no-store',
    ])
    expect(headers['content-disposition']).toBe('attachment; filename="appointment.ics"')
    expect(html.split('\r\n').every((line) => Buffer.byteLength(line) <= 75 && !line.includes('\n'))).toBe(true)
    expect(event.event.startDate.toJSDate()).toEqual(new Date('2026-11-26T10:00:00Z'))
    expect(event.event.startDate.zone.tzid).toBe('UTC')
    expect(event.event.location).toBe('The hall')
    const alarm = event.component.getFirstSubcomponent('valarm')
    expect([
      alarm?.getFirstPropertyValue('action'),
      alarm?.getFirstPropertyValue('description'),
      String(alarm?.getFirstPropertyValue('trigger')),
    ]).toEqual(['DISPLAY', 'Appointment', '-PT120M'])
  })

  it('says the same moment in summer', async () => {
    test.clock.set('2027-06-01T09:00:00Z')
    const { event } = await fileOf('2027-06-10T10:00:00+01:00')
    expect(event.event.startDate.toJSDate()).toEqual(new Date('2027-06-10T09:00:00Z'))
  })

  it('says neither who, nor what for, nor by whom', async () => {
    const { html, id, address } = await fileOf('2026-11-26T10:00:00Z')
    const said = `${html} ${address}`
    for (const secret of ['Maria', 'Okafor', 'Community', 'Roots', 'oneli', 'SP-', 'home.example', '07700', id])
      expect(said).not.toContain(secret)
  })

  it('is no longer there once the visit is past, and says so', async () => {
    const { address } = await fileOf('2026-11-26T10:00:00Z')
    test.clock.set('2026-11-26T10:00:01Z')
    const { status, html } = await anybody.get(address)
    expect(status).toBe(404)
    expect(html).toContain('This appointment is not here any more')
  })
})
