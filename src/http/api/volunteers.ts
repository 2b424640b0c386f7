import { z } from 'zod'
import { addVolunteer, changeVolunteer, endVolunteer, listGroupVolunteers } from '../../actions/directory/volunteers.ts'
import { VolunteerChange, VolunteerInput } from '../../domain/volunteer.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { pageOfAll, tagged, versionOf } from './answering.ts'
import { movesOf } from './moves.ts'
import { day, described, IdParams, NothingBody, pageOf, pageQuery } from './shapes/basics.ts'

const TAG = 'Directory'
const config = { access: 'signed-in' } as const

const VolunteerShape = z
  .object({
    id: z.string(),
    version: z.number().int(),
    groupId: z.string(),
    name: z.string(),
    wards: z.array(z.string()).describe('Empty for everywhere.'),
    languages: z.array(z.string()),
    availability: z.string(),
    availableFrom: day().nullable().describe('Away until the day before this one.'),
    isAvailable: z.boolean(),
    isWithSomebody: z.boolean(),
    freeSince: z.date().nullable(),
    placement: z.object({ id: z.string(), reference: z.string() }).nullable().describe('Whose they are now.'),
  })
  .meta({ id: 'Volunteer' })

const VolunteersShape = z.object({ items: z.array(VolunteerShape) }).meta({ id: 'Volunteers' })

/** The volunteers of one-to-one groups: each is one place. */
export async function addVolunteers(app: App): Promise<void> {
  app.get(
    '/groups/:id/volunteers',
    {
      config,
      schema: {
        ...described(TAG, 'listVolunteers', 'The volunteers of a group of your own', { 200: pageOf(VolunteerShape) }),
        params: IdParams,
        querystring: z.strictObject(pageQuery),
      },
    },
    async (request) =>
      pageOfAll(
        await listGroupVolunteers(request.context, actorOf(request), request.params.id),
        request.query,
        ({ id }) => id,
      ),
  )

  const add = movesOf(app, { noun: 'groups', tag: TAG, answer: VolunteerShape })
  add('volunteers', 'addVolunteer', 'Add a volunteer: one more place', VolunteerInput, addVolunteer, { status: 201 })

  app.patch(
    '/volunteers/:id',
    {
      config,
      schema: {
        ...described(TAG, 'changeVolunteer', 'Change what is known of a volunteer, or say until when they are away', {
          200: VolunteerShape,
        }),
        params: IdParams,
        body: VolunteerChange,
      },
    },
    async (request, reply) => {
      const version = versionOf(request)
      const { id } = request.params
      return tagged(reply, await changeVolunteer(request.context, actorOf(request), id, version, request.body))
    },
  )

  const move = movesOf(app, { noun: 'volunteers', tag: TAG, answer: VolunteersShape })
  move('end', 'endVolunteer', 'A volunteer leaves; answers with those who stay', NothingBody, endVolunteer)
}
