import { z } from 'zod'
import { putForward } from '../../actions/placements/put-forward.ts'
import { releaseOthers } from '../../actions/placements/release-other-lists.ts'
import { rematchPlacement } from '../../actions/placements/rematch-placement.ts'
import type { PlacementView } from '../../actions/placements/view.ts'
import { required } from '../../domain/person.ts'
import { FORWARD_TO, positionWords } from '../../domain/queue.ts'
import { several, text } from './forms.ts'
import { type Asking, type MovePage, movePage } from './move-page.ts'
import { whoOf } from './placement-waiting.ts'
import { otherSeatFields, seatFrom } from './seat-fields.ts'

const forward = movePage({
  verb: 'put-forward',
  title: ({ view }: Asking<PlacementView>) => `Change where ${whoOf(view)} stands in the queue`,
  says: ({ view }) => [
    ...(view.position ? [`${positionWords(view.position)} for ${view.group.name} now.`] : []),
    'Places are offered by how urgent it is, then by who joined first. Whoever you put forward passes others who have waited longer, so the reason is kept in the history.',
  ],
  fields: ({ view }) => [
    {
      kind: 'radios',
      name: 'to',
      label: 'Where should they stand?',
      items: [
        { value: 'urgent', text: 'Before everybody else', hint: { text: 'With others who are urgent' } },
        { value: 'priority', text: 'Before those with no priority' },
        ...(view.queuePriority ? [{ value: 'own', text: 'Back to where they stood' }] : []),
      ],
    },
    { kind: 'area', name: 'reason', label: 'Why?', hint: 'Do not name the person.' },
  ],
  button: 'Save',
  done: 'Saved: their place in the queue has changed.',
  schema: z.object({
    to: z.enum(FORWARD_TO, { error: 'Choose where they should stand' }),
    reason: required(500, 'The reason', 'Say why'),
  }),
  read: (values) => ({ to: text(values, 'to'), reason: text(values, 'reason') }),
  act: putForward,
})

const rematch = movePage({
  verb: 'rematch',
  title: ({ view }: Asking<PlacementView>) =>
    view.capacity.capacityKind === 'one_to_one'
      ? `Name another volunteer for ${whoOf(view)}`
      : `Choose another session for ${whoOf(view)}`,
  says: async ({ request, view }) => {
    const now = [
      ...(view.volunteer ? [`${view.volunteer.name} is with them now, and is then free for somebody else.`] : []),
      ...(view.session ? [`They come to ${view.session.words} now. That place is then free.`] : []),
    ]
    if ((await otherSeatFields(request, view)).length > 0)
      return [...now, 'Tell the person yourself: nothing is sent to them.']
    return view.capacity.capacityKind === 'one_to_one'
      ? ['No other volunteer is free at the moment. Add one, or come back when somebody is free.']
      : ['No other session has room at the moment. Come back when a place is free.']
  },
  fields: ({ request, view }) => otherSeatFields(request, view),
  needsFields: true,
  button: 'Save',
  done: 'Saved.',
  schema: z
    .object({ sessionTimeId: z.string().optional(), volunteerId: z.string().optional() })
    .refine(({ sessionTimeId, volunteerId }) => sessionTimeId ?? volunteerId, {
      path: ['volunteerId'],
      error: 'Choose one',
    }),
  read: seatFrom,
  act: rematchPlacement,
})

const release = movePage({
  verb: 'release-others',
  title: ({ view }: Asking<PlacementView>) => `${whoOf(view)} has a place: which lists do they leave?`,
  says: ({ view }) => [
    `They have a place at ${view.project.name}. Ask them first: nothing is given up by itself, and they may go on waiting for the others.`,
    'A list they leave is closed there, and the next person moves up.',
  ],
  fields: ({ view }) => [
    {
      kind: 'ticks',
      name: 'ids',
      label: 'They no longer need',
      items: view.otherLists.map(({ id, project, group }) => ({ value: id, text: `${project}, ${group}` })),
    },
  ],
  button: 'Leave these lists',
  done: 'They have left the lists you chose.',
  schema: z.object({
    ids: z.array(z.string()).min(1, 'Choose at least one list, or go back to keep them all').max(50),
  }),
  read: (values) => ({ ids: several(values, 'ids') }),
  act: releaseOthers,
})

/** Where somebody stands in a queue, whose they are, and what they give up when they have a place. */
export const PLACEMENT_QUEUE: MovePage<PlacementView>[] = [forward, rematch, release]
