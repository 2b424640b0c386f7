import type { z } from 'zod'
import type { Context } from '../../actions/context.ts'
import { acceptPlacement } from '../../actions/placements/accept-placement.ts'
import { bookPlacement } from '../../actions/placements/book-placement.ts'
import { declinePlacement } from '../../actions/placements/decline-placement.ts'
import { endPlacement } from '../../actions/placements/end-placement.ts'
import { listPlacements } from '../../actions/placements/list-placements.ts'
import { markSeen, openPlacement } from '../../actions/placements/open-placement.ts'
import { recordAttendance } from '../../actions/placements/record-attendance.ts'
import { withdrawPlacement } from '../../actions/placements/withdraw-placement.ts'
import type { Actor } from '../../domain/organisation.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { tagged } from './answering.ts'
import { movesOf } from './moves.ts'
import { described, IdParams, pageOf } from './shapes/basics.ts'
import {
  AcceptBody,
  AttendanceBody,
  BookBody,
  CompleteBody,
  DeclineBody,
  NothingBody,
  PlacementQuery,
  PlacementShape,
  WithdrawBody,
} from './shapes/placements.ts'

const TAG = 'Placements'

export async function addPlacements(app: App): Promise<void> {
  app.get(
    '/placements',
    {
      config: { access: 'signed-in' },
      schema: {
        ...described(TAG, 'listPlacements', 'The placements you may see, newest first', {
          200: pageOf(PlacementShape),
        }),
        querystring: PlacementQuery,
      },
    },
    (request) => listPlacements(request.context, actorOf(request), request.query),
  )

  app.get(
    '/placements/:id',
    {
      config: { access: 'signed-in' },
      schema: { ...described(TAG, 'openPlacement', 'One placement', { 200: PlacementShape }), params: IdParams },
    },
    async (request, reply) => tagged(reply, await openPlacement(request.context, actorOf(request), request.params.id)),
  )

  const move = movesOf(app, { noun: 'placements', tag: TAG, answer: PlacementShape })
  move('open', 'markSeen', 'Say that the project has seen it', NothingBody, markSeen)
  move('accept', 'acceptPlacement', 'Take the person, and one place', AcceptBody, acceptOrNothing, 'required')
  move('decline', 'declinePlacement', 'Say no, with a reason', DeclineBody, declinePlacement)
  move('book', 'bookPlacement', 'Arrange the first session', BookBody, bookPlacement)
  move('attendance', 'recordAttendance', 'Record a session', AttendanceBody, recordAttendance, 'required')
  move('complete', 'endPlacement', 'Record how it ended', CompleteBody, endPlacement)
  move('withdraw', 'withdrawPlacement', 'Withdraw a placement', WithdrawBody, withdrawPlacement)
}

const acceptOrNothing = (context: Context, actor: Actor, id: string, body: z.output<typeof AcceptBody>) =>
  acceptPlacement(context, actor, id, body ?? {})
