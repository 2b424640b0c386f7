import { describe, expect, it } from 'vitest'
import { openApp } from '../support/app.ts'
import { A_PLAN } from '../support/given-referral.ts'
import { countRows } from '../support/no-trace.ts'
import { REQUEST } from './requests.ts'

type Problem = { code: string; errors: { pointer: string; code: string; detail: string }[] }
const places = ({ errors }: Problem) => errors.map(({ pointer, code }) => `${pointer} ${code}`).sort()

describe('a referral that is not right', () => {
  it('is refused with every fault at once, each with its place, a code and words, and leaves no trace', async () => {
    const { context, given, call } = await openApp()
    const { referrer } = await given.city()
    const before = await countRows(context.db)
    const body = {
      person: {
        fullName: '',
        dateOfBirth: '2026-02-30',
        nhsNumber: '999 000 0019',
        phone: 'ring me',
        email: 'nobody',
        postcode: 'ZZ1 1ZZ',
        gender: 'lady',
        shoeSize: 38,
        address: { lines: [], postcode: 'SO14 0YN' },
      },
      needs: ['loneliness', 'company'],
      reason: 'x'.repeat(2001),
      priority: 'asap',
      risks: [{ kind: 'dogs', detail: 5 }],
      consent: { shareWithNavigator: 'yes', 'a/b~c': 1 },
      projectID: 'x',
      'x~/y': 1,
    }
    const answer = await call(referrer, 'POST', '/referrals', { body })
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-input', status: 400 } })
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(places(answer.body)).toEqual([
      '/consent/a~1b~0c unknown-key',
      '/consent/shareWithNavigator wrong-type',
      '/needs/1 not-on-list',
      '/person/address/lines too-few',
      '/person/dateOfBirth not-valid',
      '/person/email wrong-format',
      '/person/fullName missing',
      '/person/gender not-on-list',
      '/person/nhsNumber not-valid',
      '/person/phone not-valid',
      '/person/postcode not-valid',
      '/person/shoeSize unknown-key',
      '/priority not-on-list',
      '/projectID unknown-key',
      '/reason too-long',
      '/risks/0/detail wrong-type',
      '/risks/0/kind not-on-list',
      '/x~0~1y unknown-key',
    ])
    for (const { detail } of answer.body.errors) expect(detail).toMatch(/^[A-Z“].* .*\w/)
    expect(answer.body.detail).toBe('18 parts of the request are missing or not right.')
    expect(answer.body.instance).toBe(answer.headers['x-request-id'])
    expect(await countRows(context.db)).toEqual(before)
  })

  it('names everything that is missing', async () => {
    const { given, call } = await openApp()
    const { referrer } = await given.city()
    const { body } = await call(referrer, 'POST', '/referrals', { body: {} })
    expect(places(body)).toEqual(
      ['/consent', '/needs', '/person', '/priority', '/reason', '/risks'].map((place) => `${place} missing`),
    )
  })

  it('hears of a missing key together with the rest', async () => {
    const { given, call } = await openApp()
    const { referrer } = await given.city()
    const { status, body } = await call(referrer, 'POST', '/referrals', { body: { ...REQUEST, needs: [] }, key: null })
    expect([status, body.code, ...places(body)]).toEqual([400, 'invalid-input', ' key-missing', '/needs too-few'])
  })

  it.each([
    ['999 000 0019', 'This is not a valid NHS number. Check the last digit'],
    ['99900001', expect.stringContaining('10 digits')],
  ])('says what is wrong with the NHS number %s', async (nhsNumber, detail) => {
    const { given, call } = await openApp()
    const { referrer } = await given.city()
    const body = { ...REQUEST, person: { ...REQUEST.person, nhsNumber } }
    const answer = await call(referrer, 'POST', '/referrals', { body })
    expect(answer.body.errors).toEqual([{ pointer: '/person/nhsNumber', code: 'not-valid', detail }])
    expect(answer.body.detail).toBe(answer.body.errors[0].detail)
  })

  it.each([
    ['a list', [REQUEST], ' wrong-type'],
    ['a text', '"referral"', ' wrong-type'],
    ['null', 'null', ' missing'],
    ['a number', '5', ' wrong-type'],
  ])('may not be %s', async (_, body, place) => {
    const { given, call } = await openApp()
    const { referrer } = await given.city()
    const answer = await call(referrer, 'POST', '/referrals', { body })
    expect([answer.status, ...places(answer.body)]).toEqual([400, place])
  })

  it('may not be from the future, nor without agreement or another basis', async () => {
    const { given, call } = await openApp()
    const { referrer } = await given.city()
    const unborn = { ...REQUEST, person: { ...REQUEST.person, dateOfBirth: '2026-11-24' } }
    expect(places((await call(referrer, 'POST', '/referrals', { body: unborn })).body)[0]).toMatch(/dateOfBirth/)
    const unasked = { ...REQUEST, consent: { shareWithNavigator: false } }
    expect(places((await call(referrer, 'POST', '/referrals', { body: unasked })).body)[0]).toMatch(/^\/basis /)
  })
})

describe('other calls', () => {
  it('refuse what they do not know', async () => {
    const { given, call } = await openApp()
    const city = await given.city()
    const { navigator, worker, lead } = city
    const referral = await given.referral(city).active()
    const placement = await given.referral(city, { fullName: 'Ada Two' }).sent()
    const at = `/referrals/${referral.id}`
    const there = `/placements/${placement.id}`
    const faults: [typeof navigator, string, unknown, string[]][] = [
      [lead, `${at}/assign`, {}, [' not-valid']],
      [lead, `${at}/assign`, { toMe: true, navigatorId: navigator.userId }, [' not-valid']],
      [lead, `${at}/assign`, { toMe: false }, ['/toMe not-on-list']],
      [lead, `${at}/assign`, { navigatorId: 'nobody' }, ['/navigatorId not-a-navigator']],
      [
        navigator,
        `${at}/contacts`,
        { outcome: 'shouted', channel: 'pigeon', x: 1 },
        ['/channel not-on-list', '/outcome not-on-list', '/x unknown-key'],
      ],
      [
        navigator,
        `${at}/activate`,
        { ...A_PLAN, goals: [{ text: '', importance: 11 }] },
        ['/goals/0/importance too-large', '/goals/0/text missing'],
      ],
      [navigator, `${at}/activate`, {}, ['/consent missing', '/goals missing', '/needs missing', '/strengths missing']],
      [navigator, `${at}/placements`, {}, ['/groupId missing']],
      [
        navigator,
        `${at}/close`,
        { outcome: 'won', goals: [{ id: 'x', result: 'yes' }] },
        ['/goals/0/result not-on-list', '/outcome not-on-list'],
      ],
      [navigator, `${at}/close`, { outcome: 'closed_early' }, ['/reason missing', '/summary missing']],
      [
        navigator,
        `${at}/close`,
        { outcome: 'completed', summary: 'Done', goals: [{ id: 'x', result: 'not' }] },
        ['/goals not-found'],
      ],
      [navigator, `${at}/withdraw`, { reason: 'bored' }, ['/reason not-on-list']],
      [navigator, `${at}/ask`, { question: '', text: 'x' }, ['/question missing', '/text unknown-key']],
      [navigator, `${at}/answer`, {}, ['/text missing']],
      [
        navigator,
        `${at}/redirect`,
        { to: 'a\nb', consent: { shareWithTeam: 'yes' }, basis: { kind: 'hunch', reason: 'x' } },
        ['/basis/kind not-on-list', '/consent/shareWithTeam wrong-type', '/reason missing', '/to not-valid'],
      ],
      [navigator, `${at}/answer-redirect`, { accepted: 'yes' }, ['/accepted wrong-type']],
      [navigator, `${at}/hold`, { restartsOn: 'soon' }, ['/reason missing', '/restartsOn not-valid']],
      [navigator, `${at}/resume`, { now: true }, ['/now unknown-key']],
      [navigator, `${at}/reopen`, { reason: 'x', consent: {} }, ['/consent/shareWithNavigator missing']],
      [navigator, `${at}/signposts`, {}, [' not-valid']],
      [navigator, `${at}/signposts`, { projectId: 'nothing' }, ['/projectId not-found']],
      [navigator, `${at}/withdraw-consent`, {}, ['/provider missing']],
      [navigator, `${at}/undo`, { undo: 1 }, ['/undo unknown-key']],
      [worker, `${there}/ask`, { question: 'x'.repeat(2001) }, ['/question too-long']],
      [worker, `${there}/waitlist`, { first: true }, ['/first unknown-key']],
      [worker, `${there}/offer`, { outOfOrder: '' }, ['/outOfOrder missing']],
      [worker, `${there}/answer-offer`, { answer: 'maybe' }, ['/answer not-on-list']],
      [worker, `${there}/redirect`, { note: 5 }, ['/note wrong-type', '/projectId missing']],
      [worker, `${there}/did-not-start`, { note: '' }, ['/note missing']],
      [worker, `${there}/review`, { note: 'x'.repeat(2001) }, ['/note too-long']],
      [worker, `${there}/contacts`, { outcome: 'spoke' }, ['/channel missing']],
      [navigator, `${there}/pause`, {}, ['/restartsOn missing']],
      [worker, `/groups/${city.group.id}/cancel`, { reason: '\u200b' }, ['/reason not-valid']],
      [worker, `${there}/open`, { seen: true }, ['/seen unknown-key']],
      [worker, `${there}/accept`, { overOthers: '' }, ['/overOthers missing']],
      [worker, `${there}/decline`, {}, ['/reason missing']],
      [worker, `${there}/book`, { startsAt: '2026-11-26T10:00' }, ['/startsAt wrong-format']],
      [worker, `${there}/book`, { startsAt: '0000-01-01T00:00:00Z' }, ['/startsAt not-valid']],
      [worker, `${there}/book`, { startsAt: '2026-11-22T10:00:00Z' }, ['/startsAt in-the-past']],
      [
        worker,
        `${there}/attendance`,
        { sessionOn: '26/11/2026', attended: 'yes' },
        ['/attended wrong-type', '/sessionOn not-valid'],
      ],
      [worker, `${there}/attendance`, { sessionOn: '2026-11-24', attended: true }, ['/sessionOn in-the-future']],
      [
        worker,
        `${there}/complete`,
        { outcome: 'done', note: 'x'.repeat(2001) },
        ['/note too-long', '/outcome not-on-list'],
      ],
    ]
    for (const [who, path, body, expected] of faults) {
      const answer = await call(who, 'POST', path, { body })
      expect([path, answer.status, ...places(answer.body)]).toEqual([path, 400, ...expected])
    }
  })

  it.each([
    ['limit=0', '/limit not-valid'],
    ['limit=201', '/limit not-valid'],
    ['limit=ten', '/limit not-valid'],
    ['limit=1&limit=2', '/limit wrong-type'],
    ['after=%00', '/after not-valid'],
    ['after=nonsense', '/after not-valid'],
    ['after=WyJub3ciLCJpZCJd', '/after bad-cursor'],
    ['after=WyIyMDI2LTExLTIzVDA5OjAwOjAwWiIsIlx1MDAwMCJd', '/after not-valid'],
    // No such day, no such hour, and no id of ours.
    ['after=WyIyMDI2LTAyLTMxIiwiYSJd', '/after bad-cursor'],
    ['after=WyIyMDI2LTExLTIzVDI5OjAwOjAwLjAwMFoiLCJhIl0', '/after bad-cursor'],
    ['after=WyIyMDI2LTExLTIzVDA5OjAwOjAwLjAwMFoiLCJhIGIiXQ', '/after bad-cursor'],
    ['status=open', '/status/0 not-on-list'],
    ['overdue=perhaps', '/overdue not-on-list'],
    ['priority=high&need=company', '/need not-on-list,/priority not-on-list'],
    ['search=a%00b', '/search not-valid'],
    ['assignee=a%00b', '/assignee not-valid'],
    ['colour=red', '/colour unknown-key'],
  ])('a list refuses ?%s', async (query, expected) => {
    const { given, call } = await openApp()
    const answer = await call(await given.user('navigator'), 'GET', `/referrals?${query}`)
    expect([answer.status, answer.body.code, places(answer.body).join()]).toEqual([400, 'invalid-input', expected])
  })
})
