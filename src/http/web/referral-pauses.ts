import { z } from 'zod'
import { answerNavigator, askReferrer } from '../../actions/referrals/ask-referrer.ts'
import { holdReferral, resumeReferral } from '../../actions/referrals/hold-referral.ts'
import { listHistory } from '../../actions/referrals/open-referral.ts'
import { reopenReferral } from '../../actions/referrals/reopen-referral.ts'
import { undoReferral } from '../../actions/referrals/undo-referral.ts'
import type { ReferralView } from '../../actions/referrals/view.ts'
import { addWeeks, londonDay } from '../../domain/day.ts'
import { dayField, required } from '../../domain/person.ts'
import { dayWords, timeWords } from '../../templates.ts'
import { isTicked, text } from './forms.ts'
import { historyLines } from './history.ts'
import { type Asking, dayAfter, type MovePage, movePage } from './move-page.ts'
import { openQuestion } from './questions.ts'

const NOTHING = z.object({})
const nothing = () => ({})

/** Whom a question about this referral goes to. */
export function askedOf({ referringOrganisation, person }: ReferralView): string {
  return referringOrganisation?.name ?? person.fullName
}

const ask = movePage({
  verb: 'ask',
  title: ({ view }: Asking<ReferralView>) => `Ask ${askedOf(view)} a question`,
  says: (it) => [
    `The answer is theirs to give by ${dayAfter(it, it.limits.answer)}. Your own time to act stands still until then.`,
    'If nobody answers by that day, the referral comes back to you without an answer.',
  ],
  fields: ({ view }) => [
    {
      kind: 'area',
      name: 'question',
      label: 'Your question',
      hint: `${askedOf(view)} reads exactly this.`,
    },
  ],
  button: 'Send the question',
  done: 'Your question is sent. The referral waits for the answer.',
  schema: z.object({ question: required(2000, 'The question', 'Write your question') }),
  read: (values) => ({ question: text(values, 'question') }),
  act: askReferrer,
})

const answer = movePage({
  verb: 'answer',
  title: ({ view }: Asking<ReferralView>) => `Answer the question about ${view.person.fullName}`,
  says: ({ view }) => [
    view.canSeeWork
      ? `Write down what ${askedOf(view)} says. Your own time then goes on.`
      : 'The navigator is told at once and goes on from where they were.',
  ],
  quote: ({ view }) => openQuestion(view.questions, null)?.text,
  fields: () => [{ kind: 'area', name: 'text', label: 'Your answer' }],
  button: 'Send the answer',
  done: 'Your answer is sent. The navigator goes on from here.',
  schema: z.object({ text: required(2000, 'The answer', 'Write your answer') }),
  read: (values) => ({ text: text(values, 'text') }),
  act: answerNavigator,
})

const hold = movePage({
  verb: 'hold',
  title: ({ view }: Asking<ReferralView>) => `Put the referral of ${view.person.fullName} on hold`,
  says: () => [
    'It stands still until a day that you agree with the person. On that day it starts again by itself and comes back to you.',
    'Waiting lists and offers pause, and nobody loses their position. Requests that no project has decided yet are taken back. Places already taken stay.',
  ],
  fields: (it) => [
    { kind: 'area', name: 'reason', label: 'Why', hint: 'For example: in hospital, or away with family.' },
    {
      kind: 'day',
      name: 'restartsOn',
      label: 'Start again on',
      hint: `After today, and by ${dayWords(addWeeks(londonDay(it.now), it.limits.holdWeeks))} at the latest.`,
    },
  ],
  button: 'Put on hold',
  done: 'The referral is on hold. It starts again by itself on the day you chose.',
  schema: z.object({
    reason: required(500, 'The reason', 'Say why it is put on hold'),
    restartsOn: dayField('the day to start again'),
  }),
  read: (values) => ({ reason: text(values, 'reason'), restartsOn: text(values, 'restartsOn') }),
  act: holdReferral,
})

const resume = movePage({
  verb: 'resume',
  title: ({ view }: Asking<ReferralView>) => `Start again with ${view.person.fullName}`,
  says: (it) => [
    `It goes on where it was before the pause. The next step is yours by ${dayAfter(it, it.limits.afterReturn)}.`,
    'Waiting lists go on too, each from the time at which the person joined.',
  ],
  button: 'Start again',
  done: 'The referral goes on from where it was.',
  schema: NOTHING,
  read: nothing,
  act: resumeReferral,
})

const reopen = movePage({
  verb: 'reopen',
  title: ({ view }: Asking<ReferralView>) => `Open the referral of ${view.person.fullName} again`,
  says: (it) => [
    `It becomes yours. Contact the person again by ${dayAfter(it, it.limits.afterReopening)}.`,
    'Places that ended when it closed stay ended. Agree with the person what comes next.',
    ...(it.view.status === 'duplicate' ? ['It is no longer counted as the same as the other referral.'] : []),
  ],
  fields: ({ view }) => [
    { kind: 'area', name: 'reason', label: 'Why it is opened again' },
    ...(view.status === 'withdrawn'
      ? [{ kind: 'tick' as const, name: 'agrees', label: 'The person agrees to be supported again' }]
      : []),
  ],
  button: 'Open again',
  done: 'The referral is open again, and it is yours.',
  schema: z.object({
    reason: required(500, 'The reason', 'Say why it is opened again'),
    consent: z.object({ shareWithNavigator: z.boolean() }).optional(),
  }),
  read: (values) => ({
    reason: text(values, 'reason'),
    ...(isTicked(values, 'agrees') ? { consent: { shareWithNavigator: true } } : {}),
  }),
  act: reopenReferral,
})

const undo = movePage({
  verb: 'undo',
  title: () => 'Take back what you just did',
  says: async ({ request, actor, view }: Asking<ReferralView>) => {
    // What the software did in consequence comes after it, and goes back with it.
    const entries = (await listHistory(request.context, actor, view.id)).filter(({ by }) => by.kind === 'user')
    const [last] = historyLines(entries, view)
    const what = last ? [`The last thing here: “${last.text}”, ${dayWords(last.at)} at ${timeWords(last.at)}.`] : []
    return [
      ...what,
      'Everything is then as it was before it. Both stay in the history.',
      'This is for mistakes: within 24 hours, by whoever made it, and only while nothing else has happened.',
    ]
  },
  button: 'Take it back',
  done: 'Taken back. Everything is as it was before.',
  schema: NOTHING,
  read: nothing,
  act: undoReferral,
})

export const REFERRAL_PAUSES: MovePage<ReferralView>[] = [ask, answer, hold, resume, reopen, undo]
