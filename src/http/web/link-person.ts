import { answerByLink, leaveLists, type Said } from '../../actions/links/answer-by-link.ts'
import { type PersonLink, readPersonLink } from '../../actions/links/person-link.ts'
import { addWeeks, type Day, isDay, londonDay } from '../../domain/day.ts'
import { positionWords } from '../../domain/queue.ts'
import { dayWords } from '../../templates.ts'
import { doneIn } from './addresses.ts'
import { faultyForm, several, text } from './forms.ts'
import { show } from './layout.ts'
import { type Act, done, Faulty, type Sent, type Visit } from './link-visit.ts'
import { whenWords } from './link-words.ts'

const DONE: Record<string, string> = {
  take: 'The place is yours. The project calls you to arrange the first visit.',
  'not-now': 'Thank you for telling us. Somebody else gets this place, and you keep your turn.',
  'no-longer': 'Thank you for telling us. You are not on this list any more.',
  'still-wanted': 'Thank you. You stay on the list. We ask again in four weeks.',
  pause: 'Paused. You keep your turn, and we do not offer you a place until then.',
  'wait-again': 'You wait for a place again, with your turn as it was.',
  left: 'You have left the lists you chose.',
}

/** How it stands now, for somebody who comes to the page when there is nothing to answer. */
function standingWords({ status, moves, service }: PersonLink): string[] {
  const [last] = moves
  const when = last ? ` on ${whenWords(last.at)}` : ''
  switch (status) {
    case 'accepted':
    case 'booked':
      return ['The project calls you to arrange the first visit.']
    case 'started':
      return ['You have been there already.']
    case 'offered':
      return ['There is a newer offer of this place.', 'Use the link in the newest e-mail.']
    case 'paused':
      return [`You are not waiting at the moment${when ? `: this changed${when}` : ''}.`, 'You keep your turn.']
    case 'waitlisted':
      return ['You are on the waiting list.', 'When a place is free we write to you, or call you.']
    default:
      return [`This place is no longer held for you. It changed${when}.`, `${service.name} can tell you what is next.`]
  }
}

/** An offer, or the question whether somebody still wants to wait. It says no more of them than the mail did. */
export async function personLinkPage({ request, reply, token }: Visit, sent?: Sent): Promise<unknown> {
  const link = await readPersonLink(request.context, token)
  const { answers, moves } = link
  const may = (answer: (typeof answers)[number]) => answers.includes(answer)
  const [last] = moves
  const isLate = sent?.status === 409
  const said = last ? `This changed on ${whenWords(last.at)}, before your answer came.` : 'This has changed meanwhile.'
  const faults = isLate ? [{ field: '', text: said }] : (sent?.faults ?? [])
  const today = londonDay(request.context.now())
  const title = titleOf(link)
  const model = {
    ...link,
    action: `/l/${token}`,
    title,
    isTaken: ['accepted', 'booked', 'started'].includes(link.status),
    mayTake: may('take'),
    maySayStill: may('still-wanted'),
    mayWaitAgain: may('wait-again'),
    mayLeave: may('no-longer'),
    standing: may('take') || may('still-wanted') ? [] : standingWords(link),
    place: link.position ? positionWords(link.position) : null,
    pauses: [4, 8, 12]
      .filter((weeks) => weeks <= link.limits.holdWeeks)
      .map((weeks) => ({ value: String(weeks), text: `${weeks} weeks, until ${dayWords(addWeeks(today, weeks))}` })),
    form: faultyForm(sent?.values ?? {}, faults),
  }
  const frame = { title, faults, done: doneIn(request.query, DONE) }
  return show(request, reply, 'link-person', frame, model, sent?.status ?? 200)
}

function titleOf({ purpose, answers, status }: PersonLink): string {
  if (answers.includes('take')) return 'Do you want this place?'
  if (answers.includes('still-wanted')) return 'Do you still want to wait?'
  if (status === 'accepted' || status === 'booked' || status === 'started') return 'You have this place'
  return purpose === 'offer' ? 'This offer is over' : 'Your place on the list'
}

function answer(said: Exclude<Said['answer'], 'pause'>): Act {
  return {
    async take(it) {
      await answerByLink(it.request.context, it.token, { answer: said })
      return done(it, said)
    },
    again: personLinkPage,
  }
}

const pause: Act = {
  async take(it) {
    const restartsOn = pausedUntil(text(it.values, 'weeks'), londonDay(it.request.context.now()))
    if (!restartsOn) throw new Faulty([{ field: 'weeks', text: 'Choose how long' }])
    await answerByLink(it.request.context, it.token, { answer: 'pause', restartsOn })
    return done(it, 'pause')
  },
  again: personLinkPage,
  fieldOf: () => 'weeks',
}

function pausedUntil(weeks: string | undefined, today: Day): Day | undefined {
  const day = weeks && /^\d{1,2}$/.test(weeks) ? addWeeks(today, Number(weeks)) : undefined
  return day && isDay(day) && day > today ? day : undefined
}

const leave: Act = {
  async take(it) {
    const chosen = several(it.values, 'list')
    if (chosen.length === 0)
      throw new Faulty([{ field: 'list', text: 'Choose the lists you want to leave, or close this page' }])
    await leaveLists(it.request.context, it.token, chosen)
    return done(it, 'left')
  },
  again: personLinkPage,
}

export const personActs: Record<string, Act> = {
  take: answer('take'),
  'not-now': answer('not-now'),
  'no-longer': answer('no-longer'),
  'still-wanted': answer('still-wanted'),
  'wait-again': answer('wait-again'),
  pause,
  leave,
}
