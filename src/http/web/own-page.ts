import type { FastifyReply } from 'fastify'
import { readOwnDoor } from '../../actions/own/own-link.ts'
import { type OwnPage, readOwnPage } from '../../actions/own/read-own-page.ts'
import { addWeeks, londonDay } from '../../domain/day.ts'
import { NEED_GROUPS } from '../../domain/needs.ts'
import { Refusal } from '../../domain/refusal.ts'
import { answersOf, bornOn } from '../../domain/self-referral.ts'
import { dayIn, timeIn } from '../../words/days.ts'
import type { Language } from '../../words/language.ts'
import { queryWord } from './addresses.ts'
import type { FieldFault, Values } from './forms.ts'
import { type Act, Faulty, type Sent, type Visit } from './link-visit.ts'
import { publicForm, ringModel, showPublic } from './public-page.ts'
import { statusModel } from './status-model.ts'

const COOKIE = 'trellis-own'
const OPEN_SECONDS = 30 * 60

/** What stands on pages of its own, behind the first one. */
const PARTS = ['contact', 'address', 'tell', 'pause', 'withdraw', 'sharing', 'plan'] as const
type Part = (typeof PARTS)[number]

const DONE = ['answered', 'told', 'paused', 'restarted', 'withdrawn', 'place', 'stopped', 'saved'] as const

/** Reasons that a person may give, in the order in which they are offered. */
export const OWN_REASONS = [
  'needs_met_elsewhere',
  'changed_mind',
  'health',
  'work_or_caring',
  'moved_away',
  'other',
] as const

export const ownPath = ({ tongue, token }: Visit): string => `${tongue.prefix}/l/${token}`

/** For half an hour the browser keeps that the page was opened: no address and no form opens it for somebody else. */
export function passOf({ request }: Visit): string {
  return request.cookies[COOKIE] ?? ''
}

function keepPass({ request, reply }: Visit, pass: string): void {
  const { isSecure } = request.server.site
  const cookie = { path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure, maxAge: OPEN_SECONDS } as const
  void reply.setCookie(COOKIE, pass, cookie)
}

export function closeOwnPage(reply: FastifyReply): void {
  void reply.clearCookie(COOKIE, { path: '/' })
}

/** Somebody's own page, or the door before it. */
export async function ownPage(visit: Visit, sent?: Sent): Promise<unknown> {
  const { isOpen, hasEnded } = await readOwnDoor(visit.request.context, visit.token, passOf(visit))
  if (!isOpen) return doorPage(visit, hasEnded, sent)
  const own = await readOwnPage(visit.request.context, visit.token, passOf(visit))
  const asked = queryWord(visit.request.query, 'part')
  const part = PARTS.find((one) => one === asked && mayOpen(own, one))
  return part ? partPage(visit, own, part, sent) : firstPage(visit, own, sent)
}

function mayOpen({ acts }: OwnPage, part: Part): boolean {
  if (part === 'sharing' || part === 'plan') return true
  return acts.includes(part === 'contact' || part === 'address' ? 'tell' : part)
}

function doorPage(visit: Visit, hasEnded: boolean, sent?: Sent): FastifyReply {
  const { request, reply, tongue } = visit
  const faults = sent?.faults ?? []
  const title = tongue.say('own.door.title')
  const frame = { tongue, title, back: null, leave: null, faults }
  const model = {
    title,
    hasEnded,
    action: ownPath(visit),
    again: `${tongue.prefix}/where`,
    form: publicForm(tongue, sent?.values ?? {}, faults),
  }
  return showPublic(request, reply, 'own-door', frame, model, sent?.status ?? (hasEnded ? 410 : 200))
}

/** Where somebody goes who must not be seen here; it closes the page too. */
const leaveOf = (tongue: Language): string => `${tongue.prefix}/refer-yourself/leave`

function firstPage(visit: Visit, own: OwnPage, sent?: Sent): FastifyReply {
  const { request, reply, tongue } = visit
  const { say } = tongue
  const faults = sent?.faults ?? []
  const title = say('own.title')
  const word = queryWord(request.query, 'done')
  const done = DONE.find((one) => one === word)
  const frame = {
    tongue,
    title,
    back: null,
    leave: leaveOf(tongue),
    faults,
    done: word === 'danger' ? dangerWords(tongue) : done && say(`own.done.${done}`),
  }
  const model = {
    title,
    action: ownPath(visit),
    reference: own.reference,
    status: statusModel(tongue, own.where),
    question: own.question,
    restart: own.acts.includes('restart') ? dayIn(tongue, own.restartsOn ?? '') : null,
    places: own.places.map((place) => placeModel(tongue, place)),
    parts: PARTS.filter((part) => mayOpen(own, part)).map((part) => ({
      href: `${ownPath(visit)}?part=${part}`,
      text: say(`own.part.${part}`),
    })),
    pauses: pausesOf(visit, own),
    form: publicForm(tongue, sent?.values ?? {}, faults),
  }
  return showPublic(request, reply, 'own', frame, model, sent?.status ?? 200)
}

/** As the self-referral says it, before anything else. */
function dangerWords({ say }: Language): string {
  return `${say('self.help-now.999')}. ${say('self.help-now.111')}.`
}

function placeModel(tongue: Language, { id, project, group, status, bookedFor, answers }: OwnPage['places'][number]) {
  const { say } = tongue
  const visit = bookedFor && { day: dayIn(tongue, londonDay(bookedFor)), time: timeIn(tongue, bookedFor) }
  return {
    id,
    project,
    group,
    says: visit ? say('own.place.visit', visit) : say(`own.place.${status}`),
    may: Object.fromEntries(answers.map((answer) => [answer.replace('-', ''), true])),
  }
}

function pausesOf({ request, tongue }: Visit, { limits }: OwnPage) {
  const today = londonDay(request.context.now())
  return [2, 4, 8, 12]
    .filter((weeks) => weeks <= limits.holdWeeks)
    .map((count) => ({
      value: String(count),
      text: tongue.say('link.pause.weeks', { count, day: dayIn(tongue, addWeeks(today, count)) }),
    }))
}

function partPage(visit: Visit, own: OwnPage, part: Part, sent?: Sent): FastifyReply {
  const { request, reply, tongue } = visit
  const { say } = tongue
  const faults = sent?.faults ?? []
  const title = say(`own.part.${part}`)
  const model = {
    title,
    part,
    action: `${ownPath(visit)}?part=${part}`,
    back: ownPath(visit),
    form: publicForm(tongue, sent?.values ?? heldValues(own), faults),
    pauses: pausesOf(visit, own),
    reasons: OWN_REASONS.map((value) => ({ value, text: say(`own.withdraw.reason.${value}`) })),
    sharing: own.sharing.map((one) => ({ ...one, since: dayIn(tongue, londonDay(one.since)) })),
    plan: planModel(tongue, own.plan),
    tell: `${ownPath(visit)}?part=tell`,
    ring: ringModel(tongue, own.where.phone ? { service: own.where.service, phone: own.where.phone } : null),
  }
  const frame = { tongue, title, back: ownPath(visit), leave: leaveOf(tongue), faults }
  return showPublic(request, reply, 'own-part', frame, model, sent?.status ?? 200)
}

function heldValues({ contact, address }: OwnPage): Values {
  const { phone, email, safe } = contact
  const { lines, postcode, noFixedAddress } = address
  return answersOf({ phone, email, safe, lines, postcode, noFixedAddress })
}

/** Needs in the plain words of the nine groups, which every language has. */
function planModel({ say }: Language, { needs, ...plan }: OwnPage['plan']) {
  const groups = NEED_GROUPS.flatMap(({ codes }, index) =>
    (codes as readonly string[]).some((code) => needs.includes(code)) ? [say(`need.${index}`)] : [],
  )
  const isEmpty = groups.length + plan.goals.length + plan.strengths.length === 0 && !plan.whatMatters
  return { ...plan, needs: groups, isEmpty }
}

/** What was saved is said on a page of its own: with another e-mail address the link that led here is closed. */
export async function savedPage(visit: Visit): Promise<unknown> {
  const { request, reply, token, tongue } = visit
  const isStillOpen = await readOwnDoor(request.context, token, passOf(visit)).then(
    ({ isOpen }) => isOpen,
    () => false,
  )
  if (isStillOpen) return reply.redirect(`${ownPath(visit)}?done=saved`, 303)
  closeOwnPage(reply)
  const title = tongue.say('own.done.saved')
  const frame = { tongue, title, back: null, leave: leaveOf(tongue), faults: [] }
  return showPublic(request, reply, 'own-closed', frame, { title, again: `${tongue.prefix}/where` })
}

/** The date of birth opens the page for half an hour. */
export const open: Act = {
  async take(it) {
    const born = bornOn(it.values)
    const wrong = (says: string): FieldFault[] => [{ field: 'born-day', text: it.tongue.say(says) }]
    if (!born) throw new Faulty(wrong('self.born.wrong'))
    const { request, token } = it
    try {
      keepPass(it, await request.server.tryToOpen(token, request.context, born))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (error.kind === 'invalid') throw new Faulty(wrong('own.door.wrong'))
      if (error.kind === 'too-many') throw new Faulty(wrong('where.tooMany'))
      throw error
    }
    return it.reply.redirect(ownPath(it), 303)
  },
  again: ownPage,
}
