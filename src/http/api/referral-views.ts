import { z } from 'zod'
import { listFailedMessages, listReferralMessages } from '../../actions/outbox/referral-messages.ts'
import { countReferralFits } from '../../actions/referrals/count-fits.ts'
import { listMatches } from '../../actions/referrals/list-matches.ts'
import { listReferrals } from '../../actions/referrals/list-referrals.ts'
import { listHistory, openReferral, readRisks } from '../../actions/referrals/open-referral.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { pageOfAll, tagged } from './answering.ts'
import { described, IdParams, pageOf, pageQuery } from './shapes/basics.ts'
import { MatchShape } from './shapes/matches.ts'
import { FailedMessageShape, MessageShape } from './shapes/messages.ts'
import { FitFiguresShape } from './shapes/placements.ts'
import { HistoryEntryShape, ReferralQuery, ReferralShape, ReferralSummaryShape, RiskShape } from './shapes/referrals.ts'

const TAG = 'Referrals'
const config = { access: 'signed-in' } as const
const PageQuery = z.strictObject(pageQuery)

/** What may be read of referrals. Reading one is recorded. */
export async function addReferralViews(app: App): Promise<void> {
  app.get(
    '/referrals',
    {
      config,
      schema: {
        ...described(TAG, 'listReferrals', 'The referrals you may see, newest first', {
          200: pageOf(ReferralSummaryShape),
        }),
        querystring: ReferralQuery,
      },
    },
    (request) => {
      if (request.query.search) app.countSearch(request)
      return listReferrals(request.context, actorOf(request), request.query)
    },
  )

  app.get(
    '/referrals/:id',
    {
      config,
      schema: { ...described(TAG, 'openReferral', 'One referral', { 200: ReferralShape }), params: IdParams },
    },
    async (request, reply) => tagged(reply, await openReferral(request.context, actorOf(request), request.params.id)),
  )

  app.get(
    '/referrals/:id/history',
    {
      config,
      schema: {
        ...described(TAG, 'listHistory', 'What happened, oldest first', { 200: pageOf(HistoryEntryShape) }),
        params: IdParams,
        querystring: PageQuery,
      },
    },
    async (request) => {
      const history = await listHistory(request.context, actorOf(request), request.params.id)
      return pageOfAll(history, request.query, ({ id }) => id)
    },
  )

  app.get(
    '/referrals/:id/matches',
    {
      config,
      schema: {
        ...described(TAG, 'listMatches', 'Groups for this person, best first', { 200: pageOf(MatchShape) }),
        params: IdParams,
        querystring: PageQuery,
      },
    },
    async (request) => {
      const matches = await listMatches(request.context, actorOf(request), request.params.id)
      return pageOfAll(matches, request.query, ({ projectId, groupId }) => groupId ?? projectId)
    },
  )

  app.get(
    '/referrals/:id/risks',
    {
      config,
      schema: {
        ...described(TAG, 'readRisks', 'The risks in detail', { 200: pageOf(RiskShape) }),
        params: IdParams,
      },
    },
    async (request) => ({ items: await readRisks(request.context, actorOf(request), request.params.id), next: null }),
  )

  app.get(
    '/referrals/:id/messages',
    {
      config,
      schema: {
        ...described(TAG, 'listReferralMessages', 'What became of each message', { 200: pageOf(MessageShape) }),
        params: IdParams,
        querystring: PageQuery,
      },
    },
    async (request) => {
      const messages = await listReferralMessages(request.context, actorOf(request), request.params.id)
      return pageOfAll(messages, request.query, ({ id }) => id)
    },
  )

  app.get(
    '/referral-quality',
    {
      config,
      schema: described(TAG, 'countReferralFits', 'What projects say of your referrals, in the last year', {
        200: FitFiguresShape,
      }),
    },
    (request) => countReferralFits(request.context, actorOf(request)),
  )

  app.get(
    '/failed-messages',
    {
      config,
      schema: {
        ...described(TAG, 'listFailedMessages', 'Messages given up: somebody has to be told another way', {
          200: pageOf(FailedMessageShape),
        }),
        querystring: PageQuery,
      },
    },
    (request) => listFailedMessages(request.context, actorOf(request), request.query),
  )
}
