import type { Basis } from '../../domain/consent.ts'
import { answersOnOwnPage, type PersonAnswer } from '../../domain/link-person.ts'
import { type Limits, nextOf } from '../../domain/next-action.ts'
import { type OwnAct, ownActs } from '../../domain/own-page.ts'
import type { SafeContact } from '../../domain/person.ts'
import { isOpenPlacement } from '../../domain/placement.ts'
import { IDENTITY_KNOWN, type PlacementStatus } from '../../domain/placement-moves.ts'
import type { PositionRange } from '../../domain/queue.ts'
import type { Db } from '../../store/database.ts'
import { getOrganisation } from '../../store/organisations.ts'
import { getWholePlacementsOf } from '../../store/placements.ts'
import { findOpenQuestion } from '../../store/questions.ts'
import { listGoals } from '../../store/referral-details.ts'
import { listSharing } from '../../store/sharing.ts'
import type { Context } from '../context.ts'
import { readPosition } from '../placements/read-position.ts'
import { type StatusShown, statusOf } from '../self/look-up-status.ts'
import { getLimits } from '../steps/limits.ts'
import { passOwnPage } from './own-link.ts'

/** A place that somebody has, waits for, or has asked for. */
export interface OwnPlace {
  id: string
  project: string
  group: { name: string; schedule: string; venue: string }
  status: PlacementStatus
  bookedFor: Date | null
  position: PositionRange | null
  answers: PersonAnswer[]
}

/** An organisation that may know of them because of this referral. */
export interface OwnSharing {
  organisation: { slug: string; name: string }
  project: string | null
  /** The name and how to reach them; before that, what would help and roughly where they live. */
  knowsName: boolean
  basis: Basis
  since: Date
  /** What the person may take back by themselves: a project's knowledge that rests on their yes. */
  mayStop: boolean
}

export interface OwnPage {
  reference: string
  name: string
  where: StatusShown
  acts: OwnAct[]
  contact: { phone: string | null; email: string | null; safe: SafeContact }
  address: { lines: string[]; postcode: string | null; noFixedAddress: boolean }
  question: string | null
  places: OwnPlace[]
  sharing: OwnSharing[]
  plan: { whatMatters: string | null; strengths: string[]; needs: string[]; goals: string[] }
  restartsOn: string | null
  limits: Limits
}

/** All that somebody may see of their own referral. They opened it with their date of birth; that was recorded. */
export async function readOwnPage(context: Context, token: string, pass: string): Promise<OwnPage> {
  const { read } = context.db
  const { referral, person } = await passOwnPage(context, read, token, pass)
  const whole = await getWholePlacementsOf(read, referral.id)
  const service = await getOrganisation(read, referral.receivingOrganisationId)
  const places = await Promise.all(
    whole
      .filter(({ placement }) => isOpenPlacement(placement.status))
      .map(async ({ placement, project, group }) => ({
        id: placement.id,
        project: project.name,
        group: { name: group.name, schedule: group.schedule, venue: group.venue },
        status: placement.status,
        bookedFor: placement.status === 'booked' ? placement.bookedFor : null,
        position: await readPosition(context, placement),
        answers: answersOnOwnPage(placement.status),
      })),
  )
  const acts = ownActs(referral)
  return {
    reference: referral.reference,
    name: person.fullName,
    where: statusOf(
      referral,
      whole.map(({ placement }) => placement),
      service,
    ),
    acts,
    contact: { phone: person.phone, email: person.email, safe: person.safeContact },
    address: {
      lines: person.addressLines ?? [],
      postcode: person.postcode,
      noFixedAddress: person.noFixedAddress,
    },
    question: acts.includes('answer') ? await questionOf(read, referral.id) : null,
    places,
    sharing: await sharingOf(read, referral.id),
    plan: {
      whatMatters: referral.whatMattersToMe,
      strengths: referral.strengths,
      needs: nextOf(referral)?.step === 'triage' ? [] : referral.needs,
      goals: (await listGoals(read, referral.id)).map(({ text }) => text),
    },
    restartsOn: referral.restartsOn,
    limits: await getLimits(read, referral),
  }
}

async function questionOf(db: Db, referralId: string): Promise<string | null> {
  return (await findOpenQuestion(db, { referralId, placementId: null }))?.text ?? null
}

async function sharingOf(db: Db, referralId: string): Promise<OwnSharing[]> {
  return (await listSharing(db, referralId)).map(({ organisation, project, placementStatus, basis, grantedAt }) => ({
    organisation,
    project,
    knowsName: placementStatus === null || IDENTITY_KNOWN.includes(placementStatus),
    basis,
    since: grantedAt,
    mayStop: placementStatus !== null && basis === 'consent',
  }))
}
