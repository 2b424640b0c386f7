import type { App } from '../site.ts'
import { addDirectory } from './directory.ts'
import { addEntries } from './entries.ts'
import { addMessages } from './messages.ts'
import { addPeople } from './people.ts'
import { addPlacements } from './placements.ts'
import { addReferralViews } from './referral-views.ts'
import { addReferrals } from './referrals.ts'
import { addSelfReferrals } from './self-referrals.ts'
import { addService } from './service.ts'
import { addSessions } from './sessions.ts'
import { addVolunteers } from './volunteers.ts'

/** The JSON API, noun by noun. */
export async function addApi(app: App): Promise<void> {
  await addSessions(app)
  await addReferrals(app)
  await addReferralViews(app)
  await addSelfReferrals(app)
  await addPlacements(app)
  await addMessages(app)
  await addPeople(app)
  await addDirectory(app)
  await addEntries(app)
  await addVolunteers(app)
  await addService(app)
}
