import type { Day } from './day.ts'
import type { AccessCode, LocationKind, SessionTime } from './directory.ts'
import type { EligibilityRule } from './eligibility.ts'
import { postcodeDistrict } from './place.ts'

/** What an entry is narrowed down by. */
export interface Narrowable {
  needs: string[]
  rules: EligibilityRule[]
  costPence: number | null
  languages: string[] | null
  access: AccessCode[] | null
  groups: NarrowableGroup[]
}

export interface NarrowableGroup {
  rules: EligibilityRule[]
  times: SessionTime[] | null
  courseEndsOn: Day | null
  place: { kind: LocationKind; wardCode: string | null; postcode: string | null; access: AccessCode[] } | null
}

/** Whether people may come by themselves: where nothing is said of who refers, they may. */
export function takesSelf(project: EligibilityRule[], group: EligibilityRule[]): boolean {
  return [...project, ...group].every((rule) => rule.rule !== 'route' || rule.kinds.includes('self'))
}

/** Every part of the city, where an entry does not say which: it is never hidden for what nobody wrote down. */
export const ANYWHERE = '*'

function areasOf(project: EligibilityRule[], { rules, place }: NarrowableGroup): string[] {
  const area = (kind: string, codes: string[]) =>
    (codes.length > 0 ? codes : [ANYWHERE]).map((code) => `${kind}:${code}`)
  if (place?.kind === 'physical')
    return [
      ...area('ward', place.wardCode ? [place.wardCode] : []),
      ...area('district', place.postcode ? [postcodeDistrict(place.postcode)] : []),
    ]
  // It comes to people, or is online: it is wherever they live.
  const served = [...project, ...rules].filter((rule) => rule.rule === 'area')
  return [
    ...area(
      'ward',
      served.flatMap(({ wards }) => wards),
    ),
    ...area(
      'district',
      served.flatMap(({ districts }) => districts),
    ),
  ]
}

function isPast(today: Day, until: Day | null | undefined): boolean {
  return Boolean(until && until < today)
}

/** A word for each fact that somebody may narrow the directory down by; each once. */
export function facetsOf(project: Narrowable, today: Day): string[] {
  const running = project.groups.filter(({ courseEndsOn }) => !isPast(today, courseEndsOn))
  const access = [...(project.access ?? []), ...running.flatMap(({ place }) => place?.access ?? [])]
  const times = running.flatMap((group) => group.times ?? []).filter(({ until }) => !isPast(today, until))
  const facets = [
    ...project.needs.map((need) => `need:${need}`),
    ...(project.languages ?? []).map((language) => `language:${language}`),
    ...access.map((code) => `access:${code}`),
    ...times.map(({ weekday }) => `day:${weekday}`),
    ...running.flatMap((group) => areasOf(project.rules, group)),
    ...(project.costPence === 0 ? ['cost:free'] : []),
    ...(running.some(({ rules }) => takesSelf(project.rules, rules)) ? ['route:self'] : []),
  ]
  return [...new Set(facets)]
}
