import { assureProject } from '../../actions/directory/assure-project.ts'
import { changeProject } from '../../actions/directory/change-project.ts'
import { createGroup } from '../../actions/directory/create-group.ts'
import { createProject } from '../../actions/directory/create-project.ts'
import { GroupInput, ProjectChange, ProjectInput } from '../../domain/project-entry.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { carryOut, tagged, versionOf } from './answering.ts'
import { movesOf } from './moves.ts'
import { described, IdParams, NothingBody } from './shapes/basics.ts'
import { GroupShape, ProjectEntryShape } from './shapes/directory.ts'

const TAG = 'Directory'
const config = { access: 'signed-in' } as const

/** What providers do with their own entries in the directory. */
export async function addEntries(app: App): Promise<void> {
  app.post(
    '/projects',
    {
      config,
      schema: {
        ...described(TAG, 'createProject', 'Begin an entry; it is published by a change', { 201: ProjectEntryShape }),
        body: ProjectInput,
      },
    },
    (request, reply) => carryOut(request, reply, 201, (context, actor) => createProject(context, actor, request.body)),
  )

  app.patch(
    '/projects/:id',
    {
      config,
      schema: {
        ...described(TAG, 'changeProject', 'Change an entry of your own', { 200: ProjectEntryShape }),
        params: IdParams,
        body: ProjectChange,
      },
    },
    async (request, reply) => {
      const version = versionOf(request)
      const { id } = request.params
      return tagged(reply, await changeProject(request.context, actorOf(request), id, version, request.body))
    },
  )

  const move = movesOf(app, { noun: 'projects', tag: TAG, answer: ProjectEntryShape })
  move('assure', 'assureProject', 'Say that the entry is still right', NothingBody, assureProject)

  const groups = movesOf(app, { noun: 'projects', tag: TAG, answer: GroupShape })
  groups('groups', 'createGroup', 'Add a group; it takes nobody until it is opened', GroupInput, createGroup, {
    status: 201,
  })
}
