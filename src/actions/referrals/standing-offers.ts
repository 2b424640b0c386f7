import { pointOf } from '../../domain/distance.ts'
import type { Offer } from '../../domain/offer.ts'
import type { Db } from '../../store/database.ts'
import { directoryStamp } from '../../store/directory-stamp.ts'
import { intakeOf, NOBODY } from '../../store/groups.ts'
import { type OfferedGroup, type OfferedLocation, type OfferedProject, readOffers } from '../../store/matching.ts'

/** A group, or a project that has none, with all of it that is the same for whoever looks for something. Never changed. */
export interface StandingOffer {
  readonly project: OfferedProject
  readonly group: OfferedGroup | null
  readonly location: OfferedLocation | undefined
  readonly offer: Offer
}

/** A larger directory than any city has is read anew for each answer, so that what is kept has an end. */
const KEPT_AT_MOST = 10_000

// A directory is read and parsed once, and stands until its stamp changes: one for each handle, and no longer than that.
const kept = new WeakMap<Db, { stamp: string; offers: Promise<StandingOffer[]> }>()

/**
 * Every listed project with its groups as committed now. Who has which place is not in here: it changes with every move.
 * @param read the handle for committed data, never a transaction
 */
export async function standingOffers(read: Db): Promise<readonly StandingOffer[]> {
  // Before the rows: what changes while they are read makes another stamp.
  const stamp = await directoryStamp(read)
  const before = kept.get(read)
  if (before && before.stamp === stamp) return before.offers
  const offers = readOffers(read).then(offersOf)
  if (stamp === undefined) return offers
  const now = { stamp, offers }
  kept.set(read, now)
  const forget = () => {
    if (kept.get(read) === now) kept.delete(read)
  }
  offers.then((all) => all.length > KEPT_AT_MOST && forget(), forget)
  return offers
}

const NO_GROUPS = [null]

function offersOf({ projects, groupsOf, locations }: Awaited<ReturnType<typeof readOffers>>) {
  return projects.flatMap((project) => {
    return (groupsOf.get(project.id) ?? NO_GROUPS).map((group): StandingOffer => {
      const location = locations.get(group?.locationId ?? '')
      return {
        project,
        group,
        location,
        offer: offerOf(project, group, location),
      }
    })
  })
}

function offerOf(project: OfferedProject, group: OfferedGroup | null, location: OfferedLocation | undefined): Offer {
  return {
    needs: project.needs,
    interests: project.interests,
    languages: project.languages,
    access: new Set([...(project.access ?? []), ...(location?.access ?? [])]),
    place: pointOf(location),
    status: project.status,
    isFromFeed: project.feed !== null,
    intake: group ? intakeOf(group, NOBODY) : null,
    courseEndsOn: group?.courseEndsOn ?? null,
    assuredOn: project.assuredOn,
  }
}
