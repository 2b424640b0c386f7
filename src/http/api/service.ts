import { changeColleague } from '../../actions/service/change-colleague.ts'
import { changeService } from '../../actions/service/change-service.ts'
import { readService } from '../../actions/service/read-service.ts'
import { ServiceChange } from '../../domain/service-settings.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { tagged, versionOf } from './answering.ts'
import { described, IdParams } from './shapes/basics.ts'
import { ColleagueShape } from './shapes/people.ts'
import { ColleagueChangeBody, ServiceShape } from './shapes/service.ts'

const config = { access: 'signed-in' } as const

/** What an administrator sets: how the service works, and who is there. */
export async function addService(app: App): Promise<void> {
  app.get(
    '/service',
    {
      config,
      schema: described('Service', 'readService', 'How your navigation service works', { 200: ServiceShape }),
    },
    async (request, reply) => tagged(reply, await readService(request.context, actorOf(request))),
  )

  app.patch(
    '/service',
    {
      config,
      schema: {
        ...described('Service', 'changeService', 'Set limits, assignment and areas', { 200: ServiceShape }),
        body: ServiceChange,
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      return tagged(reply, await changeService(request.context, actor, versionOf(request), request.body))
    },
  )

  app.patch(
    '/users/:id',
    {
      config,
      schema: {
        ...described('Users', 'changeColleague', 'Suspend or restore somebody, set leave and wards', {
          200: ColleagueShape,
        }),
        params: IdParams,
        body: ColleagueChangeBody,
      },
    },
    (request) => changeColleague(request.context, actorOf(request), request.params.id, request.body),
  )
}
