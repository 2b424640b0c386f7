import { listRulesOf } from '../../actions/links/own-rules.ts'
import { type PlacementLink, readPlacementLink } from '../../actions/links/placement-link.ts'
import type { PlacementView } from '../../actions/placements/view.ts'
import { type Day, londonDay } from '../../domain/day.ts'
import { END_OUTCOMES, isOpenPlacement } from '../../domain/placement.ts'
import { PLACEMENT_WORDS } from '../../domain/placement-moves.ts'
import { doneIn, queryWord } from './addresses.ts'
import { declineModel } from './decline.ts'
import { type FieldFault, faultyForm } from './forms.ts'
import { show } from './layout.ts'
import type { Sent, Visit } from './link-visit.ts'
import { toldWords } from './link-words.ts'
import { decideModel, usualSession } from './placement.ts'
import { ENDING_HINTS } from './placement-end.ts'

const DONE: Record<string, string> = {
  accepted: 'Accepted. The navigator is told. Now arrange the first session.',
  waitlisted: 'They are on the waiting list. The navigator is told.',
  declined: 'Declined. The navigator is told, and looks for something else.',
  booked: 'The session is arranged. Afterwards, say whether they came.',
  attended: 'Saved. The register knows it.',
  'not-started': 'Saved. The navigator goes on from here, and the place is free again.',
  reviewed: 'Saved. They go on as before; we ask again in twelve weeks.',
  ended: 'Saved. The navigator is told and agrees with the person what comes next.',
  undone: 'Taken back. It is as it was before.',
  asked: 'Your question is sent. You get an e-mail with the answer.',
  code: 'A code is on its way to the address that got this link. Type it below.',
}

// Pages of their own behind the first one, by what the address asks for, with the door that each needs.
const PARTS: Record<string, string> = {
  ask: 'ask',
  decline: 'decline',
  end: 'complete',
  'not-started': 'did-not-start',
}

const PART_TITLES: Record<string, string> = {
  ask: 'Ask the navigator a question',
  end: 'How did it end?',
  'not-started': 'They did not start',
}

/** Where the same stands for whoever signs in. */
const signedInPage = ({ provider, view }: PlacementLink): string => `/o/${provider.slug}/placements/${view.id}`

function common(token: string, link: PlacementLink) {
  const { view, doors, moves, hasEnded } = link
  const isOver = !isOpenPlacement(view.status)
  return {
    action: `/l/${token}`,
    reference: view.reference,
    provider: link.provider.name,
    group: view.group,
    told: moves.slice(0, 1).map(toldWords),
    earlier: moves.slice(1, 4).map(toldWords),
    isOver,
    hasEnded,
    endsOn: link.endsOn,
    newerAt: link.newerAt,
    navigator: view.navigator,
    service: link.service,
    signIn: signedInPage(link),
    mayUndo: doors.includes('undo'),
  }
}

// What each button does, by the door that it needs.
const DOOR_OF: Record<string, string> = {
  accept: 'accept',
  waitlist: 'waitlist',
  ask: 'ask',
  decline: 'decline',
  book: 'book',
  attendance: 'attendance',
  review: 'review',
  end: 'complete',
  'not-started': 'did-not-start',
}

/** A click that came too late: what happened instead, and that nothing was changed by it. */
function saidInstead({ moves, doors, hasEnded }: PlacementLink, sent: Sent): FieldFault[] {
  const [last] = moves
  const door = DOOR_OF[String(sent.values.do)]
  if (sent.status !== 409 || hasEnded || !last || !door || doors.includes(door)) return sent.faults
  return [{ field: '', text: `${toldWords(last)} Your click changed nothing.` }]
}

/** What the holder of the link may see and do now. Nobody's name stands on it. */
export async function placementLinkPage(visit: Visit, sent?: Sent): Promise<unknown> {
  const { request, reply, token } = visit
  const link = await readPlacementLink(request.context, token)
  const { view, doors, hasEnded } = link
  const part = queryWord(request.query, 'page') ?? ''
  if (!sent && Object.hasOwn(PARTS, part) && doors.includes(PARTS[part] ?? '')) return partPage(visit, part)
  const shared = common(token, link)
  const isToDecide = doors.includes('accept')
  const faults = sent ? saidInstead(link, sent) : []
  const status = sent?.status ?? 200
  const done = doneIn(request.query, DONE)
  if (isToDecide) {
    const sessions = sessionChoices(view)
    const model = { ...decideModel(view, ''), ...shared, sessions, form: faultyForm(sent?.values ?? {}, faults) }
    const frame = { title: 'Can you take this person?', faults, done }
    return show(request, reply, 'link-decide', frame, model, status)
  }
  const isAskedForCode = queryWord(request.query, 'done') === 'code' || sent?.values.do === 'know'
  const today = londonDay(request.context.now())
  const model = {
    ...shared,
    title: titleOf(link),
    next: hasEnded ? null : view.nextAction,
    status: view.statusText,
    question: view.questions.at(-1) ?? null,
    isKnown: link.isKnown,
    isAskedForCode: link.isKnown && isAskedForCode,
    pass: null,
    ...standingForms(view, doors),
    form: faultyForm(
      { sessionOn: sessionToRecord(view, today), ...usualSession(view.group.schedule, today), ...sent?.values },
      faults,
    ),
  }
  return show(request, reply, 'link-standing', { title: model.title, faults, done }, model, hasEnded ? 410 : status)
}

/** Where places are counted for each session, those with room: somebody has to say which, unless there is only one. */
function sessionChoices({ capacity: { sessions } }: PlacementView) {
  const withRoom = sessions.filter(({ places, taken }) => places === null || places > taken)
  return withRoom.length > 1 ? withRoom.map(({ id, words }) => ({ value: id, text: words })) : []
}

/** The day that was arranged, once it is there: that is the one they are asked about. */
function sessionToRecord({ bookedFor }: PlacementView, today: Day): Day {
  const arranged = bookedFor ? londonDay(bookedFor) : today
  return arranged < today ? arranged : today
}

/** The forms that stand on a page about somebody who was accepted. */
export function standingForms({ status, bookedFor }: PlacementView, doors: string[]) {
  return {
    mayBook: doors.includes('book'),
    mayAttend: doors.includes('attendance'),
    mayEnd: doors.includes('complete'),
    mayReview: doors.includes('review'),
    mayNotStart: doors.includes('did-not-start'),
    mayDecline: doors.includes('decline'),
    isBooked: status === 'booked',
    bookedFor,
  }
}

function titleOf({ view, hasEnded }: PlacementLink): string {
  if (hasEnded) return 'This link has run out'
  switch (view.status) {
    case 'accepted':
    case 'booked':
      return 'You said yes'
    case 'started':
      return 'How is it going?'
    case 'information_needed':
      return 'You asked a question'
    case 'waitlisted':
    case 'paused':
      return 'On your waiting list'
    case 'offered':
      return 'You offered a place'
    case 'declined':
      return 'You said no'
    default:
      return isOpenPlacement(view.status) ? view.statusText : 'This is over for you'
  }
}

/** The reasons of a no, or of an end, on a page of their own. */
export async function partPage(visit: Visit, part: string, sent?: Sent): Promise<unknown> {
  const { request, reply, token } = visit
  const link = await readPlacementLink(request.context, token)
  const { view } = link
  const door = PARTS[part] ?? ''
  if (!link.doors.includes(door)) return placementLinkPage(visit, sent)
  const faults = sent?.faults ?? []
  const values = sent?.values ?? {}
  const back = { href: `/l/${token}`, text: 'Back' }
  const shared = { ...common(token, link), back }
  const status = sent?.status ?? 200
  if (part === 'decline') {
    const rules = await listRulesOf(request.context, view)
    const model = { ...shared, ...declineModel(view, rules, values, faults) }
    return show(request, reply, 'link-decline', { title: 'Decline', back, faults }, model, status)
  }
  const model = {
    ...shared,
    form: faultyForm(values, faults),
    outcomes: END_OUTCOMES.map((value) => ({
      value,
      text: PLACEMENT_WORDS[value],
      hint: { text: ENDING_HINTS[value] },
    })),
  }
  const title = PART_TITLES[part] ?? ''
  return show(request, reply, `link-${part}`, { title, back, faults }, { ...model, title }, status)
}
