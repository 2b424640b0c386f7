import { z } from 'zod'
import { requirePass, sendCode, useCode } from '../../actions/links/codes.ts'
import { holderToKnow, readPlacementLink, takeUp } from '../../actions/links/placement-link.ts'
import { acceptPlacement } from '../../actions/placements/accept-placement.ts'
import { askNavigator } from '../../actions/placements/ask-navigator.ts'
import { bookPlacement } from '../../actions/placements/book-placement.ts'
import { declinePlacement } from '../../actions/placements/decline-placement.ts'
import { endPlacement } from '../../actions/placements/end-placement.ts'
import { openPlacement } from '../../actions/placements/open-placement.ts'
import { recordAttendance } from '../../actions/placements/record-attendance.ts'
import { recordNoStart } from '../../actions/placements/record-no-start.ts'
import { reviewPlacement } from '../../actions/placements/review-placement.ts'
import { undoPlacement } from '../../actions/placements/undo-placement.ts'
import { waitlistPlacement } from '../../actions/placements/wait-for-place.ts'
import { isDay, londonDay } from '../../domain/day.ts'
import { required, typed } from '../../domain/person.ts'
import { upTo } from '../../domain/plain-text.ts'
import { typedDay } from './days.ts'
import { readDecline } from './decline.ts'
import { faultyForm, parse, text } from './forms.ts'
import { show } from './layout.ts'
import { partPage, placementLinkPage, standingForms } from './link-placement.ts'
import { type Act, done, Faulty, firstNameOf, type Sending, sound } from './link-visit.ts'
import { toldWords } from './link-words.ts'
import { personModel, usualSession } from './placement.ts'
import { Ending } from './placement-end.ts'
import { sessionOf } from './sessions.ts'

const REASON_MOST = 500

const holding = ({ request, token, values }: Sending, door: string) =>
  takeUp(request.context, token, door, firstNameOf(values))

const again = placementLinkPage

const accept: Act = {
  async take(it) {
    const { holder, placementId } = await holding(it, 'accept')
    const overOthers = upTo(text(it.values, 'overOthers') ?? '', REASON_MOST) || undefined
    const sessionTimeId = text(it.values, 'sessionTimeId')
    await acceptPlacement(it.request.context, holder, placementId, { overOthers, sessionTimeId })
    return done(it, 'accepted')
  },
  again,
}

const waitlist: Act = {
  async take(it) {
    const { holder, placementId } = await holding(it, 'waitlist')
    await waitlistPlacement(it.request.context, holder, placementId)
    return done(it, 'waitlisted')
  },
  again,
}

const decline: Act = {
  async take(it) {
    const data = sound(readDecline(it.values))
    const { holder, placementId } = await holding(it, 'decline')
    await declinePlacement(it.request.context, holder, placementId, data)
    return done(it, 'declined')
  },
  again: (it, sent) => partPage(it, 'decline', sent),
}

const Question = z.object({ question: required(2000, 'The question', 'Write your question') })

const ask: Act = {
  async take(it) {
    const data = sound(parse(Question, { question: text(it.values, 'question') }))
    const { holder, placementId } = await holding(it, 'ask')
    await askNavigator(it.request.context, holder, placementId, data)
    return done(it, 'asked')
  },
  again: (it, sent) => partPage(it, 'ask', sent),
}

const book: Act = {
  async take(it) {
    const { startsAt, faults } = sessionOf(it.values)
    if (!startsAt) throw new Faulty(faults)
    const { holder, placementId } = await holding(it, 'book')
    await bookPlacement(it.request.context, holder, placementId, { startsAt })
    return done(it, 'booked')
  },
  again,
  fieldOf: (path) => (path === 'startsAt' ? 'day' : path),
}

const attendance: Act = {
  async take(it) {
    const written = text(it.values, 'sessionOn') ?? ''
    const sessionOn = typedDay(written, { today: londonDay(it.request.context.now()), lies: 'behind' }) ?? written
    if (!isDay(sessionOn)) throw new Faulty([{ field: 'sessionOn', text: 'Enter the day of the session' }])
    const came = text(it.values, 'attended')
    if (came !== 'yes' && came !== 'no') throw new Faulty([{ field: 'attended', text: 'Say whether the person came' }])
    const { holder, placementId } = await holding(it, 'attendance')
    await recordAttendance(it.request.context, holder, placementId, { sessionOn, attended: came === 'yes' })
    return done(it, 'attended')
  },
  again,
}

const NoStart = z.object({ note: required(1000, 'The note', 'Write down how you tried to reach the person') })

const notStarted: Act = {
  async take(it) {
    const data = sound(parse(NoStart, { note: text(it.values, 'note') }))
    const { holder, placementId } = await holding(it, 'did-not-start')
    await recordNoStart(it.request.context, holder, placementId, data)
    return done(it, 'not-started')
  },
  again: (it, sent) => partPage(it, 'not-started', sent),
}

const Review = z.object({ note: typed(1000, 'The note').optional() })

const review: Act = {
  async take(it) {
    const data = sound(parse(Review, { note: text(it.values, 'note') }))
    const { holder, placementId } = await holding(it, 'review')
    await reviewPlacement(it.request.context, holder, placementId, data)
    return done(it, 'reviewed')
  },
  again,
}

const end: Act = {
  async take(it) {
    const { values } = it
    const data = sound(parse(Ending, { outcome: text(values, 'outcome'), note: text(values, 'note'), goals: [] }))
    const { holder, placementId } = await holding(it, 'complete')
    await endPlacement(it.request.context, holder, placementId, data)
    return done(it, 'ended')
  },
  again: (it, sent) => partPage(it, 'end', sent),
}

const undo: Act = {
  async take(it) {
    const { holder, placementId } = await holding(it, 'undo')
    await undoPlacement(it.request.context, holder, placementId)
    return done(it, 'undone')
  },
  again,
}

const code: Act = {
  async take(it) {
    const { holder } = await holderToKnow(it.request.context, it.token)
    await sendCode(it.request.context, holder)
    return done(it, 'code')
  },
  again,
}

/** Who it is: after a code that is right, or with the pass that it gave. The answer itself is the page: no address opens it. */
const know: Act = {
  async take(it) {
    const { request, token, values } = it
    const { context } = request
    const { holder, placementId } = await holderToKnow(context, token)
    const given = text(values, 'pass')
    if (given) requirePass(context, holder, given)
    const pass = given ?? (await useCode(context, holder, (text(values, 'code') ?? '').replace(/\D/g, '')))
    const view = await openPlacement(context, holder, placementId)
    const link = await readPlacementLink(context, token)
    const model = {
      ...personModel(view, ''),
      ...standingForms(view, link.doors),
      action: `/l/${token}`,
      pass,
      told: link.moves.slice(0, 1).map(toldWords),
      form: faultyForm(usualSession(view.group.schedule, londonDay(context.now())), []),
    }
    return show(request, it.reply, 'link-person-known', { title: `Referral ${view.reference}` }, model)
  },
  again,
}

export const placementActs: Record<string, Act> = {
  accept,
  waitlist,
  decline,
  ask,
  book,
  attendance,
  'not-started': notStarted,
  review,
  end,
  undo,
  code,
  know,
}
