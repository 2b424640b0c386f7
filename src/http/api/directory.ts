import { cancelGroup, endAgreement } from '../../actions/directory/cancel-group.ts'
import { changeGroup, confirmCapacity } from '../../actions/directory/change-group.ts'
import { findProjects } from '../../actions/directory/list-projects.ts'
import { openGroup } from '../../actions/directory/open-group.ts'
import { openProject } from '../../actions/directory/open-project.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { tagged, versionOf } from './answering.ts'
import { movesOf } from './moves.ts'
import { described, IdParams, NothingBody, pageOf } from './shapes/basics.ts'
import {
  CancelBody,
  EndedAgreementShape,
  GroupChangeBody,
  GroupShape,
  ProjectEntryShape,
  ProjectShape,
  ProjectsQuery,
} from './shapes/directory.ts'

const TAG = 'Directory'
const config = { access: 'signed-in' } as const

/** Projects, their groups, and how full these are. */
export async function addDirectory(app: App): Promise<void> {
  app.get(
    '/projects',
    {
      config,
      schema: {
        ...described(TAG, 'listProjects', 'Projects, those confirmed lately first, narrowed down by words and facts', {
          200: pageOf(ProjectShape),
        }),
        querystring: ProjectsQuery,
      },
    },
    (request) => {
      const { limit = 200, after, ...asked } = request.query
      return findProjects(request.context, actorOf(request), asked, { after, limit })
    },
  )

  app.get(
    '/projects/:id',
    {
      config,
      schema: { ...described(TAG, 'openProject', 'One project', { 200: ProjectEntryShape }), params: IdParams },
    },
    async (request, reply) => tagged(reply, await openProject(request.context, actorOf(request), request.params.id)),
  )

  app.get(
    '/groups/:id',
    {
      config,
      schema: { ...described(TAG, 'openGroup', 'One group', { 200: GroupShape }), params: IdParams },
    },
    async (request, reply) => tagged(reply, await openGroup(request.context, actorOf(request), request.params.id)),
  )

  app.patch(
    '/groups/:id',
    {
      config,
      schema: {
        ...described(TAG, 'changeGroup', 'Change a group: places, intake, and what the directory says of it', {
          200: GroupShape,
        }),
        params: IdParams,
        body: GroupChangeBody,
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const version = versionOf(request)
      return tagged(reply, await changeGroup(request.context, actor, request.params.id, version, request.body))
    },
  )

  const move = movesOf(app, { noun: 'groups', tag: TAG, answer: GroupShape })
  move('confirm-capacity', 'confirmCapacity', 'Say that the places are still right', NothingBody, confirmCapacity)
  move('cancel', 'cancelGroup', 'Cancel a group: everybody in it goes back to a navigator', CancelBody, cancelGroup)
  const change = movesOf(app, { noun: 'projects', tag: TAG, answer: EndedAgreementShape })
  change('end-agreement', 'endAgreement', 'End the agreement with a project', CancelBody, endAgreement)
}
