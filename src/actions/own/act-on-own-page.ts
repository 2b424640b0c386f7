import { withdraw } from '../../domain/closing.ts'
import { speaksOfDanger } from '../../domain/crisis-words.ts'
import type { Day } from '../../domain/day.ts'
import { answersOnOwnPage } from '../../domain/link-person.ts'
import { askCall } from '../../domain/own-page.ts'
import { answer, hold, resume } from '../../domain/pauses.ts'
import type { PersonChange } from '../../domain/person-change.ts'
import type { WithdrawalReason } from '../../domain/placement-reasons.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { findPlacement } from '../../store/placements.ts'
import { answerQuestion, findOpenQuestion } from '../../store/questions.ts'
import { listSharing } from '../../store/sharing.ts'
import type { Context } from '../context.ts'
import { decisionOf, type Said, tooLate } from '../links/answer-by-link.ts'
import { changeDetails, columnsOf } from '../people/change-details.ts'
import { makeMove } from '../placements/move.ts'
import { type DecideReferral, makeReferralMove } from '../referrals/move.ts'
import { stopSharing } from '../referrals/withdraw-consent.ts'
import { endPlacementsOf, holdPlacementsOf, resumePlacementsOf } from '../steps/cascades.ts'
import { referralParties } from '../steps/referral-step.ts'
import { type OwnCase, passOwnPage } from './own-link.ts'

/** Who is at their own page: the link, and the pass that it was opened with. */
export interface AtOwnPage {
  token: string
  pass: string
}

function onOwnPage(
  context: Context,
  { token, pass }: AtOwnPage,
  act: (tx: Db, own: OwnCase) => Promise<unknown>,
): Promise<unknown> {
  return context.db.write(async (tx) => act(tx, await passOwnPage(context, tx, token, pass)))
}

function move(context: Context, at: AtOwnPage, decide: (own: OwnCase, tx: Db) => DecideReferral): Promise<unknown> {
  return onOwnPage(context, at, (tx, own) =>
    makeReferralMove(context, tx, { personId: own.person.id }, own.referral, ['person'], decide(own, tx)),
  )
}

/** How the person is reached, and what of it is safe. The navigator is told that it changed. */
export async function changeOwnContact(
  context: Context,
  at: AtOwnPage,
  change: Pick<PersonChange, 'phone' | 'email' | 'safeContact' | 'address' | 'postcode' | 'noFixedAddress'>,
): Promise<void> {
  await onOwnPage(context, at, (tx, { person, referral }) =>
    changeDetails(
      context,
      tx,
      { personId: person.id },
      { person, referralId: referral.id, parties: referralParties(referral) },
      columnsOf(change),
    ),
  )
}

/** Something is wrong, or there is something to say: a navigator reads it and calls. Nothing is overwritten by it. */
export async function tellNavigator(context: Context, at: AtOwnPage, { words }: { words: string }): Promise<void> {
  await move(context, at, ({ referral }) => ({ now, limits }) => ({
    step: { ...askCall(referral, now, limits, speaksOfDanger(words)), ...(words ? { reason: words } : {}) },
  }))
}

/** The person answers what the navigator asked them. */
export async function answerOwnQuestion(context: Context, at: AtOwnPage, { text }: { text: string }): Promise<void> {
  await move(context, at, ({ referral }, tx) => async ({ movers, now, limits }) => {
    const step = answer(referral, movers, now, limits)
    const question = await findOpenQuestion(tx, { referralId: referral.id, placementId: null })
    return {
      step,
      detail: { questionId: question?.id ?? null },
      andThen: async () =>
        question && answerQuestion(tx, question.id, { answer: text, answeredBy: null, answeredAt: now }),
    }
  })
}

/** Life comes between. Nobody loses a turn by it. */
export async function pauseOwn(context: Context, at: AtOwnPage, { restartsOn }: { restartsOn: Day }): Promise<void> {
  await move(context, at, ({ referral }, tx) => ({ movers, now, limits }) => ({
    step: hold(referral, { reason: 'The person asked to pause.', restartsOn }, movers, now, limits),
    detail: { restartsOn },
    andThen: ({ eventId }) => holdPlacementsOf(context, tx, { referralId: referral.id, restartsOn, causedBy: eventId }),
  }))
}

export async function restartOwn(context: Context, at: AtOwnPage): Promise<void> {
  await move(context, at, ({ referral }, tx) => ({ movers, now, limits }) => ({
    step: resume(referral, movers, now, limits),
    andThen: ({ eventId }) => resumePlacementsOf(context, tx, referral.id, eventId),
  }))
}

/** The person wants no more of it: everything open ends, and everybody who knew of them is told no more. */
export async function withdrawOwn(
  context: Context,
  at: AtOwnPage,
  { reason }: { reason: WithdrawalReason },
): Promise<void> {
  await move(context, at, ({ referral }, tx) => ({ movers }) => ({
    step: withdraw(referral, reason, movers),
    changes: { closingReason: reason },
    andThen: ({ eventId }) => endPlacementsOf(context, tx, referral.id, eventId),
  }))
}

/** An answer about one place: an offer, a waiting list, or a project that they do not want any more. */
export async function answerOwnPlace(context: Context, at: AtOwnPage, placementId: string, said: Said): Promise<void> {
  await onOwnPage(context, at, async (tx, { person, referral }) => {
    const placement = await findPlacement(tx, placementId)
    if (placement?.referralId !== referral.id || !answersOnOwnPage(placement.status).includes(said.answer))
      throw tooLate()
    await makeMove(context, tx, { personId: person.id }, placement, ['person'], decisionOf(context, said, 'own'))
  })
}

/** What an organisation was allowed to know rests on the person's yes: with a no its access ends at once. */
export async function stopOwnSharing(context: Context, at: AtOwnPage, { provider }: { provider: string }) {
  await onOwnPage(context, at, async (tx, { person, referral }) => {
    const shared = (await listSharing(tx, referral.id)).filter(({ organisation }) => organisation.slug === provider)
    if (shared.length === 0 || shared.some(({ basis }) => basis !== 'consent'))
      throw new Refusal('wrong-status', 'This was changed meanwhile. Nothing was changed by this click.')
    await stopSharing(context, tx, { personId: person.id }, referral.id, provider)
  })
}
