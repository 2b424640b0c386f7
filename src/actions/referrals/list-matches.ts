import { londonDay } from '../../domain/day.ts'
import { pointOf } from '../../domain/distance.ts'
import { type MatchReason, reasonsOf } from '../../domain/match-reasons.ts'
import type { Actor } from '../../domain/organisation.ts'
import { type Seeker, seekerOf } from '../../domain/seeker.ts'
import type { Db } from '../../store/database.ts'
import { countGroups } from '../../store/groups.ts'
import { findHome, readOffers } from '../../store/matching.ts'
import { getPerson } from '../../store/people.ts'
import { listRisks } from '../../store/referral-details.ts'
import type { ReferralRow } from '../../store/referrals.ts'
import { getReferral } from '../access/get-referral.ts'
import type { Context } from '../context.ts'
import { eligibilityFacts } from '../directory/eligibility-facts.ts'
import { recordAct } from '../record.ts'
import { matchOffers } from './match-offers.ts'

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
export type MatchView = Awaited<ReturnType<typeof listMatches>>[number]

async function findMatches(db: Db, referral: ReferralRow, now: Date) {
  const person = await getPerson(db, referral.personId)
  const facts = await eligibilityFacts(db, referral, person, now)
  const riskKinds = (await listRisks(db, [referral.id])).map(({ kind }) => kind)
  const home = pointOf(await findHome(db, person.postcode))
  const seeker = seekerOf(referral, person, { home, riskKinds, today: londonDay(now) })
  const offers = await readOffers(db)
  const counts = await countGroups(
    db,
    [...offers.groupsOf.values()].flatMap((groups) => groups.map((group) => group.id)),
  )
  return matchOffers(offers, counts, { seeker, facts, now }).map((match) => viewMatch(match, seeker))
}

function viewMatch(match: ReturnType<typeof matchOffers>[number], seeker: Seeker) {
  const { project, group, capacity } = match
  let why: MatchReason[] | undefined
  return {
    projectId: project.id,
    projectName: project.name,
    projectSlug: project.slug,
    providerName: project.providerName,
    groupId: match.groupId,
    groupName: match.groupName,
    schedule: group?.schedule ?? '',
    venue: group?.venue ?? '',
    verdict: match.fit.verdict,
    reasons: match.fit.reasons,
    meetsNeeds: match.meetsNeeds,
    isCrisis: match.isCrisis,
    mayBePointedTo: match.mayBePointedTo,
    isOpenAccess: project.isOpenAccess,
    contactPhone: project.contactPhone,
    alert: project.alert,
    capacityKind: capacity.capacityKind,
    places: capacity.places,
    taken: capacity.taken,
    held: capacity.held,
    waiting: capacity.waiting,
    free: capacity.free,
    isFull: capacity.isFull,
    confirmedAt: capacity.confirmedAt,
    isConfirmed: capacity.isConfirmed,
    intake: capacity.intake,
    intakeOpen: capacity.intake.isOpen,
    takesPeople: match.whyNotNow === null,
    isStale: match.isStale,
    // In words only where somebody reads them: an answer of the API shows fifty of a thousand.
    get why() {
      why ??= reasonsOf(match, seeker)
      return why
    },
    expectedWaitDays: match.expectedWait,
    distanceKm: match.distanceKm,
  }
}
