import { z } from 'zod'
import { askNavigator } from '../../actions/placements/ask-navigator.ts'
import { logAttempt } from '../../actions/placements/log-attempt.ts'
import { offerPlacement } from '../../actions/placements/offer-placement.ts'
import { recordNoStart } from '../../actions/placements/record-no-start.ts'
import { redirectPlacement } from '../../actions/placements/redirect-placement.ts'
import { reviewPlacement } from '../../actions/placements/review-placement.ts'
import type { PlacementView } from '../../actions/placements/view.ts'
import { waitlistPlacement } from '../../actions/placements/wait-for-place.ts'
import { CHANNEL_WORDS, CONTACT_CHANNELS, CONTACT_OUTCOMES, CONTACT_WORDS } from '../../domain/contact.ts'
import { addWeeks, londonDay } from '../../domain/day.ts'
import { required, typed } from '../../domain/person.ts'
import { dayWords } from '../../templates.ts'
import { text } from './forms.ts'
import { baseOf } from './layout.ts'
import { type Asking, dayAfter, type MovePage, movePage } from './move-page.ts'
import { NOTHING, nothing, whoOf } from './placement-waiting.ts'
import { nobodyNeedWait, roomWords } from './places-words.ts'
import { projectField } from './referral-elsewhere.ts'
import { seatFields, seatFrom } from './seat-fields.ts'

const optionalNote = typed(1000, 'The note').optional()

const ROOM_NOW = 'There is room now. If you could take them, go back and say yes: then nobody has to wait.'

const ask = movePage({
  verb: 'ask',
  title: () => 'Ask the navigator a question',
  says: (it: Asking<PlacementView>) => [
    `The navigator answers, usually by ${dayAfter(it, it.limits.answerProject)}. Your own time to decide stands still until then.`,
  ],
  fields: () => [
    {
      kind: 'area',
      name: 'question',
      label: 'Your question',
      hint: 'You learn who it is when you say yes. Until then, ask about what they need.',
    },
  ],
  button: 'Send the question',
  done: 'Your question is sent. You get an e-mail with the answer.',
  schema: z.object({ question: required(2000, 'The question', 'Write your question') }),
  read: (values) => ({ question: text(values, 'question') }),
  act: askNavigator,
})

const waitlist = movePage({
  verb: 'waitlist',
  title: ({ view }: Asking<PlacementView>) => `Put ${whoOf(view)} on the waiting list`,
  says: ({ view, now, limits }) => [
    `${view.group.name}: ${roomWords(view.capacity)}. They are on the list from today, ${dayWords(now)}.`,
    ...(nobodyNeedWait(view.capacity) && view.allowedActions.includes('accept') ? [ROOM_NOW] : []),
    `The software asks every ${limits.stillWantedWeeks} weeks whether they still want the place. Nobody loses their position by not answering.`,
    'You still do not see who it is. When a place is free, it is offered to whoever is first.',
  ],
  button: 'Put on the waiting list',
  done: 'They are on the waiting list. The navigator is told.',
  schema: NOTHING,
  read: nothing,
  act: waitlistPlacement,
})

const redirect = movePage({
  verb: 'redirect',
  title: () => 'Name a project that suits better',
  says: (it: Asking<PlacementView>) => [
    `The navigator decides whether to send the person there, usually by ${dayAfter(it, it.limits.afterRefusal)}. For ${it.view.project.name} it is over.`,
  ],
  fields: async (it) => [
    await projectField(it, { label: 'Project', none: 'Choose a project', without: it.view.project.id }),
    { kind: 'area', name: 'note', label: 'Why it suits better (optional)', hint: 'The navigator reads it.' },
  ],
  button: 'Name this project',
  done: 'The navigator is told of the project you named.',
  goTo: (_view, actor) => `${baseOf(actor)}/placements?done=redirect`,
  schema: z.object({
    projectId: z.string({ error: 'Choose a project' }).max(64),
    note: optionalNote,
  }),
  read: (values) => ({ projectId: text(values, 'projectId'), note: text(values, 'note') }),
  act: redirectPlacement,
})

const offer = movePage({
  verb: 'offer',
  title: ({ view }: Asking<PlacementView>) => `Offer a place to ${whoOf(view)}`,
  says: (it) => [
    `${it.view.group.name}: ${roomWords(it.view.capacity)}. The offer holds one place, usually until ${dayAfter(it, it.limits.offer)}.`,
    'The person is asked, or the navigator asks them. You see who it is when they say yes.',
  ],
  fields: async ({ request, view }) => [
    ...(await seatFields(request, view)),
    {
      kind: 'text',
      name: 'outOfOrder',
      label: 'Is somebody else first on the list? Then say why this person goes first',
      hint: 'Leave it empty if they are first.',
    },
  ],
  button: 'Offer the place',
  done: 'The place is offered and held. You get an e-mail with the answer.',
  schema: z.object({
    outOfOrder: typed(500, 'The reason').optional(),
    sessionTimeId: z.string().optional(),
    volunteerId: z.string().optional(),
  }),
  read: (values) => ({ outOfOrder: text(values, 'outOfOrder'), ...seatFrom(values) }),
  act: offerPlacement,
})

const didNotStart = movePage({
  verb: 'did-not-start',
  title: ({ view }: Asking<PlacementView>) => `${whoOf(view)} did not start`,
  says: (it) => [
    `Their place is free again. The navigator contacts them, usually by ${dayAfter(it, it.limits.afterRefusal)}, and finds another way.`,
  ],
  fields: () => [
    {
      kind: 'area',
      name: 'note',
      label: 'How you tried to reach them',
      hint: 'For example: called on Monday and Wednesday, left a message. The navigator reads it.',
    },
  ],
  button: 'Save',
  done: 'Saved. The navigator goes on from here, and the place is free again.',
  schema: z.object({ note: required(1000, 'The note', 'Write down how you tried to reach the person') }),
  read: (values) => ({ note: text(values, 'note') }),
  act: recordNoStart,
})

const review = movePage({
  verb: 'review',
  title: ({ view }: Asking<PlacementView>) => `How is it going for ${whoOf(view)}?`,
  says: ({ limits, now }: Asking<PlacementView>) => [
    `They go on as before. The next review is by ${dayWords(addWeeks(londonDay(now), limits.reviewWeeks))}.`,
  ],
  fields: () => [{ kind: 'area', name: 'note', label: 'Note (optional)', hint: 'The navigator reads it.' }],
  button: 'Save the review',
  done: 'The review is saved.',
  schema: z.object({ note: optionalNote }),
  read: (values) => ({ note: text(values, 'note') }),
  act: reviewPlacement,
})

const attempt = movePage({
  verb: 'contacts',
  title: ({ view }: Asking<PlacementView>) => `Log a try to reach ${whoOf(view)}`,
  says: () => ['The navigator sees it in the history. What is next, and by when, stays as it is.'],
  fields: () => [
    {
      kind: 'radios',
      name: 'outcome',
      label: 'How did it go?',
      items: CONTACT_OUTCOMES.map((value) => ({ value, text: CONTACT_WORDS[value] })),
    },
    {
      kind: 'select',
      name: 'channel',
      label: 'How',
      value: 'phone',
      items: CONTACT_CHANNELS.map((value) => ({ value, text: CHANNEL_WORDS[value] })),
    },
    { kind: 'area', name: 'note', label: 'Note (optional)' },
  ],
  button: 'Save',
  done: 'The try is saved.',
  schema: z.object({
    outcome: z.enum(CONTACT_OUTCOMES, { error: 'Say how it went' }),
    channel: z.enum(CONTACT_CHANNELS, { error: 'Choose how you tried to reach them' }),
    note: optionalNote,
  }),
  read: (values) => ({
    outcome: text(values, 'outcome'),
    channel: text(values, 'channel'),
    note: text(values, 'note'),
  }),
  act: logAttempt,
})

/** What a project does about a placement, beside what its own pages hold. */
export const PLACEMENT_PROVIDING: MovePage<PlacementView>[] = [
  ask,
  waitlist,
  redirect,
  offer,
  didNotStart,
  review,
  attempt,
]
