import { answerLapsed } from '../actions/clocks/answer-lapsed.ts'
import { askPlaces } from '../actions/clocks/ask-places.ts'
import { askRegisters } from '../actions/clocks/ask-registers.ts'
import { askStillWanted } from '../actions/clocks/ask-still-wanted.ts'
import { assignByLoad } from '../actions/clocks/assign-by-load.ts'
import { chaseProviders } from '../actions/clocks/chase-providers.ts'
import { checkInvariants } from '../actions/clocks/check-invariants.ts'
import { handOver } from '../actions/clocks/hand-over.ts'
import { offerPlaces } from '../actions/clocks/offer-places.ts'
import { passOnOffers } from '../actions/clocks/pass-on-offers.ts'
import { remindNavigators, remindProviders } from '../actions/clocks/remind.ts'
import { remindVisits } from '../actions/clocks/remind-visits.ts'
import { reopenIntakes } from '../actions/clocks/reopen-intakes.ts'
import { resumeHolds } from '../actions/clocks/resume-holds.ts'
import { resumeWaitingPlaces } from '../actions/clocks/resume-waiting.ts'
import { turnBackSilent } from '../actions/clocks/turn-back-silent.ts'
import { bringVolunteersBack } from '../actions/clocks/volunteers-back.ts'
import type { Context } from '../actions/context.ts'
import { chaseEntries } from '../actions/directory/chase-entries.ts'
import { countResponses } from '../actions/directory/count-responses.ts'
import { lastLondonTime } from '../domain/day.ts'
import type { Job } from './job.ts'

const MINUTE_MS = 60_000

function clockJob(name: string, sweep: (context: Context, signal: AbortSignal) => Promise<number>): Job {
  return {
    name,
    everyMs: MINUTE_MS,
    leaseMs: MINUTE_MS,
    async run(context, signal) {
      const records = await sweep(context, signal)
      return records > 0 ? { records } : undefined
    },
  }
}

/** What comes back or is released comes first, so that nobody is reminded of what is not theirs any more. */
export const CLOCK_JOBS: Job[] = [
  clockJob('answer-lapsed', answerLapsed),
  clockJob('turn-back-silent', turnBackSilent),
  clockJob('resume-holds', resumeHolds),
  clockJob('resume-waiting', resumeWaitingPlaces),
  clockJob('hand-over', handOver),
  clockJob('assign', assignByLoad),
  clockJob('chase-providers', chaseProviders),
  clockJob('reopen-intakes', reopenIntakes),
  clockJob('volunteers-back', bringVolunteersBack),
  clockJob('pass-on-offers', passOnOffers),
  clockJob('offer-places', offerPlaces),
  clockJob('ask-still-wanted', askStillWanted),
  clockJob('remind', async (context, signal) => {
    const navigators = await remindNavigators(context, signal)
    return navigators + (await remindProviders(context, signal))
  }),
]

const THREE_IN_THE_NIGHT = 3 * 60

export const checkInvariantsJob: Job = {
  name: 'check-invariants',
  everyMs: MINUTE_MS,
  leaseMs: 5 * MINUTE_MS,
  turnBegan: (now) => lastLondonTime(THREE_IN_THE_NIGHT, now),
  run: checkInvariants,
}

const NINE_IN_THE_MORNING = 9 * 60

/** Once a day, when somebody reads mail. */
function morningJob(name: string, sweep: (context: Context, signal: AbortSignal) => Promise<number>): Job {
  return { ...clockJob(name, sweep), turnBegan: (now) => lastLondonTime(NINE_IN_THE_MORNING, now) }
}

export const MORNING_JOBS: Job[] = [
  morningJob('assurance', chaseEntries),
  morningJob('ask-projects', async (context, signal) => {
    const registers = await askRegisters(context, signal)
    return registers + (await askPlaces(context, signal))
  }),
  morningJob('remind-visits', remindVisits),
]

const FOUR_IN_THE_NIGHT = 4 * 60

/** How projects answer, counted anew each night. */
export const responsesJob: Job = {
  name: 'responses',
  everyMs: MINUTE_MS,
  leaseMs: 5 * MINUTE_MS,
  turnBegan: (now) => lastLondonTime(FOUR_IN_THE_NIGHT, now),
  async run(context, signal) {
    const projects = await countResponses(context, signal)
    return projects > 0 ? { projects } : undefined
  },
}
