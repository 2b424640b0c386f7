import { londonDay } from '../../domain/day.ts'
import { NEED_GROUPS } from '../../domain/needs.ts'
import { PersonInput } from '../../domain/person.ts'
import { ReferralRequest } from '../../domain/referral-request.ts'
import { dateOf, type FieldFault, isTicked, parse, several, text, type Values } from './forms.ts'

/** A referral while it is typed: the fields of the two screens as they were sent. */
export interface DraftForm {
  who: Values
  why: Values
}

export const REASON_LENGTH = 300

/** What was kept of a draft; a screen that was not reached yet is empty. */
export function draftForm(content: Record<string, unknown>): DraftForm {
  const part = (name: string) => (typeof content[name] === 'object' ? (content[name] as Values) : {})
  return { who: part('who'), why: part('why') }
}

/** An address in lines, with the postcode beside it; a postcode alone is enough to know the area. */
function whereabouts(who: Values) {
  const lines = (text(who, 'address') ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  const postcode = text(who, 'postcode')
  if (lines.length > 0) return { address: { lines, postcode: postcode ?? '' } }
  return postcode ? { postcode } : {}
}

function personOf({ who, why }: DraftForm) {
  return {
    fullName: text(who, 'fullName') ?? '',
    dateOfBirth: dateOf(who, 'dateOfBirth'),
    ...whereabouts(who),
    noFixedAddress: isTicked(who, 'noFixedAddress'),
    phone: text(who, 'phone'),
    email: text(who, 'email'),
    nhsNumber: text(who, 'nhsNumber'),
    preferredLanguage: text(why, 'preferredLanguage'),
    interpreter: isTicked(why, 'interpreter') || undefined,
    communicationNeeds: text(why, 'communicationNeeds'),
    safeContact: {
      voicemail: several(who, 'safe').includes('voicemail'),
      text: several(who, 'safe').includes('text'),
      email: several(who, 'safe').includes('email'),
      post: several(who, 'safe').includes('post'),
      note: text(who, 'safeNote'),
    },
  }
}

/** Whom the first screen describes; only where it has no faults. */
export function personOfDraft(who: Values): PersonInput {
  return PersonInput.parse(personOf({ who, why: {} }))
}

/** Needs as ticked: a plain group stands for its first code, unless one of its exact codes was ticked as well. */
export function needsOf(values: Values): string[] {
  const exact = several(values, 'needs')
  const groups = NEED_GROUPS.filter((_, index) => several(values, 'groups').includes(String(index)))
  const unrefined = groups.filter(({ codes }) => !codes.some((code) => exact.includes(code)))
  return [...unrefined.map(({ codes }) => codes[0]), ...exact]
}

function risksOf(why: Values) {
  if (text(why, 'riskKnown') === 'none') return 'none_known'
  const detail = text(why, 'riskDetail') ?? ''
  return several(why, 'risks').map((kind) => ({ kind, detail }))
}

/** The project that was had in mind, and whether the person agreed to go straight there. */
function wantedOf(who: Values) {
  const projectId = text(who, 'projectId')
  const groupId = text(who, 'groupId')
  const shareWithProject = projectId !== undefined && isTicked(who, 'straight') && isTicked(who, 'agrees')
  return {
    where: { ...(projectId ? { projectId } : {}), ...(shareWithProject && groupId ? { groupId } : {}) },
    agreed: shareWithProject ? { shareWithProject } : {},
  }
}

/** The request that the two screens make together, to be judged by the same schema as any other. */
export function requestOf(draft: DraftForm) {
  const { who, why } = draft
  const agrees = isTicked(who, 'agrees')
  const kind = text(who, 'basis')
  const { where, agreed } = wantedOf(who)
  return {
    person: personOf(draft),
    needs: needsOf(why),
    reason: text(why, 'reason') ?? '',
    priority: text(why, 'priority') ?? 'routine',
    risks: risksOf(why),
    consent: { shareWithNavigator: agrees, ...agreed },
    ...where,
    ...(agrees || !kind ? {} : { basis: { kind, reason: text(who, 'basisReason') ?? '' } }),
  }
}

/** Where a fault of the request stands on the two screens. */
export function fieldOf(path: string): string {
  if (path.includes('dateOfBirth')) return 'dateOfBirth-day'
  if (path.includes('/lines')) return 'address'
  if (path === 'basis/reason') return 'basisReason'
  if (path.startsWith('risks')) return 'riskKnown'
  if (path.startsWith('needs')) return 'groups'
  if (path.startsWith('basis') || path.startsWith('consent')) return 'agrees'
  return path.split('/').at(-1) ?? path
}

function missingInWho(who: Values, now: Date): FieldFault[] {
  const faults: FieldFault[] = []
  const birth = dateOf(who, 'dateOfBirth')
  if (birth && birth > londonDay(now))
    faults.push({ field: 'dateOfBirth-day', text: 'The date of birth must be in the past' })
  if (!['phone', 'email', 'address', 'safeNote'].some((name) => text(who, name)))
    faults.push({ field: 'phone', text: 'Enter a phone number, or another way to reach the person' })
  if (!text(who, 'postcode') && !isTicked(who, 'noFixedAddress'))
    faults.push({ field: 'postcode', text: 'Enter the postcode, or tick “No fixed address”' })
  if (!isTicked(who, 'agrees') && !text(who, 'basis'))
    faults.push({ field: 'agrees', text: 'Tick that the person agrees, or choose another legal reason to share' })
  if (!isTicked(who, 'agrees') && text(who, 'basis') && !text(who, 'basisReason'))
    faults.push({ field: 'basisReason', text: 'Say why the details are shared without the person’s agreement' })
  if (text(who, 'projectId') && isTicked(who, 'straight') && !isTicked(who, 'agrees'))
    faults.push({ field: 'straight', text: 'Only somebody who agrees to be referred can go straight to a project' })
  return faults
}

// In the order of the fields on the page, so that the summary reads downwards.
// biome-ignore format: an order reads on one line
const WHO_ORDER = ['fullName', 'dateOfBirth-day', 'nhsNumber', 'phone', 'postcode', 'agrees', 'basisReason', 'straight', 'groupId', 'email', 'address']

/** What is wrong with the first screen. */
export function faultsInWho(who: Values, now: Date): FieldFault[] {
  const own = missingInWho(who, now)
  const shared = parse(PersonInput, personOf({ who, why: {} }), fieldOf).faults
  const place = ({ field }: FieldFault) => (WHO_ORDER.indexOf(field) + 1 || WHO_ORDER.length + 1) - 1
  return [...shared, ...own.filter(({ field }) => !shared.some((fault) => fault.field === field))].sort(
    (a, b) => place(a) - place(b),
  )
}

/** What is wrong with the second screen. */
export function faultsInWhy(why: Values): FieldFault[] {
  const { needs, reason, priority } = ReferralRequest.shape
  const request = requestOf({ who: {}, why })
  const faults = [
    ...parse(needs, request.needs, () => 'groups').faults,
    ...parse(reason, request.reason, () => 'reason').faults,
    ...parse(priority, request.priority, () => 'priority').faults,
  ]
  if (request.reason.length > REASON_LENGTH)
    faults.push({ field: 'reason', text: `The reason must be ${REASON_LENGTH} characters or fewer` })
  if (!text(why, 'riskKnown')) faults.push({ field: 'riskKnown', text: 'Say whether you know of a risk' })
  else if (request.risks.length === 0) faults.push({ field: 'riskKnown', text: 'Tick each risk that you know of' })
  return faults
}
