import { describe, expect, it } from 'vitest'
import type { ReferralMessage } from '../../src/actions/outbox/referral-messages.ts'
import { askNavigator } from '../../src/actions/placements/ask-navigator.ts'
import { openPlacement } from '../../src/actions/placements/open-placement.ts'
import { askReferrer } from '../../src/actions/referrals/ask-referrer.ts'
import { listHistory, openReferral } from '../../src/actions/referrals/open-referral.ts'
import { messageLines } from '../../src/http/web/messages.ts'
import { decideModel } from '../../src/http/web/placement.ts'
import { openQuestion, type Question } from '../../src/http/web/questions.ts'
import { followModel } from '../../src/http/web/referral-follow.ts'
import { workModel } from '../../src/http/web/referral-work.ts'
import { cameWith, questionLines } from '../../src/http/web/standing.ts'
import { render } from '../../src/templates.ts'
import { openApp } from '../support/app.ts'
import { readable } from './visitor.ts'

const at = (day: string) => new Date(`${day}T10:00:00Z`)
const asked = (more: Partial<Question>): Question & { askedBy: string } => ({
  id: 'q',
  askedBy: 'somebody',
  placementId: null,
  text: 'Which days?',
  askedAt: at('2026-11-23'),
  answer: null,
  answeredAt: null,
  ...more,
})

const page = {
  title: '',
  back: null,
  isWide: false,
  done: null,
  hasErrors: false,
  faults: [],
  assets: { nhsuk: '', own: '', mark: '' },
  demo: false,
  hasMailbox: false,
  csrf: '',
  canPost: false,
  key: '',
  user: null,
  organisation: null,
  mail: null,
  home: '/',
  navigation: [],
  otherOrganisations: [],
}
const shown = (template: string, model: object) => readable(render(`pages/${template}.njk`, { ...model, page }))

const message = (more: Partial<ReferralMessage>): ReferralMessage => ({
  id: 'm',
  noticeText: 'A question about your referral',
  notice: 'referral-question',
  to: 'organisation',
  toName: 'The practice',
  state: 'sent',
  why: null,
  at: at('2026-11-23'),
  isDigest: false,
  isRepeated: false,
  handledAt: null,
  ...more,
})

describe('questions', () => {
  const answered = asked({ id: 'a', answer: 'Mondays', answeredAt: at('2026-11-24') })
  const lapsed = asked({ id: 'b', answeredAt: at('2026-11-24') })
  const ofProject = asked({ id: 'c', placementId: 'p', text: 'Stairs?' })

  it('are those of the referral or of one project, and the open one is the newest without an end', () => {
    const all = [answered, lapsed, asked({}), ofProject]
    expect(questionLines(all, null)).toHaveLength(3)
    expect(questionLines(all, 'p').map(({ text }) => text)).toEqual(['Stairs?'])
    expect(openQuestion(all, null)?.id).toBe('q')
    expect(openQuestion([answered, lapsed], null)).toBeUndefined()
    expect([questionLines(undefined, null), openQuestion(undefined, null)]).toEqual([[], undefined])
  })

  it('stand on the pages of both sides', async () => {
    const { context, given } = await openApp()
    const city = await given.city()
    const { id } = await given.referral(city).assigned()
    await askReferrer(context, city.navigator, id, { question: 'Which days?' })
    const extras = { questions: [answered, asked({})], onBehalfOf: { name: 'Ngozi', relationship: 'daughter' } }
    const own = { ...(await openReferral(context, city.referrer, id)), ...extras }
    const follow = followModel(own, await listHistory(context, city.referrer, id), city.referrer, '/o/x')
    const first = shown('referral-follow', follow)
    expect(first).toMatch(/A question for you Which days\? Your answer .*Questions and answers .*Mondays/)
    expect(first).toContain('Asked for by Ngozi (daughter)')
    const work = {
      ...(await openReferral(context, city.navigator, id)),
      ...extras,
      signposts: [
        {
          id: 's',
          projectId: null,
          text: 'Coffee morning',
          madeAt: at('2026-11-23'),
          askOn: null,
          answer: null,
          answeredAt: null,
        },
      ],
    }
    const messages = [message({}), message({ state: 'failed', why: 'No such mailbox.' })]
    const history = await listHistory(context, city.navigator, id)
    const text = shown(
      'referral-work',
      workModel(work, history, city.navigator, '/o/x', { messages, today: '2026-11-23' }),
    )
    expect(text).toMatch(/Questions and answers .*Which days\? Mondays .*Which days\? No answer yet\./)
    expect(text).toMatch(/Pointed to Coffee morning/)
    expect(text).toMatch(
      /Messages that were sent \(2\), 1 could not be A question about your referral Could not be sent .*No such mailbox\..* Sent To/,
    )
  })

  it('of a project stand on its page with the answer, and on the card of the referral', async () => {
    const { context, given } = await openApp()
    const city = await given.city()
    const { id } = await given.referral(city).sent()
    await askNavigator(context, city.worker, id, { question: 'Stairs?' })
    const extras = { questions: [asked({ placementId: id, text: 'Stairs?' })], waitingSince: at('2026-11-23') }
    const placement = { ...(await openPlacement(context, city.worker, id)), ...extras }
    const text = shown('placement-decide', { ...decideModel(placement, '/o/x'), form: { values: {}, errors: {} } })
    expect(text).toMatch(/On the list since Mon 23 November 2026 .*Your question Asked Mon 23 November Stairs\?/)
  })
})

describe('what came with it', () => {
  it('says the way in and the wish, where there is one', async () => {
    const { context, given } = await openApp()
    const city = await given.city()
    const referral = await openReferral(context, city.referrer, (await given.referral(city).submitted()).id)
    expect(cameWith({ ...referral, ...{ isDirect: false, wantedProject: null, onBehalfOf: null } })).toEqual([])
    const wish = { wantedProject: { id: 'p', name: 'Men’s Shed' } }
    expect(cameWith({ ...referral, ...wish })).toEqual([{ term: 'Would like', text: 'Men’s Shed' }])
    expect(cameWith({ ...referral, ...wish, ...{ isDirect: true } })).toEqual([
      { term: 'Way in', text: 'Referred straight to a project' },
    ])
  })
})

describe('messages', () => {
  it('stand newest first, and what failed before everything else', () => {
    const lines = messageLines([
      message({ at: at('2026-11-23') }),
      message({ at: at('2026-11-25'), state: 'queued', toName: 'The practice' }),
      message({ at: at('2026-11-24'), state: 'failed' }),
    ])
    expect(lines.map(({ tag, to }) => [tag.text, to])).toEqual([
      ['Could not be sent', 'The practice'],
      ['Waiting to be sent', 'The practice'],
      ['Sent', 'The practice'],
    ])
    expect(messageLines()).toEqual([])
  })
})
