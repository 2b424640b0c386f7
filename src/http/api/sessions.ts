import { z } from 'zod'
import { listColleagues } from '../../actions/access/list-colleagues.ts'
import { signOut } from '../../actions/access/sign-out.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { pageOfAll } from './answering.ts'
import { described, pageOf, pageQuery } from './shapes/basics.ts'
import { ColleagueQuery, ColleagueShape, SessionShape, SignInBody } from './shapes/people.ts'

/** Signing in and out, and who else is there. */
export async function addSessions(app: App): Promise<void> {
  app.post(
    '/sessions',
    {
      config: { access: 'public' },
      schema: { ...described('Sessions', 'signIn', 'Sign in', { 201: SessionShape }), body: SignInBody },
    },
    async (request, reply) => {
      const { session, user } = await app.tryToSignIn(request, request.body)
      const token = app.tokenFor(session, 'api')
      return reply.status(201).send({ token, expiresAt: session.expiresAt, user })
    },
  )

  app.delete(
    '/sessions/current',
    {
      config: { access: 'signed-in' },
      schema: described('Sessions', 'signOut', 'Sign out', { 204: z.null().describe('Signed out.') }),
    },
    async (request, reply) => {
      if (request.sessionId) await signOut(request.context, request.sessionId)
      return reply.status(204).send(null)
    },
  )

  app.get(
    '/users',
    {
      config: { access: 'signed-in' },
      schema: {
        ...described('Users', 'listColleagues', 'The people of your organisation', { 200: pageOf(ColleagueShape) }),
        querystring: ColleagueQuery.extend(pageQuery),
      },
    },
    async (request) => {
      const colleagues = await listColleagues(request.context, actorOf(request), request.query.role)
      return pageOfAll(colleagues, request.query, ({ id, role }) => `${id} ${role}`)
    },
  )
}
