import type { FastifyReply, FastifyRequest } from 'fastify'
import { type ColleagueView, listColleagues } from '../../actions/access/list-colleagues.ts'
import { permit } from '../../actions/access/permit.ts'
import { cancelInvitation, resendInvitation } from '../../actions/service/invite-colleague.ts'
import { listInvitations } from '../../actions/service/list-invitations.ts'
import { LINK_DAYS, ROLE_WORDS } from '../../domain/colleague.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, atRecord, doneIn } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import type { FieldFault } from './forms.ts'
import { baseOf, show } from './layout.ts'

const DONE: Record<string, string> = {
  invited: `The invitation is on its way. Its link works for ${LINK_DAYS} days.`,
  again: 'A new invitation is on its way. The link in the earlier one does not work any more.',
  cancelled: 'The invitation is taken back. Its link does not work any more.',
  removed: 'Their access is removed. They can do nothing here any more, and their open work waits in the lead’s queue.',
  restored: 'They can sign in again.',
  saved: 'Saved.',
  password: `An e-mail with a link for a new password is on its way. It works for ${LINK_DAYS} days.`,
}

function standing({ isSuspended, isOnLeave }: ColleagueView) {
  if (isSuspended) return { text: 'No access', colour: 'grey' }
  return isOnLeave ? { text: 'On leave', colour: 'yellow' } : null
}

async function page(request: FastifyRequest, reply: FastifyReply, faults: FieldFault[] = [], status = 200) {
  const actor = actorOf(request)
  permit(actor, 'colleague.change')
  const base = baseOf(actor)
  const colleagues = await listColleagues(request.context, actor)
  const people = colleagues.map((colleague) => ({
    name: colleague.name,
    email: colleague.email,
    role: ROLE_WORDS[colleague.role],
    isYou: colleague.id === actor.userId,
    isSuspended: colleague.isSuspended,
    tag: standing(colleague),
    leave: colleague.leave,
    lastSignedInAt: colleague.lastSignedInAt,
    openReferrals: colleague.openReferrals,
    href: `${base}/colleagues/${colleague.id}`,
  }))
  const invitations = (await listInvitations(request.context, actor)).map((invitation) => ({
    ...invitation,
    role: invitation.role && ROLE_WORDS[invitation.role],
    resend: `${base}/invitations/${invitation.id}/resend`,
    cancel: `${base}/invitations/${invitation.id}/cancel`,
  }))
  const done = doneIn(request.query, DONE)
  const frame = { title: 'People', part: `${base}/colleagues`, done, faults }
  const model = { people, invitations, isAlone: people.length < 2, invite: `${base}/colleagues/invite` }
  return show(request, reply, 'colleagues', frame, model, status)
}

export function register(app: App): void {
  app.get('/o/:organisation/colleagues', atOrganisation, (request, reply) => page(request, reply))

  const verbs = [
    ['resend', resendInvitation, 'again'],
    ['cancel', cancelInvitation, 'cancelled'],
  ] as const
  for (const [verb, act, done] of verbs)
    app.post(`/o/:organisation/invitations/:id/${verb}`, atRecord, (request, reply) => {
      const actor = actorOf(request)
      return carryOut<unknown>(request, reply, {
        act: (context) => act(context, actor, request.params.id),
        goTo: () => `${baseOf(actor)}/colleagues?done=${done}`,
        again: (faults, status) => page(request, reply, faults, status),
      })
    })
}
