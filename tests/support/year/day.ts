import { inArray } from 'drizzle-orm'
import type { Context } from '../../../src/actions/context.ts'
import { changeGroup, confirmCapacity } from '../../../src/actions/directory/change-group.ts'
import { acceptPlacement } from '../../../src/actions/placements/accept-placement.ts'
import { declinePlacement } from '../../../src/actions/placements/decline-placement.ts'
import { endPlacement } from '../../../src/actions/placements/end-placement.ts'
import { answerOffer } from '../../../src/actions/placements/offer-placement.ts'
import { recordAttendance } from '../../../src/actions/placements/record-attendance.ts'
import { recordNoStart } from '../../../src/actions/placements/record-no-start.ts'
import { sendPlacement } from '../../../src/actions/placements/send-placement.ts'
import { undoPlacement } from '../../../src/actions/placements/undo-placement.ts'
import {
  confirmStillWanted,
  pauseWaiting,
  resumePlacement,
  waitlistPlacement,
} from '../../../src/actions/placements/wait-for-place.ts'
import { withdrawPlacement } from '../../../src/actions/placements/withdraw-placement.ts'
import { activateReferral } from '../../../src/actions/referrals/activate-referral.ts'
import { assignReferral } from '../../../src/actions/referrals/assign-referral.ts'
import { closeReferral } from '../../../src/actions/referrals/close-referral.ts'
import { holdReferral, resumeReferral } from '../../../src/actions/referrals/hold-referral.ts'
import { logContact } from '../../../src/actions/referrals/log-contact.ts'
import { submitReferral } from '../../../src/actions/referrals/submit-referral.ts'
import { addDays, londonDay } from '../../../src/domain/day.ts'
import { OPEN_PLACEMENT } from '../../../src/domain/placement-moves.ts'
import { Refusal } from '../../../src/domain/refusal.ts'
import { groups, type placements, placements as placementsTable, referrals } from '../../../src/store/schema.ts'
import { Crash } from '../histories/world.ts'
import { aRequest } from '../small-city.ts'
import type { YearTown } from './town.ts'

export interface YearTally {
  done: number
  refused: number
  crashed: number
}

type PlacementRow = typeof placements.$inferSelect
type ReferralRow = typeof referrals.$inferSelect

/** Some have an e-mail that is safe, some of those a mailbox that is gone; the others are reached by phone or letter. */
const SAFE = { voicemail: true, text: true, email: true, post: true }
const CHANNELS = [
  (nth: number) => ({ email: `person.${nth}@people.example`, safeContact: SAFE }),
  (nth: number) => ({ email: `person.${nth}@people.example`, safeContact: SAFE }),
  (nth: number) => ({ email: `gone.${nth}@people.example`, safeContact: SAFE }),
  () => ({ phone: '07700 900123' }),
  () => ({ phone: undefined, address: { lines: ['1 High Street', 'Southampton'], postcode: 'SO14 0YN' } }),
] as const

/** A few hours of the town: who comes, who decides, who answers, who stays away, who leaves. */
export async function someHours(town: YearTown, tally: YearTally): Promise<void> {
  const { random, contexts } = town
  const context = () => random.pick(contexts)
  const attempt = attempts(town, tally)
  const arrivals = random.between(0, Math.ceil(town.groups.length / 6))
  for (let n = 0; n < arrivals; n++) await arrive(town, attempt)
  const db = contexts[0].db.read
  const open = await db
    .select()
    .from(placementsTable)
    .where(inArray(placementsTable.status, [...OPEN_PLACEMENT]))
  for (const placement of random.shuffle(open)) await turnOf(town, placement, attempt, context)
  const all = await db
    .select()
    .from(referrals)
    .where(inArray(referrals.status, ['active', 'on_hold']))
  const held = new Set(open.map(({ referralId }) => referralId))
  for (const referral of all) await carry(town, referral, held.has(referral.id), attempt, context)
  for (const group of await db.select().from(groups)) await keep(town, group, attempt, context)
}

type Attempt = (go: () => Promise<unknown>) => Promise<boolean>

/** A refusal is an answer; whoever's process died asks again. */
function attempts({ doom, random }: YearTown, tally: YearTally): Attempt {
  return async (go) => {
    doom.isArmed = random.chance(0.1)
    try {
      await go()
      tally.done++
      return true
    } catch (error) {
      if (error instanceof Refusal) tally.refused++
      else if (error instanceof Crash) {
        tally.crashed++
        doom.isArmed = false
        await go().catch((again) => {
          if (!(again instanceof Refusal)) throw again
        })
      } else throw error
      return false
    } finally {
      doom.isArmed = false
    }
  }
}

let people = 0

async function arrive(town: YearTown, attempt: Attempt): Promise<void> {
  const { random, navigators, practice, contexts } = town
  const context = random.pick(contexts)
  const navigator = random.pick(navigators)
  const channel = random.pick(CHANNELS)
  const nth = ++people
  const request = aRequest(
    { fullName: `Person ${nth}`, dateOfBirth: `19${random.between(30, 99)}-03-27`, ...channel(nth) },
    { priority: random.pick(['routine', 'routine', 'routine', 'priority', 'urgent']) },
  )
  await attempt(async () => {
    const { id } = await submitReferral(context, practice, request)
    await assignReferral(context, navigator, id, { toMe: true })
    await logContact(context, navigator, id, { outcome: 'spoke', channel: 'phone' })
    await activateReferral(context, navigator, id, {
      needs: ['loneliness'],
      strengths: [],
      goals: [],
      consent: { shareWithProviders: true },
    })
    await place(town, context, id)
    // Some wait on two lists at once.
    if (random.chance(0.2)) await place(town, context, id)
  })
}

/** Most want the same few groups, or nobody would ever wait. */
async function place({ random, groups, navigators }: YearTown, context: Context, id: string): Promise<void> {
  const wanted =
    groups[random.chance(0.6) ? random.between(0, Math.floor(groups.length / 3)) : random.between(0, groups.length - 1)]
  if (wanted) await sendPlacement(context, navigators[0], id, { groupId: wanted.id })
}

async function turnOf(town: YearTown, placement: PlacementRow, attempt: Attempt, pick: () => Context): Promise<void> {
  const { random, navigators } = town
  const context = pick()
  const { id } = placement
  const worker = town.workerOf(placement.providerOrganisationId)
  const navigator = random.pick(navigators)
  const today = londonDay(town.now())
  const chance = (probability: number) => random.chance(probability)
  const lot = random.next()
  switch (placement.status) {
    case 'sent':
    case 'seen':
      // Some projects never answer.
      if (placement.id.endsWith('7') || !chance(0.4)) return
      if (chance(0.1))
        return void (await attempt(() => declinePlacement(context, worker, id, { reason: 'not_our_work' })))
      if (await attempt(() => acceptPlacement(context, worker, id))) return
      return void (await attempt(() => waitlistPlacement(context, worker, id)))
    case 'offered':
      if (!chance(0.05)) return
      return void (await attempt(() =>
        answerOffer(context, navigator, id, {
          answer: random.pick(['accept', 'accept', 'accept', 'not_now', 'no_longer_wanted']),
        }),
      ))
    case 'waitlisted':
      if (lot < 0.01)
        await attempt(() => pauseWaiting(context, navigator, id, { restartsOn: addDays(today, random.between(1, 40)) }))
      else if (lot < 0.03) await attempt(() => confirmStillWanted(context, navigator, id))
      else if (lot < 0.035) await attempt(() => withdrawPlacement(context, navigator, id, { reason: 'changed_mind' }))
      return
    case 'paused':
      if (chance(0.05)) await attempt(() => resumePlacement(context, navigator, id))
      return
    case 'accepted':
    case 'booked':
      if (lot < 0.2)
        await attempt(() => recordAttendance(context, worker, id, { sessionOn: today, attended: chance(0.8) }))
      else if (lot < 0.22) await attempt(() => recordNoStart(context, worker, id, { note: 'Rang twice' }))
      else if (lot < 0.24) await attempt(() => undoPlacement(context, worker, id))
      return
    case 'started':
      if (lot < 0.02)
        await attempt(() =>
          endPlacement(context, worker, id, {
            outcome: random.pick(['completed', 'left_early', 'moved_on']),
            note: 'Ended.',
          }),
        )
      else if (lot < 0.04)
        await attempt(() => recordAttendance(context, worker, id, { sessionOn: today, attended: chance(0.7) }))
      else if (lot < 0.045) await attempt(() => undoPlacement(context, worker, id))
      return
    case 'did_not_start':
      if (chance(0.2)) await attempt(() => withdrawPlacement(context, navigator, id, { reason: 'health' }))
  }
}

async function carry(
  town: YearTown,
  { id, status }: ReferralRow,
  isPlaced: boolean,
  attempt: Attempt,
  pick: () => Context,
): Promise<void> {
  const { random, navigators } = town
  const navigator = random.pick(navigators)
  const context = pick()
  const today = londonDay(town.now())
  if (status === 'on_hold' && random.chance(0.05)) await attempt(() => resumeReferral(context, navigator, id))
  if (status !== 'active') return
  if (!isPlaced) {
    if (!random.chance(0.2)) return
    if (random.chance(0.5)) return void (await attempt(() => place(town, context, id)))
    return void (await attempt(() => closeReferral(context, navigator, id, { outcome: 'completed', summary: 'Done.' })))
  }
  if (random.chance(0.002))
    await attempt(() =>
      holdReferral(context, navigator, id, {
        reason: 'In hospital',
        restartsOn: addDays(today, random.between(2, 50)),
      }),
    )
  else if (random.chance(0.001))
    await attempt(() =>
      closeReferral(context, navigator, id, {
        outcome: 'closed_early',
        reason: random.pick(['moved', 'died']),
        summary: 'Closed.',
      }),
    )
}

type GroupRow = typeof groups.$inferSelect

/** Most providers look at their places every week; some forget them for months. */
async function keep(town: YearTown, group: GroupRow, attempt: Attempt, pick: () => Context): Promise<void> {
  const { random } = town
  if (group.cancelledAt) return
  const context = pick()
  const worker = town.workerOf(group.providerOrganisationId)
  const isForgetful = group.id.endsWith('3')
  const change = (what: Parameters<typeof changeGroup>[4]) =>
    attempt(() => changeGroup(context, worker, group.id, group.version, what))
  if (random.chance(isForgetful ? 0.005 : 0.06)) await attempt(() => confirmCapacity(context, worker, group.id))
  else if (group.places !== null && random.chance(0.01))
    await change({ places: Math.max(1, group.places + random.between(-1, 1)) })
  else if (!group.intakePaused && random.chance(0.005))
    await change({ intake: { paused: true, reopensOn: addDays(londonDay(town.now()), random.between(2, 30)) } })
  else if (group.intakePaused && random.chance(0.02)) await change({ intake: { paused: false } })
}
