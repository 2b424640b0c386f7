import {
  type AtOwnPage,
  answerOwnPlace,
  answerOwnQuestion,
  changeOwnContact,
  pauseOwn,
  restartOwn,
  stopOwnSharing,
  tellNavigator,
  withdrawOwn,
} from '../../actions/own/act-on-own-page.ts'
import { speaksOfDanger } from '../../domain/crisis-words.ts'
import { addWeeks, type Day, londonDay } from '../../domain/day.ts'
import type { PersonAnswer } from '../../domain/link-person.ts'
import { Refusal } from '../../domain/refusal.ts'
import { contactFrom, faultsInAnswer, homeFrom, type SelfQuestion } from '../../domain/self-referral.ts'
import { text } from './forms.ts'
import { type Act, Faulty, type Sending } from './link-visit.ts'
import { OWN_REASONS, open, ownPage, ownPath, passOf, savedPage } from './own-page.ts'

const atPage = (it: Sending): AtOwnPage => ({ token: it.token, pass: passOf(it) })

/** What somebody wrote in a box; a fault where it is empty or longer than a page. */
function written(it: Sending, field: string, missing?: string): string {
  const words = text(it.values, field) ?? ''
  if (missing && !words) throw new Faulty([{ field, text: it.tongue.say(missing) }])
  if (words.length > 1500) throw new Faulty([{ field, text: it.tongue.say('self.more.tooLong') }])
  return words
}

function restartDay(it: Sending): Day {
  const weeks = text(it.values, 'weeks') ?? ''
  const isOffered = ['2', '4', '8', '12'].includes(weeks)
  if (!isOffered) throw new Faulty([{ field: 'weeks', text: it.tongue.say('link.pause.missing') }])
  return addWeeks(londonDay(it.request.context.now()), Number(weeks))
}

/** An act of the page: carried out, and then said at the top of the first page. A no is said in the page's language. */
function act(done: string, carryOut: (it: Sending, at: AtOwnPage) => Promise<unknown>): Act {
  return {
    async take(it) {
      await inTheirWords(it, () => carryOut(it, atPage(it)))
      return it.reply.redirect(`${ownPath(it)}?done=${done}`, 303)
    },
    again: ownPage,
  }
}

async function inTheirWords(it: Sending, carryOut: () => Promise<unknown>): Promise<void> {
  try {
    await carryOut()
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'rule')
      throw new Faulty([{ field: '', text: it.tongue.say('link.lateUnknown') }])
    throw error
  }
}

/** Faults of a question that the self-referral asks too, in its words. */
function requireWell(it: Sending, question: SelfQuestion): void {
  const faults = faultsInAnswer(question, it.values, londonDay(it.request.context.now()))
  if (faults.length > 0) throw new Faulty(faults.map(({ field, says }) => ({ field, text: it.tongue.say(says) })))
}

const contact: Act = {
  async take(it) {
    requireWell(it, 'contact')
    if (!text(it.values, 'phone') && !text(it.values, 'email'))
      throw new Faulty([{ field: 'phone', text: it.tongue.say('own.contact.unreachable') }])
    await inTheirWords(it, () => changeOwnContact(it.request.context, atPage(it), contactFrom(it.values)))
    return savedPage(it)
  },
  again: ownPage,
}

const address: Act = {
  async take(it) {
    // Whether there is another way to reach them stands on the page of contact.
    requireWell({ ...it, values: { phone: 'held', ...it.values } }, 'home')
    await inTheirWords(it, () => changeOwnContact(it.request.context, atPage(it), homeFrom(it.values)))
    return savedPage(it)
  },
  again: ownPage,
}

const withdraw = act('withdrawn', async (it, at) => {
  const reason = OWN_REASONS.find((one) => one === text(it.values, 'reason'))
  if (!reason) throw new Faulty([{ field: 'reason', text: it.tongue.say('own.withdraw.missing') }])
  await withdrawOwn(it.request.context, at, { reason })
})

/** Nobody reads it at night: where the words speak of danger, the answer is where help is now. */
const tell: Act = {
  async take(it) {
    const words = written(it, 'words')
    await inTheirWords(it, () => tellNavigator(it.request.context, atPage(it), { words }))
    return it.reply.redirect(`${ownPath(it)}?done=${speaksOfDanger(words) ? 'danger' : 'told'}`, 303)
  },
  again: ownPage,
}

const place = (answer: Exclude<PersonAnswer, 'pause' | 'leave-others'>): Act =>
  act('place', (it, at) => answerOwnPlace(it.request.context, at, text(it.values, 'place') ?? '', { answer }))

export const ownActsByName: Record<string, Act> = {
  open,
  contact,
  address,
  withdraw,
  answer: act('answered', (it, at) =>
    answerOwnQuestion(it.request.context, at, { text: written(it, 'answer', 'own.question.missing') }),
  ),
  tell,
  pause: act('paused', (it, at) => pauseOwn(it.request.context, at, { restartsOn: restartDay(it) })),
  restart: act('restarted', (it, at) => restartOwn(it.request.context, at)),
  stop: act('stopped', (it, at) =>
    stopOwnSharing(it.request.context, at, { provider: text(it.values, 'provider') ?? '' }),
  ),
  take: place('take'),
  'not-now': place('not-now'),
  'no-longer': place('no-longer'),
  'still-wanted': place('still-wanted'),
  'wait-again': place('wait-again'),
}
