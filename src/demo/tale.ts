import type { Context } from '../actions/context.ts'
import { acceptPlacement } from '../actions/placements/accept-placement.ts'
import { bookPlacement } from '../actions/placements/book-placement.ts'
import { declinePlacement } from '../actions/placements/decline-placement.ts'
import { endPlacement } from '../actions/placements/end-placement.ts'
import { markSeen } from '../actions/placements/open-placement.ts'
import { recordAttendance } from '../actions/placements/record-attendance.ts'
import { sendPlacement } from '../actions/placements/send-placement.ts'
import { withdrawPlacement } from '../actions/placements/withdraw-placement.ts'
import { activateReferral } from '../actions/referrals/activate-referral.ts'
import { assignReferral } from '../actions/referrals/assign-referral.ts'
import { type Closing, closeReferral } from '../actions/referrals/close-referral.ts'
import { listMatches } from '../actions/referrals/list-matches.ts'
import { logContact } from '../actions/referrals/log-contact.ts'
import { submitReferral } from '../actions/referrals/submit-referral.ts'
import { withdrawReferral } from '../actions/referrals/withdraw-referral.ts'
import type { ContactChannel } from '../domain/contact.ts'
import { addWeeks, type Day } from '../domain/day.ts'
import type { NextStep } from '../domain/next-action.ts'
import type { Actor } from '../domain/organisation.ts'
import type { EndOutcome } from '../domain/placement.ts'
import type { DeclineReason, WithdrawalReason } from '../domain/placement-reasons.ts'
import { ReferralRequest } from '../domain/referral-request.ts'
import { Refusal } from '../domain/refusal.ts'
import { getReferralRow } from '../store/referrals.ts'
import { type DemoClock, londonMoment, workingDayBefore, workingMoment } from './clock.ts'
import type { Directory, KnownGroup } from './directory.ts'
import { type DemoPerson, inventPerson } from './people.ts'
import type { Random } from './random.ts'
import { nextSession } from './sessions.ts'
import type { Situation } from './situations.ts'
import { setWard } from './store.ts'

/** What every tale is told in: one city, one clock, up to one day. */
export interface Stage {
  context: Context
  clock: DemoClock
  directory: Directory
  asOf: Day
  /** The last moment of which anything is told. */
  end: Date
}

const AROUND_A_VISIT: Partial<Record<NextStep, string>> = {
  tell_first_visit: 'Told them when and where, and who meets them at the door.',
  check_in: 'It was good to go. Found the place easily.',
  ask_after_no_show: 'Was not well that day. Would like to try again.',
}

const SPOKEN: [string, ...string[]] = [
  'Good talk. Would like to start with something small.',
  'Nervous at first, then told me a lot. Mornings are best.',
  'Happy to be rung. Wants to hear what is on before deciding.',
  'We met at the library. Somebody they trust came along, which was a help.',
]

/** No project of the directory takes this person now. */
export class NothingFits extends Error {
  override name = 'NothingFits'
}

/** One referral as it is lived: who is in it, and the steps they can take. Steps happen now; tales decide when. */
export class Tale {
  readonly stage: Stage
  readonly random: Random
  readonly situation: Situation
  readonly referrer: Actor
  readonly navigator: Actor
  readonly someone: DemoPerson
  /** Set by the steps that make them. */
  referralId = ''
  placementId = ''
  goalIds: string[] = []
  #tries = 0
  #group: KnownGroup | undefined
  #session: { on: Day; startsAt: Date } | undefined
  readonly #tried = new Set<string>()

  constructor(stage: Stage, random: Random, situation: Situation, index: number) {
    this.stage = stage
    this.random = random
    this.situation = situation
    this.referrer = this.#oneOf('referrer', random.pick(situation.referrers))
    this.navigator = this.#oneOf('navigator', 'so-linked')
    const practiceOdsCode = stage.directory.odsCodes.get(this.referrer.organisation)
    const wanted = { ...situation.wanted, ...(practiceOdsCode ? { practiceOdsCode } : {}) }
    this.someone = inventPerson(random, index, wanted, stage.asOf)
  }

  #oneOf(role: Actor['role'], organisation: string): Actor {
    const [first, ...others] = this.stage.directory.actors.filter(
      (actor) => actor.role === role && actor.organisation === organisation,
    )
    if (!first) throw new Error(`Nobody is ${role} at ${organisation}.`)
    return this.random.pick([first, ...others])
  }

  /** Somebody from another organisation who refers the same person. */
  get secondReferrer(): Actor {
    return this.#oneOf(
      'referrer',
      this.referrer.organisation === 'adult-social-care' ? 'hospital-discharge' : 'adult-social-care',
    )
  }

  /** The clinical team that takes people on who need more than a group. */
  get team(): Actor {
    return this.#oneOf('triage_lead', 'enhanced-primary-care-mental-health')
  }

  get group(): KnownGroup {
    if (!this.#group) throw new Error('Nothing was sent yet.')
    return this.#group
  }

  get worker(): Actor {
    return this.#oneOf('provider_worker', this.group.provider)
  }

  /** A moment in working hours, so many working days from now. */
  after(least: number, most = least): Date {
    return workingMoment(this.random, this.stage.clock.now(), this.random.between(least, most))
  }

  /** On the day that is so many working days before the last, or as soon as possible after it. */
  ago(days: number): Date {
    const day = workingDayBefore(this.stage.asOf, days)
    if (day <= this.stage.clock.today()) return this.after(0)
    return workingMoment(this.random, londonMoment(day, 0), 0)
  }

  async refer(by = this.referrer): Promise<void> {
    const { context } = this.stage
    const { needs, reasons, matters, strengths, priority, risk } = this.situation
    const request = ReferralRequest.parse({
      person: this.someone.person,
      needs,
      reason: this.random.pick(reasons),
      ...(this.random.chance(0.8) ? { whatMattersToMe: this.random.pick(matters) } : {}),
      ...(this.random.chance(0.5) ? { strengths: strengths.slice(0, 1) } : {}),
      priority: priority ?? (this.random.chance(0.1) ? 'priority' : 'routine'),
      risks: risk ? [risk] : 'none_known',
      consent: { shareWithNavigator: true },
    })
    const { id, person } = await submitReferral(context, by, request)
    this.referralId = id
    await context.db.write((tx) => setWard(tx, person.id, this.someone.wardCode))
  }

  async assign(): Promise<void> {
    const lead = this.#oneOf('triage_lead', 'so-linked')
    if (this.random.chance(0.3))
      await assignReferral(this.stage.context, this.navigator, this.referralId, { toMe: true })
    else await assignReferral(this.stage.context, lead, this.referralId, { navigatorId: this.navigator.userId })
  }

  /** Ways that are held and safe, each with what comes of it when nobody answers. */
  #waysToReach(): [ContactChannel, 'no_answer' | 'left_message'][] {
    const { phone, email, address, safeContact } = this.someone.person
    return [
      ...(phone ? [['phone', safeContact?.voicemail ? 'left_message' : 'no_answer'] as const] : []),
      ...(phone && safeContact?.text ? [['text', 'left_message'] as const] : []),
      ...(email && safeContact?.email ? [['email', 'left_message'] as const] : []),
      ...(address && safeContact?.post ? [['post', 'left_message'] as const] : []),
      ...(address || !phone ? [['in_person', 'no_answer'] as const] : []),
    ].map(([channel, outcome]) => [channel, outcome])
  }

  /** A try that reaches nobody, each time another way. */
  async tryToReach(): Promise<void> {
    const ways = this.#waysToReach()
    const [channel, outcome] = ways[this.#tries++ % ways.length] ?? ['in_person', 'no_answer']
    await logContact(this.stage.context, this.navigator, this.referralId, { outcome, channel })
  }

  async speak(note = this.random.pick(SPOKEN)): Promise<void> {
    const channel = this.someone.person.phone && this.random.chance(0.7) ? 'phone' : 'in_person'
    const contact = { outcome: 'spoke', channel, note } as const
    await logContact(this.stage.context, this.navigator, this.referralId, contact)
  }

  /** The call around a first visit, where one is owed: before it, or to hear how it was. */
  async callAboutVisit(): Promise<void> {
    const { nextStep } = await getReferralRow(this.stage.context.db.read, this.referralId)
    const note = nextStep === null ? undefined : AROUND_A_VISIT[nextStep]
    if (note) await this.speak(note)
  }

  async agreePlan(): Promise<void> {
    const { needs, strengths, goals } = this.situation
    const plan = {
      needs,
      strengths,
      goals: goals.map((text) => ({ text, importance: this.random.between(5, 10) })),
      consent: { shareWithProviders: true },
    }
    const referral = await activateReferral(this.stage.context, this.navigator, this.referralId, plan)
    this.goalIds = referral.goals.map(({ id }) => id)
  }

  /** Groups that fit and have room, none tried before: of the projects that suit, else of any that meets a need. */
  async #choices(isFor: (group: KnownGroup) => boolean) {
    const matches = await listMatches(this.stage.context, this.navigator, this.referralId)
    const possible = matches.flatMap((match) => {
      const { groupId, verdict, isFull, takesPeople } = match
      const group = this.stage.directory.groups.get(groupId ?? '')
      const isOpen = group && verdict === 'eligible' && !isFull && takesPeople
      return groupId && isOpen && !this.#tried.has(groupId) && isFor(group)
        ? [{ groupId, meetsNeeds: match.meetsNeeds }]
        : []
    })
    const ofProjects = possible.filter(({ groupId }) => {
      const slug = this.stage.directory.groups.get(groupId)?.project
      return slug !== undefined && this.situation.projects.includes(slug)
    })
    return ofProjects.length > 0 ? ofProjects : possible.filter(({ meetsNeeds }) => meetsNeeds.length > 0)
  }

  /** Sends the person to a group they can start in soon; with `later`, also to a course that begins in some weeks. */
  async send({ later = false } = {}): Promise<void> {
    const soon = addWeeks(this.stage.clock.today(), 1)
    const [first, ...others] = await this.#choices(
      ({ courseStartsOn }) => later || courseStartsOn === null || courseStartsOn <= soon,
    )
    if (!first) throw new NothingFits(`Nothing fits who would suit ${this.situation.projects.join(' or ')}.`)
    await this.sendTo(this.random.pick([first, ...others]).groupId)
  }

  async sendTo(groupId: string, overrideReason?: string): Promise<void> {
    this.#group = this.stage.directory.groups.get(groupId)
    this.#tried.add(groupId)
    const { id } = await sendPlacement(this.stage.context, this.navigator, this.referralId, { groupId, overrideReason })
    this.placementId = id
  }

  async see(): Promise<void> {
    await markSeen(this.stage.context, this.worker, this.placementId)
  }

  /** False where the last place went to somebody else, or others wait for it: then it is a decline. */
  async accept(): Promise<boolean> {
    try {
      await acceptPlacement(this.stage.context, this.worker, this.placementId)
      return true
    } catch (error) {
      const isTaken = error instanceof Refusal && ['group-full', 'others-waiting'].includes(error.code)
      if (!isTaken) throw error
      await this.decline('no_capacity')
      return false
    }
  }

  async decline(reason: DeclineReason, rule?: string): Promise<void> {
    await declinePlacement(this.stage.context, this.worker, this.placementId, { reason, rule })
  }

  async book(): Promise<void> {
    this.#session = nextSession(this.group, this.stage.clock.today())
    await bookPlacement(this.stage.context, this.worker, this.placementId, { startsAt: this.#session.startsAt })
  }

  /** The morning after the session that was arranged last, when the register is kept. */
  afterSession(): Date {
    this.#session ??= nextSession(this.group, this.stage.clock.today())
    const evening = new Date(`${this.#session.on}T21:00:00Z`)
    return workingMoment(this.random, evening, 0)
  }

  async register(attended: boolean, late = false): Promise<void> {
    const sessionOn = this.#session?.on ?? this.stage.clock.today()
    await recordAttendance(this.stage.context, this.worker, this.placementId, { sessionOn, attended, late })
    this.#session = nextSession(this.group, sessionOn)
  }

  async finish(outcome: EndOutcome, note: string): Promise<void> {
    const goals = this.goalIds.map((id) => ({
      id,
      result: this.random.pick(['achieved', 'achieved', 'partly'] as const),
    }))
    await endPlacement(this.stage.context, this.worker, this.placementId, { outcome, note, goals })
  }

  async takeBack(reason: WithdrawalReason): Promise<void> {
    await withdrawPlacement(this.stage.context, this.navigator, this.placementId, { reason })
  }

  async withdraw(reason: WithdrawalReason, by = this.navigator): Promise<void> {
    await withdrawReferral(this.stage.context, by, this.referralId, { reason })
  }

  async close(closing: Closing): Promise<void> {
    await closeReferral(this.stage.context, this.navigator, this.referralId, closing)
  }
}
