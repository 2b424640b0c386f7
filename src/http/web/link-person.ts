import { answerByLink, leaveLists, type Said } from '../../actions/links/answer-by-link.ts'
import { type PersonLink, readPersonLink } from '../../actions/links/person-link.ts'
import { addWeeks, type Day, isDay, londonDay } from '../../domain/day.ts'
import { type PositionRange, positionWords } from '../../domain/queue.ts'
import { Refusal } from '../../domain/refusal.ts'
import { dayIn, timeIn } from '../../words/days.ts'
import { ENGLISH } from '../../words/files.ts'
import type { Language } from '../../words/language.ts'
import { queryWord } from './addresses.ts'
import { several, text } from './forms.ts'
import { type Act, done, Faulty, type Sending, type Sent, type Visit } from './link-visit.ts'
import { publicForm, showPublic } from './public-page.ts'

/** What can have been done; the words are in the language's file. */
const DONE = ['take', 'not-now', 'no-longer', 'still-wanted', 'pause', 'wait-again', 'left'] as const

/** "Thursday 26 November at 3:05pm". */
function whenIn(tongue: Language, moment: Date): string {
  return tongue.say('link.when', { day: dayIn(tongue, londonDay(moment)), time: timeIn(tongue, moment) })
}

/** How it stands now, for somebody who comes to the page when there is nothing to answer. */
function standingWords(tongue: Language, { status, moves, service }: PersonLink): string[] {
  const { say } = tongue
  const [last] = moves
  const since = last ? [say('link.changed', { when: whenIn(tongue, last.at) })] : []
  switch (status) {
    case 'accepted':
    case 'booked':
      return [say('link.stands.taken')]
    case 'started':
      return [say('link.stands.started')]
    case 'offered':
      return [say('link.stands.newer')]
    case 'paused':
      return [say('link.stands.paused'), ...since, say('link.stands.turn')]
    case 'waitlisted':
      return [say('link.stands.waiting')]
    default:
      return [say('link.stands.over'), ...since, say('link.stands.ask', { service: service.name })]
  }
}

function placeIn({ code, say }: Language, position: PositionRange): string {
  return code === ENGLISH ? positionWords(position) : say('link.position', { ...position })
}

/** An offer, or the question whether somebody still wants to wait. It says no more of them than the mail did. */
export async function personLinkPage({ request, reply, token, tongue }: Visit, sent?: Sent): Promise<unknown> {
  const link = await readPersonLink(request.context, token)
  const { say } = tongue
  const { answers, moves, answerBy } = link
  const may = (answer: (typeof answers)[number]) => answers.includes(answer)
  const [last] = moves
  const isLate = sent?.status === 409
  const late = last ? say('link.late', { when: whenIn(tongue, last.at) }) : say('link.lateUnknown')
  const faults = isLate ? [{ field: '', text: late }] : (sent?.faults ?? [])
  const today = londonDay(request.context.now())
  const title = say(titleOf(link))
  const model = {
    ...link,
    action: `${tongue.prefix}/l/${token}`,
    title,
    isTaken: ['accepted', 'booked', 'started'].includes(link.status),
    mayTake: may('take'),
    maySayStill: may('still-wanted'),
    mayWaitAgain: may('wait-again'),
    mayLeave: may('no-longer'),
    standing: may('take') || may('still-wanted') ? [] : standingWords(tongue, link),
    place: link.position && placeIn(tongue, link.position),
    until: answerBy && dayIn(tongue, answerBy),
    pauses: [4, 8, 12]
      .filter((weeks) => weeks <= link.limits.holdWeeks)
      .map((weeks) => ({
        value: String(weeks),
        text: say('link.pause.weeks', { count: weeks, day: dayIn(tongue, addWeeks(today, weeks)) }),
      })),
    form: publicForm(tongue, sent?.values ?? {}, faults),
  }
  const word = queryWord(request.query, 'done')
  const what = DONE.find((one) => one === word)
  const frame = { tongue, title, back: null, leave: null, faults, done: what && say(`link.done.${what}`) }
  return showPublic(request, reply, 'link-person', frame, model, sent?.status ?? 200)
}

function titleOf({ purpose, answers, status }: PersonLink): string {
  if (answers.includes('take')) return 'link.title.take'
  if (answers.includes('still-wanted')) return 'link.title.still'
  if (status === 'accepted' || status === 'booked' || status === 'started') return 'link.title.taken'
  return purpose === 'offer' ? 'link.title.over' : 'link.title.list'
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

/** Whatever is wrong with what was chosen, the way to mend it is to choose: said in the page's language. */
async function chosenWell(it: Sending, field: string, says: string, act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'invalid') throw new Faulty([{ field, text: it.tongue.say(says) }])
    throw error
  }
}

const pause: Act = {
  async take(it) {
    await chosenWell(it, 'weeks', 'link.pause.missing', async () => {
      const restartsOn = pausedUntil(text(it.values, 'weeks'), londonDay(it.request.context.now()))
      if (!restartsOn) throw new Refusal('invalid-input', 'It is not said for how long.')
      await answerByLink(it.request.context, it.token, { answer: 'pause', restartsOn })
    })
    return done(it, 'pause')
  },
  again: personLinkPage,
}

function pausedUntil(weeks: string | undefined, today: Day): Day | undefined {
  const day = weeks && /^\d{1,2}$/.test(weeks) ? addWeeks(today, Number(weeks)) : undefined
  return day && isDay(day) && day > today ? day : undefined
}

const leave: Act = {
  async take(it) {
    const chosen = several(it.values, 'list')
    await chosenWell(it, 'list', 'link.others.missing', async () => {
      if (chosen.length === 0) throw new Refusal('invalid-input', 'No list is chosen.')
      await leaveLists(it.request.context, it.token, chosen)
    })
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
