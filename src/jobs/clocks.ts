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

/** Providers are asked whether their entries are still right: once a day, when somebody reads mail. */
export const assuranceJob: Job = {
  name: 'assurance',
  everyMs: MINUTE_MS,
  leaseMs: MINUTE_MS,
  turnBegan: (now) => lastLondonTime(NINE_IN_THE_MORNING, now),
  async run(context, signal) {
    const entries = await chaseEntries(context, signal)
    return entries > 0 ? { entries } : undefined
  },
}

/** Whoever comes to a project for the first time tomorrow is told so, in the morning. */
export const visitsJob: Job = {
  name: 'remind-visits',
  everyMs: MINUTE_MS,
  leaseMs: MINUTE_MS,
  turnBegan: (now) => lastLondonTime(NINE_IN_THE_MORNING, now),
  async run(context, signal) {
    const visits = await remindVisits(context, signal)
    return visits > 0 ? { visits } : undefined
  },
}

/** In the morning projects are asked for the registers of the day, and for places that nobody knows any more. */
export const askProjectsJob: Job = {
  name: 'ask-projects',
  everyMs: MINUTE_MS,
  leaseMs: MINUTE_MS,
  turnBegan: (now) => lastLondonTime(NINE_IN_THE_MORNING, now),
  async run(context, signal) {
    const registers = await askRegisters(context, signal)
    const places = await askPlaces(context, signal)
    return registers + places > 0 ? { registers, places } : undefined
  },
}

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
