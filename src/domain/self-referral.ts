import { speaksOfDanger } from './crisis-words.ts'
import { ageOn, type Day, isDay } from './day.ts'
import { NEED_GROUPS, type NeedCode } from './needs.ts'
import { PersonInput, type SafeContact } from './person.ts'
import type { PersonChange } from './person-change.ts'
import { normalisePostcode, postcodeDistrict, SOUTHAMPTON_DISTRICTS } from './place.ts'
import { SelfReferralRequest } from './referral-request.ts'

/** One question a page, in this order. */
export const SELF_QUESTIONS = [
  'who',
  'help',
  'more',
  'name',
  'contact',
  'home',
  'gp',
  'born',
  'talk',
  'consent',
] as const
export type SelfQuestion = (typeof SELF_QUESTIONS)[number]

/** What somebody answered, as they typed it: a text, or the boxes that they ticked. */
export type Answers = Record<string, string | string[]>

/** What is wrong with an answer: the field, and the key of the words that say how to mend it. */
export interface AnswerFault {
  field: string
  says: string
}

export const WHO = ['me', 'other', 'child'] as const
export const MOST_HELP = 3
export const SAFE_WAYS = ['voicemail', 'text', 'email', 'post'] as const satisfies (keyof SafeContact)[]
/** Beside the codes of practices: no practice, or not known. */
export const NO_PRACTICE = ['not_registered', 'not_sure'] as const

const OLDEST = 120

function one(answers: Answers, field: string): string {
  const value = answers[field]
  return (Array.isArray(value) ? (value[0] ?? '') : (value ?? '')).trim()
}

function many(answers: Answers, field: string): string[] {
  const value = answers[field]
  return value === undefined || value === '' ? [] : [value].flat()
}

/** Whether the schema of a referral takes it; what is left out is asked for elsewhere. */
function fits(
  field: 'fullName' | 'phone' | 'email' | 'communicationNeeds' | 'preferredLanguage',
  text: string,
): boolean {
  return text === '' || PersonInput.shape[field].safeParse(text).success
}

/** `YYYY-MM-DD` from three boxes; undefined where it is no day. */
export function bornOn(answers: Answers): Day | undefined {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => one(answers, `born-${part}`))
  if (!/^\d{1,2}$/.test(day ?? '') || !/^\d{1,2}$/.test(month ?? '') || !/^\d{4}$/.test(year ?? '')) return undefined
  const written = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
  return isDay(written) ? written : undefined
}

function addressLines(answers: Answers): string[] {
  return ['line1', 'line2', 'town'].map((line) => one(answers, line)).filter(Boolean)
}

const CHECKS: Record<SelfQuestion, (answers: Answers, today: Day) => AnswerFault[]> = {
  who: (answers) => {
    const who = one(answers, 'who')
    if (!WHO.some((known) => known === who)) return [{ field: 'who', says: 'self.who.missing' }]
    if (who === 'me') return []
    return [
      ...(fits('fullName', one(answers, 'byName')) && one(answers, 'byName')
        ? []
        : [{ field: 'byName', says: 'self.who.byName.missing' }]),
      ...(one(answers, 'relationship').length <= 60 && one(answers, 'relationship')
        ? []
        : [{ field: 'relationship', says: 'self.who.relationship.missing' }]),
    ]
  },
  help: (answers) => {
    const chosen = many(answers, 'help').filter((index) => NEED_GROUPS[Number(index)])
    if (chosen.length === 0) return [{ field: 'help', says: 'self.help.missing' }]
    return chosen.length > MOST_HELP ? [{ field: 'help', says: 'self.help.tooMany' }] : []
  },
  more: (answers) => (one(answers, 'more').length > 1500 ? [{ field: 'more', says: 'self.more.tooLong' }] : []),
  name: (answers) => {
    const name = one(answers, 'name')
    if (!name) return [{ field: 'name', says: 'self.name.missing' }]
    return fits('fullName', name) ? [] : [{ field: 'name', says: 'self.name.wrong' }]
  },
  contact: (answers) => [
    ...(fits('phone', one(answers, 'phone')) ? [] : [{ field: 'phone', says: 'self.contact.phone.wrong' }]),
    ...(fits('email', one(answers, 'email')) ? [] : [{ field: 'email', says: 'self.contact.email.wrong' }]),
    ...(one(answers, 'safeNote').length > 200 ? [{ field: 'safeNote', says: 'self.contact.note.tooLong' }] : []),
  ],
  home: (answers) => {
    const postcode = one(answers, 'postcode')
    const faults: AnswerFault[] = []
    if (postcode && !normalisePostcode(postcode)) faults.push({ field: 'postcode', says: 'self.home.postcode.wrong' })
    if (addressLines(answers).some((line) => line.length > 80))
      faults.push({ field: 'line1', says: 'self.home.line.tooLong' })
    if (many(answers, 'noFixedAddress').length === 0) {
      if (!one(answers, 'line1')) faults.push({ field: 'line1', says: 'self.home.line1.missing' })
      if (!postcode) faults.push({ field: 'postcode', says: 'self.home.postcode.missing' })
    } else if (!one(answers, 'phone') && !one(answers, 'email'))
      faults.push({ field: 'noFixedAddress', says: 'self.home.unreachable' })
    return faults
  },
  gp: (answers) => [
    ...(/^([A-Z]\d{5}|not_registered|not_sure)$/.test(one(answers, 'practice'))
      ? []
      : [{ field: 'practice', says: 'self.gp.missing' }]),
    ...(['yes', 'no'].includes(one(answers, 'tellPractice'))
      ? []
      : [{ field: 'tellPractice', says: 'self.gp.tell.missing' }]),
  ],
  born: (answers, today) => {
    const parts = ['day', 'month', 'year'].map((part) => one(answers, `born-${part}`))
    if (parts.every((part) => part === '')) return [{ field: 'born-day', says: 'self.born.missing' }]
    const born = bornOn(answers)
    if (!born) return [{ field: 'born-day', says: 'self.born.wrong' }]
    if (born >= today) return [{ field: 'born-day', says: 'self.born.future' }]
    return ageOn(born, today) > OLDEST ? [{ field: 'born-year', says: 'self.born.tooLong' }] : []
  },
  talk: (answers) => [
    ...(fits('preferredLanguage', one(answers, 'language'))
      ? []
      : [{ field: 'language', says: 'self.talk.language.tooLong' }]),
    ...(fits('communicationNeeds', one(answers, 'communication'))
      ? []
      : [{ field: 'communication', says: 'self.talk.other.tooLong' }]),
  ],
  consent: (answers) => (one(answers, 'consent') === 'yes' ? [] : [{ field: 'consent', says: 'self.consent.missing' }]),
}

/** What is wrong with the answer to one question, all of it at once. */
export function faultsInAnswer(question: SelfQuestion, answers: Answers, today: Day): AnswerFault[] {
  return CHECKS[question](answers, today)
}

/** The first question that is not answered well yet; undefined where all of them are. */
export function openQuestion(answers: Answers, answered: readonly string[], today: Day): SelfQuestion | undefined {
  return SELF_QUESTIONS.find(
    (question) => !answered.includes(question) || faultsInAnswer(question, answers, today).length > 0,
  )
}

/** Whether what somebody wrote may mean that a life is in danger: help is shown first, and somebody calls the same day. */
export function mayBeInDanger(answers: Answers): boolean {
  return speaksOfDanger(one(answers, 'more'))
}

/** They live where the city's projects may not reach: they are told so, and helped on all the same. */
export function livesElsewhere(answers: Answers): boolean {
  const postcode = normalisePostcode(one(answers, 'postcode'))
  return postcode !== undefined && !SOUTHAMPTON_DISTRICTS.includes(postcodeDistrict(postcode))
}

/** How somebody is reached, as they changed it. */
export function contactFrom(answers: Answers): Pick<PersonChange, 'phone' | 'email' | 'safeContact'> {
  return {
    phone: one(answers, 'phone') || null,
    email: one(answers, 'email') || null,
    safeContact: safeContactOf(answers),
  }
}

/** Where somebody lives, as they changed it: answered well. */
export function homeFrom(answers: Answers): Pick<PersonChange, 'address' | 'postcode' | 'noFixedAddress'> {
  const postcode = normalisePostcode(one(answers, 'postcode'))
  if (many(answers, 'noFixedAddress').length > 0 || !postcode)
    return { noFixedAddress: true, postcode: postcode ?? null }
  return { address: { lines: addressLines(answers), postcode } }
}

/** The same answers again, from what is held: for somebody who changes one of them. */
export function answersOf(held: {
  phone: string | null
  email: string | null
  safe: SafeContact
  lines: readonly string[]
  postcode: string | null
  noFixedAddress: boolean
}): Answers {
  const [line1 = '', ...rest] = held.lines
  return {
    phone: held.phone ?? '',
    email: held.email ?? '',
    safe: SAFE_WAYS.filter((way) => held.safe[way]),
    safeNote: held.safe.note ?? '',
    line1,
    line2: rest.slice(0, -1).join(', '),
    town: rest.at(-1) ?? '',
    postcode: held.postcode ?? '',
    noFixedAddress: held.noFixedAddress ? ['yes'] : [],
  }
}

function safeContactOf(answers: Answers): SafeContact {
  const ways = many(answers, 'safe')
  const [voicemail, text, email, post] = SAFE_WAYS.map((way) => ways.includes(way)) as [
    boolean,
    boolean,
    boolean,
    boolean,
  ]
  return { voicemail, text, email, post, ...optional('note', one(answers, 'safeNote')) }
}

function optional<K extends string>(name: K, text: string): { [P in K]?: string } {
  return (text ? { [name]: text } : {}) as { [P in K]?: string }
}

/** A group of the directory that somebody asks for by themselves. */
export interface Toward {
  projectId: string
  groupId: string
  name: string
}

/** Kept with the answers: no question asks for it. */
export function towardAnswers({ projectId, groupId, name }: Toward): Answers {
  return { towardProject: projectId, towardGroup: groupId, towardName: name }
}

/** What they ask for by name; undefined where they leave it to the navigator. */
export function towardName(answers: Answers): string | undefined {
  return one(answers, 'towardName') || undefined
}

/** Whoever may be in danger was promised a call on the same day: that is a navigator's, and no project's. */
export function mayGoStraight(answers: Answers): boolean {
  return towardName(answers) !== undefined && one(answers, 'projects') === 'yes' && !mayBeInDanger(answers)
}

/** The same answers for the service alone: the project stays what they had in mind, as long as the directory has it. */
export function forServiceAlone(request: SelfReferralRequest): SelfReferralRequest[] {
  const { groupId: _, ...wanted } = request
  const { projectId: __, ...plain } = wanted
  const consent = { ...request.consent, shareWithProject: false }
  return [
    { ...wanted, consent },
    { ...plain, consent },
  ]
}

/**
 * The request that the answers make: every question has to be answered well.
 * @param askedIn the language of the pages, by its English name, where it is not English: theirs unless they say another
 */
export function requestFrom(answers: Answers, askedIn = ''): SelfReferralRequest {
  const isDanger = mayBeInDanger(answers)
  const postcode = one(answers, 'postcode')
  const lines = addressLines(answers)
  const practice = one(answers, 'practice')
  const groups = many(answers, 'help').flatMap((index) => NEED_GROUPS[Number(index)] ?? [])
  const needs = groups.flatMap(({ codes }): NeedCode[] => codes.slice(0, 1))
  const language = one(answers, 'language') || askedIn
  const hasHome = many(answers, 'noFixedAddress').length === 0
  const mayShare = one(answers, 'projects') === 'yes'
  const straightTo = mayGoStraight(answers) ? one(answers, 'towardGroup') : ''
  return SelfReferralRequest.parse({
    person: {
      fullName: one(answers, 'name'),
      dateOfBirth: bornOn(answers),
      ...(hasHome && lines.length > 0 ? { address: { lines, postcode } } : {}),
      ...(hasHome ? {} : { noFixedAddress: true, ...optional('postcode', postcode) }),
      ...optional('phone', one(answers, 'phone')),
      ...optional('email', one(answers, 'email')),
      safeContact: safeContactOf(answers),
      ...(practice === 'not_sure'
        ? {}
        : { practiceOdsCode: practice === 'not_registered' ? 'not registered' : practice }),
      tellPractice: one(answers, 'tellPractice') === 'yes',
      ...optional('preferredLanguage', language),
      interpreter: many(answers, 'interpreter').length > 0,
      ...optional('communicationNeeds', one(answers, 'communication')),
    },
    needs,
    reason: one(answers, 'more') || groups.map(({ label }) => label).join(', '),
    // Nobody who may be in danger waits for ten working days.
    priority: isDanger ? 'urgent' : 'routine',
    risks: isDanger
      ? [{ kind: 'self_harm', detail: 'Their own words may speak of danger: read them before you call.' }]
      : 'none_known',
    consent: { shareWithNavigator: true, shareWithProject: mayShare && (!towardName(answers) || straightTo !== '') },
    // Without their yes it is no more than what they had in mind: a navigator talks about it with them.
    ...optional('projectId', one(answers, 'towardProject')),
    ...optional('groupId', straightTo),
    ...(one(answers, 'who') === 'me'
      ? {}
      : { onBehalfOf: { name: one(answers, 'byName'), relationship: one(answers, 'relationship') } }),
  })
}
