import { type EligibilityRule, ROUTE_KINDS, type RouteKind } from '../domain/eligibility.ts'
import type { NeedCode } from '../domain/needs.ts'
import type { Gender } from '../domain/person.ts'
import { SOUTHAMPTON_DISTRICTS, WARDS } from '../domain/place.ts'

type Codes = [string, ...string[]]

export function aged(min: number | undefined, max?: number): EligibilityRule {
  return { rule: 'age', ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
}

export const adults = aged(18)

export function needs(...anyOf: [NeedCode, ...NeedCode[]]): EligibilityRule {
  return { rule: 'need', anyOf }
}

/** By ward where it is known; else by the postcode districts that hold most of those wards. */
export function livingIn(name: string, districts: string[], wardNames: string[] = []): EligibilityRule {
  const wards = WARDS.filter((ward) => wardNames.includes(ward.name)).map(({ code }) => code)
  return { rule: 'area', name, districts, wards }
}

export const livingInSouthampton = livingIn('Southampton', SOUTHAMPTON_DISTRICTS)

export function route(
  says: string,
  kinds: RouteKind[],
  { organisations = [], originalOnly = false }: { organisations?: string[]; originalOnly?: boolean } = {},
): EligibilityRule {
  return { rule: 'route', kinds, organisations, originalOnly, says }
}

export const anyone = route('Anyone can refer, and you can refer yourself', [...ROUTE_KINDS])

export function recoveringFrom(name: string, ...anyOf: Codes): EligibilityRule {
  return { rule: 'recovering_from', anyOf, name }
}

export function diagnosedWith(name: string, ...anyOf: Codes): EligibilityRule {
  return { rule: 'diagnosis', anyOf, name }
}

export function genderFocus(gender: Gender, refuses = false): EligibilityRule {
  return { rule: 'gender_focus', gender, refuses }
}
