import { z } from 'zod'
import { answerProject } from '../../actions/placements/ask-navigator.ts'
import { bookPlacement } from '../../actions/placements/book-placement.ts'
import { answerOffer } from '../../actions/placements/offer-placement.ts'
import { recallPlacement } from '../../actions/placements/recall-placement.ts'
import { undoPlacement } from '../../actions/placements/undo-placement.ts'
import type { PlacementView } from '../../actions/placements/view.ts'
import { confirmStillWanted, pauseWaiting, resumePlacement } from '../../actions/placements/wait-for-place.ts'
import { addWeeks, londonDay } from '../../domain/day.ts'
import { dayField, required } from '../../domain/person.ts'
import { dayWords } from '../../templates.ts'
import { text } from './forms.ts'
import { type Asking, dayAfter, type Field, type MovePage, movePage } from './move-page.ts'
import { openQuestion } from './questions.ts'
import { sessionOf } from './sessions.ts'

export const NOTHING = z.object({})
export const nothing = () => ({})

/** Who it is about, where this actor may know; else the reference. */
export function whoOf({ person, reference }: PlacementView): string {
  return person?.fullName ?? reference
}

export const DO_NOT_NAME = 'Do not name the person: the project does not know who it is yet.'

const answer = movePage({
  verb: 'answer',
  title: ({ view }: Asking<PlacementView>) => `Answer the question from ${view.project.name}`,
  says: (it) => [`The project then decides by ${dayAfter(it, it.limits.decide)}.`],
  quote: ({ view }) => openQuestion(view.questions, view.id)?.text,
  caution: DO_NOT_NAME,
  fields: () => [{ kind: 'area', name: 'text', label: 'Your answer' }],
  button: 'Send the answer',
  done: 'Your answer is sent. The project decides next.',
  schema: z.object({ text: required(2000, 'The answer', 'Write your answer') }),
  read: (values) => ({ text: text(values, 'text') }),
  act: answerProject,
})

const recall = movePage({
  verb: 'recall',
  title: ({ view }: Asking<PlacementView>) => `Recall the request to ${view.project.name}`,
  says: (it) => [
    `${it.view.project.name} no longer sees it, and a place that was offered is free again.`,
    `The referral stays open. If nothing else is open at a project, the next step is yours by ${dayAfter(it, it.limits.afterRefusal)}.`,
  ],
  button: 'Recall',
  done: 'The request is recalled. The project no longer sees it.',
  schema: NOTHING,
  read: nothing,
  act: recallPlacement,
})

const stillWanted = movePage({
  verb: 'still-wanted',
  title: ({ view }: Asking<PlacementView>) => `${whoOf(view)} still wants the place at ${view.project.name}`,
  says: ({ limits, now }) => [
    `They keep their position. They are asked again in ${limits.stillWantedWeeks} weeks, on ${dayWords(addWeeks(londonDay(now), limits.stillWantedWeeks))}.`,
  ],
  button: 'Yes, still wanted',
  done: 'Saved: the place is still wanted.',
  schema: NOTHING,
  read: nothing,
  act: confirmStillWanted,
})

const pause = movePage({
  verb: 'pause',
  title: ({ view }: Asking<PlacementView>) => `Pause the waiting for ${view.project.name}`,
  says: () => ['No place is offered until the day you agree with the person. They keep the time at which they joined.'],
  fields: (it) => [
    {
      kind: 'day',
      name: 'restartsOn',
      label: 'Wait again from',
      hint: `After today, and by ${dayWords(addWeeks(londonDay(it.now), it.limits.holdWeeks))} at the latest.`,
    },
  ],
  button: 'Pause',
  done: 'The waiting is paused until the day you chose.',
  schema: z.object({ restartsOn: dayField('the day to wait again') }),
  read: (values) => ({ restartsOn: text(values, 'restartsOn') }),
  act: pauseWaiting,
})

const resume = movePage({
  verb: 'resume',
  title: ({ view }: Asking<PlacementView>) => `Wait again for ${view.project.name}`,
  says: () => ['They are back on the waiting list, from the time at which they first joined.'],
  button: 'Wait again',
  done: 'They are back on the waiting list.',
  schema: NOTHING,
  read: nothing,
  act: resumePlacement,
})

const YES = { value: 'accept', text: 'Yes, they take the place' }
const ANSWERS: Field = {
  kind: 'radios',
  name: 'answer',
  label: 'What did they say?',
  items: [
    YES,
    {
      value: 'not_now',
      text: 'Not now, or nobody could reach them',
      hint: { text: 'The place passes on. They keep the time at which they joined, and waiting is paused.' },
    },
    { value: 'no_longer_wanted', text: 'They do not want it any more', hint: { text: 'The placement is withdrawn.' } },
  ],
}

const offered = movePage({
  verb: 'answer-offer',
  title: ({ view }: Asking<PlacementView>) => `The offer of a place at ${view.project.name}`,
  says: (it) =>
    it.view.referralId === null
      ? [
          'Record here that the person takes the place. You then see who it is, and arrange the first session.',
          'If they do not want it now, leave it: the navigator records that, or the offer ends by itself.',
        ]
      : [
          `${it.view.group.name}, ${it.view.group.schedule}. The place is held until there is an answer.`,
          `After a yes the project arranges the first session by ${dayAfter(it, it.limits.firstSession)}.`,
        ],
  fields: ({ view }) =>
    view.referralId === null ? [{ kind: 'hidden', name: 'answer', label: '', value: 'accept' }] : [ANSWERS],
  button: 'Save the answer',
  done: 'The answer to the offer is saved.',
  schema: z.object({ answer: z.enum(['accept', 'not_now', 'no_longer_wanted'], { error: 'Choose what they said' }) }),
  read: (values) => ({ answer: text(values, 'answer') }),
  act: answerOffer,
})

const book = movePage({
  verb: 'book',
  title: ({ view }: Asking<PlacementView>) => `Book again at ${view.project.name}`,
  says: ({ view }) => [
    `${view.group.name}, ${view.group.schedule}. Agree the day with the person and the project first; a place has to be free.`,
    'The project then records whether they came.',
  ],
  fields: () => [
    { kind: 'day', name: 'day', label: 'Day of the session' },
    { kind: 'time', name: 'time', label: 'Time' },
  ],
  button: 'Book',
  done: 'The session is booked. The project is told.',
  schema: z
    .object({ startsAt: z.date().optional(), faults: z.array(z.object({ field: z.string(), text: z.string() })) })
    .superRefine(({ faults }, context) => {
      for (const { field, text } of faults) context.addIssue({ code: 'custom', path: [field], message: text })
    })
    .transform(({ startsAt }) => ({ startsAt: startsAt ?? new Date(Number.NaN) })),
  fieldOf: (path) => (path === 'startsAt' ? 'day' : path),
  read: sessionOf,
  act: bookPlacement,
})

const undo = movePage({
  verb: 'undo',
  title: () => 'Take back what you just did',
  says: ({ view }: Asking<PlacementView>) => [
    `${view.project.name} and ${whoOf(view)}: it is “${view.statusText.toLowerCase()}” now. The last thing you did there is taken back, and everything is as it was before it.`,
    'This is for mistakes: within 24 hours, by whoever made it, and only while nothing else has happened.',
  ],
  button: 'Take it back',
  done: 'Taken back. Everything is as it was before.',
  schema: NOTHING,
  read: nothing,
  act: undoPlacement,
})

/** What navigators do about a placement; projects share the answer to an offer and taking back. */
export const PLACEMENT_WAITING: MovePage<PlacementView>[] = [
  answer,
  recall,
  stillWanted,
  pause,
  resume,
  offered,
  book,
  undo,
]
