import { londonDay } from '../../domain/day.ts'
import { pointOf } from '../../domain/distance.ts'
import { triedBefore } from '../../domain/earlier.ts'
import type { Reason } from '../../domain/eligibility.ts'
import type { MatchReason } from '../../domain/match-reasons.ts'
import type { Actor } from '../../domain/organisation.ts'
import { seekerOf } from '../../domain/seeker.ts'
import type { Db } from '../../store/database.ts'
import { listForecasts } from '../../store/forecasts.ts'
import { countOffered, findHome } from '../../store/matching.ts'
import { getPerson } from '../../store/people.ts'
import { listPlacementsOf } from '../../store/placements.ts'
import { listRisks } from '../../store/referral-details.ts'
import type { ReferralRow } from '../../store/referrals.ts'
import { getReferral } from '../access/get-referral.ts'
import type { Context } from '../context.ts'
import { eligibilityFacts } from '../directory/eligibility-facts.ts'
import { recordAct } from '../record.ts'
import { matchOffers, type OfferMatch } from './match-offers.ts'
import { standingOffers } from './standing-offers.ts'

/** Every project and group of the directory as it stands for this person, best first, with the reasons. */
export async function listMatches(context: Context, actor: Actor, id: string) {
  const { read } = context.db
  const referral = await getReferral(read, actor, id, 'referral.view-work')
  const matches = await findMatches(read, referral, context.now())
  await context.db.write((tx) =>
    recordAct(context, tx, actor, { action: 'matches.viewed', subjectKind: 'referral', subjectId: id }),
  )
  return matches
}

async function findMatches(db: Db, referral: ReferralRow, now: Date) {
  const person = await getPerson(db, referral.personId)
  const facts = await eligibilityFacts(db, referral, person, now)
  const riskKinds = (await listRisks(db, [referral.id])).map(({ kind }) => kind)
  const home = pointOf(await findHome(db, person.postcode))
  const seeker = seekerOf(referral, person, { home, riskKinds, today: londonDay(now) })
  const offers = await standingOffers(db)
  const counts = await countOffered(
    db,
    offers.flatMap(({ group }) => group ?? []),
    now,
  )
  const forecasts = await listForecasts(db)
  const tried = triedBefore(await listPlacementsOf(db, referral.id))
  return matchOffers(offers, counts, { seeker, facts, now, forecasts, tried }).map((match) => new MatchView(match))
}

/** What is shown of a match: worked out where it is read, since a page and an answer show a few of a thousand. */
export class MatchView {
  private readonly match: OfferMatch
  private knownRoom: ReturnType<OfferMatch['capacity']> | undefined
  private knownReasons: Reason[] | undefined
  private knownWhy: MatchReason[] | undefined

  constructor(match: OfferMatch) {
    this.match = match
  }
  get projectId() {
    return this.match.projectId
  }
  get projectName() {
    return this.match.standing.project.name
  }
  get projectSlug() {
    return this.match.standing.project.slug
  }
  get providerName() {
    return this.match.standing.project.providerName
  }
  get groupId() {
    return this.match.groupId
  }
  get groupName() {
    return this.match.groupName
  }
  get schedule() {
    return this.match.standing.group?.schedule ?? ''
  }
  get venue() {
    return this.match.standing.group?.venue ?? ''
  }
  get verdict() {
    return this.match.verdict
  }
  get meetsNeeds() {
    return this.match.meetsNeeds
  }
  get isCrisis() {
    return this.match.isCrisis
  }
  get isTried() {
    return this.match.isTried
  }
  get mayBePointedTo() {
    return this.match.mayBePointedTo
  }
  get isOpenAccess() {
    return this.match.standing.project.isOpenAccess
  }
  get contactPhone() {
    return this.match.standing.project.contactPhone
  }
  get alert() {
    return this.match.standing.project.alert
  }
  get takesPeople() {
    return this.match.whyNotNow === null
  }
  get isStale() {
    return this.match.isStale
  }
  get expectedWaitDays() {
    return this.match.expectedWait
  }
  get distanceKm() {
    return this.match.distanceKm
  }
  get free() {
    return this.match.free
  }
  get isFull() {
    return this.match.isFull
  }
  get waiting() {
    return this.match.waiting
  }
  get capacityKind() {
    return this.room.capacityKind
  }
  get places() {
    return this.room.places
  }
  get taken() {
    return this.room.taken
  }
  get held() {
    return this.room.held
  }
  get confirmedAt() {
    return this.room.confirmedAt
  }
  get isConfirmed() {
    return this.room.isConfirmed
  }
  get intake() {
    return this.room.intake
  }
  get sessions() {
    return this.room.sessions
  }
  get intakeOpen() {
    return this.room.intake.isOpen
  }
  /** What each rule says to this person. */
  get reasons(): Reason[] {
    this.knownReasons ??= this.match.reasons()
    return this.knownReasons
  }
  /** Why it stands where it does. */
  get why(): MatchReason[] {
    this.knownWhy ??= this.match.why()
    return this.knownWhy
  }
  private get room() {
    this.knownRoom ??= this.match.capacity()
    return this.knownRoom
  }
}
