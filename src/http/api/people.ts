import { z } from 'zod'
import { changePerson } from '../../actions/people/change-person.ts'
import { openPerson } from '../../actions/people/open-person.ts'
import { breakGlass, listGlassUses } from '../../actions/referrals/break-glass.ts'
import { recognisePerson } from '../../actions/referrals/recognise-person.ts'
import { tellPeopleApart } from '../../actions/referrals/tell-apart.ts'
import { PersonChange } from '../../domain/person-change.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { tagged, versionOf } from './answering.ts'
import { movesOf } from './moves.ts'
import { described, IdParams, NothingBody, pageOf, pageQuery } from './shapes/basics.ts'
import { SamePersonBody, WholePersonShape } from './shapes/people.ts'

import { BreakGlassBody, BrokenGlassShape, GlassUseShape, ReferralShape } from './shapes/referrals.ts'

const TAG = 'People'
const config = { access: 'signed-in' } as const

/** The people behind the referrals, for those who work with them; and the door for emergencies. */
export async function addPeople(app: App): Promise<void> {
  app.get(
    '/people/:id',
    {
      config,
      schema: {
        ...described(TAG, 'openPerson', 'Somebody’s details', { 200: WholePersonShape }),
        params: IdParams,
      },
    },
    async (request, reply) => tagged(reply, await openPerson(request.context, actorOf(request), request.params.id)),
  )

  app.patch(
    '/people/:id',
    {
      config,
      schema: {
        ...described(TAG, 'changePerson', 'Correct somebody’s details', { 200: WholePersonShape }),
        params: IdParams,
        body: PersonChange,
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const version = versionOf(request)
      return tagged(reply, await changePerson(request.context, actor, request.params.id, version, request.body))
    },
  )

  const move = movesOf(app, { noun: 'referrals', tag: TAG, answer: ReferralShape })
  move('same-person', 'recognisePerson', 'Say that two referrals are of one person', SamePersonBody, recognisePerson)
  move('not-same-person', 'tellPeopleApart', 'Say that they are two people after all', NothingBody, tellPeopleApart)

  app.post(
    '/break-glass',
    {
      config,
      schema: {
        ...described(TAG, 'breakGlass', 'Open one referral in an emergency, once', { 201: BrokenGlassShape }),
        description:
          'Told to the organisations whose referral it is. An Idempotency-Key is not honoured: the answer is not kept, and whoever asks again has looked again.',
        body: BreakGlassBody,
      },
    },
    async (request, reply) => {
      void reply.status(201)
      return breakGlass(request.context, actorOf(request), request.body)
    },
  )

  app.get(
    '/break-glass',
    {
      config,
      schema: {
        ...described(TAG, 'listGlassUses', 'Emergency looks at referrals, newest first', {
          200: pageOf(GlassUseShape),
        }),
        querystring: z.strictObject(pageQuery),
      },
    },
    (request) => listGlassUses(request.context, actorOf(request), request.query),
  )
}
